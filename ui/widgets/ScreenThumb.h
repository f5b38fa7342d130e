// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace ui {

/// What is painted where a small picture of a screen belongs. A value.
struct ScreenThumbLook {
    QImage image {};
    bool isOld = false; ///< dimmed: the machine does not show this any more
    QString date {}; ///< a badge over an old picture: "as of 14:02"
    QString text {}; ///< instead of a picture: why there is none
};

/// Paints the picture in proportion, in the middle of `rect`; at most `largest` times as large as
/// it is. Returns where it lies.
QRect paintScreenThumb(
    QPainter& painter, const QRect& rect, const ScreenThumbLook& look, const QPalette& palette);

/// A small picture of a machine's screen that opens its console when it is clicked.
class ScreenThumb : public QAbstractButton {
    Q_OBJECT

public:
    explicit ScreenThumb(const QString& objectName, QWidget* parent = nullptr);

    void setLook(const ScreenThumbLook& look);
    const ScreenThumbLook& look() const { return m_look; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return { 160, 100 }; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    ScreenThumbLook m_look;
};

} // namespace ui
