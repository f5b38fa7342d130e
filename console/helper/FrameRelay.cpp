// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/FrameRelay.h"

#include "console/protocol/Codec.h"

#include <cerrno>
#include <cstring>

namespace console::helper {

namespace {

/// One full frame of QEMU's arrives as 32 stripes; 8 ms gather them and still keep 60 frames/s.
constexpr gint64 kGatherUs = 8000;

bool isExtent(std::int32_t extent)
{
    return extent > 0 && extent <= protocol::kMaxExtent;
}

} // namespace

bool FrameRelay::isShowable(std::int32_t width, std::int32_t height)
{
    return isExtent(width) && isExtent(height);
}

std::optional<std::string> FrameRelay::show(const Picture& picture)
{
    drop();
    if (!isShowable(picture.width, picture.height) || !picture.pixels)
        return "the guest's screen has a form that can't be shown: " + std::to_string(picture.width)
            + " x " + std::to_string(picture.height);
    m_surface = SharedSurface::create(picture.format, picture.width, picture.height);
    if (!m_surface)
        return std::string("no memory for the guest's screen: ") + std::strerror(errno);
    m_picture = picture;
    ++m_surfaceSerial;
    m_awaitsAcknowledge = false; // what was sent of the last screen is of no interest any more
    m_damage.setBounds(picture.width, picture.height);
    m_link.send(protocol::Surface { .screen = m_screen,
                    .serial = m_surfaceSerial,
                    .format = picture.format,
                    .width = picture.width,
                    .height = picture.height,
                    .stride = m_surface->stride() },
        {}, m_surface->fd());
    return std::nullopt;
}

void FrameRelay::drop()
{
    m_timer.remove();
    m_damage.clear();
    m_picture = {};
    if (!m_surface)
        return;
    m_surface.reset();
    m_link.send(protocol::SurfaceGone { .screen = m_screen, .serial = m_surfaceSerial });
}

void FrameRelay::damage(const protocol::Rect& rect)
{
    if (!m_surface)
        return;
    ++m_changes;
    m_damage.add(rect);
    scheduleFlush();
}

void FrameRelay::damageAll()
{
    if (!m_surface)
        return;
    ++m_changes;
    m_damage.addAll();
    scheduleFlush();
}

void FrameRelay::acknowledge(std::uint32_t serial)
{
    if (serial != m_damageSerial)
        return;
    m_awaitsAcknowledge = false;
    scheduleFlush();
}

void FrameRelay::setVisible(bool visible)
{
    m_visible = visible;
    scheduleFlush();
}

void FrameRelay::scheduleFlush()
{
    if (m_damage.isEmpty() || m_awaitsAcknowledge || !m_visible || m_timer.isActive())
        return;
    const gint64 due = m_lastFlush + kGatherUs - g_get_monotonic_time();
    if (due <= 0)
        flush();
    else
        m_timer = Source(g_timeout_add(guint((due + 999) / 1000), &FrameRelay::flushTimer, this));
}

gboolean FrameRelay::flushTimer(gpointer self)
{
    auto& frames = *static_cast<FrameRelay*>(self);
    frames.m_timer.forget();
    if (frames.m_visible && !frames.m_awaitsAcknowledge)
        frames.flush();
    return G_SOURCE_REMOVE;
}

void FrameRelay::flush()
{
    if (!m_surface || m_damage.isEmpty())
        return;
    protocol::Damage message {
        .screen = m_screen, .surface = m_surfaceSerial, .serial = ++m_damageSerial
    };
    for (const protocol::Rect& rect : m_damage.rects()) {
        m_surface->copyFrom(m_picture.pixels, m_picture.stride, rect);
        message.rects[message.count++] = rect;
    }
    m_damage.clear();
    m_lastFlush = g_get_monotonic_time();
    m_awaitsAcknowledge = true;
    m_link.send(message);
}

} // namespace console::helper
