// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spice.h>

#include <array>
#include <cstdint>
#include <istream>
#include <map>
#include <string>
#include <vector>

namespace tests::spice {

/// A guest agent that obeys lines of text and tells what it is given on standard output: it copies
/// and pastes, takes files, and leaves the monitors to the card.
///
/// agent-copy S TEXT       offers text;            agent-copy-big S BYTES TYPE  'x' that often
/// agent-clear S           offers nothing any more
/// agent-paste S TYPE      asks for it: PASTED S TYPE SIZE BEGINNING, or PASTED S 0 0
/// agent-files ok|refuse|space|mute
/// POINTER X Y DISPLAY; GRAB S TYPES, RELEASE S, WANT S TYPE; FILE NAME SIZE, FILE-DATA NAME SIZE
/// SUM, FILE-CANCELLED NAME, FILE-FAILED NAME...
class GuestAgent {
public:
    explicit GuestAgent(SpiceServer* server);
    GuestAgent(const GuestAgent&) = delete;
    GuestAgent& operator=(const GuestAgent&) = delete;

    bool obey(const std::string& verb, std::istream& words);

private:
    struct File {
        std::string name {};
        std::uint64_t size = 0;
        std::uint64_t got = 0;
        std::uint32_t sum = 0;
    };
    struct Copied {
        std::uint32_t type = 0;
        std::string data {};
    };
    struct Instance : SpiceCharDeviceInstance {
        GuestAgent* agent = nullptr;
    };

    static int read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size);
    static int write(SpiceCharDeviceInstance* instance, const std::uint8_t* buffer, int size);
    void announce();
    void send(std::uint32_t type, const std::string& body);
    void take(std::uint32_t type, const std::string& body);
    void takeFile(std::uint32_t type, const std::string& body);
    void copy(std::uint32_t selection, Copied what);
    void answerFile(std::uint32_t id, std::uint32_t result);

    Instance m_instance {};
    std::string m_toClient;
    std::size_t m_sent = 0;
    std::string m_chunks; ///< from the client, not taken apart yet
    std::string m_message;
    std::array<Copied, 2> m_copied;
    std::map<std::uint32_t, File> m_files;
    std::string m_fileMode = "ok";
};

} // namespace tests::spice
