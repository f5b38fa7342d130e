// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QHash>
#include <QString>
#include <QVector>

namespace console {

/// One key as a person would press it to get a character.
struct Keystroke {
    int xtScancode = 0; ///< as ConsoleTransport::sendKey takes it
    bool isShifted = false;
    bool isAltGr = false;

    bool operator==(const Keystroke&) const = default;
};

/// What a layout is called: "de", "nodeadkeys", "German (no dead keys)".
struct LayoutName {
    QString layout {};
    QString variant {};
    QString text {}; ///< in English, as xkeyboard-config has it

    bool operator==(const LayoutName&) const = default;
};

/// Which keys give which characters on a keyboard, by the keymaps of libxkbcommon. A value. Those
/// behind a dead key are found by their Unicode decomposition.
class KeyboardLayout {
public:
    /// All that xkeyboard-config knows, by their text. Empty if it is not installed. Takes some
    /// 30 ms: it reads a file.
    static QVector<LayoutName> known();
    /// Errors: NotFound. Source: xkb_keymap_new_from_names (libxkbcommon >= 1.0), rules "evdev".
    static vmm::Result<KeyboardLayout> load(const QString& layout, const QString& variant = {});

    /// The keys to press one after the other; empty: this character can't be typed.
    QVector<Keystroke> strokesFor(char32_t character) const;
    /// Those of `text` that can't be typed, each once, in their order.
    QString untypable(const QString& text) const;

private:
    QVector<Keystroke> composed(char32_t character) const;

    QHash<char32_t, Keystroke> m_keys;
    QHash<char32_t, Keystroke> m_deadKeys; ///< by the combining character that they stand for
};

/// Line ends as one Enter each, other control characters but the tabulator left out.
QVector<char32_t> charactersToType(const QString& text);

} // namespace console
