// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>
#include <spice.h>

#include <cstdint>

namespace tests::spice {

/// A sound card that plays a tone, and one that listens: RECORDED count peak, each 100 ms.
class SoundDevices {
public:
    static constexpr int kRate = 48000;
    static constexpr int kToneHz = 480; ///< 100 frames a wave
    static constexpr int kPeak = 12000;

    explicit SoundDevices(SpiceServer* server);
    SoundDevices(const SoundDevices&) = delete;
    SoundDevices& operator=(const SoundDevices&) = delete;

    void playTone(bool on);
    void setVolume(std::uint16_t volume); ///< of the guest's mixer, 0 to 65535
    void record(bool on);

private:
    static gboolean pushTone(gpointer self);
    static gboolean pullRecorded(gpointer self);

    SpicePlaybackInstance m_playback {};
    SpiceRecordInstance m_record {};
    guint m_toneTimer = 0;
    guint m_recordTimer = 0;
    gint64 m_toneStart = 0; ///< monotonic, microseconds
    std::int64_t m_frames = 0; ///< played since
    std::uint32_t m_filled = 0; ///< of the current buffer
    std::uint32_t* m_buffer = nullptr;
    std::uint32_t m_room = 0;
    std::uint32_t m_recorded = 0;
    int m_recordedPeak = 0;
    int m_recordTicks = 0;
};

} // namespace tests::spice
