// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spice.h>

#include <cstdint>
#include <functional>

namespace tests::spice {

/// Keyboard, mouse and perhaps a tablet that tell on standard output what they are given:
/// KEY xx, MOTION dx dy buttons, POSITION x y buttons, BUTTONS b, WHEEL w.
class InputDevices {
public:
    InputDevices(SpiceServer* server, bool withTablet, std::function<void()> keyPressed);
    InputDevices(const InputDevices&) = delete;
    InputDevices& operator=(const InputDevices&) = delete;

    void setLeds(int leds);

    struct Keyboard : SpiceKbdInstance {
        InputDevices* devices = nullptr;
    };

private:
    static void scanCode(SpiceKbdInstance* instance, std::uint8_t byte);
    static std::uint8_t leds(SpiceKbdInstance* instance);

    Keyboard m_keyboard {};
    SpiceMouseInstance m_mouse {};
    SpiceTabletInstance m_tablet {};
    std::function<void()> m_keyPressed;
    int m_leds = 0;
};

} // namespace tests::spice
