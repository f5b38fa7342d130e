// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/SoundPipeline.h"
#include "console/helper/WindowLink.h"

#include <memory>

namespace console::helper {

/// A guest's sound on its way to this computer's sound server, as loud as the user and the guest
/// want it. The window is told what becomes of it.
class Loudspeaker {
public:
    explicit Loudspeaker(WindowLink& link);

    void announce(); ///< the guest can be heard, and is silent
    void start(const SoundFormat& format);
    void play(std::span<const std::uint8_t> samples);
    void stop();

    void take(const protocol::SoundControl& control);
    void setGuestGain(double linear); ///< what the guest's own mixer says
    bool isOn() const { return m_pipeline != nullptr; }
    unsigned latencyMs() const { return m_pipeline ? m_pipeline->latencyMs() : 0; }

private:
    void applyGain();
    void tell(protocol::SoundFlow flow, const std::string& problem = {});

    WindowLink& m_link;
    protocol::SoundControl m_control;
    double m_guestGain = 1;
    std::unique_ptr<SoundPipeline> m_pipeline;
};

/// A slider's place as it is heard: loudness grows with the cube.
double toGain(double place);
/// Whether sound of this form can be played or recorded.
bool isUsable(const SoundFormat& format);

} // namespace console::helper
