// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spice.h>

#include <cstdint>
#include <deque>

namespace tests::spice {

/// The least of a guest agent: it announces that the screen's size can be asked of it, and swallows
/// the rest.
class GuestAgent {
public:
    explicit GuestAgent(SpiceServer* server);
    GuestAgent(const GuestAgent&) = delete;
    GuestAgent& operator=(const GuestAgent&) = delete;

private:
    static int read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size);

    struct Instance : SpiceCharDeviceInstance {
        GuestAgent* agent = nullptr;
    };
    void announce();

    Instance m_instance {};
    std::deque<std::uint8_t> m_toClient;
};

} // namespace tests::spice
