// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/KeyboardGrab.h"

#include <QGuiApplication>
#include <QWidget>
#include <QWindow>

namespace console {

KeyboardGrab::~KeyboardGrab()
{
    release();
}

QString KeyboardGrab::whyNot()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1StringView("xcb"))
        return {};
    if (platform.startsWith(QLatin1StringView("wayland")))
        return tr("Wayland lets no program take the whole keyboard. Give the window these keys in "
                  "the settings of your desktop, or send them from the menu.");
    return tr("This display (%1) can't give the whole keyboard to one window.").arg(platform);
}

bool KeyboardGrab::isHeld() const
{
    return !m_window.isNull();
}

bool KeyboardGrab::hold(const QWidget* widget)
{
    QWindow* window = widget->window()->windowHandle();
    if (m_window == window && window)
        return true;
    release();
    if (!window || !whyNot().isEmpty() || !window->setKeyboardGrabEnabled(true))
        return false;
    m_window = window;
    return true;
}

void KeyboardGrab::release()
{
    if (m_window)
        m_window->setKeyboardGrabEnabled(false);
    m_window = nullptr;
}

} // namespace console
