// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

namespace console::helper {

/// The smartcard readers of this computer in the guest's. The channel is not connected, and no
/// reader is looked for, before the user turns it on; to turn it off, the console reconnects.
class SmartcardRelay {
public:
    explicit SmartcardRelay(WindowLink& link);

    void useChannel(SpiceChannel* channel);
    void take(const protocol::UseSmartcards& wish);

private:
    static void readersChanged(SpiceSmartcardManager*, gpointer, gpointer self);
    void start();
    void tell();

    WindowLink& m_link;
    GObjectPtr<SpiceChannel> m_channel;
    bool m_wanted = false;
    bool m_started = false;
    std::vector<Connections> m_signals; // last: undone first
};

} // namespace console::helper
