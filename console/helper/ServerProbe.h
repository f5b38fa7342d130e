// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/protocol/Messages.h"

#include <gio/gio.h>

#include <functional>
#include <string>

namespace console::helper {

/// Finds out whether a server that ended our connection is still there. SPICE gives no reason when
/// a second client pushes the first one out; a server that lives on and answers is the sign of it.
/// Only the socket is opened, through the proxy if there is one: without a SPICE greeting this
/// disturbs no client.
class ServerProbe {
public:
    /// Answers within about two seconds.
    ServerProbe(const protocol::Open& endpoint, std::function<void(bool alive)> answer);
    ~ServerProbe();
    ServerProbe(const ServerProbe&) = delete;
    ServerProbe& operator=(const ServerProbe&) = delete;

private:
    static void connected(GObject* client, GAsyncResult* result, gpointer self);
    static gboolean proxyAnswered(gint, GIOCondition, gpointer self);
    static gboolean gaveUp(gpointer self);
    static gboolean hungUp(gint, GIOCondition, gpointer self);
    static gboolean stayed(gpointer self);
    bool askProxy();
    void waitAndSee();
    void finish(bool alive);

    std::function<void(bool)> m_answer;
    std::string m_request; ///< to the proxy; empty: there is none
    std::string m_reply; ///< of it, so far
    GObjectPtr<GSocketClient> m_client;
    GObjectPtr<GCancellable> m_cancel;
    GObjectPtr<GSocketConnection> m_connection;
    Source m_hangUp;
    Source m_patience;
};

} // namespace console::helper
