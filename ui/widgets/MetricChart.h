// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/MetricsSeries.h"

#include <QChartView>

class QValueAxis;

namespace ui {

/// A live chart of one or two quantities over the last five minutes: a light grid, no border, area
/// under a 1.5 px line, at most five ticks, unit in the title, values under the pointer, gaps as
/// gaps. Costs one replace() per line and refresh; does nothing while hidden.
class MetricChart : public QChartView {
    Q_OBJECT

public:
    enum class Unit { Percent, Bytes, BytesPerSecond };
    static constexpr qint64 kSpanMs = 5 * 60 * 1000;

    struct Line {
        QString name {};
        models::MetricsSeries series {};
    };

    MetricChart(
        const QString& objectName, const QString& title, Unit unit, QWidget* parent = nullptr);
    ~MetricChart() override;

    /// What it shows; `ceiling` is the top of the axis (memory of the machine), 0 for automatic.
    void setLines(const QVector<Line>& lines, double ceiling = 0);
    /// Instead of lines: why there are none. Empty shows the lines again.
    void setReason(const QString& reason);
    /// Takes the newest samples in.
    void refresh();
    const QString& reason() const { return m_reason; }
    /// The values at a time, as the crosshair shows them.
    QString textAt(qint64 timeMs) const;

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Segment; // a run of samples without a gap: line and area

    void applyColors();
    void placePlot();
    void fillSegments();
    void scaleAxis(double largest);
    Segment& segment(size_t index, int line);
    QString format(double value) const;
    qint64 newest() const;
    int indexNear(const models::MetricsSeries& series, qint64 timeMs) const;
    QString unitName() const;
    void paintTitle(QPainter* painter, const QRectF& plot) const;
    void paintTicks(QPainter* painter, const QRectF& plot) const;
    void paintReason(QPainter* painter, const QRectF& plot) const;
    void paintCrosshair(QPainter* painter, const QRectF& plot) const;

    QString m_title;
    Unit m_unit;
    QVector<Line> m_lines;
    double m_ceiling = 0;
    double m_factor = 1; // bytes per unit of the axis
    QString m_reason;
    QValueAxis* m_time;
    QValueAxis* m_value;
    std::vector<std::unique_ptr<Segment>> m_segments;
    QPointF m_pointer { -1, -1 };
};

} // namespace ui
