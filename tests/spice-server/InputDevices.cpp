// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/InputDevices.h"

#include "tests/spice-server/SpiceCore.h"

namespace tests::spice {

namespace {

constexpr int kBreak = 0x80;
constexpr int kPrefix = 0xe0;

template <typename Interface>
Interface named(const char* type, std::uint32_t major, std::uint32_t minor)
{
    Interface out {};
    out.base.type = type;
    out.base.description = "test device";
    out.base.major_version = major;
    out.base.minor_version = minor;
    return out;
}

SpiceMouseInterface mouseInterface()
{
    auto out = named<SpiceMouseInterface>(
        SPICE_INTERFACE_MOUSE, SPICE_INTERFACE_MOUSE_MAJOR, SPICE_INTERFACE_MOUSE_MINOR);
    out.motion = [](SpiceMouseInstance*, int dx, int dy, int dz, std::uint32_t buttons) {
        if (dz != 0)
            report("WHEEL %d", dz);
        else
            report("MOTION %d %d %u", dx, dy, buttons);
    };
    out.buttons = [](SpiceMouseInstance*, std::uint32_t buttons) { report("BUTTONS %u", buttons); };
    return out;
}

SpiceTabletInterface tabletInterface()
{
    auto out = named<SpiceTabletInterface>(
        SPICE_INTERFACE_TABLET, SPICE_INTERFACE_TABLET_MAJOR, SPICE_INTERFACE_TABLET_MINOR);
    out.set_logical_size = [](SpiceTabletInstance*, int, int) {};
    out.position = [](SpiceTabletInstance*, int x, int y, std::uint32_t buttons) {
        report("POSITION %d %d %u", x, y, buttons);
    };
    // Also how libspice-server tells of buttons that were pressed, with no steps.
    out.wheel = [](SpiceTabletInstance*, int steps, std::uint32_t buttons) {
        if (steps != 0)
            report("WHEEL %d", steps);
        else
            report("BUTTONS %u", buttons);
    };
    out.buttons
        = [](SpiceTabletInstance*, std::uint32_t buttons) { report("BUTTONS %u", buttons); };
    return out;
}

} // namespace

InputDevices::InputDevices(SpiceServer* server, bool withTablet, std::function<void()> keyPressed)
    : m_keyPressed(std::move(keyPressed))
{
    static const SpiceKbdInterface keyboard = [] {
        auto out = named<SpiceKbdInterface>(SPICE_INTERFACE_KEYBOARD,
            SPICE_INTERFACE_KEYBOARD_MAJOR, SPICE_INTERFACE_KEYBOARD_MINOR);
        out.push_scan_freg = &InputDevices::scanCode;
        out.get_leds = &InputDevices::leds;
        return out;
    }();
    static const SpiceMouseInterface mouse = mouseInterface();
    static const SpiceTabletInterface tablet = tabletInterface();

    m_keyboard.base.sif = &keyboard.base;
    m_keyboard.devices = this;
    m_mouse.base.sif = &mouse.base;
    m_tablet.base.sif = &tablet.base;
    spice_server_add_interface(server, &m_keyboard.base);
    spice_server_add_interface(server, &m_mouse.base);
    if (withTablet)
        spice_server_add_interface(server, &m_tablet.base);
}

void InputDevices::scanCode(SpiceKbdInstance* instance, std::uint8_t byte)
{
    report("KEY %02x", byte);
    if (byte != kPrefix && !(byte & kBreak))
        static_cast<Keyboard*>(instance)->devices->m_keyPressed();
}

std::uint8_t InputDevices::leds(SpiceKbdInstance* instance)
{
    return std::uint8_t(static_cast<Keyboard*>(instance)->devices->m_leds);
}

void InputDevices::setLeds(int leds)
{
    m_leds = leds;
    spice_server_kbd_leds(&m_keyboard, leds);
}

} // namespace tests::spice
