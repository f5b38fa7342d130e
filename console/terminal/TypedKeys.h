// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vterm.h>

namespace console {

// What is typed, as a terminal says it.

VTermModifier toModifiers(Qt::KeyboardModifiers modifiers);
VTermKey toKey(int key); ///< of Qt's; VTERM_KEY_NONE: none that a terminal has
/// What a terminal knows of these keys is the key: for others the library sends "CSI u", which
/// hardly a program on a serial port understands and none asked for.
Qt::KeyboardModifiers knownModifiers(int key, Qt::KeyboardModifiers modifiers);
/// Of Alt and Ctrl; Shift is in the characters already.
QByteArray bytesTyped(const QString& text, Qt::KeyboardModifiers modifiers);
/// Line ends become carriage returns; control characters are dropped.
QByteArray bytesPasted(const QString& text);

} // namespace console
