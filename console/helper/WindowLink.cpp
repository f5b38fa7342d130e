// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/WindowLink.h"

#include <glib-unix.h>
#include <poll.h>

namespace console::helper {

WindowLink::WindowLink(protocol::Fd socket)
    : m_socket(std::move(socket))
{
}

void WindowLink::listen(Handler handler, std::function<void()> closed)
{
    m_handler = std::move(handler);
    m_closed = std::move(closed);
    const auto condition = GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR);
    m_reading = Source(g_unix_fd_add(m_socket.fd(), condition, &WindowLink::readable, this));
}

void WindowLink::send(const protocol::FromHelper& message, protocol::Payload payload, int fd)
{
    if (!m_socket.isOpen())
        return;
    if (!m_socket.send(protocol::encode(message, payload), fd))
        return; // the reading side notices the end
    if (m_socket.hasUnsent() && !m_writing.isActive())
        m_writing = Source(g_unix_fd_add(m_socket.fd(), G_IO_OUT, &WindowLink::writable, this));
}

void WindowLink::drain()
{
    for (int tries = 0; tries < 10 && m_socket.isOpen() && m_socket.hasUnsent(); ++tries) {
        pollfd writableSocket { .fd = m_socket.fd(), .events = POLLOUT, .revents = 0 };
        ::poll(&writableSocket, 1, 100);
        if (!m_socket.flush())
            return;
    }
}

gboolean WindowLink::readable(gint, GIOCondition, gpointer self)
{
    auto& link = *static_cast<WindowLink*>(self);
    for (;;) {
        auto received = link.m_socket.receive();
        if (received.status == protocol::PacketSocket::Status::WouldBlock)
            return G_SOURCE_CONTINUE;
        const auto message = received.status == protocol::PacketSocket::Status::Packet
            ? protocol::decodeToHelper(received.packet)
            : std::nullopt;
        if (!message) {
            link.m_reading.forget();
            link.fail();
            return G_SOURCE_REMOVE;
        }
        link.m_handler(message->message, message->payload, std::move(received.fd));
    }
}

gboolean WindowLink::writable(gint, GIOCondition, gpointer self)
{
    auto& link = *static_cast<WindowLink*>(self);
    if (link.m_socket.flush() && link.m_socket.hasUnsent())
        return G_SOURCE_CONTINUE;
    link.m_writing.forget();
    return G_SOURCE_REMOVE;
}

void WindowLink::fail()
{
    // Not closed: a window that only says no more may still want to hear how its films ended.
    m_closed();
}

} // namespace console::helper
