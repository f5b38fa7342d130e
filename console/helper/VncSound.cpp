// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncSound.h"

#include <utility>

namespace console::helper {

namespace {

constexpr int kChannels = 2;
constexpr int kRate = 48000;

} // namespace

VncSound::VncSound(VncConnection* vnc, WindowLink& link)
    : m_vnc(vnc)
    , m_speaker(link)
    , m_audio(vnc_base_audio_new())
    , m_signals(m_audio.get())
{
    m_signals.add("vnc-audio-playback-start", G_CALLBACK(&VncSound::started), this);
    m_signals.add("vnc-audio-playback-data", G_CALLBACK(&VncSound::sampled), this);
    m_signals.add("vnc-audio-playback-stop", G_CALLBACK(&VncSound::stopped), this);
    vnc_connection_set_audio(m_vnc, VNC_AUDIO(m_audio.get()));
}

VncSound::~VncSound()
{
    vnc_connection_set_audio(m_vnc, nullptr);
}

/// The library waits with both until the server has said that it knows them.
void VncSound::begin()
{
    const VncAudioFormat format {
        .format = VNC_AUDIO_FORMAT_RAW_S16, .nchannels = kChannels, .frequency = kRate
    };
    vnc_connection_set_audio_format(m_vnc, &format);
    vnc_connection_audio_enable(m_vnc);
}

void VncSound::noteOffered()
{
    if (!std::exchange(m_isOffered, true))
        m_speaker.announce();
}

gboolean VncSound::started(VncBaseAudio*, VncAudioFormat*, gpointer self)
{
    auto& me = *static_cast<VncSound*>(self);
    me.m_isOffered = true;
    me.m_speaker.start({ .channels = kChannels, .rate = kRate });
    return TRUE;
}

gboolean VncSound::sampled(VncBaseAudio*, VncAudioSample* sample, gpointer self)
{
    static_cast<VncSound*>(self)->m_speaker.play({ sample->data, sample->length });
    return TRUE;
}

gboolean VncSound::stopped(VncBaseAudio*, gpointer self)
{
    static_cast<VncSound*>(self)->m_speaker.stop();
    return TRUE;
}

} // namespace console::helper
