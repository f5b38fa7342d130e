// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"

#include <cstdint>
#include <vector>

namespace console::helper {

/// Which tiles of a screen have changed.
class TileGrid {
public:
    using Rect = protocol::Rect;

    TileGrid() = default;
    /// Of width x height pixels, in tiles as small as a reasonable number of them allows.
    static TileGrid ofScreen(std::int32_t width, std::int32_t height);

    void clear();
    void mark(const Rect& rect); ///< not empty, within the screen
    /// Do not overlap; at most so many, for which larger tiles are taken if need be.
    std::vector<Rect> rects(std::size_t most) const;

private:
    TileGrid(
        std::int32_t width, std::int32_t height, std::int32_t tileWidth, std::int32_t tileHeight);
    TileGrid coarser() const;
    std::vector<Rect> rects() const;

    std::int32_t m_width = 0; ///< pixels, as all of these
    std::int32_t m_height = 0;
    std::int32_t m_tileWidth = 1;
    std::int32_t m_tileHeight = 1;
    std::int32_t m_columns = 0;
    std::int32_t m_rows = 0;
    std::vector<std::uint8_t> m_changed; ///< 1 or 0 for each tile, row by row
};

} // namespace console::helper
