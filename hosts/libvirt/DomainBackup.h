// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/BackupNotes.h"
#include "hosts/libvirt/JobRunner.h"
#include "vmm/base/Checkpoint.h"

namespace hosts::libvirt {

/// Backs a machine up; see hosts::BackUpMachine. Blocking, for worker threads. The files are made
/// beforehand, as volumes: libvirt would have increments stand on the disk itself, which goes on
/// changing. Completes when QEMU has written all. Source: virDomainBackupBegin(REUSE_EXTERNAL),
/// virDomainGetJobStats, virDomainAbortJob.
vmm::Result<vmm::BackupReport> backUp(
    const Connection& connection, VmId vm, const vmm::BackupRequest& request, JobControl& control);

/// Those that ended while nobody looked, unless it is known that the end was a good one. None while
/// one is under way: it may be theirs.
QVector<BackupNote> unseenBackups(const Subject& subject);

} // namespace hosts::libvirt
