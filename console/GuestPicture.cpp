// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/GuestPicture.h"

namespace console {

GuestPicture GuestPicture::part(const QRect& area) const
{
    if (area == image.rect())
        return *this;
    const qsizetype start
        = area.y() * image.bytesPerLine() + qsizetype(area.x()) * image.depth() / 8;
    GuestPicture out(QImage(
        image.constBits() + start, area.width(), area.height(), image.bytesPerLine(),
        image.format(), [](void* owner) { delete static_cast<QImage*>(owner); },
        new QImage(image)));
    out.memory = memory;
    out.origin = origin + area.topLeft();
    return out;
}

} // namespace console
