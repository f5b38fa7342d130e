// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/wayland/Compositor.h"

#include "keyboard-shortcuts-inhibit-unstable-v1.h"
#include "pointer-constraints-unstable-v1.h"
#include "relative-pointer-unstable-v1.h"

#include <QGuiApplication>
#include <QWindow>
#include <qpa/qplatformnativeinterface.h>

#include <cstring>

namespace console::wayland {

namespace {

template <typename Object> Object* resource(const char* name)
{
    QPlatformNativeInterface* native = QGuiApplication::platformNativeInterface();
    return native ? static_cast<Object*>(native->nativeResourceForIntegration(name)) : nullptr;
}

/// The names under which the compositor offers what we want; 0: it doesn't.
struct Offers {
    uint32_t shortcuts = 0;
    uint32_t constraints = 0;
    uint32_t relative = 0;
};

void offered(void* data, wl_registry*, uint32_t name, const char* interface, uint32_t)
{
    auto& offers = *static_cast<Offers*>(data);
    const auto note = [&](const wl_interface& wanted, uint32_t& offer) {
        if (std::strcmp(interface, wanted.name) == 0)
            offer = name;
    };
    note(zwp_keyboard_shortcuts_inhibit_manager_v1_interface, offers.shortcuts);
    note(zwp_pointer_constraints_v1_interface, offers.constraints);
    note(zwp_relative_pointer_manager_v1_interface, offers.relative);
}

void withdrawn(void*, wl_registry*, uint32_t)
{
}

constexpr wl_registry_listener kListener { .global = offered, .global_remove = withdrawn };

/// What it makes is answered where Qt's own objects are: on the default queue, by the GUI thread.
template <typename Object>
Handle<Object> bind(wl_registry* registry, uint32_t name, const wl_interface& interface)
{
    if (name == 0)
        return {};
    void* object = wl_registry_bind(registry, name, &interface, 1);
    wl_proxy_set_queue(static_cast<wl_proxy*>(object), nullptr);
    return Handle<Object>(static_cast<Object*>(object));
}

} // namespace

const Compositor* Compositor::current()
{
    if (!QGuiApplication::platformName().startsWith(QLatin1StringView("wayland")))
        return nullptr;
    auto* display = resource<wl_display>("wl_display");
    static const Compositor* only = display ? new Compositor(display) : nullptr;
    return only; // not deleted: its connection ends before the program's last objects do
}

/// Asked on a queue of its own, so that nothing of Qt's is dispatched meanwhile (one round trip to
/// a process of this computer).
Compositor::Compositor(wl_display* display)
{
    wl_event_queue* queue = wl_display_create_queue(display);
    void* onQueue = wl_proxy_create_wrapper(display);
    wl_proxy_set_queue(static_cast<wl_proxy*>(onQueue), queue);
    {
        const Handle<wl_registry> registry(
            wl_display_get_registry(static_cast<wl_display*>(onQueue)));
        Offers offers;
        wl_registry_add_listener(registry.get(), &kListener, &offers);
        wl_display_roundtrip_queue(display, queue);
        m_shortcuts = bind<zwp_keyboard_shortcuts_inhibit_manager_v1>(
            registry.get(), offers.shortcuts, zwp_keyboard_shortcuts_inhibit_manager_v1_interface);
        m_constraints = bind<zwp_pointer_constraints_v1>(
            registry.get(), offers.constraints, zwp_pointer_constraints_v1_interface);
        m_relative = bind<zwp_relative_pointer_manager_v1>(
            registry.get(), offers.relative, zwp_relative_pointer_manager_v1_interface);
    }
    wl_proxy_wrapper_destroy(onQueue);
    wl_event_queue_destroy(queue);
}

wl_surface* Compositor::surfaceOf(QWindow* window) const
{
    QPlatformNativeInterface* native = QGuiApplication::platformNativeInterface();
    return window && native
        ? static_cast<wl_surface*>(native->nativeResourceForWindow("surface", window))
        : nullptr;
}

wl_seat* Compositor::seat() const
{
    return resource<wl_seat>("wl_seat");
}

wl_pointer* Compositor::pointer() const
{
    return resource<wl_pointer>("wl_pointer");
}

} // namespace console::wayland
