// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

namespace console::helper {

/// Has a TCP connection break when its other end has not answered for half a minute: a computer
/// that lost its power, or a network that forgot the connection, says nothing, and left alone the
/// system finds out after hours. Nothing for other sockets.
void breakOnSilence(GSocket* socket);

/// Remembers an error of reading, if it is the network's and not the server's word.
void noteSocketError(const GError* error);
/// What `read(GError**)` does, with its error noted.
template <typename Read> gssize readNoted(GError** error, const Read& read)
{
    GError* found = nullptr;
    const gssize count = read(&found);
    if (found) {
        noteSocketError(found);
        g_propagate_error(error, found);
    }
    return count;
}
/// Whether one was noted. A server that answers by then has not ended the connection on purpose:
/// the way to it is another one, as after a change of the network. One connection a process.
bool isNetworkBroken();
/// Whether a socket was reset: a server that ends a connection on purpose closes it, unless there
/// is something of ours that it has not read.
bool isConnectionReset();

} // namespace console::helper
