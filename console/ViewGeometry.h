// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QRegion>
#include <QSize>

namespace console {

enum class Scaling {
    FitWindow,
    OneToOne,
    Integer, ///< the largest whole multiple that fits; FitWindow if the guest is larger
    Zoom, ///< as many device pixels a guest pixel as Input::zoom says
};

/// Where the guest's pixels lie in the view, and back. Worked out in device pixels, so that a guest
/// pixel of a 1:1 picture falls on exactly one pixel of the screen at any scale factor. A value.
class ViewGeometry {
public:
    struct Input {
        QSize guest {}; ///< guest pixels
        QSize view {}; ///< logical pixels
        qreal devicePixelRatio = 1;
        Scaling scaling = Scaling::FitWindow;
        qreal zoom = 1; ///< for Scaling::Zoom
        QPoint scroll {}; ///< device pixels hidden at the left and top; 1:1 and zoom only
        QPoint windowOffset {}; ///< of the view in its window, logical: may be off the device grid

        bool operator==(const Input&) const = default;
    };

    ViewGeometry() = default;
    explicit ViewGeometry(const Input& input);

    /// The picture's place in device pixels from the view's origin: whole pixels of the window.
    QRectF target() const { return m_target; }
    /// The same in logical pixels.
    QRectF logicalTarget() const;
    bool isScaled() const;
    qreal scale() const; ///< device pixels a guest pixel; 1 if empty
    bool isEmpty() const { return m_target.isEmpty(); }
    /// Device pixels by which the picture is larger than the view, per axis.
    QSize scrollRange() const;
    QSize viewInDevicePixels() const; ///< whole pixels of the window

    /// The guest pixel under a logical position; the nearest one if the position is outside.
    QPoint toGuest(QPointF position) const;
    QPointF fromGuest(QPoint guestPixel) const; ///< the logical position of its top left corner
    bool contains(QPointF position) const;
    /// The logical rectangle to repaint for a guest rectangle: never too small, padded where
    /// smooth scaling bleeds into neighbours.
    QRect repaintRect(const QRect& guestRect) const;
    QRegion repaintRegion(const QRegion& guestRegion) const;

    const Input& input() const { return m_input; }

private:
    Input m_input;
    QRectF m_target;
};

} // namespace console
