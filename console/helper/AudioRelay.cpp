// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/AudioRelay.h"

#include "console/protocol/Codec.h"

#include <algorithm>
#include <cmath>

namespace console::helper {

namespace {

constexpr guint kRecordIntervalMs = 20;
constexpr double kFullGuestVolume = 65535;

AudioRelay& audioOf(gpointer self)
{
    return *static_cast<AudioRelay*>(self);
}

} // namespace

AudioRelay::AudioRelay(WindowLink& link, std::function<void(SpiceChannel*)> connect)
    : m_link(link)
    , m_connect(std::move(connect))
    , m_speaker(link)
{
}

void AudioRelay::usePlayback(SpicePlaybackChannel* channel)
{
    m_playback = takeReference(channel);
    Connections& signalsOfChannel = m_signals.emplace_back(channel);
    signalsOfChannel.add("playback-start", G_CALLBACK(&AudioRelay::playbackStarted), this);
    signalsOfChannel.add("playback-data", G_CALLBACK(&AudioRelay::playbackData), this);
    signalsOfChannel.add("playback-stop", G_CALLBACK(&AudioRelay::playbackStopped), this);
    signalsOfChannel.add("playback-get-delay", G_CALLBACK(&AudioRelay::delayWanted), this);
    signalsOfChannel.add("notify::volume", G_CALLBACK(&AudioRelay::volumeChanged), this);
    signalsOfChannel.add("notify::mute", G_CALLBACK(&AudioRelay::volumeChanged), this);
    m_speaker.announce();
    m_connect(SPICE_CHANNEL(channel));
}

void AudioRelay::useRecord(SpiceRecordChannel* channel)
{
    m_record = takeReference(channel);
    m_recordConnected = false;
    Connections& signalsOfChannel = m_signals.emplace_back(channel);
    signalsOfChannel.add("record-start", G_CALLBACK(&AudioRelay::recordStarted), this);
    signalsOfChannel.add("record-stop", G_CALLBACK(&AudioRelay::recordStopped), this);
    tellOfMicrophone(protocol::SoundFlow::Idle);
    connectRecordIfAllowed();
}

void AudioRelay::connectRecordIfAllowed()
{
    if (!m_isMicrophoneAllowed || !m_record || m_recordConnected)
        return;
    m_recordConnected = true;
    m_connect(SPICE_CHANNEL(m_record.get()));
}

void AudioRelay::take(const protocol::SoundControl& control)
{
    m_isMicrophoneAllowed = control.microphone;
    m_speaker.take(control);
    connectRecordIfAllowed();
    if (!control.microphone)
        stopMicrophone();
    else if (m_guestRecords && !m_microphone)
        startMicrophone();
}

void AudioRelay::playbackStarted(SpiceChannel*, gint, gint channels, gint rate, gpointer self)
{
    audioOf(self).m_speaker.start({ .channels = channels, .rate = rate });
}

void AudioRelay::playbackData(SpiceChannel*, gpointer samples, gint size, gpointer self)
{
    if (size > 0)
        audioOf(self).m_speaker.play(
            { static_cast<const std::uint8_t*>(samples), std::size_t(size) });
}

void AudioRelay::playbackStopped(SpiceChannel*, gpointer self)
{
    audioOf(self).m_speaker.stop();
}

void AudioRelay::delayWanted(SpicePlaybackChannel* channel, gpointer self)
{
    if (const Loudspeaker& speaker = audioOf(self).m_speaker; speaker.isOn())
        spice_playback_channel_set_delay(channel, speaker.latencyMs());
}

void AudioRelay::volumeChanged(GObject*, GParamSpec*, gpointer self)
{
    AudioRelay& me = audioOf(self);
    me.m_speaker.setGuestGain(me.guestGain());
}

/// What the guest's own mixer says: its samples come at full volume.
double AudioRelay::guestGain() const
{
    const guint16* volumes = nullptr;
    guint count = 0;
    gboolean muted = FALSE;
    if (m_playback)
        g_object_get(
            m_playback.get(), "volume", &volumes, "nchannels", &count, "mute", &muted, nullptr);
    if (muted)
        return 0;
    if (!volumes || count == 0)
        return 1;
    return toGain(*std::max_element(volumes, volumes + count) / kFullGuestVolume);
}

void AudioRelay::recordStarted(SpiceChannel*, gint, gint channels, gint rate, gpointer self)
{
    AudioRelay& me = audioOf(self);
    const SoundFormat format { .channels = channels, .rate = rate };
    if (!isUsable(format))
        return me.tellOfMicrophone(
            protocol::SoundFlow::Failed, "the guest wants sound of no usable form");
    me.m_guestRecords = true;
    me.m_recordFormat = format;
    if (me.m_isMicrophoneAllowed)
        me.startMicrophone();
}

void AudioRelay::recordStopped(SpiceChannel*, gpointer self)
{
    AudioRelay& me = audioOf(self);
    me.m_guestRecords = false;
    me.stopMicrophone();
}

void AudioRelay::startMicrophone()
{
    m_microphone = std::make_unique<SoundPipeline>(
        SoundPipeline::Direction::Microphone, m_recordFormat, [this](const std::string& problem) {
            tellOfMicrophone(
                problem.empty() ? protocol::SoundFlow::Flowing : protocol::SoundFlow::Failed,
                problem);
        });
    m_recording = Source(g_timeout_add(kRecordIntervalMs, &AudioRelay::moveRecorded, this));
}

void AudioRelay::stopMicrophone()
{
    m_recording.remove();
    if (!m_microphone)
        return;
    m_microphone.reset();
    tellOfMicrophone(protocol::SoundFlow::Idle);
}

gboolean AudioRelay::moveRecorded(gpointer self)
{
    AudioRelay& me = audioOf(self);
    for (std::string samples = me.m_microphone->take(); !samples.empty();
         samples = me.m_microphone->take())
        spice_record_channel_send_data(me.m_record.get(), samples.data(), samples.size(), 0);
    return G_SOURCE_CONTINUE;
}

void AudioRelay::tellOfMicrophone(protocol::SoundFlow flow, const std::string& problem)
{
    m_link.send(protocol::Sound {
        .microphone = 1, .flow = flow, .problem = protocol::toText<256>(problem) });
}

} // namespace console::helper

/// This stands before the library's own of the same name, for this process alone. That one is asked
/// for as soon as an agent can set the volume of its guest (spice-gtk 0.42,
/// agent_sync_audio_playback), and plays and records by itself: all sound twice, past our volume,
/// and the microphone whether it is allowed or not.
extern "C" SpiceAudio* spice_audio_get(SpiceSession*, GMainContext*)
{
    return nullptr;
}
