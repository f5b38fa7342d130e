// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

namespace console::helper {

/// The shape of the guest's pointer on its way to the window. However often a guest changes it, the
/// window is told 60 times a second at most, and always the last one.
class CursorRelay {
public:
    CursorRelay(SpiceCursorChannel* channel, WindowLink& link, std::uint32_t screen);

private:
    enum class Look { Ordinary, Shape, Hidden };

    static void shapeChanged(GObject*, GParamSpec*, gpointer self);
    static void moved(SpiceCursorChannel*, gint x, gint y, gpointer self);
    static void hidden(SpiceCursorChannel*, gpointer self);
    static void reset(SpiceCursorChannel*, gpointer self);
    static gboolean tellTimer(gpointer self);
    void setLook(Look look);
    void tellSoon();
    void tell();
    void send(const SpiceCursorShape& shape);

    GObjectPtr<SpiceCursorChannel> m_channel;
    WindowLink& m_link;
    std::uint32_t m_screen;
    Look m_look = Look::Ordinary;
    bool m_isLookNew = false;
    bool m_hasShape = false; ///< since the last reset
    bool m_isMoved = false;
    std::int32_t m_x = 0;
    std::int32_t m_y = 0;
    gint64 m_lastTold = 0; ///< monotonic, microseconds
    Source m_timer;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
