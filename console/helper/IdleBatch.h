// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace console::helper {

/// Runs the idle functions that other idle functions add in the same turn of the main loop, for a
/// millisecond at most. spice-client-glib tells of each thing that is drawn by an idle function and
/// draws the next one only after it, so a screen that draws thousands of small things a second
/// spends more on turns of the loop than on drawing.
///
/// g_idle_add stands before GLib's own of the same name for that; what it returns can be removed as
/// ever. Source: GLib 2.74, spice-client-glib 0.42 (gio-coroutine.c).
class IdleBatch {
public:
    static void install(); ///< for the default main context, which this thread runs
};

} // namespace console::helper
