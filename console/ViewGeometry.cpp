// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ViewGeometry.h"

#include "console/Regions.h"

#include <QVarLengthArray>
#include <QtMath>

#include <algorithm>

namespace console {

namespace {

/// How far smooth scaling can carry a changed pixel into its neighbours, in device pixels: to the
/// middle of the next guest pixel, and the rounding.
qreal smoothMargin(qreal scale)
{
    return scale / 2 + 2;
}

/// What floating point makes of a whole number is still that number.
constexpr qreal kEpsilon = 0.001;

/// The first device pixel of the window that is wholly at or after a logical place.
int pixelAfter(int place, qreal ratio)
{
    return qCeil(place * ratio - kEpsilon);
}

int pixelBefore(int place, qreal ratio)
{
    return qFloor(place * ratio + kEpsilon);
}

QSize scaledSize(const ViewGeometry::Input& input, QSize view)
{
    const QSize guest = input.guest;
    const QSize fitting = guest.scaled(view, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    switch (input.scaling) {
    case Scaling::FitWindow:
        return fitting;
    case Scaling::OneToOne:
        return guest;
    case Scaling::Integer: {
        const int times = std::min(view.width() / guest.width(), view.height() / guest.height());
        return times > 0 ? guest * times : fitting;
    }
    case Scaling::Zoom:
        return (QSizeF(guest) * input.zoom).toSize().expandedTo(QSize(1, 1));
    }
    return guest;
}

int clampScroll(int scroll, int picture, int view)
{
    return std::clamp(scroll, 0, std::max(0, picture - view));
}

} // namespace

ViewGeometry::ViewGeometry(const Input& input)
    : m_input(input)
{
    if (input.guest.isEmpty() || input.view.isEmpty() || input.devicePixelRatio <= 0)
        return;
    const QSize view = viewInDevicePixels();
    const QSize size = scaledSize(input, view);

    const auto place = [](int picture, int available, int scroll) {
        return picture > available ? -clampScroll(scroll, picture, available)
                                   : (available - picture) / 2;
    };
    const qreal x = place(size.width(), view.width(), input.scroll.x());
    const qreal y = place(size.height(), view.height(), input.scroll.y());
    // The view may begin between two pixels of the screen; the picture must not.
    const auto align = [&](int offset) {
        return pixelAfter(offset, input.devicePixelRatio) - offset * input.devicePixelRatio;
    };
    m_target = QRectF(QPointF(x + align(input.windowOffset.x()), y + align(input.windowOffset.y())),
        QSizeF(size));
}

QSize ViewGeometry::viewInDevicePixels() const
{
    // A picture that fits must not lose its last row to a half pixel, at neither end of the view.
    const auto room = [ratio = m_input.devicePixelRatio](int offset, int length) {
        return std::max(0, pixelBefore(offset + length, ratio) - pixelAfter(offset, ratio));
    };
    return QSize(room(m_input.windowOffset.x(), m_input.view.width()),
        room(m_input.windowOffset.y(), m_input.view.height()));
}

QRectF ViewGeometry::logicalTarget() const
{
    const qreal ratio = m_input.devicePixelRatio;
    return QRectF(m_target.x() / ratio, m_target.y() / ratio, m_target.width() / ratio,
        m_target.height() / ratio);
}

bool ViewGeometry::isScaled() const
{
    return m_target.size() != QSizeF(m_input.guest);
}

qreal ViewGeometry::scale() const
{
    return isEmpty() ? 1 : m_target.width() / m_input.guest.width();
}

QSize ViewGeometry::scrollRange() const
{
    if (isEmpty())
        return QSize(0, 0);
    return (m_target.size().toSize() - viewInDevicePixels()).expandedTo(QSize(0, 0));
}

QPoint ViewGeometry::toGuest(QPointF position) const
{
    if (isEmpty())
        return {};
    const QPointF device = position * m_input.devicePixelRatio - m_target.topLeft();
    const int x = qFloor(device.x() * m_input.guest.width() / m_target.width());
    const int y = qFloor(device.y() * m_input.guest.height() / m_target.height());
    return QPoint(
        std::clamp(x, 0, m_input.guest.width() - 1), std::clamp(y, 0, m_input.guest.height() - 1));
}

QPointF ViewGeometry::fromGuest(QPoint guestPixel) const
{
    if (isEmpty())
        return {};
    const QPointF device(guestPixel.x() * m_target.width() / m_input.guest.width(),
        guestPixel.y() * m_target.height() / m_input.guest.height());
    return (device + m_target.topLeft()) / m_input.devicePixelRatio;
}

bool ViewGeometry::contains(QPointF position) const
{
    return m_target.contains(position * m_input.devicePixelRatio);
}

QRect ViewGeometry::repaintRect(const QRect& guestRect) const
{
    if (isEmpty() || guestRect.isEmpty())
        return {};
    const qreal margin = isScaled() ? smoothMargin(scale()) / m_input.devicePixelRatio : 0;
    const QRectF exact(fromGuest(guestRect.topLeft()),
        fromGuest(guestRect.topLeft() + QPoint(guestRect.width(), guestRect.height())));
    return exact.adjusted(-margin, -margin, margin, margin)
        .toAlignedRect()
        .intersected(QRect(QPoint(), m_input.view));
}

QRegion ViewGeometry::repaintRegion(const QRegion& guestRegion) const
{
    if (!isEmpty() && !isScaled() && m_input.devicePixelRatio == 1)
        return guestRegion.translated(m_target.topLeft().toPoint()) & QRect(QPoint(), m_input.view);
    QVarLengthArray<QRect, 16> rects;
    for (const QRect& rect : guestRegion)
        rects.append(repaintRect(rect));
    return united(rects);
}

} // namespace console
