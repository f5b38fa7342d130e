// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/Loudspeaker.h"

#include <gvnc.h>
#include <vncbaseaudio.h>

namespace console::helper {

/// What a guest plays, over VNC: QEMU sends it to whoever asks. There is no way for a microphone.
/// Source: rfbproto, "QEMU Audio Pseudo-encoding".
class VncSound {
public:
    VncSound(::VncConnection* vnc, WindowLink& link);
    ~VncSound();

    void begin(); ///< the server lets us in
    void noteOffered(); ///< the server sends sound
    void take(const protocol::SoundControl& control) { m_speaker.take(control); }

private:
    static gboolean started(VncBaseAudio*, VncAudioFormat* format, gpointer self);
    static gboolean sampled(VncBaseAudio*, VncAudioSample* sample, gpointer self);
    static gboolean stopped(VncBaseAudio*, gpointer self);

    ::VncConnection* m_vnc;
    Loudspeaker m_speaker;
    bool m_isOffered = false;
    GObjectPtr<VncBaseAudio> m_audio;
    Connections m_signals;
};

} // namespace console::helper
