// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/FrameRelay.h"

#include "console/helper/LoopPace.h"
#include "console/protocol/Codec.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace console::helper {

namespace {

constexpr gint64 kIntervalUs = 8'000; ///< between two flushes
/// The same while very many small things are drawn: not much more often than a screen shows them,
/// and a little sooner, or a guest that draws 60 times a second would be late for every sixth.
constexpr gint64 kBusyIntervalUs = 15'000;
constexpr int kBusyChanges = 64; ///< one full frame of QEMU's arrives as 32 stripes
constexpr gint64 kPatienceUs = 4'000; ///< for a moment in which nothing more has come

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

bool FrameRelay::exchange(const Picture& picture)
{
    if (!m_surface || !picture.pixels || picture.format != m_picture.format
        || picture.width != m_picture.width || picture.height != m_picture.height)
        return false;
    m_picture = picture;
    damageAll();
    return true;
}

void FrameRelay::drop()
{
    m_timer.remove();
    m_waitingSince = 0;
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
    ++m_gathered;
    LoopPace::note();
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

gint64 FrameRelay::interval() const
{
    return m_isBusy ? kBusyIntervalUs : kIntervalUs;
}

void FrameRelay::scheduleFlush()
{
    if (m_damage.isEmpty() || m_awaitsAcknowledge || !m_visible)
        return;
    const gint64 now = g_get_monotonic_time();
    if (m_timer.isActive()) {
        if (m_waitingSince == 0 || now - m_waitingSince < kPatienceUs)
            return;
        m_timer.remove();
        return flush();
    }
    const gint64 due = m_lastFlush + interval() - now;
    if (due <= 0) {
        m_waitingSince = now; // what else is there already belongs to the same picture
        m_timer = Source(
            g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, &FrameRelay::flushTimer, this, nullptr));
    } else {
        m_timer = Source(g_timeout_add(guint((due + 999) / 1000), &FrameRelay::flushTimer, this));
    }
}

gboolean FrameRelay::flushTimer(gpointer self)
{
    auto& frames = *static_cast<FrameRelay*>(self);
    frames.m_timer.forget();
    frames.m_waitingSince = 0;
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
    const std::vector<protocol::Rect> rects = m_damage.rects();
    m_damage.clear();
    {
        const Reading reading(m_picture, rects);
        for (const protocol::Rect& rect : rects) {
            m_surface->copyFrom(m_picture.pixels, m_picture.stride, rect);
            message.rects[message.count++] = rect;
        }
    }
    m_isBusy = std::exchange(m_gathered, 0) > kBusyChanges;
    m_waitingSince = 0;
    m_lastFlush = g_get_monotonic_time();
    m_awaitsAcknowledge = true;
    m_link.send(message);
}

} // namespace console::helper
