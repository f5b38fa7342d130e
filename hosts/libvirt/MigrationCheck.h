// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Migration.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

/// What is in the way of moving a machine to `target`, as far as both sides tell: nothing is tried.
/// Blocking, for worker threads. Errors: NotFound, what libvirt says of the source.
/// Source: virConnectCompareHypervisorCPU, virConnectGetDomainCapabilities, the lists of both.
vmm::Result<QVector<MigrationObstacle>> findObstacles(
    const Connection& source, const Connection& target, VmId vm, const MigrationRequest& request);

} // namespace hosts::libvirt
