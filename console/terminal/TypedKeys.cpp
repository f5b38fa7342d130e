// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TypedKeys.h"

namespace console {

namespace {

/// The character that Ctrl makes of another, as the X Window System has it; or the same.
char32_t controlOf(char32_t character)
{
    switch (character) {
    case U' ':
    case U'2':
        return 0;
    case U'8':
    case U'?':
        return 0x7f;
    case U'/':
        return 0x1f;
    default:
        if (character >= U'3' && character <= U'7')
            return character - U'3' + 0x1b;
        return character >= U'@' && character <= U'~' ? character & 0x1f : character;
    }
}

} // namespace

VTermModifier toModifiers(Qt::KeyboardModifiers modifiers)
{
    return VTermModifier((modifiers & Qt::ShiftModifier ? VTERM_MOD_SHIFT : 0)
        | (modifiers & Qt::AltModifier ? VTERM_MOD_ALT : 0)
        | (modifiers & Qt::ControlModifier ? VTERM_MOD_CTRL : 0));
}

VTermKey toKey(int key)
{
    switch (key) {
    case Qt::Key_Enter: // the keypad's would be a line feed, which firmware takes for nothing
    case Qt::Key_Return:
        return VTERM_KEY_ENTER;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return VTERM_KEY_TAB;
    case Qt::Key_Backspace:
        return VTERM_KEY_BACKSPACE;
    case Qt::Key_Escape:
        return VTERM_KEY_ESCAPE;
    case Qt::Key_Up:
        return VTERM_KEY_UP;
    case Qt::Key_Down:
        return VTERM_KEY_DOWN;
    case Qt::Key_Left:
        return VTERM_KEY_LEFT;
    case Qt::Key_Right:
        return VTERM_KEY_RIGHT;
    case Qt::Key_Insert:
        return VTERM_KEY_INS;
    case Qt::Key_Delete:
        return VTERM_KEY_DEL;
    case Qt::Key_Home:
        return VTERM_KEY_HOME;
    case Qt::Key_End:
        return VTERM_KEY_END;
    case Qt::Key_PageUp:
        return VTERM_KEY_PAGEUP;
    case Qt::Key_PageDown:
        return VTERM_KEY_PAGEDOWN;
    default:
        if (key >= Qt::Key_F1 && key <= Qt::Key_F24)
            return VTermKey(VTERM_KEY_FUNCTION(1 + key - Qt::Key_F1));
        return VTERM_KEY_NONE;
    }
}

Qt::KeyboardModifiers knownModifiers(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Enter:
    case Qt::Key_Return:
    case Qt::Key_Backspace:
    case Qt::Key_Escape:
        return modifiers & Qt::AltModifier;
    case Qt::Key_Tab:
        return modifiers & ~Qt::ControlModifier;
    case Qt::Key_Backtab:
        return (modifiers & ~Qt::ControlModifier) | Qt::ShiftModifier;
    default:
        return modifiers;
    }
}

QByteArray bytesTyped(const QString& text, Qt::KeyboardModifiers modifiers)
{
    QByteArray bytes;
    for (const char32_t character : text.toUcs4()) {
        if (modifiers & Qt::AltModifier)
            bytes += '\x1b';
        const char32_t typed = modifiers & Qt::ControlModifier ? controlOf(character) : character;
        bytes += QString::fromUcs4(&typed, 1).toUtf8();
    }
    return bytes;
}

QByteArray bytesPasted(const QString& text)
{
    QString clean = text;
    clean.replace(QLatin1StringView("\r\n"), QLatin1StringView("\r"));
    clean.replace(QLatin1Char('\n'), QLatin1Char('\r'));
    clean.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control && c != QLatin1Char('\r')
            && c != QLatin1Char('\t');
    });
    return clean.toUtf8();
}

} // namespace console
