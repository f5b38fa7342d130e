// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"
#include "vmm/base/Checkpoint.h"

/// What can be asked of a host about checkpoints and backups; see Operations.h.
namespace hosts {

struct ListCheckpoints {
    using Reply = QVector<vmm::CheckpointInfo>; ///< oldest first
    static constexpr Feature kFeature = Feature::Checkpoints;
    VmId vm {};
    bool operator==(const ListCheckpoints&) const = default;
};

/// Of a machine that runs or is paused; its qcow2 disks note their changes from then on, others
/// can't. Errors: WrongState (MachineMustRun), AlreadyExists, HostLacksFeature
/// (DiskKeepsNoCheckpoints: none of its disks can).
struct CreateCheckpoint {
    using Reply = QString; ///< its name
    static constexpr Feature kFeature = Feature::Checkpoints;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    vmm::CheckpointRequest request {};
    bool operator==(const CreateCheckpoint&) const = default;
};

/// Backups since the others can still be made. Errors: WrongState (MachineMustRun; not for
/// MetadataOnly), Io (CheckpointBroken).
struct DeleteCheckpoint {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Checkpoints;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString name {};
    vmm::CheckpointDeletion deletion = vmm::CheckpointDeletion::Merge;
    bool operator==(const DeleteCheckpoint&) const = default;
};

/// Writes the disks of a machine that runs or is paused to new files, as they are at the moment at
/// which it begins; disks that can't note changes are taken as a whole each time. The files are
/// called MACHINE-DISK@CHECKPOINT.qcow2, after the time if no checkpoint is made with it; an
/// increment stands on the file of the checkpoint that it is since, if that is in the folder.
/// Failed or cancelled, neither files nor checkpoint are left. Errors: WrongState (MachineMustRun),
/// Busy (BackupUnderWay), NotFound (FolderMissing; no such checkpoint), AlreadyExists, Io
/// (DiskFull, CheckpointBroken), RefusedByGuest (quiesce without an agent), ProcessFailed.
struct BackUpMachine {
    using Reply = vmm::BackupReport;
    static constexpr Feature kFeature = Feature::Backup;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    vmm::BackupRequest request {};
    bool operator==(const BackUpMachine&) const = default;
};

} // namespace hosts
