// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A VncViewer once it is let in: the screen, the pointer, the keys.
#include "console/helper/VncViewer.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace console::helper {

namespace {

/// In relative mode QEMU reads positions as distances from here.
constexpr int kRelativeOrigin = 0x7fff;
/// RFB has left, middle, right and the vertical wheel where SPICE has them; its further buttons
/// are others.
constexpr std::uint32_t kCommonButtons = 0x1f;

VncPixelFormat screenFormat()
{
    VncPixelFormat format {};
    format.depth = 24;
    format.bits_per_pixel = 32;
    format.red_max = format.green_max = format.blue_max = 255;
    format.red_shift = 16;
    format.green_shift = 8;
    format.blue_shift = 0;
    format.true_color_flag = 1;
    format.byte_order = G_BYTE_ORDER;
    return format;
}

} // namespace

void VncViewer::initialized(VncConnection* vnc, gpointer self)
{
    VncViewer& me = of(self);
    explicit_bzero(me.m_endpoint.password.data(), me.m_endpoint.password.size());
    me.m_clipboard->begin(!me.m_isSasl);
    const VncPixelFormat format = screenFormat();
    vnc_connection_set_pixel_format(vnc, &format);
    me.useEncodings();
    me.m_sound->begin();
    me.m_isLive = true;
    me.m_link.send(protocol::StageReached { .stage = protocol::Stage::Live });
    me.m_link.send(protocol::MouseMode { .absolute = me.m_isAbsolute ? 1u : 0u });
    me.m_link.send(protocol::DisplayOn { .on = 1 });
    // Whether the server takes sizes shows when one is asked for.
    me.m_link.send(protocol::Agent { .connected = 1 });
    me.showScreen(vnc_connection_get_width(vnc), vnc_connection_get_height(vnc));
}

/// What is best is named first. A server on a socket of this computer, or at the end of an ssh
/// that compresses, is best served by what costs it least; lossy ones are not asked for.
void VncViewer::useEncodings()
{
    constexpr std::array<gint32, 11> extensions { VNC_CONNECTION_ENCODING_EXT_KEY_EVENT,
        VNC_CONNECTION_ENCODING_LED_STATE, VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE,
        VNC_CONNECTION_ENCODING_WMVi, VNC_CONNECTION_ENCODING_DESKTOP_RESIZE,
        VNC_CONNECTION_ENCODING_DESKTOP_NAME, VNC_CONNECTION_ENCODING_LAST_RECT,
        VNC_CONNECTION_ENCODING_RICH_CURSOR, VNC_CONNECTION_ENCODING_XCURSOR,
        VNC_CONNECTION_ENCODING_POINTER_CHANGE, VNC_CONNECTION_ENCODING_AUDIO };
    std::vector<gint32> encodings { VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_ZRLE,
        VNC_CONNECTION_ENCODING_HEXTILE, VNC_CONNECTION_ENCODING_RRE,
        VNC_CONNECTION_ENCODING_COPY_RECT, VNC_CONNECTION_ENCODING_RAW };
    if (m_endpoint.unixSocket[0] != '\0')
        encodings = { VNC_CONNECTION_ENCODING_HEXTILE, VNC_CONNECTION_ENCODING_ZRLE,
            VNC_CONNECTION_ENCODING_TIGHT, VNC_CONNECTION_ENCODING_RRE,
            VNC_CONNECTION_ENCODING_COPY_RECT, VNC_CONNECTION_ENCODING_RAW };
    encodings.insert(encodings.end(), extensions.begin(), extensions.end());
    if (isQemu())
        encodings.push_back(VNC_CONNECTION_ENCODING_ALPHA_CURSOR);
    if (m_clipboard->offersExtended())
        encodings.push_back(VncClipboard::kEncoding);
    vnc_connection_set_encodings(m_vnc.get(), int(encodings.size()), encodings.data());
}

/// QEMU sends a pointer with alpha as BGRA, and gvnc (1.3) reads it so; by the protocol it is RGBA.
bool VncViewer::isQemu() const
{
    const char* name = vnc_connection_get_name(m_vnc.get());
    return name && g_str_has_prefix(name, "QEMU");
}

void VncViewer::showScreen(int width, int height)
{
    m_frames.drop();
    if (!vnc_connection_get_name(m_vnc.get())) { // the library goes on when nobody let it in
        end(m_failure, "the server refused the connection");
        return;
    }
    if (!FrameRelay::isShowable(width, height)) {
        end(protocol::Failure::UnsupportedDisplay,
            "the guest's screen has a form that can't be shown: " + std::to_string(width) + " x "
                + std::to_string(height));
        return;
    }
    m_width = width;
    m_pixels.assign(std::size_t(width) * std::size_t(height), 0);
    drawIntoPixels();
    const auto problem = m_frames.show({ .width = width,
        .height = height,
        .stride = width * 4,
        .pixels = reinterpret_cast<const std::uint8_t*>(m_pixels.data()) });
    if (problem) {
        end(protocol::Failure::UnsupportedDisplay, *problem);
        return;
    }
    m_isRequested = true;
    vnc_connection_framebuffer_update_request(
        m_vnc.get(), FALSE, 0, 0, guint16(width), guint16(height));
}

