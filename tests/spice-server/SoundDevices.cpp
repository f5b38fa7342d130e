// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/SoundDevices.h"

#include "tests/spice-server/SpiceCore.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

namespace tests::spice {

namespace {

constexpr guint kTickMs = 10;

std::uint32_t toneFrame(std::int64_t n)
{
    const double phase
        = 2 * std::numbers::pi * SoundDevices::kToneHz * double(n) / double(SoundDevices::kRate);
    const auto sample = std::uint16_t(std::int16_t(SoundDevices::kPeak * std::sin(phase)));
    return std::uint32_t(sample) << 16 | sample; // left and right
}

void stop(guint& timer)
{
    if (timer != 0)
        g_source_remove(std::exchange(timer, 0));
}

} // namespace

SoundDevices::SoundDevices(SpiceServer* server)
{
    static const SpicePlaybackInterface playback = [] {
        SpicePlaybackInterface out {};
        out.base.type = SPICE_INTERFACE_PLAYBACK;
        out.base.description = "test loudspeaker";
        out.base.major_version = SPICE_INTERFACE_PLAYBACK_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_PLAYBACK_MINOR;
        return out;
    }();
    static const SpiceRecordInterface record = [] {
        SpiceRecordInterface out {};
        out.base.type = SPICE_INTERFACE_RECORD;
        out.base.description = "test microphone";
        out.base.major_version = SPICE_INTERFACE_RECORD_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_RECORD_MINOR;
        return out;
    }();
    m_playback.base.sif = &playback.base;
    m_record.base.sif = &record.base;
    spice_server_add_interface(server, &m_playback.base);
    spice_server_add_interface(server, &m_record.base);
    spice_server_set_playback_rate(&m_playback, kRate);
    spice_server_set_record_rate(&m_record, kRate);
    spice_server_set_playback_compression(server, FALSE);
}

void SoundDevices::playTone(bool on)
{
    stop(m_toneTimer);
    if (!on) {
        spice_server_playback_stop(&m_playback);
        m_buffer = nullptr;
        return;
    }
    spice_server_playback_start(&m_playback);
    m_toneStart = g_get_monotonic_time();
    m_frames = 0;
    m_toneTimer = g_timeout_add(kTickMs, &SoundDevices::pushTone, this);
}

/// As many frames as time has passed.
gboolean SoundDevices::pushTone(gpointer self)
{
    auto& me = *static_cast<SoundDevices*>(self);
    const gint64 due = (g_get_monotonic_time() - me.m_toneStart) * kRate / G_USEC_PER_SEC;
    while (me.m_frames < due) {
        if (!me.m_buffer) {
            spice_server_playback_get_buffer(&me.m_playback, &me.m_buffer, &me.m_room);
            me.m_filled = 0;
        }
        if (!me.m_buffer) { // nobody listens, or not fast enough
            me.m_frames = due;
            break;
        }
        me.m_buffer[me.m_filled++] = toneFrame(me.m_frames++);
        if (me.m_filled == me.m_room)
            spice_server_playback_put_samples(&me.m_playback, std::exchange(me.m_buffer, nullptr));
    }
    return G_SOURCE_CONTINUE;
}

void SoundDevices::setVolume(std::uint16_t volume)
{
    std::uint16_t both[] = { volume, volume };
    spice_server_playback_set_volume(&m_playback, 2, both);
}

void SoundDevices::record(bool on)
{
    stop(m_recordTimer);
    if (!on) {
        spice_server_record_stop(&m_record);
        return;
    }
    spice_server_record_start(&m_record);
    m_recordTimer = g_timeout_add(kTickMs, &SoundDevices::pullRecorded, this);
}

gboolean SoundDevices::pullRecorded(gpointer self)
{
    auto& me = *static_cast<SoundDevices*>(self);
    std::uint32_t frames[4096];
    while (const auto count = spice_server_record_get_samples(&me.m_record, frames, 4096)) {
        me.m_recorded += count;
        for (std::uint32_t i = 0; i < count; ++i)
            me.m_recordedPeak
                = std::max(me.m_recordedPeak, std::abs(int(std::int16_t(frames[i] & 0xffff))));
    }
    if (++me.m_recordTicks % 10 == 0) {
        report(
            "RECORDED %u %d", std::exchange(me.m_recorded, 0), std::exchange(me.m_recordedPeak, 0));
    }
    return G_SOURCE_CONTINUE;
}

} // namespace tests::spice
