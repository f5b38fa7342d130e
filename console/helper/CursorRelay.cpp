// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/CursorRelay.h"

#include <algorithm>
#include <vector>

namespace console::helper {

namespace {

struct CursorShapeFree {
    void operator()(SpiceCursorShape* shape) const { g_boxed_free(SPICE_TYPE_CURSOR_SHAPE, shape); }
};

CursorRelay& cursorOf(gpointer self)
{
    return *static_cast<CursorRelay*>(self);
}

/// The library gives bytes R, G, B, A; the window takes words of ARGB.
std::uint32_t toArgb(const std::uint8_t* rgba)
{
    return std::uint32_t(rgba[3]) << 24 | std::uint32_t(rgba[0]) << 16 | std::uint32_t(rgba[1]) << 8
        | rgba[2];
}

} // namespace

CursorRelay::CursorRelay(SpiceCursorChannel* channel, WindowLink& link)
    : m_link(link)
    , m_signals(channel)
{
    m_signals.add("notify::cursor", G_CALLBACK(&CursorRelay::shapeChanged), this);
    m_signals.add("cursor-move", G_CALLBACK(&CursorRelay::moved), this);
    m_signals.add("cursor-hide", G_CALLBACK(&CursorRelay::hidden), this);
}

void CursorRelay::shapeChanged(GObject* channel, GParamSpec*, gpointer self)
{
    SpiceCursorShape* raw = nullptr;
    g_object_get(channel, "cursor", &raw, nullptr);
    const std::unique_ptr<SpiceCursorShape, CursorShapeFree> shape(raw);
    if (shape && shape->data && shape->width > 0 && shape->height > 0)
        cursorOf(self).send(*shape);
}

void CursorRelay::moved(SpiceCursorChannel*, gint x, gint y, gpointer self)
{
    const auto limit = [](gint at) {
        return std::clamp<std::int32_t>(at, -protocol::kMaxExtent, protocol::kMaxExtent);
    };
    cursorOf(self).m_link.send(protocol::CursorPosition { .x = limit(x), .y = limit(y) });
}

void CursorRelay::hidden(SpiceCursorChannel*, gpointer self)
{
    cursorOf(self).m_link.send(protocol::CursorShape {});
}

void CursorRelay::send(const SpiceCursorShape& shape)
{
    const std::int32_t width = std::min<std::int32_t>(shape.width, protocol::kMaxCursorExtent);
    const std::int32_t height = std::min<std::int32_t>(shape.height, protocol::kMaxCursorExtent);
    std::vector<std::uint32_t> pixels;
    pixels.reserve(std::size_t(width) * height);
    const auto* source = static_cast<const std::uint8_t*>(shape.data);
    for (std::int32_t y = 0; y < height; ++y) {
        for (std::int32_t x = 0; x < width; ++x)
            pixels.push_back(toArgb(source + 4 * (std::ptrdiff_t(y) * shape.width + x)));
    }
    m_link.send(protocol::CursorShape { .width = width,
                    .height = height,
                    .hotspotX = std::min<std::int32_t>(shape.hot_spot_x, width - 1),
                    .hotspotY = std::min<std::int32_t>(shape.hot_spot_y, height - 1) },
        std::as_bytes(std::span(pixels)));
}

} // namespace console::helper
