// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <gvnc.h>

namespace console::helper {

/// Notices a VNC server that has stopped without hanging up. VNC has no ping, and a server may well
/// say nothing while its screen stands still; so after input that it is silent about it is asked
/// for a pixel, which it has to send whether that changed or not (RFC 6143, 7.5.3).
class VncLiveness {
public:
    VncLiveness(::VncConnection* vnc, WindowLink& link)
        : m_vnc(vnc)
        , m_link(link)
    {
    }

    void noteInput();
    void noteUpdate(); ///< the server's

private:
    static gboolean look(gpointer self);

    ::VncConnection* m_vnc; ///< outlives this
    WindowLink& m_link;
    int m_silentLooks = 0; ///< since the input
    bool m_isTold = false;
    Source m_timer; ///< while something is to come
};

} // namespace console::helper
