// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"

#include <spice-client.h>

#include <string>

namespace console::helper {

// What an end of a SPICE channel means, in the words of our messages.

protocol::Failure toFailure(SpiceChannelEvent event);
std::string describe(SpiceChannelEvent event);
/// "../common/ssl_verify.c:480:openssl_verify: text" is how the library's lower half logs: the
/// text.
std::string withoutPlaceInSource(const std::string& text);
bool needsUser(const GError* error); ///< the server asks for a user's name

} // namespace console::helper
