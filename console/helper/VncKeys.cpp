// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncKeys.h"

#include "console/protocol/Messages.h"

#include <algorithm>
#include <array>

namespace console::helper {

namespace {

constexpr std::uint32_t kExtended = 0x100;
constexpr std::uint32_t kLeftShift = 0x2a;
constexpr std::uint32_t kRightShift = 0x36;

struct Key {
    std::uint32_t xt;
    std::uint32_t plain;
    std::uint32_t shifted; ///< on the keypad: with Num Lock
};

// Source: X11's keysymdef.h; the places of the signs are a US keyboard's.
constexpr std::array kKeys {
    Key { 0x01, 0xff1b, 0xff1b }, // Escape
    Key { 0x02, '1', '!' }, Key { 0x03, '2', '@' }, Key { 0x04, '3', '#' }, Key { 0x05, '4', '$' },
    Key { 0x06, '5', '%' }, Key { 0x07, '6', '^' }, Key { 0x08, '7', '&' }, Key { 0x09, '8', '*' },
    Key { 0x0a, '9', '(' }, Key { 0x0b, '0', ')' }, Key { 0x0c, '-', '_' }, Key { 0x0d, '=', '+' },
    Key { 0x0e, 0xff08, 0xff08 }, // BackSpace
    Key { 0x0f, 0xff09, 0xfe20 }, // Tab, ISO_Left_Tab
    Key { 0x10, 'q', 'Q' }, Key { 0x11, 'w', 'W' }, Key { 0x12, 'e', 'E' }, Key { 0x13, 'r', 'R' },
    Key { 0x14, 't', 'T' }, Key { 0x15, 'y', 'Y' }, Key { 0x16, 'u', 'U' }, Key { 0x17, 'i', 'I' },
    Key { 0x18, 'o', 'O' }, Key { 0x19, 'p', 'P' }, Key { 0x1a, '[', '{' }, Key { 0x1b, ']', '}' },
    Key { 0x1c, 0xff0d, 0xff0d }, // Return
    Key { 0x1d, 0xffe3, 0xffe3 }, // Control_L
    Key { 0x1e, 'a', 'A' }, Key { 0x1f, 's', 'S' }, Key { 0x20, 'd', 'D' }, Key { 0x21, 'f', 'F' },
    Key { 0x22, 'g', 'G' }, Key { 0x23, 'h', 'H' }, Key { 0x24, 'j', 'J' }, Key { 0x25, 'k', 'K' },
    Key { 0x26, 'l', 'L' }, Key { 0x27, ';', ':' }, Key { 0x28, '\'', '"' }, Key { 0x29, '`', '~' },
    Key { kLeftShift, 0xffe1, 0xffe1 }, Key { 0x2b, '\\', '|' }, Key { 0x2c, 'z', 'Z' },
    Key { 0x2d, 'x', 'X' }, Key { 0x2e, 'c', 'C' }, Key { 0x2f, 'v', 'V' }, Key { 0x30, 'b', 'B' },
    Key { 0x31, 'n', 'N' }, Key { 0x32, 'm', 'M' }, Key { 0x33, ',', '<' }, Key { 0x34, '.', '>' },
    Key { 0x35, '/', '?' }, Key { kRightShift, 0xffe2, 0xffe2 },
    Key { 0x37, 0xffaa, 0xffaa }, // KP_Multiply
    Key { 0x38, 0xffe9, 0xffe9 }, // Alt_L
    Key { 0x39, ' ', ' ' }, Key { 0x3a, 0xffe5, 0xffe5 }, // Caps_Lock
    Key { 0x45, 0xff7f, 0xff7f }, // Num_Lock
    Key { 0x46, 0xff14, 0xff14 }, // Scroll_Lock
    Key { 0x47, 0xff95, 0xffb7 }, // KP_Home, KP_7
    Key { 0x48, 0xff97, 0xffb8 }, Key { 0x49, 0xff9a, 0xffb9 },
    Key { 0x4a, 0xffad, 0xffad }, // KP_Subtract
    Key { 0x4b, 0xff96, 0xffb4 }, Key { 0x4c, 0xff9d, 0xffb5 }, Key { 0x4d, 0xff98, 0xffb6 },
    Key { 0x4e, 0xffab, 0xffab }, // KP_Add
    Key { 0x4f, 0xff9c, 0xffb1 }, Key { 0x50, 0xff99, 0xffb2 }, Key { 0x51, 0xff9b, 0xffb3 },
    Key { 0x52, 0xff9e, 0xffb0 }, Key { 0x53, 0xff9f, 0xffae },
    Key { 0x54, 0xff15, 0xff15 }, // Sys_Req
    Key { 0x56, '<', '>' }, Key { 0x57, 0xffc8, 0xffc8 }, // F11
    Key { 0x58, 0xffc9, 0xffc9 }, Key { kExtended | 0x1c, 0xff8d, 0xff8d }, // KP_Enter
    Key { kExtended | 0x1d, 0xffe4, 0xffe4 }, // Control_R
    Key { kExtended | 0x35, 0xffaf, 0xffaf }, // KP_Divide
    Key { kExtended | 0x37, 0xff61, 0xff61 }, // Print
    Key { kExtended | 0x38, 0xfe03, 0xfe03 }, // ISO_Level3_Shift
    Key { kExtended | 0x46, 0xff13, 0xff13 }, // Pause
    Key { kExtended | 0x47, 0xff50, 0xff50 }, // Home
    Key { kExtended | 0x48, 0xff52, 0xff52 }, Key { kExtended | 0x49, 0xff55, 0xff55 },
    Key { kExtended | 0x4b, 0xff51, 0xff51 }, Key { kExtended | 0x4d, 0xff53, 0xff53 },
    Key { kExtended | 0x4f, 0xff57, 0xff57 }, Key { kExtended | 0x50, 0xff54, 0xff54 },
    Key { kExtended | 0x51, 0xff56, 0xff56 }, Key { kExtended | 0x52, 0xff63, 0xff63 },
    Key { kExtended | 0x53, 0xffff, 0xffff }, // Delete
    Key { kExtended | 0x5b, 0xffeb, 0xffeb }, // Super_L
    Key { kExtended | 0x5c, 0xffec, 0xffec }, Key { kExtended | 0x5d, 0xff67, 0xff67 }, // Menu
};

bool isLetter(std::uint32_t keysym)
{
    return keysym >= 'a' && keysym <= 'z';
}

bool isKeypad(std::uint32_t xt)
{
    return xt >= 0x47 && xt <= 0x53 && xt != 0x4a && xt != 0x4e;
}

} // namespace

VncKeys::Event VncKeys::translate(std::uint32_t xtScancode, bool pressed)
{
    const Event event { .keysym = keysymOf(xtScancode),
        .scancode = std::uint16_t((xtScancode & 0x7f) | (xtScancode & kExtended ? 0x80 : 0)) };
    if (pressed)
        m_held.insert(xtScancode);
    else
        m_held.erase(xtScancode);
    return event;
}

std::uint32_t VncKeys::keysymOf(std::uint32_t xtScancode) const
{
    if (xtScancode >= 0x3b && xtScancode <= 0x44)
        return 0xffbe + (xtScancode - 0x3b); // F1 to F10
    const auto key = std::find_if(
        kKeys.begin(), kKeys.end(), [&](const Key& each) { return each.xt == xtScancode; });
    if (key == kKeys.end())
        return 0;
    const bool isShift = m_held.contains(kLeftShift) || m_held.contains(kRightShift);
    bool isSecond = isShift;
    if (isLetter(key->plain))
        isSecond = isShift != bool(m_locks & protocol::kCapsLock);
    else if (isKeypad(xtScancode))
        isSecond = isShift != bool(m_locks & protocol::kNumLock);
    return isSecond ? key->shifted : key->plain;
}

} // namespace console::helper