/// The library converts from the server's form of pixels of this moment.
void VncViewer::drawIntoPixels()
{
    auto* pixels = reinterpret_cast<guint8*>(m_pixels.data());
    const auto height = guint16(m_pixels.size() / std::size_t(m_width));
    const VncPixelFormat local = screenFormat();
    const GObjectPtr<VncBaseFramebuffer> buffer(vnc_base_framebuffer_new(pixels, guint16(m_width),
        height, m_width * 4, &local, vnc_connection_get_pixel_format(m_vnc.get())));
    vnc_connection_set_framebuffer(m_vnc.get(), VNC_FRAMEBUFFER(buffer.get()));
}

void VncViewer::formatChanged(VncConnection*, VncPixelFormat*, gpointer self)
{
    VncViewer& me = of(self);
    if (!me.m_pixels.empty())
        me.drawIntoPixels();
}

void VncViewer::resized(VncConnection*, guint16 width, guint16 height, gpointer self)
{
    VncViewer& me = of(self);
    const std::size_t pixels = std::size_t(width) * height;
    const bool isSame = me.m_width == width && pixels == me.m_pixels.size();
    if (me.m_isLive && !isSame) {
        me.showScreen(width, height);
    } else { // servers say it now and then
        me.m_isRequested = false;
        me.scheduleRequest();
    }
}

void VncViewer::updated(
    VncConnection*, guint16 x, guint16 y, guint16 width, guint16 height, gpointer self)
{
    VncViewer& me = of(self);
    me.m_frames.damage({ .x = x, .y = y, .width = width, .height = height });
    me.m_liveness->noteUpdate();
    if (me.m_clipboard->isSoundOffered())
        me.m_sound->noteOffered();
    me.m_isRequested = false;
    me.scheduleRequest();
}

/// Once per round of the main loop, however many rectangles an update had.
void VncViewer::scheduleRequest()
{
    const bool isWanted = m_isVisible || m_isFilmed;
    if (m_isRequested || !isWanted || !m_isLive || m_request.isActive())
        return;
    m_request = Source(g_idle_add(&VncViewer::requestDue, this));
}

gboolean VncViewer::requestDue(gpointer self)
{
    VncViewer& me = of(self);
    me.m_request.forget();
    if (!me.m_isOver && !me.m_isRequested) {
        me.m_isRequested = true;
        VncConnection* vnc = me.m_vnc.get();
        vnc_connection_framebuffer_update_request(vnc, TRUE, 0, 0,
            guint16(vnc_connection_get_width(vnc)), guint16(vnc_connection_get_height(vnc)));
    }
    return G_SOURCE_REMOVE;
}

void VncViewer::cursorChanged(VncConnection*, VncCursor* cursor, gpointer self)
{
    VncViewer& me = of(self);
    if (!cursor || vnc_cursor_get_width(cursor) == 0 || vnc_cursor_get_height(cursor) == 0) {
        me.m_link.send(protocol::CursorShape {});
        return;
    }
    const int stride = vnc_cursor_get_width(cursor);
    const int width = std::min(stride, int(protocol::kMaxCursorExtent));
    const int height
        = std::min(int(vnc_cursor_get_height(cursor)), int(protocol::kMaxCursorExtent));
    const auto* argb = reinterpret_cast<const std::uint32_t*>(vnc_cursor_get_data(cursor));
    std::vector<std::uint32_t> pixels;
    pixels.reserve(std::size_t(width) * std::size_t(height));
    for (int y = 0; y < height; ++y)
        pixels.insert(pixels.end(), argb + y * stride, argb + y * stride + width);
    me.m_link.send(protocol::CursorShape { .width = width,
                       .height = height,
                       .hotspotX = std::clamp(int(vnc_cursor_get_hotx(cursor)), 0, width - 1),
                       .hotspotY = std::clamp(int(vnc_cursor_get_hoty(cursor)), 0, height - 1) },
        std::as_bytes(std::span(pixels)));
}

void VncViewer::pointerModeChanged(VncConnection*, gboolean absolute, gpointer self)
{
    VncViewer& me = of(self);
    me.m_isAbsolute = absolute;
    if (me.m_isLive)
        me.m_link.send(protocol::MouseMode { .absolute = absolute ? 1u : 0u });
}

