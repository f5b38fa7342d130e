// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/TileGrid.h"

#include <vector>

namespace console::helper {

/// The parts of the screen that changed since the last flush, as at most kMaxDamageRects rectangles
/// that do not overlap: a few exact ones, or, when there are many, those of a grid of tiles.
class DamageRegion {
public:
    using Rect = protocol::Rect;

    /// Rectangles are cut to width x height; what is outside is dropped.
    void setBounds(std::int32_t width, std::int32_t height);
    void add(Rect rect);
    void addAll();
    void clear();
    bool isEmpty() const { return m_rects.empty() && !m_isTiled; }
    std::vector<Rect> rects() const;

private:
    void addExact(Rect rect);

    std::vector<Rect> m_rects; ///< empty while tiled
    TileGrid m_grid;
    std::int32_t m_width = 0;
    std::int32_t m_height = 0;
    bool m_isTiled = false;
};

} // namespace console::helper
