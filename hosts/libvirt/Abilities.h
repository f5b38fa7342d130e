// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"

namespace hosts::libvirt {

/// What this connection's driver does not offer, each with a reason in a sentence. libvirt has no
/// list of that, so the calls are made: those that only ask as they are, the others with a flag
/// that no version knows. A driver that has the call refuses the flag before it does anything; one
/// that lacks it answers VIR_ERR_NO_SUPPORT. They need a machine: one that is off, for nothing can
/// happen to it. Without one, what is missing shows when it is asked for (isLack). At most `width`
/// calls at a time. Blocking, for worker threads.
QHash<Feature, QString> readMissing(const Connection& connection, int width);

/// Whether an error says that the driver lacks the call itself, not that this machine can't.
bool isLack(const vmm::Error& error);
/// As a sentence for HostInfo::missing.
QString lackReason(const vmm::Error& error);

} // namespace hosts::libvirt
