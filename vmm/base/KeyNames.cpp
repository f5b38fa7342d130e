// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/KeyNames.h"

#include <algorithm>
#include <iterator>

namespace vmm {

namespace {

struct Key {
    const char* name;
    int linuxCode;
};

constexpr Key kKeys[] = {
    { "esc", 1 },
    { "minus", 12 },
    { "equal", 13 },
    { "backspace", 14 },
    { "tab", 15 },
    { "bracket_left", 26 },
    { "bracket_right", 27 },
    { "ret", 28 },
    { "semicolon", 39 },
    { "apostrophe", 40 },
    { "grave_accent", 41 },
    { "backslash", 43 },
    { "comma", 51 },
    { "dot", 52 },
    { "slash", 53 },
    { "spc", 57 },
    { "caps_lock", 58 },
    { "num_lock", 69 },
    { "scroll_lock", 70 },
    { "less", 86 },
    { "shift", 42 },
    { "shift_r", 54 },
    { "ctrl", 29 },
    { "ctrl_r", 97 },
    { "alt", 56 },
    { "alt_r", 100 },
    { "meta_l", 125 },
    { "meta_r", 126 },
    { "menu", 127 },
    { "home", 102 },
    { "end", 107 },
    { "pgup", 104 },
    { "pgdn", 109 },
    { "up", 103 },
    { "down", 108 },
    { "left", 105 },
    { "right", 106 },
    { "insert", 110 },
    { "delete", 111 },
    { "sysrq", 99 },
    { "print", 99 },
    { "pause", 119 },
    { "power", 116 },
    { "sleep", 142 },
    { "wake", 143 },
    { "kp_enter", 96 },
    { "kp_add", 78 },
    { "kp_subtract", 74 },
    { "kp_multiply", 55 },
    { "kp_divide", 98 },
    { "kp_decimal", 83 },
    { "audiomute", 113 },
    { "volumedown", 114 },
    { "volumeup", 115 },
    { "a", 30 },
    { "b", 48 },
    { "c", 46 },
    { "d", 32 },
    { "e", 18 },
    { "f", 33 },
    { "g", 34 },
    { "h", 35 },
    { "i", 23 },
    { "j", 36 },
    { "k", 37 },
    { "l", 38 },
    { "m", 50 },
    { "n", 49 },
    { "o", 24 },
    { "p", 25 },
    { "q", 16 },
    { "r", 19 },
    { "s", 31 },
    { "t", 20 },
    { "u", 22 },
    { "v", 47 },
    { "w", 17 },
    { "x", 45 },
    { "y", 21 },
    { "z", 44 },
    { "0", 11 },
    { "kp_0", 82 },
    { "1", 2 },
    { "kp_1", 79 },
    { "2", 3 },
    { "kp_2", 80 },
    { "3", 4 },
    { "kp_3", 81 },
    { "4", 5 },
    { "kp_4", 75 },
    { "5", 6 },
    { "kp_5", 76 },
    { "6", 7 },
    { "kp_6", 77 },
    { "7", 8 },
    { "kp_7", 71 },
    { "8", 9 },
    { "kp_8", 72 },
    { "9", 10 },
    { "kp_9", 73 },
    { "f1", 59 },
    { "f2", 60 },
    { "f3", 61 },
    { "f4", 62 },
    { "f5", 63 },
    { "f6", 64 },
    { "f7", 65 },
    { "f8", 66 },
    { "f9", 67 },
    { "f10", 68 },
    { "f11", 87 },
    { "f12", 88 },
};

} // namespace

std::optional<int> linuxKeyCode(const QString& name)
{
    const auto found = std::find_if(std::begin(kKeys), std::end(kKeys),
        [&](const Key& key) { return name == QLatin1StringView(key.name); });
    if (found == std::end(kKeys))
        return std::nullopt;
    return found->linuxCode;
}

QStringList keyNames()
{
    QStringList names;
    for (const Key& key : kKeys)
        names.append(QString::fromLatin1(key.name));
    return names;
}

} // namespace vmm
