// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/wayland/Handles.h"

#include <QPointF>

#include <functional>

class QWindow;

namespace console::wayland {

/// Keeps the pointer where it is, over a window, and tells how the mouse is moved meanwhile
/// (pointer-constraints and relative-pointer, unstable v1).
class LockedPointer {
public:
    /// In units of the mouse, without this desktop's acceleration: the guest has one of its own.
    using Moved = std::function<void(QPointF delta)>;

    LockedPointer(QWindow* window, Moved moved);

    bool isHeld() const { return m_lock && m_relative; }

private:
    struct Events;

    Handle<zwp_locked_pointer_v1> m_lock;
    Handle<zwp_relative_pointer_v1> m_relative;
    Moved m_moved;
};

} // namespace console::wayland
