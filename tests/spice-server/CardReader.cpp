// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/CardReader.h"

#include "tests/spice-server/SpiceCore.h"

#include <algorithm>
#include <cstdlib>

namespace tests::spice {

namespace {

// Source: libcacard's vscard_common.h. A header of three numbers, big-endian: type, reader, length.
struct Said {
    enum : std::uint32_t {
        Error = 2,
        ReaderAdd = 3,
        ReaderRemove = 4,
        Atr = 5,
        CardRemove = 6,
        Apdu = 7
    };
};
constexpr std::size_t kHeader = 12;

std::uint32_t numberAt(const std::vector<std::uint8_t>& bytes, std::size_t at)
{
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i)
        out = out << 8 | bytes[at + i];
    return out;
}

std::string inHexadecimal(const std::uint8_t* bytes, std::size_t count)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        out += kDigits[bytes[i] >> 4];
        out += kDigits[bytes[i] & 15];
    }
    return out;
}

} // namespace

CardReader::CardReader(SpiceServer* server)
{
    static const SpiceCharDeviceInterface device = [] {
        SpiceCharDeviceInterface out {};
        out.base.type = SPICE_INTERFACE_CHAR_DEVICE;
        out.base.description = "test card reader";
        out.base.major_version = SPICE_INTERFACE_CHAR_DEVICE_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_CHAR_DEVICE_MINOR;
        out.state = [](SpiceCharDeviceInstance*, int) {};
        out.event = [](SpiceCharDeviceInstance*, std::uint8_t) {};
        out.write = &CardReader::write;
        out.read = &CardReader::read;
        return out;
    }();
    m_instance.base.sif = &device.base;
    m_instance.subtype = "smartcard";
    m_instance.reader = this;
    spice_server_add_interface(server, &m_instance.base);
}

void CardReader::ask(const std::string& hexadecimal)
{
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        bytes.push_back(std::uint8_t(std::strtoul(hexadecimal.substr(i, 2).c_str(), nullptr, 16)));
    say(Said::Apdu, bytes);
}

void CardReader::say(std::uint32_t type, const std::vector<std::uint8_t>& body)
{
    for (const std::uint32_t number : { type, m_reader, std::uint32_t(body.size()) }) {
        for (int shift = 24; shift >= 0; shift -= 8)
            m_toClient.push_back(std::uint8_t(number >> shift));
    }
    m_toClient.insert(m_toClient.end(), body.begin(), body.end());
    spice_server_char_device_wakeup(&m_instance);
}

void CardReader::take(std::uint32_t type, std::uint32_t reader, const std::string& body)
{
    switch (type) {
    case Said::ReaderAdd:
        m_reader = reader;
        report("CARD reader");
        return say(Said::Error, { 0, 0, 0, 0 }); // which is none
    case Said::Atr:
        report("CARD atr %s", body.c_str());
        return say(Said::Error, { 0, 0, 0, 0 });
    case Said::Apdu:
        return report("CARD answer %s", body.c_str());
    case Said::CardRemove:
        return report("CARD removed");
    default:
        return;
    }
}

int CardReader::read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size)
{
    auto& pending = static_cast<Instance*>(instance)->reader->m_toClient;
    const auto count = std::min<std::ptrdiff_t>(size, std::ssize(pending));
    std::copy_n(pending.begin(), count, buffer);
    pending.erase(pending.begin(), pending.begin() + count);
    return int(count);
}

int CardReader::write(SpiceCharDeviceInstance* instance, const std::uint8_t* bytes, int size)
{
    CardReader& me = *static_cast<Instance*>(instance)->reader;
    auto& heard = me.m_heard;
    heard.insert(heard.end(), bytes, bytes + size);
    while (heard.size() >= kHeader && heard.size() >= kHeader + numberAt(heard, 8)) {
        const std::size_t length = numberAt(heard, 8);
        me.take(
            numberAt(heard, 0), numberAt(heard, 4), inHexadecimal(heard.data() + kHeader, length));
        heard.erase(heard.begin(), heard.begin() + std::ptrdiff_t(kHeader + length));
    }
    return size;
}

} // namespace tests::spice
