// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/Screenshot.h"

namespace vmm {

class Machine;

/// What the screen of an active machine shows. QEMU writes it uncompressed (about 3 ms a megapixel;
/// PNG would hold the guest up for seven times as long) into a file of the runtime folder; another
/// thread reads, deletes, shrinks and encodes it. Errors: WrongState, HostLacksFeature (no screen),
/// what QMP says. Source: QMP `screendump` (QEMU >= 0.14; checked against 7.2).
Future<Screenshot> takeScreenshot(Machine& machine, int maxWidth, int maxHeight);

} // namespace vmm
