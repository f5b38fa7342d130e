// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/Hotkeys.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"

#include <QKeyEvent>

namespace ui {

Hotkeys::Hotkeys(console::ConsoleView& view, std::function<void()> toggleFullScreen)
    : m_view(view)
    , m_toggleFullScreen(std::move(toggleFullScreen))
{
}

bool Hotkeys::takeKey(const QKeyEvent& key)
{
    const QKeySequence pressed(
        QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, Qt::Key(key.key())));
    const auto is = [&](const QKeySequence& keys) { return !keys.isEmpty() && keys == pressed; };
    if (!is(m_keys.fullScreen) && !is(m_keys.release) && !is(m_keys.attention))
        return false;
    if (key.type() != QEvent::KeyPress || key.isAutoRepeat())
        return true;
    if (is(m_keys.fullScreen))
        m_toggleFullScreen();
    else if (is(m_keys.release))
        m_view.releasePointer();
    else
        m_view.sendKeyCombination({ Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete });
    return true;
}

} // namespace ui
