// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/Loudspeaker.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <functional>
#include <memory>

namespace console::helper {

/// The guest's sound to this computer's loudspeaker, and the microphone to the guest. Not the
/// library's SpiceAudio: that one opens the microphone as soon as the guest wants it, and is silent
/// about a missing sound server. The microphone's channel is not even connected before the user
/// allows it.
class AudioRelay {
public:
    /// `connect` connects a channel and watches for its errors.
    AudioRelay(WindowLink& link, std::function<void(SpiceChannel*)> connect);

    void usePlayback(SpicePlaybackChannel* channel);
    void useRecord(SpiceRecordChannel* channel);
    void take(const protocol::SoundControl& control);

private:
    static void playbackStarted(SpiceChannel*, gint, gint channels, gint rate, gpointer self);
    static void playbackData(SpiceChannel*, gpointer samples, gint size, gpointer self);
    static void playbackStopped(SpiceChannel*, gpointer self);
    static void delayWanted(SpicePlaybackChannel* channel, gpointer self);
    static void volumeChanged(GObject*, GParamSpec*, gpointer self);
    static void recordStarted(SpiceChannel*, gint, gint channels, gint rate, gpointer self);
    static void recordStopped(SpiceChannel*, gpointer self);
    static gboolean moveRecorded(gpointer self);
    void connectRecordIfAllowed();
    void startMicrophone();
    void stopMicrophone();
    double guestGain() const;
    void tellOfMicrophone(protocol::SoundFlow flow, const std::string& problem = {});

    WindowLink& m_link;
    std::function<void(SpiceChannel*)> m_connect;
    bool m_isMicrophoneAllowed = false;
    GObjectPtr<SpicePlaybackChannel> m_playback;
    GObjectPtr<SpiceRecordChannel> m_record;
    bool m_recordConnected = false;
    bool m_guestRecords = false;
    SoundFormat m_recordFormat;
    Loudspeaker m_speaker;
    std::unique_ptr<SoundPipeline> m_microphone;
    Source m_recording;
    std::vector<Connections> m_signals; // last: undone first
};

} // namespace console::helper
