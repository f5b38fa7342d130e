// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Rows.h"

#include "ui/style/Colors.h"

#include <QPainter>

#include <array>
#include <cmath>

namespace ui {

int Rows::iconSize(const QFontMetrics& metrics)
{
    return std::max(16, metrics.height() * 9 / 10);
}

int Rows::height(const QFontMetrics& metrics, bool isDense)
{
    return std::max(isDense ? kDenseHeight : kHeight, metrics.height() + (isDense ? 4 : 8));
}

void Rows::paintBackground(QPainter* painter, const QStyleOptionViewItem& option)
{
    const Colors& colors = Colors::of(option.palette);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, colors.hover);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        const int bar = 3;
        QRect edge = option.rect;
        if (option.direction == Qt::RightToLeft)
            edge.setLeft(edge.right() - bar + 1);
        else
            edge.setWidth(bar);
        painter->fillRect(edge, colors.accentMark);
    }
}

void Rows::paintSparkline(QPainter* painter, const QRectF& rect,
    const models::MetricsSeries& series, double ceiling, const QColor& color)
{
    constexpr qint64 kSpanMs = 60'000;
    constexpr int kMaxPoints = 64;
    if (series.isEmpty() || ceiling <= 0)
        return;
    const qint64 end = series.last().timeMs;
    std::array<QPointF, kMaxPoints> points;
    int count = 0;
    const auto flush = [&] {
        if (count > 1)
            painter->drawPolyline(points.data(), count);
        count = 0;
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (int i = std::max(0, series.size() - kMaxPoints); i < series.size(); ++i) {
        const models::MetricsSeries::Point point = series.at(i);
        const qint64 age = end - point.timeMs;
        if (age > kSpanMs)
            continue;
        if (point.isGap()) {
            flush();
            continue;
        }
        const double share = std::clamp(point.value / ceiling, 0.0, 1.0);
        points[static_cast<size_t>(count++)]
            = { rect.right() - rect.width() * static_cast<double>(age) / kSpanMs,
                  rect.bottom() - rect.height() * share };
    }
    flush();
    painter->restore();
}

} // namespace ui
