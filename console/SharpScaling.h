// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace console {

/// A part of `picture` as it is at another `size`, in pixels of that: the nearest pixels, and the
/// same ones whichever part is asked for. (Which of two Qt takes depends on where the part begins.)
/// The picture has 32 bits a pixel, the part lies within the size.
QImage sharplyScaled(const QImage& picture, QSize size, const QRect& part);

} // namespace console
