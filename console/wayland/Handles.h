// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

struct wl_display;
struct wl_pointer;
struct wl_registry;
struct wl_seat;
struct wl_surface;
struct zwp_keyboard_shortcuts_inhibit_manager_v1;
struct zwp_keyboard_shortcuts_inhibitor_v1;
struct zwp_locked_pointer_v1;
struct zwp_pointer_constraints_v1;
struct zwp_relative_pointer_manager_v1;
struct zwp_relative_pointer_v1;

namespace console::wayland {

/// Each of the types below is destroyed by its own request.
struct Destroy {
    void operator()(wl_registry* object) const;
    void operator()(zwp_keyboard_shortcuts_inhibit_manager_v1* object) const;
    void operator()(zwp_keyboard_shortcuts_inhibitor_v1* object) const;
    void operator()(zwp_locked_pointer_v1* object) const;
    void operator()(zwp_pointer_constraints_v1* object) const;
    void operator()(zwp_relative_pointer_manager_v1* object) const;
    void operator()(zwp_relative_pointer_v1* object) const;
};

template <typename Object> using Handle = std::unique_ptr<Object, Destroy>;

} // namespace console::wayland
