// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/x11/SharedPixels.h"

#include <QGuiApplication>
#include <QWindow>

#include <fcntl.h>
#include <sys/socket.h>
#include <xcb/shm.h>
#include <xcb/xcbext.h>

#include <cstdlib>

namespace console::x11 {

namespace {

constexpr int kBitsPerPixel = 32;
constexpr quint8 kDepth = 24;
constexpr quint32 kRed = 0xff0000;
constexpr quint32 kBlue = 0xff;
constexpr int kPutsPerQuestion = 4; ///< each answer wakes this process

struct Freed {
    void operator()(void* reply) const { std::free(reply); }
};
template <typename T> using Reply = std::unique_ptr<T, Freed>;

/// Whether a file can be handed over at all. A try would end the connection.
bool passesFiles(xcb_connection_t* connection)
{
    sockaddr_storage peer {};
    socklen_t size = sizeof(peer);
    return ::getpeername(
               xcb_get_file_descriptor(connection), reinterpret_cast<sockaddr*>(&peer), &size)
        == 0
        && peer.ss_family == AF_UNIX;
}

bool hasSuchPixels(const xcb_setup_t* setup)
{
    constexpr auto kOwnOrder
        = Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? XCB_IMAGE_ORDER_LSB_FIRST : XCB_IMAGE_ORDER_MSB_FIRST;
    if (setup->image_byte_order != kOwnOrder)
        return false;
    for (auto i = xcb_setup_pixmap_formats_iterator(setup); i.rem; xcb_format_next(&i)) {
        if (i.data->depth == kDepth)
            return i.data->bits_per_pixel == kBitsPerPixel && i.data->scanline_pad == kBitsPerPixel;
    }
    return false;
}

bool isOfColours(const xcb_setup_t* setup, xcb_visualid_t visual)
{
    for (auto screen = xcb_setup_roots_iterator(setup); screen.rem; xcb_screen_next(&screen)) {
        for (auto depth = xcb_screen_allowed_depths_iterator(screen.data); depth.rem;
             xcb_depth_next(&depth)) {
            for (auto i = xcb_depth_visuals_iterator(depth.data); i.rem; xcb_visualtype_next(&i)) {
                if (i.data->visual_id == visual)
                    return i.data->red_mask == kRed && i.data->blue_mask == kBlue;
            }
        }
    }
    return false;
}

/// MIT-SHM 1.2 takes files. Null: it is not to be used here.
xcb_connection_t* usableConnection()
{
    const auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11 || qEnvironmentVariableIsSet("QT_XCB_NO_MITSHM"))
        return nullptr;
    xcb_connection_t* connection = x11->connection();
    if (!passesFiles(connection) || !hasSuchPixels(xcb_get_setup(connection)))
        return nullptr;
    const xcb_query_extension_reply_t* extension = xcb_get_extension_data(connection, &xcb_shm_id);
    if (!extension || !extension->present)
        return nullptr;
    const Reply<xcb_shm_query_version_reply_t> version(
        xcb_shm_query_version_reply(connection, xcb_shm_query_version(connection), nullptr));
    const bool isNewEnough = version
        && (version->major_version > 1
            || (version->major_version == 1 && version->minor_version >= 2));
    return isNewEnough ? connection : nullptr;
}

} // namespace

std::unique_ptr<SharedPixels> SharedPixels::attach(int file, QSize memory)
{
    static xcb_connection_t* const connection = usableConnection();
    // The protocol's numbers have 16 bits.
    constexpr int kMost = 0x7fff;
    if (!connection || memory.isEmpty() || memory.width() > kMost || memory.height() > kMost)
        return nullptr;
    const int copy = ::fcntl(file, F_DUPFD_CLOEXEC, 0); // it is closed once it is sent
    if (copy < 0)
        return nullptr;
    std::unique_ptr<SharedPixels> pixels(new SharedPixels(connection, memory));
    const quint32 segment = xcb_generate_id(connection);
    const Reply<xcb_generic_error_t> error(
        xcb_request_check(connection, xcb_shm_attach_fd_checked(connection, segment, copy, true)));
    if (error)
        return nullptr;
    pixels->m_segment = segment;
    return pixels;
}

SharedPixels::SharedPixels(xcb_connection_t* connection, QSize memory)
    : m_connection(connection)
    , m_memory(memory)
{
}

SharedPixels::~SharedPixels()
{
    if (m_asked)
        xcb_discard_reply(m_connection, m_asked);
    if (m_context)
        xcb_free_gc(m_connection, m_context);
    if (m_segment)
        xcb_shm_detach(m_connection, m_segment);
    xcb_flush(m_connection);
}

bool SharedPixels::canBeOn(quint32 window)
{
    if (m_window == window)
        return m_context;
    if (m_context)
        xcb_free_gc(m_connection, m_context);
    m_window = window;
    m_context = 0;
    const auto asked = xcb_get_window_attributes(m_connection, window);
    const Reply<xcb_get_geometry_reply_t> geometry(
        xcb_get_geometry_reply(m_connection, xcb_get_geometry(m_connection, window), nullptr));
    const Reply<xcb_get_window_attributes_reply_t> attributes(
        xcb_get_window_attributes_reply(m_connection, asked, nullptr));
    if (!geometry || !attributes || geometry->depth != kDepth
        || !isOfColours(xcb_get_setup(m_connection), attributes->visual))
        return false;
    m_context = xcb_generate_id(m_connection);
    xcb_create_gc(m_connection, m_context, window, 0, nullptr);
    return true;
}

/// What it has not read would wait in its queue, and everything after it, too: input as well.
bool SharedPixels::hasCaughtUp()
{
    if (!m_asked)
        return true;
    void* reply = nullptr;
    xcb_generic_error_t* error = nullptr;
    if (!xcb_poll_for_reply(m_connection, m_asked, &reply, &error))
        return false;
    std::free(reply);
    std::free(error);
    m_asked = 0;
    return true;
}

bool SharedPixels::put(QWindow& window, QPoint at, const QList<QRect>& parts)
{
    const auto id = quint32(window.winId());
    if (!canBeOn(id) || !hasCaughtUp())
        return false;
    for (const QRect& part : parts) {
        const QRect source = part & QRect(QPoint(), m_memory);
        if (source.isEmpty())
            continue;
        const QPoint place = at + source.topLeft();
        xcb_shm_put_image(m_connection, id, m_context, quint16(m_memory.width()),
            quint16(m_memory.height()), quint16(source.x()), quint16(source.y()),
            quint16(source.width()), quint16(source.height()), qint16(place.x()), qint16(place.y()),
            kDepth, XCB_IMAGE_FORMAT_Z_PIXMAP, false, m_segment, 0);
    }
    if (++m_unasked >= kPutsPerQuestion) {
        m_asked = xcb_get_input_focus(m_connection).sequence;
        m_unasked = 0;
    }
    xcb_flush(m_connection);
    return true;
}

} // namespace console::x11
