// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/MetricsSeries.h"

#include <QWidget>

namespace ui {

/// A quantity at a glance: its name, its newest value, and a small curve of the last minutes
/// without axes. Gaps stay gaps.
class Sparkline : public QWidget {
    Q_OBJECT

public:
    static constexpr qint64 kSpanMs = 5 * 60 * 1000;

    Sparkline(const QString& objectName, const QString& title, QWidget* parent = nullptr);

    /// `ceiling` is the top of the curve, 0: the largest value shown. A second series is drawn as a
    /// line above the first.
    void setSeries(const QVector<models::MetricsSeries>& series, double ceiling);
    void setValue(const QString& value); ///< as text, with its unit
    QString value() const { return m_value; }
    QSize sizeHint() const override { return { 150, 64 }; }
    QSize minimumSizeHint() const override { return { 110, 56 }; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCurve(
        QPainter& painter, const QRectF& plot, int index, qint64 newest, double top) const;

    QString m_title;
    QString m_value;
    QVector<models::MetricsSeries> m_series;
    double m_ceiling = 0;
};

} // namespace ui
