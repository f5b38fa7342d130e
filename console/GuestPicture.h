// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/FrameBuffer.h"

#include <QImage>
#include <QPoint>

namespace console {

/// What a guest's screen shows, or one of its monitors: pixels that change while the guest draws.
/// A value; copies share the pixels.
struct GuestPicture {
    GuestPicture() = default;
    GuestPicture(const QImage& pixels) // NOLINT: any picture may be a guest's
        : image(pixels)
    {
    }

    bool isNull() const { return image.isNull(); }
    /// A part of it, within it.
    GuestPicture part(const QRect& area) const;

    QImage image {};
    std::shared_ptr<const FrameBuffer> memory {}; ///< in which the pixels lie; null: nobody else's
    QPoint origin {}; ///< of the image, in pixels of `memory`
};

} // namespace console
