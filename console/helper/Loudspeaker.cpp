// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/Loudspeaker.h"

#include "console/protocol/Codec.h"

namespace console::helper {

namespace {

constexpr int kMaxChannels = 8;
constexpr int kMaxRate = 384000;

} // namespace

double toGain(double place)
{
    return place * place * place;
}

bool isUsable(const SoundFormat& format)
{
    return format.channels > 0 && format.channels <= kMaxChannels && format.rate > 0
        && format.rate <= kMaxRate;
}

Loudspeaker::Loudspeaker(WindowLink& link)
    : m_link(link)
{
}

void Loudspeaker::announce()
{
    tell(protocol::SoundFlow::Idle);
}

void Loudspeaker::start(const SoundFormat& format)
{
    if (!isUsable(format))
        return tell(protocol::SoundFlow::Failed, "the guest's sound has no usable form");
    m_pipeline = std::make_unique<SoundPipeline>(
        SoundPipeline::Direction::Playback, format, [this](const std::string& problem) {
            tell(problem.empty() ? protocol::SoundFlow::Flowing : protocol::SoundFlow::Failed,
                problem);
        });
    applyGain();
}

void Loudspeaker::play(std::span<const std::uint8_t> samples)
{
    if (m_pipeline)
        m_pipeline->play(samples);
}

void Loudspeaker::stop()
{
    m_pipeline.reset();
    tell(protocol::SoundFlow::Idle);
}

void Loudspeaker::take(const protocol::SoundControl& control)
{
    m_control = control;
    applyGain();
}

void Loudspeaker::setGuestGain(double linear)
{
    m_guestGain = linear;
    applyGain();
}

void Loudspeaker::applyGain()
{
    const double ours
        = m_control.play ? toGain(double(m_control.volume) / double(protocol::kFullVolume)) : 0;
    if (m_pipeline)
        m_pipeline->setGain(ours * m_guestGain);
}

void Loudspeaker::tell(protocol::SoundFlow flow, const std::string& problem)
{
    m_link.send(protocol::Sound {
        .microphone = 0, .flow = flow, .problem = protocol::toText<256>(problem) });
}

} // namespace console::helper
