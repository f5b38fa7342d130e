// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/KeyTranslator.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <array>

namespace console {

namespace {

constexpr quint32 kEvdevOffset = 8;
constexpr int kExtended = 0x100;

struct Mapping {
    int from;
    int xt;
};

// From KEY_ESC to KEY_F12 evdev kept the numbers of the XT keyboard; only a few never existed.
constexpr int kLastSame = KEY_F12;

// Sources: linux/input-event-codes.h; Microsoft's "Keyboard Scan Code Specification" (rev. 1.3a);
// for what that leaves open (F13 on, Korean keys), the numbers QEMU's keyboards take (7.2).
constexpr std::array kEvdevTable {
    Mapping { KEY_ZENKAKUHANKAKU, 0x76 },
    Mapping { KEY_RO, 0x73 },
    Mapping { KEY_KATAKANA, 0x78 },
    Mapping { KEY_HIRAGANA, 0x77 },
    Mapping { KEY_HENKAN, 0x79 },
    Mapping { KEY_KATAKANAHIRAGANA, 0x70 },
    Mapping { KEY_MUHENKAN, 0x7b },
    Mapping { KEY_KPENTER, kExtended | 0x1c },
    Mapping { KEY_RIGHTCTRL, kExtended | 0x1d },
    Mapping { KEY_KPSLASH, kExtended | 0x35 },
    Mapping { KEY_SYSRQ, 0x54 },
    Mapping { KEY_RIGHTALT, kExtended | 0x38 },
    Mapping { KEY_HOME, kExtended | 0x47 },
    Mapping { KEY_UP, kExtended | 0x48 },
    Mapping { KEY_PAGEUP, kExtended | 0x49 },
    Mapping { KEY_LEFT, kExtended | 0x4b },
    Mapping { KEY_RIGHT, kExtended | 0x4d },
    Mapping { KEY_END, kExtended | 0x4f },
    Mapping { KEY_DOWN, kExtended | 0x50 },
    Mapping { KEY_PAGEDOWN, kExtended | 0x51 },
    Mapping { KEY_INSERT, kExtended | 0x52 },
    Mapping { KEY_DELETE, kExtended | 0x53 },
    Mapping { KEY_MUTE, kExtended | 0x20 },
    Mapping { KEY_VOLUMEDOWN, kExtended | 0x2e },
    Mapping { KEY_VOLUMEUP, kExtended | 0x30 },
    Mapping { KEY_POWER, kExtended | 0x5e },
    Mapping { KEY_KPEQUAL, 0x59 },
    Mapping { KEY_PAUSE, kExtended | 0x46 }, // Ctrl+Break's code: Pause's own has no release
    Mapping { KEY_KPCOMMA, 0x7e },
    Mapping { KEY_HANGEUL, 0x72 },
    Mapping { KEY_HANJA, 0x71 },
    Mapping { KEY_YEN, 0x7d },
    Mapping { KEY_LEFTMETA, kExtended | 0x5b },
    Mapping { KEY_RIGHTMETA, kExtended | 0x5c },
    Mapping { KEY_COMPOSE, kExtended | 0x5d },
    Mapping { KEY_CALC, kExtended | 0x21 },
    Mapping { KEY_SLEEP, kExtended | 0x5f },
    Mapping { KEY_WAKEUP, kExtended | 0x63 },
    Mapping { KEY_MAIL, kExtended | 0x6c },
    Mapping { KEY_BOOKMARKS, kExtended | 0x66 },
    Mapping { KEY_COMPUTER, kExtended | 0x6b },
    Mapping { KEY_BACK, kExtended | 0x6a },
    Mapping { KEY_FORWARD, kExtended | 0x69 },
    Mapping { KEY_NEXTSONG, kExtended | 0x19 },
    Mapping { KEY_PLAYPAUSE, kExtended | 0x22 },
    Mapping { KEY_PREVIOUSSONG, kExtended | 0x10 },
    Mapping { KEY_STOPCD, kExtended | 0x24 },
    Mapping { KEY_HOMEPAGE, kExtended | 0x32 },
    Mapping { KEY_REFRESH, kExtended | 0x67 },
    Mapping { KEY_SEARCH, kExtended | 0x65 },
    Mapping { KEY_F13, 0x5d },
    Mapping { KEY_F14, 0x5e },
    Mapping { KEY_F15, 0x5f },
    Mapping { KEY_F16, 0x55 },
    Mapping { KEY_F17, kExtended | 0x03 },
    Mapping { KEY_F18, kExtended | 0x77 },
    Mapping { KEY_F19, kExtended | 0x04 },
    Mapping { KEY_F20, 0x5a },
    Mapping { KEY_F21, 0x74 },
    Mapping { KEY_F22, kExtended | 0x79 },
    Mapping { KEY_F23, 0x6d },
    Mapping { KEY_F24, 0x6f },
};

// What a key is called, to the evdev key at its place on a US keyboard. Shifted signs stand with
// the key that carries them: Shift itself is pressed by whoever presses it.
constexpr std::array kQtTable {
    Mapping { Qt::Key_Escape, KEY_ESC },
    Mapping { Qt::Key_1, KEY_1 },
    Mapping { Qt::Key_2, KEY_2 },
    Mapping { Qt::Key_3, KEY_3 },
    Mapping { Qt::Key_4, KEY_4 },
    Mapping { Qt::Key_5, KEY_5 },
    Mapping { Qt::Key_6, KEY_6 },
    Mapping { Qt::Key_7, KEY_7 },
    Mapping { Qt::Key_8, KEY_8 },
    Mapping { Qt::Key_9, KEY_9 },
    Mapping { Qt::Key_0, KEY_0 },
    Mapping { Qt::Key_Exclam, KEY_1 },
    Mapping { Qt::Key_At, KEY_2 },
    Mapping { Qt::Key_NumberSign, KEY_3 },
    Mapping { Qt::Key_Dollar, KEY_4 },
    Mapping { Qt::Key_Percent, KEY_5 },
    Mapping { Qt::Key_AsciiCircum, KEY_6 },
    Mapping { Qt::Key_Ampersand, KEY_7 },
    Mapping { Qt::Key_Asterisk, KEY_8 },
    Mapping { Qt::Key_ParenLeft, KEY_9 },
    Mapping { Qt::Key_ParenRight, KEY_0 },
    Mapping { Qt::Key_Minus, KEY_MINUS },
    Mapping { Qt::Key_Underscore, KEY_MINUS },
    Mapping { Qt::Key_Equal, KEY_EQUAL },
    Mapping { Qt::Key_Plus, KEY_EQUAL },
    Mapping { Qt::Key_Backspace, KEY_BACKSPACE },
    Mapping { Qt::Key_Tab, KEY_TAB },
    Mapping { Qt::Key_Backtab, KEY_TAB },
    Mapping { Qt::Key_Q, KEY_Q },
    Mapping { Qt::Key_W, KEY_W },
    Mapping { Qt::Key_E, KEY_E },
    Mapping { Qt::Key_R, KEY_R },
    Mapping { Qt::Key_T, KEY_T },
    Mapping { Qt::Key_Y, KEY_Y },
    Mapping { Qt::Key_U, KEY_U },
    Mapping { Qt::Key_I, KEY_I },
    Mapping { Qt::Key_O, KEY_O },
    Mapping { Qt::Key_P, KEY_P },
    Mapping { Qt::Key_BracketLeft, KEY_LEFTBRACE },
    Mapping { Qt::Key_BraceLeft, KEY_LEFTBRACE },
    Mapping { Qt::Key_BracketRight, KEY_RIGHTBRACE },
    Mapping { Qt::Key_BraceRight, KEY_RIGHTBRACE },
    Mapping { Qt::Key_Return, KEY_ENTER },
    Mapping { Qt::Key_Enter, KEY_KPENTER },
    Mapping { Qt::Key_Control, KEY_LEFTCTRL },
    Mapping { Qt::Key_A, KEY_A },
    Mapping { Qt::Key_S, KEY_S },
    Mapping { Qt::Key_D, KEY_D },
    Mapping { Qt::Key_F, KEY_F },
    Mapping { Qt::Key_G, KEY_G },
    Mapping { Qt::Key_H, KEY_H },
    Mapping { Qt::Key_J, KEY_J },
    Mapping { Qt::Key_K, KEY_K },
    Mapping { Qt::Key_L, KEY_L },
    Mapping { Qt::Key_Semicolon, KEY_SEMICOLON },
    Mapping { Qt::Key_Colon, KEY_SEMICOLON },
    Mapping { Qt::Key_Apostrophe, KEY_APOSTROPHE },
    Mapping { Qt::Key_QuoteDbl, KEY_APOSTROPHE },
    Mapping { Qt::Key_QuoteLeft, KEY_GRAVE },
    Mapping { Qt::Key_AsciiTilde, KEY_GRAVE },
    Mapping { Qt::Key_Shift, KEY_LEFTSHIFT },
    Mapping { Qt::Key_Backslash, KEY_BACKSLASH },
    Mapping { Qt::Key_Bar, KEY_BACKSLASH },
    Mapping { Qt::Key_Z, KEY_Z },
    Mapping { Qt::Key_X, KEY_X },
    Mapping { Qt::Key_C, KEY_C },
    Mapping { Qt::Key_V, KEY_V },
    Mapping { Qt::Key_B, KEY_B },
    Mapping { Qt::Key_N, KEY_N },
    Mapping { Qt::Key_M, KEY_M },
    Mapping { Qt::Key_Comma, KEY_COMMA },
    Mapping { Qt::Key_Less, KEY_COMMA },
    Mapping { Qt::Key_Period, KEY_DOT },
    Mapping { Qt::Key_Greater, KEY_DOT },
    Mapping { Qt::Key_Slash, KEY_SLASH },
    Mapping { Qt::Key_Question, KEY_SLASH },
    Mapping { Qt::Key_Alt, KEY_LEFTALT },
    Mapping { Qt::Key_AltGr, KEY_RIGHTALT },
    Mapping { Qt::Key_Space, KEY_SPACE },
    Mapping { Qt::Key_CapsLock, KEY_CAPSLOCK },
    Mapping { Qt::Key_F1, KEY_F1 },
    Mapping { Qt::Key_F2, KEY_F2 },
    Mapping { Qt::Key_F3, KEY_F3 },
    Mapping { Qt::Key_F4, KEY_F4 },
    Mapping { Qt::Key_F5, KEY_F5 },
    Mapping { Qt::Key_F6, KEY_F6 },
    Mapping { Qt::Key_F7, KEY_F7 },
    Mapping { Qt::Key_F8, KEY_F8 },
    Mapping { Qt::Key_F9, KEY_F9 },
    Mapping { Qt::Key_F10, KEY_F10 },
    Mapping { Qt::Key_F11, KEY_F11 },
    Mapping { Qt::Key_F12, KEY_F12 },
    Mapping { Qt::Key_NumLock, KEY_NUMLOCK },
    Mapping { Qt::Key_ScrollLock, KEY_SCROLLLOCK },
    Mapping { Qt::Key_Print, KEY_SYSRQ },
    Mapping { Qt::Key_SysReq, KEY_SYSRQ },
    Mapping { Qt::Key_Pause, KEY_PAUSE },
    Mapping { Qt::Key_Home, KEY_HOME },
    Mapping { Qt::Key_Up, KEY_UP },
    Mapping { Qt::Key_PageUp, KEY_PAGEUP },
    Mapping { Qt::Key_Left, KEY_LEFT },
    Mapping { Qt::Key_Right, KEY_RIGHT },
    Mapping { Qt::Key_End, KEY_END },
    Mapping { Qt::Key_Down, KEY_DOWN },
    Mapping { Qt::Key_PageDown, KEY_PAGEDOWN },
    Mapping { Qt::Key_Insert, KEY_INSERT },
    Mapping { Qt::Key_Delete, KEY_DELETE },
    Mapping { Qt::Key_Meta, KEY_LEFTMETA },
    Mapping { Qt::Key_Super_L, KEY_LEFTMETA },
    Mapping { Qt::Key_Super_R, KEY_RIGHTMETA },
    Mapping { Qt::Key_Menu, KEY_COMPOSE },
};

constexpr std::array kKeypadTable {
    Mapping { Qt::Key_0, KEY_KP0 },
    Mapping { Qt::Key_1, KEY_KP1 },
    Mapping { Qt::Key_2, KEY_KP2 },
    Mapping { Qt::Key_3, KEY_KP3 },
    Mapping { Qt::Key_4, KEY_KP4 },
    Mapping { Qt::Key_5, KEY_KP5 },
    Mapping { Qt::Key_6, KEY_KP6 },
    Mapping { Qt::Key_7, KEY_KP7 },
    Mapping { Qt::Key_8, KEY_KP8 },
    Mapping { Qt::Key_9, KEY_KP9 },
    Mapping { Qt::Key_Clear, KEY_KP5 },
    Mapping { Qt::Key_Insert, KEY_KP0 },
    Mapping { Qt::Key_End, KEY_KP1 },
    Mapping { Qt::Key_Down, KEY_KP2 },
    Mapping { Qt::Key_PageDown, KEY_KP3 },
    Mapping { Qt::Key_Left, KEY_KP4 },
    Mapping { Qt::Key_Right, KEY_KP6 },
    Mapping { Qt::Key_Home, KEY_KP7 },
    Mapping { Qt::Key_Up, KEY_KP8 },
    Mapping { Qt::Key_PageUp, KEY_KP9 },
    Mapping { Qt::Key_Delete, KEY_KPDOT },
    Mapping { Qt::Key_Period, KEY_KPDOT },
    Mapping { Qt::Key_Plus, KEY_KPPLUS },
    Mapping { Qt::Key_Minus, KEY_KPMINUS },
    Mapping { Qt::Key_Asterisk, KEY_KPASTERISK },
    Mapping { Qt::Key_Slash, KEY_KPSLASH },
    Mapping { Qt::Key_Enter, KEY_KPENTER },
    Mapping { Qt::Key_Equal, KEY_KPEQUAL },
};

template <std::size_t Size>
std::optional<int> lookUp(const std::array<Mapping, Size>& table, int from)
{
    const auto it = std::find_if(
        table.begin(), table.end(), [from](const Mapping& row) { return row.from == from; });
    return it != table.end() ? std::optional(it->xt) : std::nullopt;
}

} // namespace

std::optional<int> KeyTranslator::fromEvdev(quint32 evdevCode)
{
    const int code = int(evdevCode);
    if (code >= KEY_ESC && code <= kLastSame && code != 84 && code != KEY_ZENKAKUHANKAKU)
        return code;
    return lookUp(kEvdevTable, code);
}

std::optional<int> KeyTranslator::fromQtKey(Qt::Key key, bool onKeypad)
{
    std::optional<int> evdev = onKeypad ? lookUp(kKeypadTable, key) : std::nullopt;
    if (!evdev)
        evdev = lookUp(kQtTable, key);
    return evdev ? fromEvdev(quint32(*evdev)) : std::nullopt;
}

std::optional<int> KeyTranslator::fromEvent(quint32 nativeScanCode, Qt::Key key, bool onKeypad)
{
    if (nativeScanCode > kEvdevOffset)
        return fromEvdev(nativeScanCode - kEvdevOffset);
    return fromQtKey(key, onKeypad);
}

} // namespace console
