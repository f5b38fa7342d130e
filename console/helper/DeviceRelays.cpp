// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/DeviceRelays.h"

namespace console::helper {

namespace {

constexpr std::uint32_t kMaxPorts = 256;

} // namespace

DeviceRelays::DeviceRelays(WindowLink& link)
    : m_link(link)
    , m_audio(link, [](SpiceChannel* channel) { spice_channel_connect(channel); })
    , m_usb(link)
    , m_folder(link)
    , m_smartcards(link)
{
}

void DeviceRelays::setSession(SpiceSession* session)
{
    // Only says which channels are made known; each is connected when it is used.
    g_object_set(
        session, "enable-audio", TRUE, "enable-usbredir", TRUE, "enable-smartcard", TRUE, nullptr);
    m_usb.setSession(session);
    m_folder.setSession(session);
}

void DeviceRelays::useChannel(SpiceChannel* channel, int type)
{
    switch (type) {
    case SPICE_CHANNEL_PLAYBACK:
        m_audio.usePlayback(SPICE_PLAYBACK_CHANNEL(channel));
        break;
    case SPICE_CHANNEL_RECORD:
        m_audio.useRecord(SPICE_RECORD_CHANNEL(channel));
        break;
    case SPICE_CHANNEL_USBREDIR:
        m_usb.addChannel();
        break;
    case SPICE_CHANNEL_WEBDAV:
        m_folder.useChannel(channel);
        break;
    case SPICE_CHANNEL_SMARTCARD:
        m_smartcards.useChannel(channel);
        break;
    case SPICE_CHANNEL_PORT:
        m_ports.push_back(std::make_unique<PortRelay>(m_link, channel, m_nextPort++ % kMaxPorts));
        break;
    default:
        break;
    }
}

void DeviceRelays::dropChannel(SpiceChannel* channel)
{
    if (SPICE_IS_USBREDIR_CHANNEL(channel))
        m_usb.removeChannel();
    else if (SPICE_IS_PORT_CHANNEL(channel))
        std::erase_if(m_ports, [channel](const auto& port) { return port->isOf(channel); });
}

bool DeviceRelays::handle(const protocol::ToHelper& message, protocol::Payload payload)
{
    if (const auto* sound = std::get_if<protocol::SoundControl>(&message))
        m_audio.take(*sound);
    else if (const auto* watch = std::get_if<protocol::UsbWatch>(&message))
        m_usb.take(*watch);
    else if (const auto* redirect = std::get_if<protocol::UsbRedirect>(&message))
        m_usb.take(*redirect);
    else if (const auto* disc = std::get_if<protocol::InsertDisc>(&message))
        m_usb.take(*disc);
    else if (const auto* folder = std::get_if<protocol::ShareFolder>(&message))
        m_folder.take(*folder);
    else if (const auto* cards = std::get_if<protocol::UseSmartcards>(&message))
        m_smartcards.take(*cards);
    else if (const auto* data = std::get_if<protocol::PortData>(&message)) {
        for (const auto& port : m_ports) {
            if (port->id() == data->id)
                port->write(payload);
        }
    } else
        return false;
    return true;
}

} // namespace console::helper
