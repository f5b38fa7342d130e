// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/GuestPort.h"

#include "tests/spice-server/SpiceCore.h"

#include <spice/protocol.h>

#include <algorithm>
#include <cstdlib>

namespace tests::spice {

namespace {

constexpr int kBytesPerLine = 64;

} // namespace

GuestPort::GuestPort(SpiceServer* server, const std::string& name)
    : m_name(name)
{
    static const SpiceCharDeviceInterface device = [] {
        SpiceCharDeviceInterface out {};
        out.base.type = SPICE_INTERFACE_CHAR_DEVICE;
        out.base.description = "test port";
        out.base.major_version = SPICE_INTERFACE_CHAR_DEVICE_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_CHAR_DEVICE_MINOR;
        out.state = [](SpiceCharDeviceInstance*, int) {};
        out.event = [](SpiceCharDeviceInstance*, std::uint8_t) {};
        out.write = &GuestPort::write;
        out.read = &GuestPort::read;
        return out;
    }();
    m_instance.base.sif = &device.base;
    m_instance.subtype = "port";
    m_instance.portname = m_name.c_str();
    m_instance.port = this;
    spice_server_add_interface(server, &m_instance.base);
}

void GuestPort::setOpen(bool open)
{
    spice_server_port_event(&m_instance, open ? SPICE_PORT_EVENT_OPENED : SPICE_PORT_EVENT_CLOSED);
}

void GuestPort::say(const std::string& hexadecimal)
{
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        m_toClient.push_back(
            std::uint8_t(std::strtoul(hexadecimal.substr(i, 2).c_str(), nullptr, 16)));
    spice_server_char_device_wakeup(&m_instance);
}

void GuestPort::flood(std::uint32_t bytes)
{
    for (std::uint32_t i = 0; i < bytes; ++i)
        m_toClient.push_back(std::uint8_t(i));
    g_timeout_add(1, &GuestPort::goOn, this);
}

/// libspice-server takes one buffer for each time that it is told of more.
gboolean GuestPort::goOn(gpointer self)
{
    auto& me = *static_cast<GuestPort*>(self);
    spice_server_char_device_wakeup(&me.m_instance);
    return me.m_toClient.empty() ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

int GuestPort::read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size)
{
    auto& pending = static_cast<Instance*>(instance)->port->m_toClient;
    const auto count = std::min<std::ptrdiff_t>(size, std::ssize(pending));
    std::copy_n(pending.begin(), count, buffer);
    pending.erase(pending.begin(), pending.begin() + count);
    return int(count);
}

int GuestPort::write(SpiceCharDeviceInstance* instance, const std::uint8_t* bytes, int size)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    for (int at = 0; at < size; at += kBytesPerLine) {
        std::string line;
        for (int i = at; i < std::min(size, at + kBytesPerLine); ++i) {
            line += kDigits[bytes[i] >> 4];
            line += kDigits[bytes[i] & 15];
        }
        report("PORT %s %s", instance->portname, line.c_str());
    }
    return size;
}

} // namespace tests::spice
