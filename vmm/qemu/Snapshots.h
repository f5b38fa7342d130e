// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/Snapshot.h"
#include "vmm/qemu/Occupation.h"
#include "vmm/qemu/SnapshotStore.h"

#include <QObject>

#include <chrono>

namespace vmm {

class Core;
class ImageGuard;
class ImageTool;
class Images;
class Machine;
struct LayerMerge;

/// Snapshots of machines. Disks keep theirs inside (qcow2), or stay as they are while what is
/// written goes to a layer on top (DiskLayers); memory is a file beside. What belongs together, and
/// the definition of the time, is in the machine's folder (SnapshotStore). Whatever fails or dies
/// meanwhile, the machine is as it was, or is so again once tidyUp() has run.
///
/// Thread: that of the core.
class Snapshots : public QObject {
    Q_OBJECT

public:
    Snapshots(Core& core, Images& images, QObject* parent = nullptr);

    QVector<SnapshotInfo> list(const Machine& machine) const; ///< oldest first
    int count(const Machine& machine) const;
    QVector<SnapshotRecord> records(const Machine& machine) const;
    /// Its disks are of one time: no revert was interrupted and not undone yet. Errors: Busy.
    Result<void> checkSettled(const Machine& machine) const;

    /// Completes with the name. Memory is written while the guest stands still. Errors:
    /// AlreadyExists, InvalidConfig (name), HostLacksFeature (DiskNotSnapshottable: one that is no
    /// qcow2 is to keep it inside; GuestAgentMissing), WrongState, Busy, Io (DiskFull), Cancelled,
    /// those of QEMU.
    Future<QString> create(Machine& machine, const SnapshotRequest& request);

    /// An active machine is ended first. Everything that can be checked is checked before that.
    /// Should it fail later the disks, the definition and the NVRAM are as they were, and the
    /// machine is off. Errors: NotFound, WrongState (a disk lacks its part), Busy (ImageNeeded:
    /// an image stands on a disk), those of QEMU.
    Future<void> revert(Machine& machine, const QString& name);

    /// Snapshots that came after it come after its parent then. Of one of layers, what was written
    /// after it is merged into what it kept: that takes its time, tells its progress and can be
    /// cancelled; the snapshot is of no use then and can be deleted again. Errors: NotFound, Busy
    /// (ImageNeeded: what else stands on what it kept, by whom), Io (DiskFull), Cancelled,
    /// WrongState (the machine ended meanwhile).
    Future<void> remove(Machine& machine, const QString& name);

    /// Puts in order what an interrupted operation left; the machine has been taken up, if it still
    /// had a QEMU.
    Future<void> tidyUp(Machine& machine);

private:
    struct Job;
    using JobPtr = std::shared_ptr<Job>;

    Result<ImageTool*> tool() const;
    SnapshotStore storeOf(const Machine& machine) const;
    Result<SnapshotRecord> find(const Machine& machine, const QString& name) const;
    Result<SnapshotRecord> newRecord(const Machine& machine, const SnapshotRequest& request) const;
    Result<void> checkRevert(const Machine& machine, const SnapshotRecord& record);
    Future<void> takeActive(const JobPtr& job, bool quiesce);
    Future<void> takeOff(const JobPtr& job);
    Future<void> goBack(const JobPtr& job);
    Future<void> startFrom(const JobPtr& job);
    Future<void> rollBack(Machine& machine, const RevertJournal& journal);
    Future<void> keepPresent(const JobPtr& job);
    Future<void> nameLayers(const JobPtr& job);
    Result<void> checkRemoval(const Machine& machine, const SnapshotRecord& record);
    void describe(const Machine& machine, const SnapshotRecord& record, const ImageGuard* guard,
        SnapshotInfo& info) const;
    Future<void> dropUnfinished(Machine& machine, const SnapshotRecord& record);
    Future<void> dropGone(Machine& machine, const SnapshotRecord& record);
    Future<void> forget(Machine& machine, const Definition& definition, const QString& tag);
    Future<void> orLater(Machine& machine, const Future<void>& tidying);
    static constexpr std::chrono::seconds kFirstWait { 10 };
    void tidyLater(Machine& machine, std::chrono::seconds wait = kFirstWait);
    void rollBackLater(Machine& machine, const RevertJournal& journal,
        const OccupationHandle& occupation, std::chrono::seconds wait = kFirstWait);

    Result<void> checkRewritable(
        const Machine& machine, const ImageGuard& guard, const QString& path) const;

    // Layers (SnapshotLayers.cpp).
    QString whoseImage(const Machine& machine, const QString& path) const;
    Result<QVector<LayerMerge>> planMerges(const Machine& machine, const SnapshotRecord& record);
    Result<void> checkMerge(const Machine& machine, const SnapshotRecord& record,
        const ImageGuard& guard, const QString& below, const QString& layer);
    Future<void> mergeAll(Machine& machine, const QVector<LayerMerge>& merges,
        const std::shared_ptr<OccupationHandle>& occupation);
    Future<void> dissolve(Machine& machine, const SnapshotRecord& record,
        const std::shared_ptr<OccupationHandle>& occupation);
    Future<bool> isBeingDissolved(Machine& machine, const SnapshotRecord& record);
    Future<void> finishDissolving(Machine& machine, const SnapshotRecord& record);
    Future<void> nameForTakingBack(
        Machine& machine, const SnapshotRecord& record, const QVector<LayerMerge>& merges);
    Future<void> takeBackLayers(Machine& machine, const SnapshotRecord& record);
    Result<void> noteUnneeded(const Machine& machine, const Definition& definition);
    Result<void> dropUnneeded(const Machine& machine);

    Core& m_core;
    Images& m_images;
};

} // namespace vmm
