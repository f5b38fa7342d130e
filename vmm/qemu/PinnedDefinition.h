// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"

namespace vmm {

class Machine;

/// What an active machine runs with, its machine type told exactly: "q35" may stand for another one
/// in the next QEMU, into which memory of this one would not fit. Source: QMP `qom-get /machine
/// type`.
Future<Definition> pinnedDefinition(Machine& machine);

} // namespace vmm
