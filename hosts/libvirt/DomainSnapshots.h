// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/SnapshotXml.h"

namespace hosts::libvirt {

// Snapshots of machines. Blocking, for worker threads. Errors of all: NotFound, HostLacksFeature,
// what libvirt says.

/// Oldest first, with what keeps each from being reverted to. Source: virDomainListAllSnapshots, or
/// virDomainSnapshotListNames where the driver has no more.
vmm::Result<QVector<vmm::SnapshotInfo>> listSnapshots(const Connection& connection, VmId vm);

/// Internal where that can be and nothing else is asked for, external otherwise. Errors: also
/// AlreadyExists, HostLacksFeature (DiskNotSnapshottable), WrongState (SavedMemoryInTheWay).
/// Source: virDomainSnapshotCreateXML.
vmm::Result<QString> createSnapshot(const Connection& connection, VmId vm,
    const vmm::SnapshotRequest& request, JobControl& control);

/// What was saved of its memory is discarded. Errors: also Busy (ImageNeeded) if others need the
/// images that an internal one would take back. Source: virDomainRevertToSnapshot; an external one,
/// which libvirt before 9.9 can't revert to, is reverted to by ourselves (ExternalSnapshots.h).
vmm::Result<void> revertSnapshot(
    const Connection& connection, VmId vm, const QString& name, JobControl& control);

/// Source: virDomainSnapshotDelete; external ones, which libvirt before 9.9 can't delete, are
/// merged by ourselves.
vmm::Result<void> deleteSnapshot(const Connection& connection, VmId vm, const QString& name,
    vmm::SnapshotDeletion deletion, JobControl& control);

// For ExternalSnapshots.cpp:

vmm::Result<QVector<SnapshotRecord>> readSnapshots(const Subject& subject);
vmm::Result<DomainSnapshot> findSnapshot(const Subject& subject, const QString& name);
/// For the name of a file that shall be nobody else's.
QString randomWord();

} // namespace hosts::libvirt
