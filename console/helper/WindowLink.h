// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/protocol/PacketSocket.h"

#include <functional>

namespace console::helper {

/// The socket to the window, served by the default main context.
class WindowLink {
public:
    /// A message, the bytes that follow it, and the descriptor that came along, if one did.
    using Handler = std::function<void(const protocol::ToHelper&, protocol::Payload, protocol::Fd)>;

    explicit WindowLink(protocol::Fd socket);

    /// `handler` gets each message; `closed` is called once, when the window is gone or talks
    /// nonsense.
    void listen(Handler handler, std::function<void()> closed);
    void send(const protocol::FromHelper& message, protocol::Payload payload = {}, int fd = -1);
    bool hasUnsent() const { return m_socket.hasUnsent(); }
    /// Sends what still waits, for at most a second; for the last words before the end.
    void drain();

private:
    static gboolean readable(gint, GIOCondition, gpointer self);
    static gboolean writable(gint, GIOCondition, gpointer self);
    void fail();

    protocol::PacketSocket m_socket;
    Handler m_handler;
    std::function<void()> m_closed;
    Source m_reading;
    Source m_writing;
};

} // namespace console::helper
