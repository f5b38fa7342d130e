// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>
#include <spice.h>

#include <cstdint>
#include <deque>
#include <string>

namespace tests::spice {

/// The guest's side of a port: says what it is told to, and tells what it hears in hexadecimal
/// digits: PORT name 68656c6c6f.
class GuestPort {
public:
    GuestPort(SpiceServer* server, const std::string& name);
    GuestPort(const GuestPort&) = delete;
    GuestPort& operator=(const GuestPort&) = delete;

    const std::string& name() const { return m_name; }
    void setOpen(bool open);
    void say(const std::string& hexadecimal);
    void flood(std::uint32_t bytes); ///< counts up, byte by byte

private:
    static gboolean goOn(gpointer self);
    static int read(SpiceCharDeviceInstance* instance, std::uint8_t* buffer, int size);
    static int write(SpiceCharDeviceInstance* instance, const std::uint8_t* bytes, int size);

    struct Instance : SpiceCharDeviceInstance {
        GuestPort* port = nullptr;
    };

    std::string m_name;
    Instance m_instance {};
    std::deque<std::uint8_t> m_toClient;
};

} // namespace tests::spice
