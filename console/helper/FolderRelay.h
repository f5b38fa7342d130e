// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

namespace console::helper {

/// A folder of this computer as a WebDAV share in the guest (spice-webdavd there). Nothing is
/// served, and the channel is not connected, before a folder was chosen.
class FolderRelay {
public:
    explicit FolderRelay(WindowLink& link);

    /// Before the session connects: by itself the library would share the user's public folder.
    void setSession(SpiceSession* session);
    void useChannel(SpiceChannel* channel);
    void take(const protocol::ShareFolder& wish);

private:
    static void opened(SpiceChannel* channel, GParamSpec*, gpointer self);
    void share();
    void tell();

    WindowLink& m_link;
    GObjectPtr<SpiceSession> m_session;
    GObjectPtr<SpiceChannel> m_channel;
    protocol::ShareFolder m_wish;
    bool m_connected = false;
    std::vector<Connections> m_signals; // last: undone first
};

} // namespace console::helper
