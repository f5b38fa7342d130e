// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>
#include <QtGlobal>

#include <optional>

namespace console {

/// From a key of this computer to the XT scan code (set 1) that a guest's keyboard sends: 0x100 |
/// code for codes with the 0xe0 prefix. By the place of the key, so the guest's own layout applies.
namespace KeyTranslator {

/// A key of the Linux input layer (linux/input-event-codes.h).
std::optional<int> fromEvdev(quint32 evdevCode);

/// The key's place on a US keyboard, for platforms that tell no scan code and for combinations
/// named by the program.
std::optional<int> fromQtKey(Qt::Key key, bool onKeypad = false);

/// `nativeScanCode` is a QKeyEvent's: X11 and Wayland give evdev's code + 8, others 0.
std::optional<int> fromEvent(quint32 nativeScanCode, Qt::Key key, bool onKeypad);

} // namespace KeyTranslator

} // namespace console
