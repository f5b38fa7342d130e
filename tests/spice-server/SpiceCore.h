// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <spice.h>

namespace tests::spice {

/// libspice-server's timers and watches on GLib's default main context.
SpiceCoreInterface& glibCore();

/// One line on standard output, flushed; from any thread.
void report(const char* format, ...) __attribute__((format(printf, 1, 2)));

} // namespace tests::spice
