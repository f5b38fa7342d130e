// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"
#include "vmm/base/Snapshot.h"
#include "vmm/definition/Definition.h"

#include <QString>
#include <QVector>

#include <optional>

namespace vmm {

/// A file that takes what is written to a disk from some moment on.
struct DiskLayer {
    QString target {}; ///< vda
    QString path {};
    /// Of a snapshot that is being deleted: the image below holds all of it, so that it is out of
    /// date once nothing names it any more.
    bool isMerged = false;

    bool operator==(const DiskLayer&) const = default;
};

/// One snapshot as it is kept.
struct SnapshotRecord {
    QString id {}; ///< its folder's name; the disks know it as "vd-ID"
    QString name {};
    QString description {};
    QString parentId {}; ///< empty: made first
    QDateTime created {};
    SnapshotKind kind = SnapshotKind::Offline;
    SnapshotPlace place = SnapshotPlace::Inside;
    /// Of a Layer: where what is written after it went when it was taken.
    QVector<DiskLayer> layers {};
    /// Its deletion was begun: what it kept is being overwritten by what came after it.
    bool isDissolving = false;
    bool isPaused = false; ///< the guest was paused when it was taken, so it is when it comes back
    Definition definition {}; ///< of that time

    QString tag() const { return QStringLiteral("vd-") + id; }
};

/// What a revert needs to be undone by whoever finds it unfinished.
struct RevertJournal {
    static constexpr QLatin1StringView kBeforeTag { "vd-before-" };

    QString tag {}; ///< under which the disks were kept before: kBeforeTag and something unique
    QString snapshotId {}; ///< to which it goes back
    QString previousId {}; ///< snapshot that was current
    QString xml {}; ///< stored definition before
    QVector<DiskLayer> layers {}; ///< made for it, instead of a tag
};

/// The snapshots of one machine, in its folder's snapshots/:
///   ID/         whole: snapshot.json, domain.xml, for a live one `memory`, NVRAM files
///   .new-ID/    being made: what the disks hold under its tag is worth nothing
///   .gone-ID/   deleted: the disks may still hold its tag
///   current     ID of the one that the machine's present follows
///   reverting   RevertJournal of a revert that is not through
///   unneeded    files that are to be deleted, unless somebody needs them after all
/// Every step from one to the other is one rename. Blocks for a few small files.
class SnapshotStore {
public:
    explicit SnapshotStore(QString machineFolder)
        : m_machine(std::move(machineFolder))
        , m_folder(m_machine + QStringLiteral("/snapshots"))
    {
    }

    bool isEmpty() const; ///< quick: there never was one
    /// Oldest first; those that can't be read are left out.
    QVector<SnapshotRecord> records() const;
    QString currentId() const;
    Result<void> setCurrentId(const QString& id) const;

    // Making one.
    Result<void> begin(const SnapshotRecord& record) const;
    Result<FileDescriptor> makeMemoryFile(const QString& id) const; ///< of one that is being made
    Result<void> keepNvram(const QString& id) const; ///< the machine's, of now
    Result<void> commit(const QString& id) const; ///< syncs all; may take long
    Result<void> uncommit(const QString& id) const; ///< it is being made again
    Result<void> abandon(const QString& id) const;
    QVector<SnapshotRecord> unfinished() const;
    Result<void> updateUnfinished(const SnapshotRecord& record) const;

    // Deleting one.
    Result<void> setParent(const QString& id, const QString& parentId) const;
    Result<void> update(const SnapshotRecord& record) const; ///< of a whole one
    Result<void> noteMerged(const QString& id, const QString& target) const; ///< or an unfinished
    QStringList unneeded() const;
    Result<void> setUnneeded(const QStringList& paths) const;
    Result<void> markGone(const QString& id) const;
    Result<void> removeGone(const QString& id) const;
    QVector<SnapshotRecord> gone() const;

    // Going back to one.
    QString memoryFile(const QString& id) const;
    Result<void> restoreNvram(const QString& id) const; ///< keeps what it replaces
    Result<void> bringNvramBack() const;
    void forgetOldNvram() const;
    std::optional<RevertJournal> journal() const;
    Result<void> writeJournal(const RevertJournal& journal) const;
    Result<void> removeJournal() const;

private:
    QString place(const QString& prefix, const QString& id) const;
    Result<void> writeRecord(const QString& folder, const SnapshotRecord& record) const;
    static Result<SnapshotRecord> readRecord(const QString& folder, const QString& id);
    QVector<SnapshotRecord> recordsIn(const QString& prefix) const;
    QStringList nvramFiles(const QString& folder) const;

    QString m_machine;
    QString m_folder;
};

} // namespace vmm
