// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/CheckpointXml.h"
#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/OperationHandles.h"

namespace hosts::libvirt {

// Checkpoints of machines. Blocking, for worker threads. Errors of all: NotFound, HostLacksFeature,
// what libvirt says; see BackupOperations.h.

/// Oldest first, with what was written since each if the machine is active: libvirt asks its QEMU.
/// Source: virDomainListAllCheckpoints, virDomainCheckpointGetXMLDesc(SIZE).
vmm::Result<QVector<vmm::CheckpointInfo>> listCheckpoints(const Connection& connection, VmId vm);

/// Source: virDomainCheckpointCreateXML.
vmm::Result<QString> createCheckpoint(
    const Connection& connection, VmId vm, const vmm::CheckpointRequest& request);

/// Source: virDomainCheckpointDelete.
vmm::Result<void> deleteCheckpoint(
    const Connection& connection, VmId vm, const QString& name, vmm::CheckpointDeletion deletion);

// For backups and snapshots:

/// Errors: WrongState (MachineMustRun).
vmm::Result<void> checkRuns(const Subject& subject);
/// Whether there are any; no if the driver has none.
bool hasCheckpoints(const Subject& subject);
vmm::Result<DomainCheckpoint> findCheckpoint(const Subject& subject, const QString& name);
/// Errors: AlreadyExists, HostLacksFeature (DiskKeepsNoCheckpoints).
vmm::Result<QByteArray> xmlOfNewCheckpoint(const Subject& subject,
    const vmm::CheckpointRequest& request, const QVector<SnapshotDisk>& disks);

} // namespace hosts::libvirt
