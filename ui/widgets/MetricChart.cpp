// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/MetricChart.h"

#include "ui/style/Colors.h"
#include "ui/text/Units.h"
#include "ui/widgets/AxisScale.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QMouseEvent>
#include <QValueAxis>

#include <cmath>

namespace ui {

using models::MetricsSeries;

/// Line and area share their points; the area has no outline of its own, which would run round it.
struct MetricChart::Segment {
    int line = 0;
    QLineSeries* upper = nullptr; ///< drawn
    QLineSeries* edge = nullptr; ///< of the area, owned by it
    QAreaSeries* area = nullptr;
};

MetricChart::MetricChart(
    const QString& objectName, const QString& title, Unit unit, QWidget* parent)
    : QChartView(parent)
    , m_title(title)
    , m_unit(unit)
    , m_time(new QValueAxis)
    , m_value(new QValueAxis)
{
    setObjectName(objectName);
    setAccessibleName(title);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(150);
    setMouseTracking(true);
    setBackgroundRole(QPalette::Base);
    viewport()->setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::NoFocus);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    chart()->setBackgroundRoundness(0);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->legend()->hide();
    m_time->setRange(-static_cast<double>(kSpanMs) / 60000, 0);
    m_time->setTickType(QValueAxis::TicksDynamic);
    m_time->setTickAnchor(0);
    m_time->setTickInterval(1);
    // Labels and grid are ours: a value axis knows neither "4 min" nor the decimal sign of the
    // language, and lays its grid out late.
    for (QValueAxis* axis : { m_time, m_value }) {
        axis->setLabelsVisible(false);
        axis->setGridLineVisible(false);
        axis->setLineVisible(false);
    }
    m_value->setRange(0, 100);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_value, Qt::AlignLeft);
    applyColors();
}

MetricChart::~MetricChart() = default;

void MetricChart::setLines(const QVector<Line>& lines, double ceiling)
{
    m_lines = lines;
    m_ceiling = ceiling;
    refresh();
}

void MetricChart::setReason(const QString& reason)
{
    m_reason = reason;
    for (const auto& segment : m_segments) {
        segment->upper->setVisible(reason.isEmpty());
        segment->area->setVisible(reason.isEmpty());
    }
    setAccessibleDescription(reason);
    viewport()->update();
}

void MetricChart::refresh()
{
    if (!isVisible() || !m_reason.isEmpty())
        return;
    fillSegments();
    viewport()->update();
}

void MetricChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

void MetricChart::placePlot()
{
    const QFontMetrics metrics = fontMetrics();
    const int left = metrics.horizontalAdvance(QStringLiteral("0000")) + 12;
    const int top = metrics.height() + 16;
    const int bottom = metrics.height() + 10;
    QRectF plot(QPointF(0, 0), QSizeF(viewport()->size()));
    if (layoutDirection() == Qt::RightToLeft)
        plot.adjust(8, top, -left, -bottom);
    else
        plot.adjust(left, top, -8, -bottom);
    chart()->setPlotArea(plot);
}

void MetricChart::showEvent(QShowEvent* event)
{
    QChartView::showEvent(event);
    refresh();
}

qint64 MetricChart::newest() const
{
    qint64 time = 0;
    for (const Line& line : m_lines)
        time = std::max(time, line.series.last().timeMs);
    return time;
}

MetricChart::Segment& MetricChart::segment(size_t index, int line)
{
    if (index >= m_segments.size()) {
        auto made = std::make_unique<Segment>();
        made->upper = new QLineSeries;
        made->edge = new QLineSeries;
        made->area = new QAreaSeries(made->edge);
        made->edge->setParent(made->area);
        for (QAbstractSeries* series : { static_cast<QAbstractSeries*>(made->area),
                 static_cast<QAbstractSeries*>(made->upper) }) {
            chart()->addSeries(series);
            series->attachAxis(m_time);
            series->attachAxis(m_value);
        }
        m_segments.push_back(std::move(made));
        m_segments.back()->line = -1;
    }
    Segment& found = *m_segments[index];
    if (found.line != line) {
        found.line = line;
        const QColor color = Colors::of(palette())
                                 .series[static_cast<size_t>(line) % Colors::light().series.size()];
        found.upper->setPen(QPen(color, 1.5));
        QColor fill = color;
        fill.setAlphaF(0.16F);
        found.area->setBrush(fill);
        found.area->setPen(Qt::NoPen);
    }
    return found;
}

