// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace console::helper {

/// Reads ahead of a unix socket, as recv() with MSG_DONTWAIT, without losing the descriptors that
/// come along. A server passes each with a byte of its own, for which spice-client-glib asks the
/// socket by recvmsg() (0.42, spice_channel_unix_read_fd). That byte is not among those returned:
/// it and its descriptor are handed out by the next recvmsg(), which in this program is ours.
/// Any thread.
ssize_t readKeepingDescriptors(int socket, void* out, std::size_t count);
/// Of a socket that is closed: another one may get its number. Any thread.
void dropDescriptors(int socket);

} // namespace console::helper
