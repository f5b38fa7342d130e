// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QString>

class QWidget;
class QWindow;

namespace console {

/// Takes the whole keyboard for a window, so that even the keys of this computer's window manager
/// (Alt+Tab, Super) come to it. Held while asked for; given back at its end.
class KeyboardGrab {
    Q_DECLARE_TR_FUNCTIONS(KeyboardGrab)

public:
    KeyboardGrab() = default;
    ~KeyboardGrab();
    KeyboardGrab(const KeyboardGrab&) = delete;
    KeyboardGrab& operator=(const KeyboardGrab&) = delete;

    /// Why this platform can't, in a sentence; empty if it can.
    static QString whyNot();

    /// True if it is held afterwards. Another program may have it (X11: a menu that is open).
    bool hold(const QWidget* widget);
    void release();
    bool isHeld() const;

private:
    QPointer<QWindow> m_window;
};

} // namespace console
