// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ScanoutRelay.h"

#include <utility>

namespace console::helper {

namespace {

constexpr guint kPatienceMs = 100; ///< a guest waits so long for a window that is slow

ScanoutRelay& relayOf(gpointer self)
{
    return *static_cast<ScanoutRelay*>(self);
}

} // namespace

ScanoutRelay::ScanoutRelay(SpiceDisplayChannel* channel, FrameRelay& frames,
    std::function<void()> ended, std::function<void(const std::string&)> unsupported)
    : m_channel(takeReference(channel))
    , m_frames(frames)
    , m_ended(std::move(ended))
    , m_unsupported(std::move(unsupported))
    , m_signals(channel)
{
    m_signals.add("notify::gl-scanout", G_CALLBACK(&ScanoutRelay::changed), this);
    m_signals.add("gl-draw", G_CALLBACK(&ScanoutRelay::drawn), this);
    m_signals.add("channel-event", G_CALLBACK(&ScanoutRelay::channelEvent), this);
}

/// The library writes the answer at once, and does not look whether it still can (0.42).
void ScanoutRelay::channelEvent(SpiceChannel*, SpiceChannelEvent event, gpointer self)
{
    if (event == SPICE_CHANNEL_OPENED)
        return;
    relayOf(self).m_owed = 0;
    relayOf(self).m_patience.remove();
}

void ScanoutRelay::changed(SpiceDisplayChannel* channel, GParamSpec*, gpointer self)
{
    ScanoutRelay& me = relayOf(self);
    if (const SpiceGlScanout* scanout = spice_display_channel_get_gl_scanout(channel))
        return me.show(*scanout);
    const bool wasShown = me.isShown();
    me.drop();
    if (wasShown)
        me.m_ended();
}

/// A guest that turns pages announces another texture with each: the screen stays the same.
void ScanoutRelay::show(const SpiceGlScanout& scanout)
{
    std::string problem;
    auto reader = ScanoutReader::open({ .fd = scanout.fd,
                                          .width = std::int32_t(scanout.width),
                                          .height = std::int32_t(scanout.height),
                                          .stride = scanout.stride,
                                          .fourcc = scanout.format,
                                          .isTopFirst = scanout.y0top != FALSE },
        problem);
    if (!reader) {
        drop();
        m_frames.drop();
        return m_unsupported("what the guest draws with OpenGL can't be read: " + problem);
    }
    FrameRelay::Picture picture = reader->picture();
    picture.access = this;
    const bool isSame = m_reader && m_frames.exchange(picture);
    m_reader = std::move(reader); // the last one is let go of when nobody looks at it any more
    if (isSame)
        return;
    if (const auto why = m_frames.show(picture)) {
        drop();
        return m_unsupported(*why);
    }
    m_frames.damageAll(); // the guest may stand still
}

void ScanoutRelay::drop()
{
    letDraw();
    if (!m_reader)
        return;
    m_frames.drop();
    m_reader.reset();
}

void ScanoutRelay::drawn(
    SpiceDisplayChannel*, guint x, guint y, guint width, guint height, gpointer self)
{
    ScanoutRelay& me = relayOf(self);
    ++me.m_owed;
    me.m_frames.damage({ .x = std::int32_t(x),
        .y = std::int32_t(y),
        .width = std::int32_t(width),
        .height = std::int32_t(height) });
    if (!me.isShown() || !me.m_isVisible)
        me.letDraw();
    else if (!me.m_patience.isActive())
        me.m_patience = Source(g_timeout_add(kPatienceMs, &ScanoutRelay::waitedEnough, self));
}

gboolean ScanoutRelay::waitedEnough(gpointer self)
{
    relayOf(self).m_patience.forget();
    relayOf(self).letDraw();
    return G_SOURCE_REMOVE;
}

void ScanoutRelay::setVisible(bool visible)
{
    m_isVisible = visible;
    if (!visible)
        letDraw();
}

void ScanoutRelay::letDraw()
{
    m_patience.remove();
    for (; m_owed > 0; --m_owed)
        spice_display_channel_gl_draw_done(m_channel.get());
}

void ScanoutRelay::begin(std::span<const protocol::Rect> places)
{
    if (m_reader)
        m_reader->begin(places);
}

void ScanoutRelay::end()
{
    if (m_reader)
        m_reader->end();
    letDraw();
}

} // namespace console::helper
