// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/CursorRelay.h"

#include <algorithm>
#include <vector>

namespace console::helper {

namespace {

constexpr gint64 kTellEveryUs = 16'000;

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

CursorRelay::CursorRelay(SpiceCursorChannel* channel, WindowLink& link, std::uint32_t screen)
    : m_channel(takeReference(channel))
    , m_link(link)
    , m_screen(screen)
    , m_signals(channel)
{
    m_signals.add("notify::cursor", G_CALLBACK(&CursorRelay::shapeChanged), this);
    m_signals.add("cursor-move", G_CALLBACK(&CursorRelay::moved), this);
    m_signals.add("cursor-hide", G_CALLBACK(&CursorRelay::hidden), this);
    m_signals.add("cursor-reset", G_CALLBACK(&CursorRelay::reset), this);
}

void CursorRelay::setLook(Look look)
{
    m_look = look;
    m_isLookNew = true;
    tellSoon();
}

void CursorRelay::shapeChanged(GObject*, GParamSpec*, gpointer self)
{
    cursorOf(self).m_hasShape = true;
    cursorOf(self).setLook(Look::Shape);
}

/// A move also shows again what was hidden: there is no other word for that.
void CursorRelay::moved(SpiceCursorChannel*, gint x, gint y, gpointer self)
{
    const auto limit = [](gint at) {
        return std::clamp<std::int32_t>(at, -protocol::kMaxExtent, protocol::kMaxExtent);
    };
    CursorRelay& me = cursorOf(self);
    me.m_x = limit(x);
    me.m_y = limit(y);
    me.m_isMoved = true;
    if (me.m_look == Look::Hidden)
        me.setLook(me.m_hasShape ? Look::Shape : Look::Ordinary);
    else
        me.tellSoon();
}

void CursorRelay::hidden(SpiceCursorChannel*, gpointer self)
{
    cursorOf(self).setLook(Look::Hidden);
}

void CursorRelay::reset(SpiceCursorChannel*, gpointer self)
{
    cursorOf(self).m_hasShape = false;
    cursorOf(self).setLook(Look::Ordinary);
}

void CursorRelay::tellSoon()
{
    if (m_timer.isActive())
        return;
    const gint64 due = m_lastTold + kTellEveryUs - g_get_monotonic_time();
    if (due <= 0)
        tell();
    else
        m_timer = Source(g_timeout_add(guint((due + 999) / 1000), &CursorRelay::tellTimer, this));
}

gboolean CursorRelay::tellTimer(gpointer self)
{
    cursorOf(self).m_timer.forget();
    cursorOf(self).tell();
    return G_SOURCE_REMOVE;
}

void CursorRelay::tell()
{
    m_lastTold = g_get_monotonic_time();
    if (std::exchange(m_isMoved, false))
        m_link.send(protocol::CursorPosition { .screen = m_screen, .x = m_x, .y = m_y });
    if (!std::exchange(m_isLookNew, false))
        return;
    if (m_look != Look::Shape) {
        m_link.send(protocol::CursorShape {
            .screen = m_screen, .ordinary = m_look == Look::Ordinary ? 1u : 0u });
        return;
    }
    SpiceCursorShape* raw = nullptr;
    g_object_get(m_channel.get(), "cursor", &raw, nullptr);
    const std::unique_ptr<SpiceCursorShape, CursorShapeFree> shape(raw);
    if (shape && shape->data && shape->width > 0 && shape->height > 0)
        send(*shape);
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
    m_link.send(protocol::CursorShape { .screen = m_screen,
                    .width = width,
                    .height = height,
                    .hotspotX = std::min<std::int32_t>(shape.hot_spot_x, width - 1),
                    .hotspotY = std::min<std::int32_t>(shape.hot_spot_y, height - 1) },
        std::as_bytes(std::span(pixels)));
}

} // namespace console::helper
