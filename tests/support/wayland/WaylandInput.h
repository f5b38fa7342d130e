// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>

struct wl_display;
struct wl_seat;
struct zwlr_virtual_pointer_manager_v1;
struct zwlr_virtual_pointer_v1;
struct zwp_virtual_keyboard_manager_v1;
struct zwp_virtual_keyboard_v1;

namespace tests {

/// A keyboard (of the US) and a mouse at the compositor of $WAYLAND_DISPLAY, by a connection of its
/// own: for applications they are real ones. Every call is done when it returns; what applications
/// make of it comes later.
class WaylandInput {
public:
    WaylandInput();
    ~WaylandInput();
    WaylandInput(const WaylandInput&) = delete;
    WaylandInput& operator=(const WaylandInput&) = delete;

    bool isUsable() const { return m_keyboard && m_pointer; }

    void key(unsigned evdevCode, bool isDown); ///< KEY_... of linux/input-event-codes.h
    void setModifiers(unsigned depressed, unsigned locked = 0); ///< xkb's real ones
    void moveTo(QPoint position); ///< pixels of the screen of 1280 x 800
    void moveBy(QPointF delta);
    void button(unsigned evdevCode, bool isDown); ///< BTN_...

private:
    void done();

    wl_display* m_display = nullptr;
    wl_seat* m_seat = nullptr;
    zwp_virtual_keyboard_manager_v1* m_keyboards = nullptr;
    zwp_virtual_keyboard_v1* m_keyboard = nullptr;
    zwlr_virtual_pointer_manager_v1* m_pointers = nullptr;
    zwlr_virtual_pointer_v1* m_pointer = nullptr;
    unsigned m_time = 0; ///< ms, one for each event

    friend struct WaylandInputRegistry;
};

} // namespace tests
