// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ScrollBarLook.h"

#include "ui/style/Colors.h"

#include <QPainter>
#include <QStyleOptionSlider>

namespace ui {

namespace {

constexpr int kShortest = 28;

// Start and length of the handle along the bar.
std::pair<int, int> handle(const QStyleOptionSlider& bar, int length)
{
    const qint64 range = static_cast<qint64>(bar.maximum) - bar.minimum;
    if (range <= 0)
        return { 0, length };
    const qint64 wanted = length * static_cast<qint64>(bar.pageStep) / (range + bar.pageStep);
    const int size
        = static_cast<int>(std::clamp<qint64>(wanted, std::min(kShortest, length), length));
    return { QStyle::sliderPositionFromValue(
                 bar.minimum, bar.maximum, bar.sliderPosition, length - size, bar.upsideDown),
        size };
}

} // namespace

QRect ScrollBarLook::rect(const QStyleOptionSlider& bar, QStyle::SubControl part)
{
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar.rect.width() : bar.rect.height();
    const auto [start, size] = handle(bar, length);
    const auto span = [&](int from, int to) {
        const QRect area = isHorizontal
            ? QRect(bar.rect.left() + from, bar.rect.top(), to - from, bar.rect.height())
            : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), to - from);
        return QStyle::visualRect(bar.direction, bar.rect, area);
    };
    switch (static_cast<int>(part)) {
    case QStyle::SC_ScrollBarSlider:
        return span(start, start + size);
    case QStyle::SC_ScrollBarSubPage:
        return span(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return span(start + size, length);
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    default:
        return {};
    }
}

void ScrollBarLook::paint(const QStyleOptionSlider& bar, QPainter* painter)
{
    const Colors& colors = Colors::of(bar.palette);
    painter->fillRect(bar.rect, colors.base);
    if (bar.maximum <= bar.minimum)
        return;
    const bool isActive = bar.state.testFlag(QStyle::State_Sunken)
        || (bar.state.testFlag(QStyle::State_MouseOver)
            && bar.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider));
    QColor fill = colors.outline;
    fill.setAlphaF(isActive ? 1.0F : 0.55F);
    const QRectF inner = QRectF(rect(bar, QStyle::SC_ScrollBarSlider)).adjusted(3, 2, -3, -2);
    const qreal radius = std::min(inner.width(), inner.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(inner, radius, radius);
    painter->restore();
}

} // namespace ui
