// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/JobRunner.h"
#include "vmm/base/CloneRequest.h"

namespace hosts::libvirt {

/// Makes a machine like another that is off: name, UUID, MACs and UEFI variables of its own, disks
/// as copies (Full) or as overlays (Linked) beside the originals; a TPM begins anew. All or
/// nothing: what was made of the disks is deleted again. Blocking, for worker threads. Errors:
/// AlreadyExists (NameInUse), WrongState (it is active, or was started meanwhile), HostLacksFeature
/// (Instant, a disk that is no file), Cancelled. Source: virStorageVolCreateXMLFrom,
/// virStorageVolCreateXML, virDomainDefineXMLFlags.
vmm::Result<VmId> cloneDomain(
    const Connection& connection, VmId vm, const vmm::CloneRequest& request, JobControl& control);

} // namespace hosts::libvirt
