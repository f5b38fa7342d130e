// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Sparkline.h"

#include "ui/style/Colors.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>

namespace ui {

Sparkline::Sparkline(const QString& objectName, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
{
    setObjectName(objectName);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setSeries(const QVector<models::MetricsSeries>& series, double ceiling)
{
    m_series = series;
    m_ceiling = ceiling;
    update();
}

void Sparkline::setValue(const QString& value)
{
    m_value = value;
    setAccessibleDescription(value);
    setToolTip(m_title + QLatin1String(": ") + value);
    update();
}

void Sparkline::paintCurve(
    QPainter& painter, const QRectF& plot, int index, qint64 newest, double top) const
{
    const models::MetricsSeries& series = m_series[index];
    const Colors& colors = Colors::of(palette());
    const QColor color = colors.series[static_cast<size_t>(index) % colors.series.size()];
    QPolygonF run;
    const auto finish = [&] {
        if (run.size() > 1) {
            QPainterPath area;
            area.moveTo(run.first().x(), plot.bottom());
            for (const QPointF& point : std::as_const(run))
                area.lineTo(point);
            area.lineTo(run.last().x(), plot.bottom());
            QColor fill = color;
            fill.setAlpha(40);
            if (index == 0)
                painter.fillPath(area, fill);
            painter.setPen(QPen(color, 1.5));
            painter.drawPolyline(run);
        }
        run.clear();
    };
    for (int i = 0; i < series.size(); ++i) {
        const auto point = series.at(i);
        if (point.isGap()) {
            finish();
            continue;
        }
        const double age = double(newest - point.timeMs) / kSpanMs;
        if (age > 1)
            continue;
        run.append(QPointF(plot.right() - plot.width() * age,
            plot.bottom() - plot.height() * std::clamp(point.value / top, 0.0, 1.0)));
    }
    finish();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Colors& colors = Colors::of(palette());
    const int line = fontMetrics().height();
    const Qt::Alignment near = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft);
    const Qt::Alignment far = QStyle::visualAlignment(layoutDirection(), Qt::AlignRight);
    painter.setPen(colors.muted);
    painter.drawText(QRect(0, 0, width(), line), int(near | Qt::AlignVCenter), m_title);
    const int room = width() - fontMetrics().horizontalAdvance(m_title) - 8;
    painter.setPen(colors.text);
    painter.drawText(QRect(0, 0, width(), line), int(far | Qt::AlignVCenter),
        fontMetrics().elidedText(m_value, Qt::ElideRight, room));

    const QRectF plot = QRectF(rect()).adjusted(0.5, line + 4.5, -0.5, -0.5);
    painter.setPen(colors.hairline);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setRenderHint(QPainter::Antialiasing);
    qint64 newest = 0;
    double top = m_ceiling;
    for (const models::MetricsSeries& series : m_series) {
        newest = std::max(newest, series.last().timeMs);
        for (int i = 0; m_ceiling <= 0 && i < series.size(); ++i) {
            if (const auto point = series.at(i); !point.isGap())
                top = std::max(top, point.value);
        }
    }
    for (int i = 0; i < m_series.size() && top > 0; ++i)
        paintCurve(painter, plot, i, newest, top);
}

} // namespace ui
