// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/wayland/LockedPointer.h"

#include "console/wayland/Compositor.h"
#include "pointer-constraints-unstable-v1.h"
#include "relative-pointer-unstable-v1.h"

#include <utility>

namespace console::wayland {

struct LockedPointer::Events {
    static void moved(void* self, zwp_relative_pointer_v1*, uint32_t, uint32_t, wl_fixed_t,
        wl_fixed_t, wl_fixed_t dx, wl_fixed_t dy)
    {
        static_cast<LockedPointer*>(self)->m_moved(
            QPointF(wl_fixed_to_double(dx), wl_fixed_to_double(dy)));
    }

    static constexpr zwp_relative_pointer_v1_listener kListener { .relative_motion = moved };
};

LockedPointer::LockedPointer(QWindow* window, Moved moved)
    : m_moved(std::move(moved))
{
    const Compositor* compositor = Compositor::current();
    if (!compositor || !compositor->constraints() || !compositor->relativePointers())
        return;
    wl_surface* surface = compositor->surfaceOf(window);
    wl_pointer* pointer = compositor->pointer();
    if (!surface || !pointer)
        return;
    m_lock.reset(zwp_pointer_constraints_v1_lock_pointer(compositor->constraints(), surface,
        pointer, nullptr, ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_PERSISTENT));
    m_relative.reset(zwp_relative_pointer_manager_v1_get_relative_pointer(
        compositor->relativePointers(), pointer));
    zwp_relative_pointer_v1_add_listener(m_relative.get(), &Events::kListener, this);
}

} // namespace console::wayland
