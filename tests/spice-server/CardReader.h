// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spice.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace tests::spice {

/// The guest's smartcard reader: takes the first reader that a client adds, and tells what it hears
/// of it, in hexadecimal digits: CARD atr 3b…, CARD answer 9000, CARD removed.
class CardReader {
public:
    explicit CardReader(SpiceServer* server);
    CardReader(const CardReader&) = delete;
    CardReader& operator=(const CardReader&) = delete;

    void ask(const std::string& hexadecimal); ///< the card, in an APDU

private:
    static int read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size);
    static int write(SpiceCharDeviceInstance* instance, const std::uint8_t* bytes, int size);
    void take(std::uint32_t type, std::uint32_t reader, const std::string& body);
    void say(std::uint32_t type, const std::vector<std::uint8_t>& body);

    struct Instance : SpiceCharDeviceInstance {
        CardReader* reader = nullptr;
    };

    Instance m_instance {};
    std::vector<std::uint8_t> m_heard;
    std::deque<std::uint8_t> m_toClient;
    std::uint32_t m_reader = 0; ///< the client's number of it
};

} // namespace tests::spice
