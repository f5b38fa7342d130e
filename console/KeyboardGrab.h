// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>

class QWidget;
class QWindow;

namespace console {

namespace wayland {
class ShortcutsInhibitor;
}

/// Takes the whole keyboard for a window, so that even the keys of this computer's window manager
/// (Alt+Tab, Super) come to it. Held while asked for; given back at its end.
class KeyboardGrab {
    Q_DECLARE_TR_FUNCTIONS(KeyboardGrab)

public:
    /// `changed` is called when isHeld() has changed by itself: under Wayland it is the compositor
    /// that gives the keys, maybe after asking the user, and that can take them back.
    explicit KeyboardGrab(std::function<void()> changed);
    ~KeyboardGrab();
    KeyboardGrab(const KeyboardGrab&) = delete;
    KeyboardGrab& operator=(const KeyboardGrab&) = delete;

    /// Why this platform can't, in a sentence; empty if it can.
    static QString whyNot();

    /// Asks for it. Another program may have it (X11: a menu that is open).
    void hold(const QWidget* widget);
    void release();
    bool isHeld() const;

private:
    std::function<void()> m_changed;
    QPointer<QWindow> m_window; ///< for which it was asked
    std::unique_ptr<wayland::ShortcutsInhibitor> m_inhibitor; ///< under Wayland
};

} // namespace console
