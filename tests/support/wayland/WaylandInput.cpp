// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/wayland/WaylandInput.h"

#include "virtual-keyboard-unstable-v1.h"
#include "wlr-virtual-pointer-unstable-v1.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xkbcommon/xkbcommon.h>

#include <cstdlib>
#include <cstring>

namespace tests {

struct WaylandInputRegistry {
    static void offered(
        void* data, wl_registry* registry, uint32_t name, const char* interface, uint32_t)
    {
        auto& me = *static_cast<WaylandInput*>(data);
        const auto take = [&](const wl_interface& wanted, auto*& into) {
            if (std::strcmp(interface, wanted.name) == 0)
                into = static_cast<std::remove_reference_t<decltype(into)>>(
                    wl_registry_bind(registry, name, &wanted, 1));
        };
        take(wl_seat_interface, me.m_seat);
        take(zwp_virtual_keyboard_manager_v1_interface, me.m_keyboards);
        take(zwlr_virtual_pointer_manager_v1_interface, me.m_pointers);
    }
    static void withdrawn(void*, wl_registry*, uint32_t) { }
    static constexpr wl_registry_listener kListener { .global = offered,
        .global_remove = withdrawn };
};

namespace {

void giveKeymap(zwp_virtual_keyboard_v1* keyboard)
{
    xkb_context* context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
    xkb_rule_names us {};
    us.layout = "us";
    xkb_keymap* keymap = xkb_keymap_new_from_names(context, &us, XKB_KEYMAP_COMPILE_NO_FLAGS);
    char* text = xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1);
    const size_t size = std::strlen(text) + 1;
    const int file = ::memfd_create("keymap", MFD_CLOEXEC);
    if (::write(file, text, size) == ssize_t(size))
        zwp_virtual_keyboard_v1_keymap(
            keyboard, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1, file, uint32_t(size));
    ::close(file);
    std::free(text);
    xkb_keymap_unref(keymap);
    xkb_context_unref(context);
}

} // namespace

WaylandInput::WaylandInput()
    : m_display(wl_display_connect(nullptr))
{
    if (!m_display)
        return;
    wl_registry* registry = wl_display_get_registry(m_display);
    wl_registry_add_listener(registry, &WaylandInputRegistry::kListener, this);
    done();
    wl_registry_destroy(registry);
    if (!m_seat || !m_keyboards || !m_pointers)
        return;
    m_keyboard = zwp_virtual_keyboard_manager_v1_create_virtual_keyboard(m_keyboards, m_seat);
    giveKeymap(m_keyboard);
    m_pointer = zwlr_virtual_pointer_manager_v1_create_virtual_pointer(m_pointers, m_seat);
    done();
}

WaylandInput::~WaylandInput()
{
    if (m_display)
        wl_display_disconnect(m_display); // the compositor takes the devices away
}

void WaylandInput::done()
{
    wl_display_roundtrip(m_display);
}

void WaylandInput::key(unsigned evdevCode, bool isDown)
{
    zwp_virtual_keyboard_v1_key(m_keyboard, ++m_time, evdevCode,
        isDown ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED);
    done();
}

void WaylandInput::setModifiers(unsigned depressed, unsigned locked)
{
    zwp_virtual_keyboard_v1_modifiers(m_keyboard, depressed, 0, locked, 0);
    done();
}

void WaylandInput::moveTo(QPoint position)
{
    zwlr_virtual_pointer_v1_motion_absolute(
        m_pointer, ++m_time, unsigned(position.x()), unsigned(position.y()), 1280, 800);
    zwlr_virtual_pointer_v1_frame(m_pointer);
    done();
}

void WaylandInput::moveBy(QPointF delta)
{
    zwlr_virtual_pointer_v1_motion(
        m_pointer, ++m_time, wl_fixed_from_double(delta.x()), wl_fixed_from_double(delta.y()));
    zwlr_virtual_pointer_v1_frame(m_pointer);
    done();
}

void WaylandInput::button(unsigned evdevCode, bool isDown)
{
    zwlr_virtual_pointer_v1_button(m_pointer, ++m_time, evdevCode,
        isDown ? WL_POINTER_BUTTON_STATE_PRESSED : WL_POINTER_BUTTON_STATE_RELEASED);
    zwlr_virtual_pointer_v1_frame(m_pointer);
    done();
}

} // namespace tests
