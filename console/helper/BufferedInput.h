// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

namespace console::helper {

/// Reads a channel's socket 64 KiB at a time. spice-client-glib asks the kernel three times for
/// each message (is there one, its header, its body), and a screen that draws thousands of small
/// things a second spends more on that than on drawing. So GLib's connections get another input
/// stream here, which has a buffer.
///
/// A stream reads ahead only once it is told so: whoever reads a socket beside its stream (as GDBus
/// does) would miss what is in the buffer. Source: GIO 2.74, GIOStreamClass.get_input_stream.
class BufferedInput {
public:
    static void install(); ///< for the sockets that are connected from here on
    static void readAhead(GSocket* socket); ///< of a connection that was read from
    static bool wasReset(GSocket* socket); ///< reading found no end that its server had made
};

} // namespace console::helper
