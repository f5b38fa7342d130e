// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <string>

namespace console::helper {

/// One port ("spiceport") by which programs in the guest talk to the window, bytes both ways. What
/// the window can't take at once waits here, up to 4 MiB; more is dropped rather than letting a
/// guest that floods its port end the console.
class PortRelay {
public:
    PortRelay(WindowLink& link, SpiceChannel* channel, std::uint32_t id);
    ~PortRelay();
    PortRelay(const PortRelay&) = delete;
    PortRelay& operator=(const PortRelay&) = delete;

    std::uint32_t id() const { return m_id; }
    bool isOf(const SpiceChannel* channel) const { return m_channel.get() == channel; }
    void write(protocol::Payload bytes);

private:
    static void received(SpiceChannel*, gpointer bytes, gint size, gpointer self);
    static void opened(SpiceChannel*, GParamSpec*, gpointer self);
    static gboolean retry(gpointer self);
    bool sendWaiting(); ///< true when nothing waits any more

    WindowLink& m_link;
    GObjectPtr<SpiceChannel> m_channel;
    GObjectPtr<GCancellable> m_cancel;
    std::uint32_t m_id;
    std::string m_waiting;
    Source m_retry;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
