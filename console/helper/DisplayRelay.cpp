// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DisplayRelay.h"

#include <optional>

namespace console::helper {

namespace {

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

} // namespace

DisplayRelay::DisplayRelay(SpiceDisplayChannel* channel, WindowLink& link, std::uint32_t screen,
    std::function<void(const std::string&)> unsupported)
    : m_channel(takeReference(SPICE_CHANNEL(channel)))
    , m_link(link)
    , m_screen(screen)
    , m_unsupported(std::move(unsupported))
    , m_frames(link, screen)
    , m_scanout(
          channel, m_frames, [this] { showPrimary(); }, m_unsupported)
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

void DisplayRelay::setVisible(bool visible)
{
    m_scanout.setVisible(visible);
    m_frames.setVisible(visible);
}

/// A guest that draws with OpenGL no more has gone back to the screen that it had all along.
void DisplayRelay::showPrimary()
{
    SpiceDisplayPrimary primary {};
    if (spice_display_channel_get_primary(m_channel.get(), 0, &primary))
        createSurface(primary);
    m_frames.damageAll();
}

void DisplayRelay::createSurface(const SpiceDisplayPrimary& primary)
{
    m_scanout.drop();
    const auto format = toPixelFormat(primary.format);
    if (!format) {
        m_frames.drop();
        m_unsupported("the guest's screen has a form that can't be shown: format "
            + std::to_string(int(primary.format)));
        return;
    }
    const auto problem = m_frames.show({ .format = *format,
        .width = primary.width,
        .height = primary.height,
        .stride = primary.stride,
        .pixels = primary.data });
    if (problem)
        m_unsupported(*problem);
}

void DisplayRelay::destroyed(SpiceChannel*, gpointer self)
{
    DisplayRelay& display = displayOf(self);
    if (!display.m_scanout.isShown())
        display.m_frames.drop();
}

void DisplayRelay::invalidated(
    SpiceChannel*, gint x, gint y, gint width, gint height, gpointer self)
{
    DisplayRelay& display = displayOf(self);
    if (!display.m_scanout.isShown())
        display.m_frames.damage({ .x = x, .y = y, .width = width, .height = height });
}

void DisplayRelay::marked(SpiceChannel*, gboolean mark, gpointer self)
{
    DisplayRelay& display = displayOf(self);
    display.m_link.send(protocol::DisplayOn { .screen = display.m_screen, .on = mark ? 1u : 0u });
    if (mark)
        display.m_frames.damageAll();
}

} // namespace console::helper
