// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/wayland/ShortcutsInhibitor.h"

#include "console/wayland/Compositor.h"
#include "keyboard-shortcuts-inhibit-unstable-v1.h"

#include <utility>

namespace console::wayland {

struct ShortcutsInhibitor::Events {
    static void set(void* self, bool isActive)
    {
        auto& me = *static_cast<ShortcutsInhibitor*>(self);
        if (std::exchange(me.m_isActive, isActive) != isActive)
            me.m_changed(isActive);
    }
    static void active(void* self, zwp_keyboard_shortcuts_inhibitor_v1*) { set(self, true); }
    static void inactive(void* self, zwp_keyboard_shortcuts_inhibitor_v1*) { set(self, false); }

    static constexpr zwp_keyboard_shortcuts_inhibitor_v1_listener kListener { .active = active,
        .inactive = inactive };
};

ShortcutsInhibitor::ShortcutsInhibitor(QWindow* window, Changed changed)
    : m_changed(std::move(changed))
{
    const Compositor* compositor = Compositor::current();
    wl_surface* surface = compositor ? compositor->surfaceOf(window) : nullptr;
    wl_seat* seat = compositor ? compositor->seat() : nullptr;
    if (!surface || !seat || !compositor->shortcuts())
        return;
    m_inhibitor.reset(zwp_keyboard_shortcuts_inhibit_manager_v1_inhibit_shortcuts(
        compositor->shortcuts(), surface, seat));
    zwp_keyboard_shortcuts_inhibitor_v1_add_listener(m_inhibitor.get(), &Events::kListener, this);
}

bool ShortcutsInhibitor::isOffered()
{
    const Compositor* compositor = Compositor::current();
    return compositor && compositor->shortcuts();
}

} // namespace console::wayland
