// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Codec.h"
#include "console/protocol/PacketSocket.h"

namespace console::helper {

class FrameRelay;

/// One connection to a guest's screen, over whichever protocol: what the window says goes in here,
/// what the server says goes out over a WindowLink.
class GuestConnection {
public:
    GuestConnection() = default;
    GuestConnection(const GuestConnection&) = delete;
    GuestConnection& operator=(const GuestConnection&) = delete;
    virtual ~GuestConnection() = default;

    /// `payload` and `fd` are what came along.
    virtual void handle(
        const protocol::ToHelper& message, protocol::Payload payload, protocol::Fd fd)
        = 0;
    /// Whether pictures are wanted for a film, also while the window shows none.
    virtual void setFilmed(bool) { }
    /// The guest's first screen; null while there is none.
    virtual const FrameRelay* screen() const = 0;
};

} // namespace console::helper
