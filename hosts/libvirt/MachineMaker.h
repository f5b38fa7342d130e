// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/NewMachine.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

/// Makes a machine on a host, from what a user asked for. Checks all of it first; then makes the
/// disk, if any, as a volume of the storage pool that was asked for (else of "default", else of the
/// first active one that is a folder), then defines the machine; deletes the volume again if the
/// definition is refused. Blocking, for worker threads. Errors: those of vmm::buildDefinition;
/// HostLacksFeature (no pool that takes images); NotFound and WrongState (of the pool that was
/// asked for), NotFound (of the network); AlreadyExists (NameInUse, or a volume of that name; it is
/// never overwritten). Source: virStorageVolCreateXML, virDomainDefineXMLFlags.
vmm::Result<VmId> makeMachine(const Connection& connection, const vmm::NewMachine& machine);

} // namespace hosts::libvirt