void MetricChart::fillSegments()
{
    const qint64 end = newest();
    double largest = 0;
    for (const Line& line : m_lines) {
        for (int i = 0; i < line.series.size(); ++i) {
            const MetricsSeries::Point point = line.series.at(i);
            if (!point.isGap() && end - point.timeMs <= kSpanMs)
                largest = std::max(largest, point.value);
        }
    }
    scaleAxis(largest);

    size_t used = 0;
    QList<QPointF> points;
    const auto flush = [&](int line) {
        if (points.isEmpty())
            return;
        // A lone sample between gaps would be invisible.
        if (points.size() == 1)
            points.prepend(points.first() - QPointF(0.005, 0));
        Segment& run = segment(used++, line);
        run.upper->replace(points);
        run.edge->replace(points);
        points.clear();
    };
    const double scale = m_unit == Unit::Percent ? 100 : 1 / m_factor;
    for (int line = 0; line < m_lines.size(); ++line) {
        const MetricsSeries& series = m_lines[line].series;
        for (int i = 0; i < series.size(); ++i) {
            const MetricsSeries::Point point = series.at(i);
            if (end - point.timeMs > kSpanMs)
                continue;
            if (point.isGap())
                flush(line);
            else
                points.append(
                    { static_cast<double>(point.timeMs - end) / 60000, point.value * scale });
        }
        flush(line);
    }
    for (; used < m_segments.size(); ++used) {
        m_segments[used]->upper->clear();
        m_segments[used]->edge->clear();
    }
    setAccessibleDescription(end > 0 ? textAt(end) : QString());
}

void MetricChart::scaleAxis(double largest)
{
    AxisScale scale;
    if (m_unit == Unit::Percent) {
        scale = { 100, 25 };
    } else {
        const Units::ByteUnit unit = Units::unitFor(std::max({ largest, m_ceiling, 1024.0 }));
        m_factor = unit.factor;
        scale = AxisScale::upTo(std::max(largest, m_ceiling) / m_factor);
    }
    if (m_value->max() == scale.top && m_value->tickInterval() == scale.step)
        return;
    m_value->setRange(0, scale.top);
    m_value->setTickType(QValueAxis::TicksDynamic);
    m_value->setTickAnchor(0);
    m_value->setTickInterval(scale.step);
}

QString MetricChart::format(double value) const
{
    switch (m_unit) {
    case Unit::Percent:
        return Units::percent(value);
    case Unit::Bytes:
        return Units::bytes(value);
    case Unit::BytesPerSecond:
        return Units::rate(value);
    }
    return {};
}

int MetricChart::indexNear(const MetricsSeries& series, qint64 timeMs) const
{
    int low = 0;
    int high = series.size();
    while (low < high) {
        const int middle = (low + high) / 2;
        if (series.at(middle).timeMs < timeMs)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == series.size())
        return low - 1;
    if (low > 0 && timeMs - series.at(low - 1).timeMs < series.at(low).timeMs - timeMs)
        return low - 1;
    return low;
}

QString MetricChart::textAt(qint64 timeMs) const
{
    QStringList parts;
    for (const Line& line : m_lines) {
        const int index = indexNear(line.series, timeMs);
        const double value = index < 0 ? hosts::kNotOffered : line.series.at(index).value;
        parts << (m_lines.size() > 1 ? line.name + QLatin1Char(' ') + format(value)
                                     : format(value));
    }
    return parts.join(QStringLiteral("   "));
}

void MetricChart::mouseMoveEvent(QMouseEvent* event)
{
    m_pointer = event->position();
    viewport()->update();
    QChartView::mouseMoveEvent(event);
}

void MetricChart::leaveEvent(QEvent* event)
{
    m_pointer = { -1, -1 };
    viewport()->update();
    QChartView::leaveEvent(event);
}

void MetricChart::applyColors()
{
    setBackgroundBrush(Qt::NoBrush);
    for (const auto& segment : m_segments)
        segment->line = -1; // dyed again when filled
}

void MetricChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyColors();
        placePlot();
        refresh();
    }
}

} // namespace ui
