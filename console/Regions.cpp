// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/Regions.h"

namespace console {

QRegion united(std::span<const QRect> rects)
{
    if (rects.empty())
        return {};
    if (rects.size() == 1)
        return rects.front();
    const auto half = rects.size() / 2;
    return united(rects.first(half)) | united(rects.subspan(half));
}

} // namespace console
