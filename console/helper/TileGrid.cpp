// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/TileGrid.h"

#include <algorithm>

namespace console::helper {

namespace {

/// A row of the smallest tile is a line of the processor's cache: the two processes that share the
/// picture pay for whole ones.
constexpr std::int32_t kTileWidth = 16;
constexpr std::int32_t kTileHeight = 4;
constexpr std::int64_t kMaxTiles = 16'384; ///< 1024 x 768 has 12,288 of the smallest

std::int32_t count(std::int32_t pixels, std::int32_t tile)
{
    return (pixels + tile - 1) / tile;
}

} // namespace

TileGrid::TileGrid(
    std::int32_t width, std::int32_t height, std::int32_t tileWidth, std::int32_t tileHeight)
    : m_width(width)
    , m_height(height)
    , m_tileWidth(tileWidth)
    , m_tileHeight(tileHeight)
    , m_columns(count(width, tileWidth))
    , m_rows(count(height, tileHeight))
    , m_changed(std::size_t(m_columns) * std::size_t(m_rows), 0)
{
}

TileGrid TileGrid::ofScreen(std::int32_t width, std::int32_t height)
{
    std::int32_t tileWidth = kTileWidth;
    std::int32_t tileHeight = kTileHeight;
    while (std::int64_t(count(width, tileWidth)) * count(height, tileHeight) > kMaxTiles)
        (tileHeight < tileWidth ? tileHeight : tileWidth) *= 2;
    return { width, height, tileWidth, tileHeight };
}

void TileGrid::clear()
{
    std::fill(m_changed.begin(), m_changed.end(), 0);
}

void TileGrid::mark(const Rect& rect)
{
    const std::int32_t left = rect.x / m_tileWidth;
    const std::int32_t right = (rect.x + rect.width - 1) / m_tileWidth;
    const std::int32_t bottom = (rect.y + rect.height - 1) / m_tileHeight;
    for (std::int32_t y = rect.y / m_tileHeight; y <= bottom; ++y) {
        const auto row = m_changed.begin() + std::ptrdiff_t(y) * m_columns;
        std::fill(row + left, row + right + 1, 1);
    }
}

std::vector<TileGrid::Rect> TileGrid::rects(std::size_t most) const
{
    std::vector<Rect> out = rects();
    for (TileGrid grid = *this; out.size() > most; out = grid.rects())
        grid = grid.coarser();
    return out;
}

/// The same change in tiles of twice the size.
TileGrid TileGrid::coarser() const
{
    TileGrid out(m_width, m_height, 2 * m_tileWidth, 2 * m_tileHeight);
    for (const Rect& rect : rects())
        out.mark(rect);
    return out;
}

/// The runs of each row of tiles; a run that goes on below as it is becomes one rectangle with it.
std::vector<TileGrid::Rect> TileGrid::rects() const
{
    std::vector<Rect> out;
    std::vector<std::size_t> above; // those that end at this row's top
    std::vector<std::size_t> here;
    for (std::int32_t y = 0; y < m_rows; ++y) {
        const auto row = m_changed.begin() + std::ptrdiff_t(y) * m_columns;
        const auto end = row + m_columns;
        const std::int32_t top = y * m_tileHeight;
        const std::int32_t height = std::min(m_tileHeight, m_height - top);
        here.clear();
        for (auto from = std::find(row, end, 1); from != end;) {
            const auto to = std::find(from, end, 0);
            const auto left = std::int32_t(from - row) * m_tileWidth;
            const auto right = std::min(std::int32_t(to - row) * m_tileWidth, m_width);
            const auto same = std::find_if(above.begin(), above.end(),
                [&](std::size_t i) { return out[i].x == left && out[i].width == right - left; });
            if (same != above.end()) {
                out[*same].height += height;
                here.push_back(*same);
            } else {
                here.push_back(out.size());
                out.push_back({ .x = left, .y = top, .width = right - left, .height = height });
            }
            from = std::find(to, end, 1);
        }
        std::swap(above, here);
    }
    return out;
}

} // namespace console::helper
