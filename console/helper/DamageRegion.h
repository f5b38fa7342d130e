// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"

#include <vector>

namespace console::helper {

/// The parts of the screen that changed since the last flush: at most kMaxDamageRects rectangles
/// that do not overlap, one bounding rectangle when there were more.
class DamageRegion {
public:
    using Rect = protocol::Rect;

    /// Rectangles are cut to width x height; what is outside is dropped.
    void setBounds(std::int32_t width, std::int32_t height);
    void add(Rect rect);
    void addAll();
    void clear() { m_rects.clear(); }
    bool isEmpty() const { return m_rects.empty(); }
    const std::vector<Rect>& rects() const { return m_rects; }

private:
    std::vector<Rect> m_rects;
    std::int32_t m_width = 0;
    std::int32_t m_height = 0;
};

} // namespace console::helper
