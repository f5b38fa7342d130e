// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace vmm {

/// What is kept of the machine at the moment of a snapshot.
enum class SnapshotKind {
    Live, ///< disks and memory: reverting goes on where the guest was
    DiskOnly, ///< disks alone, of a machine that runs: reverting is like a power cut, then a boot
    Offline, ///< disks of a machine that was shut off
};

/// Where a snapshot keeps the disks.
enum class SnapshotPlace {
    Automatic, ///< asked for only: inside the disks if all of them can, else as layers
    Inside, ///< within the disk files: only qcow2 can
    Layer, ///< the files stay as they are; what is written from then on goes to new files on top
};

/// What goes with a snapshot that is deleted.
enum class SnapshotDeletion {
    Merge, ///< the one snapshot; what others need of it is merged into them
    WithChildren, ///< those taken after it, too
    MetadataOnly, ///< its entry alone: the images stay as they are
};

/// One snapshot of a machine. Names are unique within a machine.
struct SnapshotInfo {
    QString name {};
    QString description {};
    QString parent {}; ///< name of the snapshot it was made after; empty: none
    QDateTime created {}; ///< UTC
    SnapshotKind kind = SnapshotKind::Offline;
    bool isCurrent = false; ///< what the machine does now comes after this one
    SnapshotPlace place = SnapshotPlace::Inside;
    std::optional<Bytes> memorySize {}; ///< on disk; nothing: it has none, or it is not known
    /// What its disks occupy beyond those of the others, at most: so much deleting it frees.
    /// Nothing: not known.
    std::optional<Bytes> diskSize {};
    QString problem {}; ///< why it can't be reverted to; empty if it can

    bool operator==(const SnapshotInfo&) const = default;
};

/// What is asked for with a snapshot.
struct SnapshotRequest {
    QString name {}; ///< empty: one is made up from the time
    QString description {};
    bool withMemory = true; ///< of a running machine; ignored for one that is off
    bool quiesce = false; ///< have the guest agent freeze file systems; fails if there is none
    SnapshotPlace place = SnapshotPlace::Automatic;

    bool operator==(const SnapshotRequest&) const = default;
};

QString nameOf(SnapshotKind kind);
std::optional<SnapshotKind> snapshotKindFromString(const QString& name);
QString nameOf(SnapshotPlace place);
std::optional<SnapshotPlace> snapshotPlaceFromString(const QString& name);
QString nameOf(SnapshotDeletion deletion);
std::optional<SnapshotDeletion> snapshotDeletionFromString(const QString& name);

} // namespace vmm