void VncViewer::rang(VncConnection*, gpointer self)
{
    of(self).m_link.send(protocol::Bell {});
}

void VncViewer::lightsChanged(VncConnection* vnc, gpointer self)
{
    VncViewer& me = of(self);
    const auto lights = std::uint32_t(vnc_connection_get_ledstate(vnc)) & 7u; // the same three bits
    me.m_areLightsKnown = true;
    me.m_keys.setLights(lights);
    me.m_link.send(protocol::KeyLocks { .locks = lights });
}

void VncViewer::take(const protocol::Visibility& message)
{
    m_isVisible = message.visible;
    m_frames.setVisible(m_isVisible);
    scheduleRequest();
}

void VncViewer::setFilmed(bool isFilmed)
{
    m_isFilmed = isFilmed;
    scheduleRequest();
}

void VncViewer::take(const protocol::Key& message)
{
    if (!m_isLive)
        return;
    const VncKeys::Event key = m_keys.translate(message.xtScancode, message.pressed);
    m_liveness->noteInput();
    vnc_connection_key_event(m_vnc.get(), message.pressed ? TRUE : FALSE, key.keysym, key.scancode);
}

/// VNC has no word for lights: the lock keys are pressed where the guest's differ. Of a server that
/// does not say how they are none is touched: half of the presses would be wrong.
void VncViewer::take(const protocol::KeyLocks& message)
{
    struct Lock {
        std::uint32_t light;
        std::uint32_t xtScancode;
    };
    constexpr std::array<Lock, 3> locks { { { protocol::kCapsLock, 0x3a },
        { protocol::kNumLock, 0x45 }, { protocol::kScrollLock, 0x46 } } };
    if (!m_isLive || !m_areLightsKnown)
        return;
    for (const Lock& lock : locks) {
        if ((message.locks ^ m_keys.lights()) & lock.light)
            pressLock(lock.xtScancode);
    }
}

void VncViewer::pressLock(std::uint32_t xtScancode)
{
    take(protocol::Key { .xtScancode = xtScancode, .pressed = 1 });
    take(protocol::Key { .xtScancode = xtScancode, .pressed = 0 });
}

void VncViewer::movePointer(int x, int y, std::uint32_t buttons)
{
    if (!m_isLive)
        return;
    m_liveness->noteInput();
    m_buttons = buttons & kCommonButtons;
    vnc_connection_pointer_event(m_vnc.get(), guint8(m_buttons), guint16(x), guint16(y));
}

/// Not every server does it for a client that goes.
void VncViewer::releaseHeld()
{
    if (!m_isLive || !vnc_connection_is_open(m_vnc.get()))
        return;
    for (const std::uint32_t xtScancode : m_keys.held()) {
        const VncKeys::Event key = m_keys.translate(xtScancode, false);
        vnc_connection_key_event(m_vnc.get(), FALSE, key.keysym, key.scancode);
    }
    const int x = m_isAbsolute ? m_x : kRelativeOrigin;
    const int y = m_isAbsolute ? m_y : kRelativeOrigin;
    if (m_buttons != 0)
        vnc_connection_pointer_event(m_vnc.get(), 0, guint16(x), guint16(y));
}

void VncViewer::take(const protocol::PointerPosition& message)
{
    m_x = std::clamp(message.x, 0, std::max(0, vnc_connection_get_width(m_vnc.get()) - 1));
    m_y = std::clamp(message.y, 0, std::max(0, vnc_connection_get_height(m_vnc.get()) - 1));
    movePointer(m_x, m_y, message.buttons);
}

void VncViewer::take(const protocol::PointerMotion& message)
{
    movePointer(kRelativeOrigin + message.dx, kRelativeOrigin + message.dy, message.buttons);
}

void VncViewer::take(const protocol::Button& message)
{
    // A turn of the wheel is a press and a release; `buttons` is what is held besides.
    const std::uint32_t own = 1u << (message.button - 1);
    const std::uint32_t buttons = message.pressed ? message.buttons | own : message.buttons & ~own;
    if (m_isAbsolute)
        movePointer(m_x, m_y, buttons);
    else
        movePointer(kRelativeOrigin, kRelativeOrigin, buttons);
}

void VncViewer::take(const protocol::SoundControl& message)
{
    if (m_sound)
        m_sound->take(message);
}

/// There is one screen; the others of a layout have no word here.
void VncViewer::take(const protocol::MonitorLayout& message)
{
    const auto& first = message.heads[0];
    if (m_isLive && first.enabled)
        vnc_connection_set_size(m_vnc.get(), guint(first.width), guint(first.height));
}

} // namespace console::helper
