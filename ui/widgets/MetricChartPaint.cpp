// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What MetricChart draws over the plot: title with the unit and the newest values, ticks, the
// values under the pointer, and the reason why there is nothing to plot.
#include "ui/style/Colors.h"
#include "ui/text/Units.h"
#include "ui/widgets/MetricChart.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QValueAxis>

namespace ui {

namespace {

QColor colorOfLine(const QPalette& palette, int line)
{
    const Colors& colors = Colors::of(palette);
    return colors.series[static_cast<size_t>(line) % colors.series.size()];
}

} // namespace

QString MetricChart::unitName() const
{
    switch (m_unit) {
    case Unit::Percent:
        return QStringLiteral("%");
    case Unit::Bytes:
        return Units::unitFor(m_factor).name;
    case Unit::BytesPerSecond:
        //: A rate: %1 is a unit, such as "MiB"
        return tr("%1/s").arg(Units::unitFor(m_factor).name);
    }
    return {};
}

void MetricChart::drawBackground(QPainter* painter, const QRectF& rect)
{
    const Colors& colors = Colors::of(palette());
    painter->fillRect(rect, colors.base);
    if (!m_reason.isEmpty())
        return;
    const QRectF plot = chart()->plotArea();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(colors.hairline, 0));
    for (double value = 0; value <= m_value->max() * 1.0001; value += m_value->tickInterval()) {
        const qreal y = plot.bottom() - plot.height() * value / m_value->max();
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
    for (qint64 time = 0; time <= kSpanMs; time += 60'000) {
        const qreal x = plot.right() - plot.width() * static_cast<double>(time) / kSpanMs;
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    painter->restore();
}

void MetricChart::drawForeground(QPainter* painter, const QRectF&)
{
    const QRectF plot = chart()->plotArea();
    painter->save();
    painter->setFont(font());
    paintTitle(painter, plot);
    if (m_reason.isEmpty()) {
        paintTicks(painter, plot);
        if (m_pointer.x() >= plot.left() && m_pointer.x() <= plot.right())
            paintCrosshair(painter, plot);
    } else {
        paintReason(painter, plot);
    }
    painter->restore();
}

void MetricChart::paintTitle(QPainter* painter, const QRectF& plot) const
{
    const Colors& colors = Colors::of(palette());
    const QFontMetrics metrics = fontMetrics();
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const QRectF line(8, 2, viewport()->width() - 16, metrics.height() + 4);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(colors.text);
    //: Title of a chart: %1 is what it shows, %2 its unit
    const QString title = m_reason.isEmpty() ? tr("%1, %2").arg(m_title, unitName()) : m_title;
    painter->drawText(line, Qt::AlignVCenter | (isRtl ? Qt::AlignRight : Qt::AlignLeft), title);
    painter->setFont(font());
    if (!m_reason.isEmpty())
        return;
    // The newest values stand at the other end, in the colours of their lines.
    qreal x = isRtl ? line.left() : plot.right();
    for (int i = static_cast<int>(m_lines.size()) - 1; i >= 0; --i) {
        const QString value = format(m_lines[i].series.last().value);
        const QString text
            = m_lines.size() > 1 ? m_lines[i].name + QLatin1Char(' ') + value : value;
        const qreal width = metrics.horizontalAdvance(text);
        const qreal left = isRtl ? x : x - width;
        painter->setPen(colors.text);
        painter->drawText(
            QRectF(left, line.top(), width + 1, line.height()), Qt::AlignVCenter, text);
        painter->setPen(QPen(colorOfLine(palette(), i), 3));
        const qreal y = line.center().y();
        const qreal mark = isRtl ? left + width + 6 : left - 16;
        painter->drawLine(QPointF(mark, y), QPointF(mark + 10, y));
        x = isRtl ? left + width + 32 : left - 32;
    }
}

void MetricChart::paintTicks(QPainter* painter, const QRectF& plot) const
{
    const Colors& colors = Colors::of(palette());
    const QFontMetrics metrics = fontMetrics();
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    painter->setPen(colors.muted);
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    for (double value = 0; value <= m_value->max() * 1.0001; value += m_value->tickInterval()) {
        const qreal y = plot.bottom() - plot.height() * value / m_value->max();
        const QString text = Units::number(value);
        const qreal height = metrics.height();
        const QRectF label = isRtl ? QRectF(plot.right() + 6, y - height / 2,
                                 viewport()->width() - plot.right() - 8, height)
                                   : QRectF(0, y - height / 2, plot.left() - 6, height);
        painter->drawText(label, Qt::AlignVCenter | (isRtl ? Qt::AlignLeft : Qt::AlignRight), text);
    }
    // Every second minute is labelled: time runs to the right in every language's charts.
    // None is drawn where it would touch its neighbour.
    qreal free = viewport()->width();
    for (const int minutes : { 0, 2, 4 }) {
        const qreal x = plot.right() - plot.width() * minutes * 60'000 / kSpanMs;
        const QString text = minutes == 0
            ? tr("now")
            : tr("%1 ago").arg(Units::duration(std::chrono::minutes(minutes)));
        const qreal width = metrics.horizontalAdvance(text);
        const qreal left = minutes == 0 ? plot.right() - width : x - width / 2;
        if (left + width > free)
            continue;
        painter->drawText(QPointF(left, plot.bottom() + 5 + metrics.ascent()), text);
        free = left - 12;
    }
}

void MetricChart::paintReason(QPainter* painter, const QRectF& plot) const
{
    painter->setPen(Colors::of(palette()).muted);
    painter->drawText(plot.adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, m_reason);
}

void MetricChart::paintCrosshair(QPainter* painter, const QRectF& plot) const
{
    const qint64 end = newest();
    if (end == 0)
        return;
    const Colors& colors = Colors::of(palette());
    const qint64 time
        = end - static_cast<qint64>((plot.right() - m_pointer.x()) / plot.width() * kSpanMs);
    painter->setPen(QPen(colors.muted, 1, Qt::DashLine));
    painter->drawLine(QPointF(m_pointer.x(), plot.top()), QPointF(m_pointer.x(), plot.bottom()));

    const double scale = m_unit == Unit::Percent ? 100 : 1 / m_factor;
    painter->setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_lines.size(); ++i) {
        const int index = indexNear(m_lines[i].series, time);
        if (index < 0 || m_lines[i].series.at(index).isGap())
            continue;
        const double value = m_lines[i].series.at(index).value * scale;
        const qreal y = plot.bottom() - plot.height() * std::min(1.0, value / m_value->max());
        painter->setPen(QPen(colors.base, 1.5));
        painter->setBrush(colorOfLine(palette(), i));
        painter->drawEllipse(QPointF(m_pointer.x(), y), 4, 4);
    }

    const QString text = QLocale().toString(QDateTime::fromMSecsSinceEpoch(time).time(),
                             QStringLiteral("HH:mm:ss"))
        + QStringLiteral("   ") + textAt(time);
    const QFontMetrics metrics = fontMetrics();
    const QSizeF size(metrics.horizontalAdvance(text) + 16, metrics.height() + 8);
    qreal left = m_pointer.x() + 10;
    if (left + size.width() > plot.right())
        left = m_pointer.x() - 10 - size.width();
    const QRectF box(QPointF(std::max(0.0, left), plot.top() + 4), size);
    painter->setPen(QPen(colors.hairline, 1));
    painter->setBrush(colors.base);
    painter->drawRoundedRect(box, 4, 4);
    painter->setPen(colors.text);
    painter->drawText(box, Qt::AlignCenter, text);
}

} // namespace ui
