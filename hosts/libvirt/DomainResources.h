// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

// How much of memory, CPUs and disk a machine has: while it runs, and stored; of one that is off,
// stored alone. Blocking, for worker threads. Errors of all: NotFound, InvalidConfig (beyond what
// it can have), what libvirt says.

/// Completes when the balloon was asked. Source: virDomainSetMemoryFlags.
vmm::Result<void> setMemory(const Connection& connection, VmId vm, vmm::Bytes memory);

/// Errors: also RefusedByGuest. Source: virDomainSetVcpusFlags.
vmm::Result<void> setVcpus(const Connection& connection, VmId vm, int count);

/// Source: virDomainBlockResize of one that runs, else virStorageVolResize.
vmm::Result<void> resizeDisk(
    const Connection& connection, VmId vm, const QString& target, vmm::Bytes size);

} // namespace hosts::libvirt
