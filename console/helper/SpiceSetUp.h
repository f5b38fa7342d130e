// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"

#include <spice-client.h>

namespace console::helper {

/// Has the library ready before it is needed: its types, and GStreamer's list of plugins, which the
/// first display channel looks at. Takes some 10 ms.
void warmUp();
/// Tells a new session where to connect, as whom, and how its pictures may be packed.
void setUp(SpiceSession* session, const protocol::Open& endpoint);
/// Tells an open display channel what is preferred from now on.
void prefer(SpiceChannel* display, const protocol::Preferences& preferences);
/// Only asked of servers that can choose; the others go on as they were.
void preferCodecs(
    SpiceChannel* display, const std::array<protocol::VideoCodec, protocol::kMaxCodecs>& preferred);

} // namespace console::helper
