// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

namespace console::helper {

/// The shape of the guest's pointer on its way to the window.
class CursorRelay {
public:
    CursorRelay(SpiceCursorChannel* channel, WindowLink& link);

private:
    static void shapeChanged(GObject* channel, GParamSpec*, gpointer self);
    static void moved(SpiceCursorChannel*, gint x, gint y, gpointer self);
    static void hidden(SpiceCursorChannel*, gpointer self);
    void send(const SpiceCursorShape& shape);

    WindowLink& m_link;
    Connections m_signals;
};

} // namespace console::helper
