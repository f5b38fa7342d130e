// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/wayland/Handles.h"

#include <functional>

class QWindow;

namespace console::wayland {

/// Has the compositor give a window the keys that are its own, too (keyboard-shortcuts-inhibit,
/// unstable v1). It may ask the user first, refuse, or take the keys back at any time.
class ShortcutsInhibitor {
public:
    using Changed = std::function<void(bool isActive)>;

    ShortcutsInhibitor(QWindow* window, Changed changed);

    bool isActive() const { return m_isActive; }
    static bool isOffered();

private:
    struct Events;

    Handle<zwp_keyboard_shortcuts_inhibitor_v1> m_inhibitor;
    Changed m_changed;
    bool m_isActive = false;
};

} // namespace console::wayland
