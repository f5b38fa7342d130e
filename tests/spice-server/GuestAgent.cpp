// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/GuestAgent.h"

#include "tests/spice-server/SpiceCore.h"

#include <spice/vd_agent.h>

#include <algorithm>
#include <cstring>

namespace tests::spice {

namespace {

void stateChanged(SpiceCharDeviceInstance*, int)
{
}

template <typename T> std::string bytesOf(const T& value)
{
    return { reinterpret_cast<const char*>(&value), sizeof value };
}

std::uint32_t wordAt(const std::string& bytes, std::size_t at)
{
    std::uint32_t out = 0;
    if (bytes.size() >= at + sizeof out)
        std::memcpy(&out, bytes.data() + at, sizeof out);
    return out;
}

/// The value of "key=" in a file's description.
std::string valueOf(const std::string& text, const std::string& key)
{
    const auto start = text.find(key + '=');
    if (start == std::string::npos)
        return {};
    const auto from = start + key.size() + 1;
    return text.substr(from, text.find('\n', from) - from);
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
        out.write = &GuestAgent::write;
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
    const std::uint32_t abilities = 1u << VD_AGENT_CAP_MONITORS_CONFIG | 1u << VD_AGENT_CAP_REPLY
        | 1u << VD_AGENT_CAP_CLIPBOARD_BY_DEMAND | 1u << VD_AGENT_CAP_CLIPBOARD_SELECTION
        | 1u << VD_AGENT_CAP_AUDIO_VOLUME_SYNC | 1u << VD_AGENT_CAP_SPARSE_MONITORS_CONFIG
        | 1u << VD_AGENT_CAP_MONITORS_CONFIG_POSITION
        | (m_fileMode == "refuse" ? 1u << VD_AGENT_CAP_FILE_XFER_DISABLED : 0u);
    send(VD_AGENT_ANNOUNCE_CAPABILITIES, bytesOf(std::uint32_t(0)) + bytesOf(abilities));
}

void GuestAgent::send(std::uint32_t type, const std::string& body)
{
    VDAgentMessage message {};
    message.protocol = VD_AGENT_PROTOCOL;
    message.type = type;
    message.size = std::uint32_t(body.size());
    const std::string whole = bytesOf(message) + body;
    for (std::size_t at = 0; at < whole.size(); at += VD_AGENT_MAX_DATA_SIZE) {
        const std::string part = whole.substr(at, VD_AGENT_MAX_DATA_SIZE);
        m_toClient += bytesOf(VDIChunkHeader {
                          .port = VDP_CLIENT_PORT, .size = std::uint32_t(part.size()) })
            + part;
    }
    spice_server_char_device_wakeup(&m_instance);
}

int GuestAgent::read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size)
{
    GuestAgent& me = *static_cast<Instance*>(instance)->agent;
    const auto count = std::min(std::size_t(size), me.m_toClient.size() - me.m_sent);
    std::memcpy(buffer, me.m_toClient.data() + me.m_sent, count);
    me.m_sent += count;
    if (me.m_sent == me.m_toClient.size()) {
        me.m_toClient.clear();
        me.m_sent = 0;
    }
    return int(count);
}

int GuestAgent::write(SpiceCharDeviceInstance* instance, const std::uint8_t* buffer, int size)
{
    GuestAgent& me = *static_cast<Instance*>(instance)->agent;
    me.m_chunks.append(reinterpret_cast<const char*>(buffer), std::size_t(size));
    for (;;) {
        const std::size_t length = wordAt(me.m_chunks, offsetof(VDIChunkHeader, size));
        if (me.m_chunks.size() < sizeof(VDIChunkHeader) + length
            || me.m_chunks.size() < sizeof(VDIChunkHeader))
            break;
        me.m_message += me.m_chunks.substr(sizeof(VDIChunkHeader), length);
        me.m_chunks.erase(0, sizeof(VDIChunkHeader) + length);
    }
    while (me.m_message.size() >= sizeof(VDAgentMessage)) {
        VDAgentMessage head {};
        std::memcpy(&head, me.m_message.data(), sizeof head);
        if (me.m_message.size() < sizeof head + head.size)
            break;
        const std::string body = me.m_message.substr(sizeof head, head.size);
        me.m_message.erase(0, sizeof head + head.size);
        me.take(head.type, body);
    }
    return size;
}

void GuestAgent::take(std::uint32_t type, const std::string& body)
{
    const unsigned selection = body.empty() ? 0 : std::uint8_t(body[0]) & 1u;
    switch (type) {
    case VD_AGENT_CLIPBOARD_GRAB: {
        std::string types;
        for (std::size_t at = 4; at + 4 <= body.size(); at += 4)
            types += ' ' + std::to_string(wordAt(body, at));
        report("GRAB %u%s", selection, types.c_str());
        return;
    }
    case VD_AGENT_ANNOUNCE_CAPABILITIES:
        if (wordAt(body, 0) != 0) // a client that has just come asks
            announce();
        return;
    case VD_AGENT_MOUSE_STATE:
        report("POINTER %u %u %u", wordAt(body, 0), wordAt(body, 4),
            body.size() > 12 ? unsigned(std::uint8_t(body[12])) : 0);
        return;
    case VD_AGENT_CLIPBOARD_RELEASE:
        report("RELEASE %u", selection);
        return;
    case VD_AGENT_CLIPBOARD_REQUEST: {
        report("WANT %u %u", selection, wordAt(body, 4));
        const Copied& copied = m_copied[selection];
        const std::uint32_t found = copied.type == wordAt(body, 4) ? copied.type : 0;
        send(VD_AGENT_CLIPBOARD,
            bytesOf(std::uint32_t(selection)) + bytesOf(found) + (found ? copied.data : ""));
        return;
    }
    case VD_AGENT_CLIPBOARD:
        report("PASTED %u %u %zu %s", selection, wordAt(body, 4), body.size() - 8,
            body.substr(8, 40).c_str());
        return;
    case VD_AGENT_FILE_XFER_START:
    case VD_AGENT_FILE_XFER_STATUS:
    case VD_AGENT_FILE_XFER_DATA:
        takeFile(type, body);
        return;
    default:
        return;
    }
}

void GuestAgent::answerFile(std::uint32_t id, std::uint32_t result)
{
    send(VD_AGENT_FILE_XFER_STATUS, bytesOf(id) + bytesOf(result));
}

void GuestAgent::takeFile(std::uint32_t type, const std::string& body)
{
    const std::uint32_t id = wordAt(body, 0);
    File& file = m_files[id];
    if (type == VD_AGENT_FILE_XFER_START) {
        file.name = valueOf(body.substr(4), "name");
        file.size = std::strtoull(valueOf(body.substr(4), "size").c_str(), nullptr, 10);
        report("FILE %s %llu", file.name.c_str(), static_cast<unsigned long long>(file.size));
        if (m_fileMode == "mute")
            return;
        answerFile(id,
            m_fileMode == "space" ? std::uint32_t(VD_AGENT_FILE_XFER_STATUS_NOT_ENOUGH_SPACE)
                                  : std::uint32_t(VD_AGENT_FILE_XFER_STATUS_CAN_SEND_DATA));
        return;
    }
    if (type == VD_AGENT_FILE_XFER_STATUS) {
        const bool isCancelled = wordAt(body, 4) == VD_AGENT_FILE_XFER_STATUS_CANCELLED;
        report("FILE-%s %s", isCancelled ? "CANCELLED" : "FAILED", file.name.c_str());
        m_files.erase(id);
        return;
    }
    constexpr std::size_t head = sizeof(VDAgentFileXferDataMessage);
    for (std::size_t i = head; i < body.size(); ++i)
        file.sum = file.sum * 31 + std::uint8_t(body[i]);
    file.got += body.size() - std::min(head, body.size());
    if (file.got < file.size)
        return;
    report("FILE-DATA %s %llu %u", file.name.c_str(), static_cast<unsigned long long>(file.got),
        file.sum);
    answerFile(id, VD_AGENT_FILE_XFER_STATUS_SUCCESS);
    m_files.erase(id);
}

void GuestAgent::copy(std::uint32_t selection, Copied what)
{
    m_copied[selection & 1u] = std::move(what);
    send(VD_AGENT_CLIPBOARD_GRAB,
        bytesOf(std::uint32_t(selection & 1u)) + bytesOf(m_copied[selection & 1u].type));
}

bool GuestAgent::obey(const std::string& verb, std::istream& words)
{
    std::uint32_t selection = 0;
    if (verb == "agent-files") {
        words >> m_fileMode;
        announce();
        return true;
    }
    words >> selection;
    if (verb == "agent-copy") {
        std::string text;
        std::getline(words >> std::ws, text);
        copy(selection, { .type = VD_AGENT_CLIPBOARD_UTF8_TEXT, .data = text });
    } else if (verb == "agent-copy-big") {
        std::size_t size = 0;
        std::uint32_t type = 0;
        words >> size >> type;
        copy(selection, { .type = type, .data = std::string(size, 'x') });
    } else if (verb == "agent-clear") {
        m_copied[selection & 1u] = {};
        send(VD_AGENT_CLIPBOARD_RELEASE, bytesOf(selection));
    } else if (verb == "agent-paste") {
        std::uint32_t type = 0;
        words >> type;
        send(VD_AGENT_CLIPBOARD_REQUEST, bytesOf(selection) + bytesOf(type));
    } else {
        return false;
    }
    return true;
}

} // namespace tests::spice
