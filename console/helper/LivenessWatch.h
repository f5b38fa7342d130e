// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

namespace console::helper {

/// Notices a server that has stopped without hanging up. SPICE has no ping of the client's, but a
/// server answers every fourth motion of the pointer, and on a unix socket the kernel tells what
/// nobody has read; so it is noticed within seconds of the first input.
class LivenessWatch {
public:
    LivenessWatch(SpiceInputsChannel* inputs, WindowLink& link);

    void noteMotion() { ++m_unanswered; }

private:
    static gboolean look(gpointer self);
    bool isStuck();

    GObjectPtr<SpiceChannel> m_channel;
    WindowLink& m_link;
    gulong m_lastRead = 0; ///< bytes
    int m_unanswered = 0; ///< motions since the server last said anything on this channel
    int m_stuckLooks = 0;
    bool m_isTold = false;
    Source m_timer;
};

} // namespace console::helper
