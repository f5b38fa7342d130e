// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DamageRegion.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <utility>

namespace console::helper {

namespace {

using Rect = DamageRegion::Rect;

constexpr std::size_t kMaxExact = 16;
constexpr std::int32_t kSmallestTile = 16; ///< pixels
constexpr std::int64_t kMaxTiles = 4096; ///< 1024 x 768 has 3072 of the smallest

Rect united(const Rect& a, const Rect& b)
{
    const auto left = std::min(a.x, b.x);
    const auto top = std::min(a.y, b.y);
    const auto right = std::max(a.x + a.width, b.x + b.width);
    const auto bottom = std::max(a.y + a.height, b.y + b.height);
    return { .x = left, .y = top, .width = right - left, .height = bottom - top };
}

bool overlap(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height
        && b.y < a.y + a.height;
}

std::int64_t area(const Rect& rect)
{
    return std::int64_t(rect.width) * rect.height;
}

/// Together they are a rectangle (neighbouring stripes of a frame), or overlap: copying both would
/// copy no less than copying what surrounds them.
bool shouldMerge(const Rect& a, const Rect& b)
{
    return overlap(a, b) || area(united(a, b)) <= area(a) + area(b);
}

} // namespace

void DamageRegion::setBounds(std::int32_t width, std::int32_t height)
{
    m_width = width;
    m_height = height;
    const auto tiles = [&](std::int32_t pixels) { return (pixels + m_tile - 1) / m_tile; };
    m_tile = kSmallestTile;
    while (std::int64_t(tiles(width)) * tiles(height) > kMaxTiles)
        m_tile *= 2;
    m_columns = tiles(width);
    m_tiles.assign(std::size_t(m_columns) * tiles(height), 0);
    clear();
}

void DamageRegion::clear()
{
    m_rects.clear();
    if (m_isTiled)
        std::fill(m_tiles.begin(), m_tiles.end(), 0);
    m_isTiled = false;
}

void DamageRegion::add(Rect rect)
{
    // In 64 bits: the numbers come from the server.
    const auto cut = [](std::int64_t at, std::int64_t size, std::int32_t limit) {
        const auto from = std::clamp<std::int64_t>(at, 0, limit);
        const auto to = std::clamp<std::int64_t>(at + size, from, limit);
        return std::pair(std::int32_t(from), std::int32_t(to - from));
    };
    std::tie(rect.x, rect.width) = cut(rect.x, rect.width, m_width);
    std::tie(rect.y, rect.height) = cut(rect.y, rect.height, m_height);
    if (rect.width == 0 || rect.height == 0)
        return;

    if (m_isTiled)
        addTiles(rect);
    else
        addExact(rect);
}

void DamageRegion::addExact(Rect rect)
{
    // A merged rectangle may touch others in turn, so look again until none does.
    for (auto it = m_rects.begin(); it != m_rects.end();) {
        if (shouldMerge(*it, rect)) {
            rect = united(*it, rect);
            m_rects.erase(it);
            it = m_rects.begin();
        } else {
            ++it;
        }
    }
    m_rects.push_back(rect);
    if (m_rects.size() <= kMaxExact)
        return;
    m_isTiled = true;
    for (const Rect& each : std::exchange(m_rects, {}))
        addTiles(each);
}

void DamageRegion::addTiles(const Rect& rect)
{
    const std::int32_t left = rect.x / m_tile;
    const std::int32_t right = (rect.x + rect.width - 1) / m_tile;
    for (std::int32_t y = rect.y / m_tile; y <= (rect.y + rect.height - 1) / m_tile; ++y) {
        const auto row = m_tiles.begin() + std::ptrdiff_t(y) * m_columns;
        std::fill(row + left, row + right + 1, 1);
    }
}

void DamageRegion::addAll()
{
    clear();
    m_rects.assign(1, { 0, 0, m_width, m_height });
}

std::vector<Rect> DamageRegion::rects() const
{
    return m_isTiled ? tileRects() : m_rects;
}

/// The runs of each row of tiles; a run that goes on below as it is becomes one rectangle with it.
std::vector<Rect> DamageRegion::tileRects() const
{
    std::vector<Rect> out;
    std::vector<std::size_t> above; // those that end at this row's top
    const auto rows = std::int32_t(m_tiles.size()) / m_columns;
    for (std::int32_t y = 0; y < rows; ++y) {
        const auto row = m_tiles.begin() + std::ptrdiff_t(y) * m_columns;
        const auto end = row + m_columns;
        const std::int32_t top = y * m_tile;
        const std::int32_t height = std::min(m_tile, m_height - top);
        std::vector<std::size_t> here;
        for (auto from = std::find(row, end, 1); from != end;) {
            const auto to = std::find(from, end, 0);
            const auto left = std::int32_t(from - row) * m_tile;
            const auto right = std::min(std::int32_t(to - row) * m_tile, m_width);
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
        above = std::move(here);
    }
    if (out.size() <= protocol::kMaxDamageRects)
        return out;
    return { std::accumulate(out.begin() + 1, out.end(), out.front(), united) };
}

} // namespace console::helper
