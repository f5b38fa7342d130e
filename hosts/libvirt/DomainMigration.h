// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Migration.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"

namespace hosts::libvirt {

// Moving machines, as blocking functions for worker threads; see Migration.h.

/// `target` may be null for PeerToPeer: then its images must be there, or libvirt over there has to
/// know a pool for them. Source: virDomainMigrate3, virDomainMigrateToURI3.
vmm::Result<void> migrateMachine(const Connection& source, const Connection& target, VmId vm,
    const MigrationRequest& request, JobControl& control);

/// Source: virDomainGetJobStats.
vmm::Result<MigrationProgress> readMigration(const Connection& connection, VmId vm);

/// Source: virDomainMigrateStartPostCopy.
vmm::Result<void> switchToPostCopy(const Connection& connection, VmId vm);

} // namespace hosts::libvirt
