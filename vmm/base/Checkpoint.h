// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace vmm {

/// A moment from which on a machine's disks note what is written to them, so that a backup can take
/// that alone. It keeps no data, and there is no way back to it. Names are unique within a machine.
struct CheckpointInfo {
    QString name {};
    QString description {};
    QString parent {}; ///< name of the one before it; empty: none
    QDateTime created {}; ///< UTC
    QStringList disks {}; ///< targets of those that note their changes since then: "vda"
    /// What a backup since then would take. Nothing: not known, as of a machine that is off.
    std::optional<Bytes> changed {};
    QString problem {}; ///< why no backup can be made since then; empty if one can

    bool operator==(const CheckpointInfo&) const = default;
};

/// What is asked for with a checkpoint.
struct CheckpointRequest {
    QString name {}; ///< empty: one is made up from the time
    QString description {};

    bool operator==(const CheckpointRequest&) const = default;
};

/// What goes with a checkpoint that is deleted.
enum class CheckpointDeletion {
    Merge, ///< what its disks noted goes to the one before it
    MetadataOnly, ///< its entry alone: what the disk images keep of it stays in them
};

/// What a backup is to take, and where to.
struct BackupRequest {
    QString folder {}; ///< of the host, absolute; it has to be there
    QString since {}; ///< a checkpoint: only what changed after it; empty: everything
    QString checkpoint {}; ///< makes this one at the moment of the backup; empty: none
    bool quiesce = false; ///< have the guest agent freeze file systems for that moment

    bool operator==(const BackupRequest&) const = default;
};

/// One file of a backup: a qcow2 image.
struct BackupFile {
    QString target {}; ///< of the disk: "vda"
    QString path {};
    bool isIncrement = false; ///< only what changed; worth nothing without those before it
    QString standsOn {}; ///< path of the one before it; empty: none, or it was not in the folder

    bool operator==(const BackupFile&) const = default;
};

struct BackupReport {
    QVector<BackupFile> files {};
    QString checkpoint {}; ///< that was made

    bool operator==(const BackupReport&) const = default;
};

QString nameOf(CheckpointDeletion deletion);
std::optional<CheckpointDeletion> checkpointDeletionFromString(const QString& name);

} // namespace vmm
