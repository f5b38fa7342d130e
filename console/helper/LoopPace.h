// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

namespace console::helper {

/// Gives the main loop a slower pace while very many small messages come: a server sends thousands
/// a second, each in a packet of its own, and waking for each costs more than drawing it. A nap of
/// four milliseconds before waiting lets them gather, and between two of them the other sources are
/// looked at once in a millisecond. What is rare is answered at once as before.
class LoopPace {
public:
    static void install(); ///< in the default main context
    static void note(); ///< a message came

private:
    static gint wait(GPollFD* descriptors, guint count, gint timeoutMs);
};

} // namespace console::helper
