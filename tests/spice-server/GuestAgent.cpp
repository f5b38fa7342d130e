// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/GuestAgent.h"

#include <spice/vd_agent.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tests::spice {

namespace {

void stateChanged(SpiceCharDeviceInstance*, int)
{
}
int swallow(SpiceCharDeviceInstance*, const std::uint8_t*, int size)
{
    return size;
}

template <typename T> void append(std::deque<std::uint8_t>& out, const T& value)
{
    std::array<std::uint8_t, sizeof value> bytes;
    std::memcpy(bytes.data(), &value, sizeof value);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

} // namespace

GuestAgent::GuestAgent(SpiceServer* server)
{
    static const SpiceCharDeviceInterface device = [] {
        SpiceCharDeviceInterface out {};
        out.base.type = SPICE_INTERFACE_CHAR_DEVICE;
        out.base.description = "test agent";
        out.base.major_version = SPICE_INTERFACE_CHAR_DEVICE_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_CHAR_DEVICE_MINOR;
        out.state = stateChanged;
        out.write = swallow;
        out.read = &GuestAgent::read;
        return out;
    }();
    m_instance.base.sif = &device.base;
    m_instance.subtype = "vdagent";
    m_instance.agent = this;
    spice_server_add_interface(server, &m_instance.base);
    announce();
}

void GuestAgent::announce()
{
    const std::uint32_t abilities = 1u << VD_AGENT_CAP_MONITORS_CONFIG | 1u << VD_AGENT_CAP_REPLY;
    const std::uint32_t wantsAnswer = 0;
    VDAgentMessage message {};
    message.protocol = VD_AGENT_PROTOCOL;
    message.type = VD_AGENT_ANNOUNCE_CAPABILITIES;
    message.size = sizeof wantsAnswer + sizeof abilities;
    const VDIChunkHeader chunk { .port = VDP_CLIENT_PORT,
        .size = std::uint32_t(sizeof message) + message.size };
    append(m_toClient, chunk);
    append(m_toClient, message);
    append(m_toClient, wantsAnswer);
    append(m_toClient, abilities);
    spice_server_char_device_wakeup(&m_instance);
}

int GuestAgent::read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size)
{
    auto& pending = static_cast<Instance*>(instance)->agent->m_toClient;
    const auto count = std::min<std::ptrdiff_t>(size, std::ssize(pending));
    std::copy_n(pending.begin(), count, buffer);
    pending.erase(pending.begin(), pending.begin() + count);
    return int(count);
}

} // namespace tests::spice
