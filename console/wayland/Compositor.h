// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/wayland/Handles.h"

class QWindow;

namespace console::wayland {

/// What the compositor of this desktop offers beside what Qt itself uses, and Qt's own objects that
/// are needed to ask for it. GUI thread; what is made by it is answered there, too.
class Compositor {
public:
    /// Null where windows are not Wayland's. There is one as long as there is an application: it
    /// stands for Qt's connection, of which a program has one.
    static const Compositor* current();

    Compositor(const Compositor&) = delete;
    Compositor& operator=(const Compositor&) = delete;

    /// Null if the compositor does not know the protocol.
    zwp_keyboard_shortcuts_inhibit_manager_v1* shortcuts() const { return m_shortcuts.get(); }
    zwp_pointer_constraints_v1* constraints() const { return m_constraints.get(); }
    zwp_relative_pointer_manager_v1* relativePointers() const { return m_relative.get(); }

    wl_surface* surfaceOf(QWindow* window) const; ///< null while it is not shown
    wl_seat* seat() const;
    wl_pointer* pointer() const; ///< null while there is no mouse

private:
    explicit Compositor(wl_display* display);

    Handle<zwp_keyboard_shortcuts_inhibit_manager_v1> m_shortcuts;
    Handle<zwp_pointer_constraints_v1> m_constraints;
    Handle<zwp_relative_pointer_manager_v1> m_relative;
};

} // namespace console::wayland
