// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ServerProbe.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>

namespace console::helper {

namespace {

constexpr guint kConnectSeconds = 2;
/// A dying process may still have its listening socket for a moment, and drops us then.
constexpr guint kStayMs = 250;

GObjectPtr<GSocketConnectable> addressOf(const protocol::Open& endpoint)
{
    if (endpoint.unixSocket[0] != '\0')
        return GObjectPtr<GSocketConnectable>(
            G_SOCKET_CONNECTABLE(g_unix_socket_address_new(endpoint.unixSocket.data())));
    const auto port = guint16(endpoint.tlsPort != 0 ? endpoint.tlsPort : endpoint.port);
    return GObjectPtr<GSocketConnectable>(g_network_address_new(endpoint.host.data(), port));
}

} // namespace

ServerProbe::ServerProbe(const protocol::Open& endpoint, std::function<void(bool)> answer)
    : m_answer(std::move(answer))
    , m_client(g_socket_client_new())
    , m_cancel(g_cancellable_new())
{
    g_socket_client_set_timeout(m_client.get(), kConnectSeconds);
    g_socket_client_connect_async(
        m_client.get(), addressOf(endpoint).get(), m_cancel.get(), &ServerProbe::connected, this);
}

ServerProbe::~ServerProbe()
{
    g_cancellable_cancel(m_cancel.get());
}

void ServerProbe::connected(GObject* client, GAsyncResult* result, gpointer self)
{
    GError* raw = nullptr;
    GObjectPtr<GSocketConnection> connection(
        g_socket_client_connect_finish(G_SOCKET_CLIENT(client), result, &raw));
    const GErrorPtr error(raw);
    if (error && g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return; // the probe is gone
    auto& probe = *static_cast<ServerProbe*>(self);
    if (!connection) {
        probe.finish(false);
        return;
    }
    probe.m_connection = std::move(connection);
    const int fd = g_socket_get_fd(g_socket_connection_get_socket(probe.m_connection.get()));
    probe.m_hangUp = Source(
        g_unix_fd_add(fd, GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR), &ServerProbe::hungUp, self));
    probe.m_patience = Source(g_timeout_add(kStayMs, &ServerProbe::stayed, self));
}

gboolean ServerProbe::hungUp(gint, GIOCondition, gpointer self)
{
    auto& probe = *static_cast<ServerProbe*>(self);
    probe.m_hangUp.forget();
    probe.m_patience.remove();
    probe.finish(false);
    return G_SOURCE_REMOVE;
}

gboolean ServerProbe::stayed(gpointer self)
{
    auto& probe = *static_cast<ServerProbe*>(self);
    probe.m_patience.forget();
    probe.m_hangUp.remove();
    probe.finish(true);
    return G_SOURCE_REMOVE;
}

void ServerProbe::finish(bool alive)
{
    m_answer(alive);
}

} // namespace console::helper
