// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

namespace vmm {

class Machine;

/// Source: QMP `set_link` on the card "net-INDEX".
Future<void> setLinkDown(Machine& machine, int card);

/// Has a machine that was loaded from another's memory become itself: its network cards are
/// unplugged and plugged in again with the addresses of its definition, and the agent sets the host
/// name. Does only what is not done yet. Completes when the guest has let go of the old cards; the
/// machine must be occupied until then. Errors: RefusedByGuest (it does not
/// let go within a minute), those of QMP; a missing agent is none.
Future<void> giveOwnIdentity(Machine& machine);

} // namespace vmm
