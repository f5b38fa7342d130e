// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DisplayRelay.h"

#include "console/protocol/Codec.h"

#include <cerrno>
#include <cstring>
#include <optional>

namespace console::helper {

namespace {

/// One full frame of QEMU's arrives as 32 stripes; 8 ms gather them and still keep 60 frames/s.
constexpr gint64 kGatherUs = 8000;

std::optional<protocol::PixelFormat> toPixelFormat(gint format)
{
    switch (format) {
    case SPICE_SURFACE_FMT_32_xRGB:
    case SPICE_SURFACE_FMT_32_ARGB: // of a screen: there is nothing behind it to shine through
        return protocol::PixelFormat::Xrgb32;
    case SPICE_SURFACE_FMT_16_555:
        return protocol::PixelFormat::Rgb555;
    case SPICE_SURFACE_FMT_16_565:
        return protocol::PixelFormat::Rgb565;
    default:
        return std::nullopt;
    }
}

DisplayRelay& displayOf(gpointer self)
{
    return *static_cast<DisplayRelay*>(self);
}

bool isShowable(gint extent)
{
    return extent > 0 && extent <= protocol::kMaxExtent;
}

} // namespace

DisplayRelay::DisplayRelay(SpiceDisplayChannel* channel, WindowLink& link, std::uint32_t screen,
    std::function<void(const std::string&)> unsupported)
    : m_channel(takeReference(SPICE_CHANNEL(channel)))
    , m_link(link)
    , m_screen(screen)
    , m_unsupported(std::move(unsupported))
    , m_signals(channel)
{
    m_signals.add("display-primary-create", G_CALLBACK(&DisplayRelay::created), this);
    m_signals.add("display-primary-destroy", G_CALLBACK(&DisplayRelay::destroyed), this);
    m_signals.add("display-invalidate", G_CALLBACK(&DisplayRelay::invalidated), this);
    m_signals.add("display-mark", G_CALLBACK(&DisplayRelay::marked), this);
}

void DisplayRelay::created(SpiceChannel*, gint format, gint width, gint height, gint stride, gint,
    gpointer data, gpointer self)
{
    displayOf(self).createSurface({ .format = SpiceSurfaceFmt(format),
        .width = width,
        .height = height,
        .stride = stride,
        .shmid = -1,
        .data = static_cast<guint8*>(data),
        .marked = FALSE });
}

void DisplayRelay::createSurface(const SpiceDisplayPrimary& primary)
{
    dropSurface();
    const auto format = toPixelFormat(primary.format);
    if (!format || !isShowable(primary.width) || !isShowable(primary.height) || !primary.data) {
        m_unsupported("the guest's screen has a form that can't be shown: format "
            + std::to_string(int(primary.format)) + ", " + std::to_string(primary.width) + " x "
            + std::to_string(primary.height));
        return;
    }
    m_surface = SharedSurface::create(*format, primary.width, primary.height);
    if (!m_surface) {
        m_unsupported(std::string("no memory for the guest's screen: ") + std::strerror(errno));
        return;
    }
    m_source = primary.data;
    m_sourceStride = primary.stride;
    ++m_surfaceSerial;
    m_awaitsAcknowledge = false; // what was sent of the last screen is of no interest any more
    m_damage.setBounds(primary.width, primary.height);
    m_link.send(protocol::Surface { .screen = m_screen,
                    .serial = m_surfaceSerial,
                    .format = *format,
                    .width = primary.width,
                    .height = primary.height,
                    .stride = m_surface->stride() },
        {}, m_surface->fd());
}

void DisplayRelay::destroyed(SpiceChannel*, gpointer self)
{
    displayOf(self).dropSurface();
}

void DisplayRelay::dropSurface()
{
    m_timer.remove();
    m_damage.clear();
    m_source = nullptr;
    if (!m_surface)
        return;
    m_surface.reset();
    m_link.send(protocol::SurfaceGone { .screen = m_screen, .serial = m_surfaceSerial });
}

void DisplayRelay::invalidated(
    SpiceChannel*, gint x, gint y, gint width, gint height, gpointer self)
{
    DisplayRelay& display = displayOf(self);
    if (!display.m_surface)
        return;
    display.m_damage.add({ .x = x, .y = y, .width = width, .height = height });
    display.scheduleFlush();
}

void DisplayRelay::marked(SpiceChannel*, gboolean mark, gpointer self)
{
    DisplayRelay& display = displayOf(self);
    display.m_link.send(protocol::DisplayOn { .screen = display.m_screen, .on = mark ? 1u : 0u });
    if (mark && display.m_surface) {
        display.m_damage.addAll();
        display.scheduleFlush();
    }
}

void DisplayRelay::acknowledge(std::uint32_t serial)
{
    if (serial != m_damageSerial)
        return;
    m_awaitsAcknowledge = false;
    scheduleFlush();
}

void DisplayRelay::setVisible(bool visible)
{
    m_visible = visible;
    scheduleFlush();
}

void DisplayRelay::scheduleFlush()
{
    if (m_damage.isEmpty() || m_awaitsAcknowledge || !m_visible || m_timer.isActive())
        return;
    const gint64 due = m_lastFlush + kGatherUs - g_get_monotonic_time();
    if (due <= 0)
        flush();
    else
        m_timer = Source(g_timeout_add(guint((due + 999) / 1000), &DisplayRelay::flushTimer, this));
}

gboolean DisplayRelay::flushTimer(gpointer self)
{
    DisplayRelay& display = displayOf(self);
    display.m_timer.forget();
    if (display.m_visible && !display.m_awaitsAcknowledge)
        display.flush();
    return G_SOURCE_REMOVE;
}

void DisplayRelay::flush()
{
    if (!m_surface || m_damage.isEmpty())
        return;
    protocol::Damage message {
        .screen = m_screen, .surface = m_surfaceSerial, .serial = ++m_damageSerial
    };
    for (const protocol::Rect& rect : m_damage.rects()) {
        m_surface->copyFrom(m_source, m_sourceStride, rect);
        message.rects[message.count++] = rect;
    }
    m_damage.clear();
    m_lastFlush = g_get_monotonic_time();
    m_awaitsAcknowledge = true;
    m_link.send(message);
}

} // namespace console::helper
