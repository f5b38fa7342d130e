// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

namespace console::helper {

/// Has a TCP connection break when its other end has not answered for half a minute: a computer
/// that lost its power, or a network that forgot the connection, says nothing, and left alone the
/// system finds out after hours. Nothing for other sockets.
void breakOnSilence(GSocket* socket);

} // namespace console::helper
