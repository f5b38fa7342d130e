// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DamageRegion.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>

namespace console::helper {

namespace {

using Rect = DamageRegion::Rect;

constexpr std::size_t kMaxExact = 16;

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
    m_grid = TileGrid::ofScreen(width, height);
    m_rects.clear();
    m_isTiled = false;
}

void DamageRegion::clear()
{
    m_rects.clear();
    if (m_isTiled)
        m_grid.clear();
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
        m_grid.mark(rect);
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
        m_grid.mark(each);
}

void DamageRegion::addAll()
{
    clear();
    m_rects.assign(1, { 0, 0, m_width, m_height });
}

std::vector<Rect> DamageRegion::rects() const
{
    return m_isTiled ? m_grid.rects(protocol::kMaxDamageRects) : m_rects;
}

} // namespace console::helper
