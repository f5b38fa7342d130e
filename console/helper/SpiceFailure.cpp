// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SpiceFailure.h"

namespace console::helper {

protocol::Failure toFailure(SpiceChannelEvent event)
{
    switch (event) {
    case SPICE_CHANNEL_ERROR_AUTH:
        return protocol::Failure::Authentication;
    case SPICE_CHANNEL_ERROR_TLS:
        return protocol::Failure::Tls;
    case SPICE_CHANNEL_ERROR_CONNECT:
    case SPICE_CHANNEL_ERROR_LINK:
        return protocol::Failure::Connect;
    default:
        return protocol::Failure::ServerClosed;
    }
}

std::string describe(SpiceChannelEvent event)
{
    switch (event) {
    case SPICE_CHANNEL_ERROR_AUTH:
        return "the server refused the password";
    case SPICE_CHANNEL_ERROR_TLS:
        return "the server's certificate was not accepted";
    case SPICE_CHANNEL_ERROR_CONNECT:
        return "can't connect to the server";
    case SPICE_CHANNEL_ERROR_LINK:
        return "what answers there is no SPICE server that can be used";
    default:
        return "the connection broke";
    }
}

std::string withoutPlaceInSource(const std::string& text)
{
    const auto place = text.find(".c:");
    const auto end = place == std::string::npos ? place : text.find(": ", place);
    return end == std::string::npos ? text : text.substr(end + 2);
}

bool needsUser(const GError* error)
{
    return error
        && (g_error_matches(error, SPICE_CLIENT_ERROR, SPICE_CLIENT_ERROR_AUTH_NEEDS_USERNAME)
            || g_error_matches(
                error, SPICE_CLIENT_ERROR, SPICE_CLIENT_ERROR_AUTH_NEEDS_PASSWORD_AND_USERNAME));
}

} // namespace console::helper
