// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"

#include <gst/gst.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace console::helper {

struct SoundFormat {
    int channels = 2;
    int rate = 48000; ///< frames a second, of 16 bits a channel
};

/// A way between raw samples and this computer's sound server, one of the two directions. Devices
/// are opened and closed on a thread of GStreamer's, so that a sound server that hangs holds up
/// nothing; everything else happens on the default main context. GStreamer's plugins are loaded
/// with the first one: a guest that is silent costs nothing.
class SoundPipeline {
public:
    enum class Direction { Playback, Microphone };
    /// Told once: an empty text when sound flows, else why it can't.
    using Opened = std::function<void(const std::string& problem)>;

    SoundPipeline(Direction direction, const SoundFormat& format, Opened opened);
    ~SoundPipeline();
    SoundPipeline(const SoundPipeline&) = delete;
    SoundPipeline& operator=(const SoundPipeline&) = delete;

    /// Samples to be heard; copied. What can't be played in time is dropped.
    void play(std::span<const std::uint8_t> samples);
    /// What the microphone has brought; empty when there is no more for now.
    std::string take();
    void setGain(double linear); ///< 0: silence
    unsigned latencyMs() const; ///< from play() to the loudspeaker

private:
    static gboolean message(GstBus*, GstMessage* message, gpointer self);
    void report(const std::string& problem);
    std::string whyNoDevice() const;

    Opened m_opened;
    Direction m_direction;
    GstElement* m_pipeline = nullptr;
    GstElement* m_ours = nullptr; ///< appsrc or appsink
    GstElement* m_device = nullptr; ///< the automatic one
    GstElement* m_volume = nullptr;
    std::string m_lastWarning;
    Source m_watch;
};

} // namespace console::helper
