// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"

#include <chrono>

namespace hosts::libvirt {

/// Which of these machines have had their QEMU's monitor occupied, and for how long. It asks
/// libvirt's own bookkeeping, not the QEMUs, so one that hangs delays nothing. Machines whose
/// monitor is free are not in it. Blocking, for worker threads; `width`: calls at a time
/// (Overlapped.h). Source: virDomainGetControlInfo.
QHash<VmId, std::chrono::milliseconds> findOccupied(
    const Connection& connection, const QVector<VmId>& vms, int width);

} // namespace hosts::libvirt
