// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

namespace ui {

/// One bar per CPU: its load now. Wraps to as many lines as it needs.
class LoadBars : public QWidget {
    Q_OBJECT

public:
    LoadBars(const QString& objectName, const QString& accessibleName);

    void setLoads(const QVector<double>& loads); ///< 0..1 each; NaN: not known
    const QVector<double>& loads() const { return m_loads; }
    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns(int width) const;
    int lineHeight() const;
    QRect cell(int index) const;

    QVector<double> m_loads;
};

} // namespace ui
