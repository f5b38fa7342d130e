// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SocketSilence.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace console::helper {

namespace {

constexpr int kAskAfterSeconds = 10; ///< without a word
constexpr int kAskEverySeconds = 5;
constexpr int kQuestions = 4;
constexpr int kUnacknowledgedMs = 30'000; ///< what was sent

bool theNetworkBroke = false;
bool theConnectionWasReset = false;

} // namespace

void breakOnSilence(GSocket* socket)
{
    const GSocketFamily family = g_socket_get_family(socket);
    if (family != G_SOCKET_FAMILY_IPV4 && family != G_SOCKET_FAMILY_IPV6)
        return;
    g_socket_set_keepalive(socket, TRUE);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, kAskAfterSeconds, nullptr);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, kAskEverySeconds, nullptr);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, kQuestions, nullptr);
    g_socket_set_option(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMs, nullptr);
}

void noteSocketError(const GError* error)
{
    if (!error || error->domain != G_IO_ERROR)
        return;
    switch (error->code) {
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
        theNetworkBroke = true;
        break;
    case G_IO_ERROR_CONNECTION_CLOSED:
        theConnectionWasReset = true;
        break;
    default: // of GLib's many, no enumeration of ours
        break;
    }
}

bool isNetworkBroken()
{
    return theNetworkBroke;
}

bool isConnectionReset()
{
    return theConnectionWasReset;
}

} // namespace console::helper
