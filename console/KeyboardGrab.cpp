// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/KeyboardGrab.h"

#include "console/wayland/ShortcutsInhibitor.h"

#include <QGuiApplication>
#include <QWidget>
#include <QWindow>

namespace console {

KeyboardGrab::KeyboardGrab(std::function<void()> changed)
    : m_changed(std::move(changed))
{
}

KeyboardGrab::~KeyboardGrab()
{
    release();
}

QString KeyboardGrab::whyNot()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1StringView("xcb") || wayland::ShortcutsInhibitor::isOffered())
        return {};
    if (platform.startsWith(QLatin1StringView("wayland")))
        return tr("This desktop lets no program take the whole keyboard (its Wayland compositor "
                  "does not offer keyboard-shortcuts-inhibit). Send these keys from the menu.");
    return tr("This display (%1) can't give the whole keyboard to one window.").arg(platform);
}

bool KeyboardGrab::isHeld() const
{
    return m_window && (!m_inhibitor || m_inhibitor->isActive());
}

void KeyboardGrab::hold(const QWidget* widget)
{
    QWindow* window = widget->window()->windowHandle();
    if (m_window == window && window)
        return;
    release();
    if (!window || !whyNot().isEmpty())
        return;
    if (wayland::ShortcutsInhibitor::isOffered())
        m_inhibitor
            = std::make_unique<wayland::ShortcutsInhibitor>(window, [this](bool) { m_changed(); });
    else if (!window->setKeyboardGrabEnabled(true))
        return;
    m_window = window;
}

void KeyboardGrab::release()
{
    if (m_window && !m_inhibitor)
        m_window->setKeyboardGrabEnabled(false);
    m_inhibitor.reset();
    m_window = nullptr;
}

} // namespace console
