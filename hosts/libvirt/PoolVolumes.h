// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/StorageOperations.h"
#include "hosts/libvirt/DiskUse.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/Wanted.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

// Volumes by pool and name, as blocking functions for worker threads; see StorageOperations.h for
// what they mean and how they fail. (Volumes.h has the images of machines, by path.)

/// With who needs them, as far as the pool itself and the inventory tell. `width`: calls at a time
/// (Overlapped.h).
vmm::Result<QVector<VolumeInfo>> listVolumes(
    const Connection& connection, const QString& pool, const DiskUse& use, int width);
vmm::Result<Volume> findVolume(
    const Connection& connection, const QString& pool, const QString& name);
/// Source: virStorageVolCreateXML.
vmm::Result<void> createVolume(const Connection& connection, const CreateVolume& operation);
/// Source: virStorageVolResize.
vmm::Result<void> resizePoolVolume(
    const Connection& connection, const ResizeVolume& operation, const DiskUse& use);
/// Source: virStorageVolCreateXMLFrom, which can't be stopped: a copy that was cancelled is deleted
/// once it is there.
vmm::Result<void> cloneVolume(const Connection& connection, const CloneVolume& operation,
    const DiskUse& use, JobControl& control);
vmm::Result<void> deletePoolVolume(
    const Connection& connection, const DeleteVolume& operation, const Wanted& wanted);
/// Error: Busy (ImageNeeded) if a machine or an image of any pool needs it; see ImageUse.
vmm::Result<void> checkNeedless(const Connection& connection, const Volume& volume);

} // namespace hosts::libvirt
