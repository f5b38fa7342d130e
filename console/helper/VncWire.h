// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/VncClientStream.h"
#include "console/helper/VncServerStream.h"

namespace console::helper {

/// From now on all that gvnc reads and sends goes through these, under TLS as well. gvnc (1.3) has
/// no such place of its own; its calls of GLib and GnuTLS are taken in their stead. To be called
/// between two messages. Null: gvnc is left alone again. One connection a process.
void followWire(VncServerStream* fromServer, VncClientStream* toServer);

} // namespace console::helper
