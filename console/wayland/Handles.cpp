// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/wayland/Handles.h"

#include "keyboard-shortcuts-inhibit-unstable-v1.h"
#include "pointer-constraints-unstable-v1.h"
#include "relative-pointer-unstable-v1.h"

namespace console::wayland {

void Destroy::operator()(wl_registry* object) const
{
    wl_registry_destroy(object);
}

void Destroy::operator()(zwp_keyboard_shortcuts_inhibit_manager_v1* object) const
{
    zwp_keyboard_shortcuts_inhibit_manager_v1_destroy(object);
}

void Destroy::operator()(zwp_keyboard_shortcuts_inhibitor_v1* object) const
{
    zwp_keyboard_shortcuts_inhibitor_v1_destroy(object);
}

void Destroy::operator()(zwp_locked_pointer_v1* object) const
{
    zwp_locked_pointer_v1_destroy(object);
}

void Destroy::operator()(zwp_pointer_constraints_v1* object) const
{
    zwp_pointer_constraints_v1_destroy(object);
}

void Destroy::operator()(zwp_relative_pointer_manager_v1* object) const
{
    zwp_relative_pointer_manager_v1_destroy(object);
}

void Destroy::operator()(zwp_relative_pointer_v1* object) const
{
    zwp_relative_pointer_v1_destroy(object);
}

} // namespace console::wayland
