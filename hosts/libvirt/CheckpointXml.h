// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/SnapshotXml.h"
#include "vmm/base/Checkpoint.h"

namespace hosts::libvirt {

// Readers and writers of the XML of https://libvirt.org/formatcheckpoint.html and
// formatbackup.html. Pure.

/// `changed` is known if each of its disks has a size. Errors: InvalidConfig (DefinitionBroken).
vmm::Result<vmm::CheckpointInfo> parseCheckpoint(const QByteArray& xml);

/// Whether a disk can note what is written to it: QEMU keeps that in the image.
bool canNoteChanges(const SnapshotDisk& disk);

/// A checkpoint of those of `disks` that can; the others are named as left out.
QByteArray checkpointXml(const vmm::CheckpointRequest& request, const QVector<SnapshotDisk>& disks);

/// A backup that writes to files (push). `since`: what the increments among them are since.
QByteArray backupXml(const QVector<vmm::BackupFile>& files, const QString& since);

} // namespace hosts::libvirt
