// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMetaType>
#include <QPoint>
#include <QString>

namespace console {

/// Where a console connection is in its life.
enum class SessionState {
    Idle, ///< nothing opened yet
    Connecting,
    Authenticating, ///< the socket is connected, the server checks who we are
    Live,
    GuestOff, ///< the machine does not run
    TakenOver, ///< another client has the console; SPICE serves one at a time
    Lost, ///< the connection could not be made, or broke
    HelperCrashed, ///< the console's own process died, twice
    Closed, ///< closed by us
};

/// Why a connection is not live (any more).
enum class EndReason {
    None,
    ConnectFailed, ///< nobody listens there
    AuthenticationFailed, ///< wrong or missing password
    TlsFailed, ///< the server's certificate is not accepted
    ServerClosed, ///< the server ended the connection, or died
    TakenOver,
    TimedOut,
    UnsupportedDisplay, ///< a surface or protocol we can't show
    DisplayDropped, ///< the server closed the screen's channel and kept the others
    ServerViolation, ///< the server sent what makes no sense
    ProtocolViolation, ///< the helper sent what it must not send
    HelperMissing, ///< the helper program can't be started
    HelperCrashed,
};

/// The mouse pointer's shape as the guest wants it.
struct CursorShape {
    bool isSet = false; ///< false: the guest has not said, an ordinary arrow will do
    QImage image {}; ///< ARGB32 in guest pixels; null: no pointer
    QPoint hotspot {};

    bool operator==(const CursorShape&) const = default;
};

struct KeyLocks {
    bool scrollLock = false;
    bool numLock = false;
    bool capsLock = false;

    bool operator==(const KeyLocks&) const = default;
};

/// Pointer buttons in SPICE's order; the wheel's steps are presses of Up and Down.
enum class PointerButton { Left = 1, Middle, Right, WheelUp, WheelDown, Side, Extra };

/// Stable, untranslated names for logs and tests.
QString nameOf(SessionState state);
QString nameOf(EndReason reason);

} // namespace console

Q_DECLARE_METATYPE(console::SessionState)
Q_DECLARE_METATYPE(console::EndReason)
Q_DECLARE_METATYPE(console::CursorShape)
Q_DECLARE_METATYPE(console::KeyLocks)
