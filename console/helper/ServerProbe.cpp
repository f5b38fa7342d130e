// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ServerProbe.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <sys/socket.h>

#include <array>

namespace console::helper {

namespace {

constexpr guint kConnectSeconds = 2;
/// A dying process may still have its listening socket for a moment, and drops us then.
constexpr guint kStayMs = 250;

constexpr guint16 kProxyPort = 3128;
constexpr std::size_t kLongestReply = 8192;

guint16 portOf(const protocol::Open& endpoint)
{
    return guint16(endpoint.tlsPort != 0 ? endpoint.tlsPort : endpoint.port);
}

/// Of the server, or of the proxy before it.
GObjectPtr<GSocketConnectable> addressOf(const protocol::Open& endpoint)
{
    if (endpoint.proxy[0] != '\0')
        return GObjectPtr<GSocketConnectable>(
            g_network_address_parse_uri(endpoint.proxy.data(), kProxyPort, nullptr));
    if (endpoint.unixSocket[0] != '\0')
        return GObjectPtr<GSocketConnectable>(
            G_SOCKET_CONNECTABLE(g_unix_socket_address_new(endpoint.unixSocket.data())));
    return GObjectPtr<GSocketConnectable>(
        g_network_address_new(endpoint.host.data(), portOf(endpoint)));
}

std::string requestFor(const protocol::Open& endpoint)
{
    if (endpoint.proxy[0] == '\0')
        return {};
    const std::string place
        = std::string(endpoint.host.data()) + ':' + std::to_string(portOf(endpoint));
    return "CONNECT " + place + " HTTP/1.0\r\nHost: " + place + "\r\n\r\n";
}

} // namespace

ServerProbe::ServerProbe(const protocol::Open& endpoint, std::function<void(bool)> answer)
    : m_answer(std::move(answer))
    , m_request(requestFor(endpoint))
    , m_client(g_socket_client_new())
    , m_cancel(g_cancellable_new())
{
    g_socket_client_set_timeout(m_client.get(), kConnectSeconds);
    const std::string proxy(endpoint.proxy.data());
    g_socket_client_set_tls(m_client.get(), proxy.rfind("https:", 0) == 0);
    // Only what it says of the server counts, and nothing secret is told to it.
    g_socket_client_set_enable_proxy(m_client.get(), FALSE);
    const auto address = addressOf(endpoint);
    if (!address) { // the address of the proxy makes no sense
        m_patience = Source(g_timeout_add(0, &ServerProbe::gaveUp, this));
        return;
    }
    g_socket_client_connect_async(
        m_client.get(), address.get(), m_cancel.get(), &ServerProbe::connected, this);
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
    if (probe.m_request.empty())
        probe.waitAndSee();
    else if (!probe.askProxy())
        probe.finish(false);
}

void ServerProbe::waitAndSee()
{
    const int fd = g_socket_get_fd(g_socket_connection_get_socket(m_connection.get()));
    m_hangUp = Source(
        g_unix_fd_add(fd, GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR), &ServerProbe::hungUp, this));
    m_patience = Source(g_timeout_add(kStayMs, &ServerProbe::stayed, this));
}

bool ServerProbe::askProxy()
{
    GOutputStream* out = g_io_stream_get_output_stream(G_IO_STREAM(m_connection.get()));
    if (!g_output_stream_write_all(
            out, m_request.data(), m_request.size(), nullptr, m_cancel.get(), nullptr))
        return false;
    const int fd = g_socket_get_fd(g_socket_connection_get_socket(m_connection.get()));
    m_hangUp = Source(g_unix_fd_add(
        fd, GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR), &ServerProbe::proxyAnswered, this));
    m_patience = Source(g_timeout_add_seconds(kConnectSeconds, &ServerProbe::gaveUp, this));
    return true;
}

/// "HTTP/1.1 200 …": the proxy reached the server. Then it is seen whether that stays.
gboolean ServerProbe::proxyAnswered(gint, GIOCondition, gpointer self)
{
    auto& probe = *static_cast<ServerProbe*>(self);
    std::array<char, 1024> part;
    GInputStream* in = g_io_stream_get_input_stream(G_IO_STREAM(probe.m_connection.get()));
    const gssize count
        = g_input_stream_read(in, part.data(), part.size(), probe.m_cancel.get(), nullptr);
    if (count > 0)
        probe.m_reply.append(part.data(), std::size_t(count));
    const bool isWhole = probe.m_reply.find("\r\n\r\n") != std::string::npos;
    if (count > 0 && !isWhole && probe.m_reply.size() < kLongestReply)
        return G_SOURCE_CONTINUE;
    probe.m_hangUp.forget();
    probe.m_patience.remove();
    if (isWhole && probe.m_reply.find(" 200 ") < probe.m_reply.find('\r'))
        probe.waitAndSee();
    else
        probe.finish(false);
    return G_SOURCE_REMOVE;
}

gboolean ServerProbe::gaveUp(gpointer self)
{
    auto& probe = *static_cast<ServerProbe*>(self);
    probe.m_patience.forget();
    probe.m_hangUp.remove();
    probe.finish(false);
    return G_SOURCE_REMOVE;
}

/// Or has something to say: a VNC server greets first.
gboolean ServerProbe::hungUp(gint fd, GIOCondition, gpointer self)
{
    auto& probe = *static_cast<ServerProbe*>(self);
    char word = 0;
    const bool speaks = ::recv(fd, &word, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
    probe.m_hangUp.forget();
    probe.m_patience.remove();
    probe.finish(speaks);
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
