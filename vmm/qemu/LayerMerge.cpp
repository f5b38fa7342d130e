// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/LayerMerge.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/BlockJob.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveDisks.h"
#include "vmm/qemu/QcowHeader.h"
#include "vmm/qemu/SnapshotStore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <unistd.h>

#include <algorithm>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(mergeLog, "vm.snapshot", QtInfoMsg)

/// What the steps of one merge share.
struct Merging {
    Core& core;
    Machine& machine;
    LayerMerge what;
    std::shared_ptr<OccupationHandle> occupation;
    LiveDisks live {};
    // Until both are so, somebody may need the layer.
    bool isFreeOfChildren = false;
    bool isUnnamed = false;

    QString path() const { return QDir::cleanPath(what.layer); }
    QString below() const { return QDir::cleanPath(what.below.sourcePath()); }
    bool isTop() const { return live.top(what.target) == path(); }
    bool isOpen() const { return live.disks.value(what.target).chain.contains(path()); }
};
using MergingPtr = std::shared_ptr<Merging>;

QString formatOf(const Disk& disk)
{
    return disk.format.isEmpty() ? QStringLiteral("raw") : disk.format;
}

Result<void> occupyStrictly(const MergingPtr& merging)
{
    if (!merging->occupation || !*merging->occupation)
        return {};
    const QString name = (*merging->occupation)->name;
    merging->occupation->reset();
    *merging->occupation = TRY(merging->machine.occupy(name, Occupies::Execution));
    return {};
}

void occupyAsBefore(const MergingPtr& merging)
{
    if (!merging->occupation || !*merging->occupation)
        return;
    const QString name = (*merging->occupation)->name;
    merging->occupation->reset();
    if (auto handle = merging->machine.occupy(name, Occupies::Structure))
        *merging->occupation = *handle;
}

Future<void> hold(const MergingPtr& merging)
{
    Machine* vm = &merging->machine;
    const Result<void> strict = occupyStrictly(merging);
    if (!strict)
        return async::failed<void>(strict.error());
    // It may be held already, by somebody who died in that moment.
    return vm->state() == VmState::Running ? vm->hold(StateReason::Snapshot)
                                           : async::ready<void>({});
}

Future<void> letGo(const MergingPtr& merging)
{
    Machine* vm = &merging->machine;
    const auto over = [merging](const Result<void>& done) {
        occupyAsBefore(merging);
        return done;
    };
    const bool isHeld = vm->isHeld() && isActive(vm->state());
    return async::transformed<void>(
        isHeld ? vm->letGoOn(StateReason::Snapshot) : async::ready<void>({}), vm, over);
}

Future<void> forgetNode(const MergingPtr& merging)
{
    const QString node = merging->live.nodes.value(merging->path());
    if (node.isEmpty() || node.startsWith(QLatin1Char('#')) || !isActive(merging->machine.state()))
        return async::ready<void>({});
    // One that nobody named is gone by itself.
    return async::transformed<void>(command(merging->machine, QStringLiteral("blockdev-del"),
                                        { { QStringLiteral("node-name"), node } }),
        &merging->machine, [](const Result<void>&) { return Result<void>(); });
}

/// What is to be known of a guest that is held because neither way could be gone.
Error heldFor(const MergingPtr& merging, const Error& why)
{
    Error error = why;
    error.detail = QStringLiteral("%1 is held, for its disk \"%2\" has changed its file and that "
                                  "can't be noted; delete the snapshot again to let it go on: %3")
                       .arg(merging->machine.name(), merging->what.target, why.detail);
    return error;
}

/// QEMU has brought the disk to the image below, but the definition can't be made to say so: the
/// layer, which still covers all that was merged, goes on top again. Fails in any case: as `why`.
Future<void> takeBack(const MergingPtr& merging, const Error& why)
{
    Machine* vm = &merging->machine;
    const Disk below = merging->what.below;
    const DiskLayer layer { merging->what.target, merging->what.layer };
    qCWarning(mergeLog).noquote() << vm->name() << "goes back to" << layer.path << "for"
                                  << why.toString();
    const Future<void> onTop = async::andThen(forgetNode(merging), vm,
        [vm, layer] { return putOnLayers(*vm, vm->runningDefinition(), { layer }); });
    const Future<void> named = async::andThen(onTop, vm, [merging, below, layer] {
        return renameInDefinitions(merging->core, merging->machine, below.sourcePath(),
            onLayer(below, layer.path)); // the running one may have been changed
    });
    return async::eitherWay(named, vm, [merging, why](const Result<void>& back) -> Future<void> {
        if (!back)
            return async::failed<void>(heldFor(merging, why));
        return async::eitherWay(letGo(merging), &merging->machine,
            [why](const Result<void>&) { return async::failed<void>(why); });
    });
}

Result<void> noteMerged(const MergingPtr& merging)
{
    return merging->what.noteMerged ? merging->what.noteMerged() : Result<void>();
}

/// QEMU has brought the disk to the image below; or it failed, and the disk is where it was.
Future<void> settle(const MergingPtr& merging, const Result<void>& done)
{
    // The guest must not write to what nobody knows it to be on.
    const bool isToBeNamed = done && merging->isTop();
    const Result<void> noted = isToBeNamed ? noteMerged(merging) : Result<void>();
    const Future<void> renamed = !noted ? async::failed<void>(noted.error())
        : isToBeNamed                   ? renameInDefinitions(
                                merging->core, merging->machine, merging->what.layer, merging->what.below)
                      : async::ready<void>({});
    return async::eitherWay(
        renamed, &merging->machine, [merging, done](const Result<void>& named) -> Future<void> {
            if (!named)
                return takeBack(merging, named.error());
            return async::eitherWay(
                letGo(merging), &merging->machine, [done](const Result<void>& went) {
                    return async::ready<void>(done ? went : done);
                });
        });
}

/// A job that has gone while nobody looked, or was cancelled a moment too late, may be through all
/// the same: the disks tell.
Future<void> settleByDisks(const MergingPtr& merging, const Result<void>& done)
{
    if (done)
        return settle(merging, done);
    return async::eitherWay(readLiveDisks(merging->machine), &merging->machine,
        [merging, done](const Result<LiveDisks>& live) {
            const QStringList chain
                = live ? live->disks.value(merging->what.target).chain : QStringList();
            const bool isThrough
                = chain.contains(merging->below()) && !chain.contains(merging->path());
            return settle(merging, isThrough ? Result<void>() : done);
        });
}

Future<void> commitLive(const MergingPtr& merging)
{
    Machine* vm = &merging->machine;
    const LiveDisks& live = merging->live;
    const QString target = merging->what.target;
    const BlockJob job { .id = kMergeJob + target,
        .command = QStringLiteral("block-commit"),
        .arguments = { { QStringLiteral("device"), live.disks.value(target).rootNode },
            { QStringLiteral("top-node"), live.nodes.value(merging->path()) },
            { QStringLiteral("base-node"), live.nodes.value(merging->below()) } },
        .image = merging->what.below.sourcePath(),
        .beforeCompletion = [merging] { return hold(merging); } };
    return async::eitherWay(runBlockJob(*vm, job), vm,
        [merging](const Result<void>& done) { return settleByDisks(merging, done); });
}

// Images of other branches; QEMU has seen to the one that it has open.
Future<void> moveChildren(const MergingPtr& merging)
{
    Steps steps(&merging->machine);
    for (const QString& child : std::as_const(merging->what.children)) {
        steps.add(child, [merging, child]() -> Future<void> {
            const Result<QcowHeader> header = QcowHeader::read(child);
            const QString below = merging->what.below.sourcePath();
            if (header && QDir::cleanPath(header->backingFile) == merging->below())
                return async::ready<void>({});
            return merging->core.images()->restOn(child, below, formatOf(merging->what.below));
        });
    }
    return steps.run();
}

Result<void> removeLayer(const QString& layer)
{
    if (::unlink(QFile::encodeName(layer)) != 0 && errno != ENOENT)
        return errnoError(layer, QStringLiteral("unlink"));
    return syncFolder(QFileInfo(layer).path());
}

bool namesImage(const Definition& definition, const QString& path)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    return std::any_of(disks.cbegin(), disks.cend(),
        [&path](const Disk& disk) { return QDir::cleanPath(disk.sourcePath()) == path; });
}

bool isNamed(const Machine& machine, const QString& path)
{
    const QVector<SnapshotRecord> records = SnapshotStore(machine.places().folder).records();
    return namesImage(machine.definition(), path)
        || std::any_of(records.cbegin(), records.cend(),
            [&path](const SnapshotRecord& record) { return namesImage(record.definition, path); });
}

/// The same, noted in one of the fields of `merging` if it succeeds.
Future<void> noting(bool& field, const MergingPtr& merging, const Future<void>& future)
{
    return async::transformed<void>(
        future, &merging->machine, [&field, merging](const Result<void>& done) {
            field = done.has_value();
            return done;
        });
}

/// What is below counts from now on.
Future<void> nameBelow(const MergingPtr& merging)
{
    if (const Result<void> noted = noteMerged(merging); !noted)
        return async::failed<void>(noted.error());
    return renameImage(merging->core, merging->machine, merging->what.layer, merging->what.below);
}

Future<void> mergeNow(const MergingPtr& merging)
{
    Machine* vm = &merging->machine;
    // What is below may have gone on without the layer. That nothing names it does not tell: the
    // disk may have been detached.
    const bool isThrough = !QFileInfo::exists(merging->what.layer)
        || (merging->what.isMerged && !isActive(vm->state()) && !isNamed(*vm, merging->path())
            && merging->what.children.isEmpty());
    // Somebody died between QEMU's last step and ours.
    const bool isBehind = isActive(vm->state()) && !merging->isOpen()
        && merging->live.disks.value(merging->what.target).chain.contains(merging->below());
    qCInfo(mergeLog).noquote() << vm->name() << "merges" << merging->what.layer << "into"
                               << merging->what.below.sourcePath();
    Steps steps(vm);
    if (isBehind || isThrough) {
        steps.add(QStringLiteral("settle"), [merging, vm] {
            return async::andThen(nameBelow(merging), vm, [merging, vm] {
                if (isActive(vm->state())) // its outcome is seen from the disks
                    (void)command(*vm, QStringLiteral("job-dismiss"),
                        { { QStringLiteral("id"), kMergeJob + merging->what.target } });
                return letGo(merging);
            });
        });
    } else if (merging->isOpen()) {
        steps.add(QStringLiteral("commit"), [merging] { return commitLive(merging); });
        steps.weighing(20);
    } else {
        steps.add(QStringLiteral("commit"),
            [merging] { return merging->core.images()->commit(merging->what.layer); });
        steps.weighing(20);
    }
    steps.commit();
    steps.add(QStringLiteral("node"), [merging] { return forgetNode(merging); });
    steps.add(QStringLiteral("children"),
        [merging] { return noting(merging->isFreeOfChildren, merging, moveChildren(merging)); });
    steps.add(QStringLiteral("names"),
        [merging] { return noting(merging->isUnnamed, merging, nameBelow(merging)); });
    steps.addNow(QStringLiteral("layer"), [merging] {
        return merging->isFreeOfChildren && merging->isUnnamed ? removeLayer(merging->what.layer)
                                                               : Result<void>();
    });
    return steps.run();
}

Result<void> renameInSnapshots(const SnapshotStore& store, const QString& path, const Disk& below)
{
    const QVector<SnapshotRecord> records = store.records();
    for (SnapshotRecord record : records) {
        const Definition renamed = withImageReplaced(record.definition, path, below);
        if (renamed.toXml() == record.definition.toXml())
            continue;
        record.definition = renamed;
        TRY(store.update(record));
    }
    return {};
}

} // namespace

Future<void> renameInDefinitions(
    Core& core, Machine& machine, const QString& path, const Disk& other)
{
    if (machine.process().isValid()) {
        const Definition running = withImageReplaced(machine.runningDefinition(), path, other);
        if (running.toXml() != machine.runningDefinition().toXml()) {
            if (const auto done = machine.setRunningDefinition(running); !done)
                return async::failed<void>(done.error());
        }
    }
    return core.change(machine.id(), [path, other](const Machine& vm) -> Result<Definition> {
        return withImageReplaced(vm.definition(), path, other);
    });
}

Future<void> renameImage(Core& core, Machine& machine, const QString& path, const Disk& below)
{
    return async::andThen(renameInDefinitions(core, machine, path, below), &machine,
        [folder = machine.places().folder, path, below] {
            return async::ready<void>(renameInSnapshots(SnapshotStore(folder), path, below));
        });
}

Future<void> mergeLayer(Core& core, Machine& machine, const LayerMerge& merge,
    const std::shared_ptr<OccupationHandle>& occupation)
{
    if (!core.images())
        return async::failed<void>(core.qemu().error());
    const auto merging = std::make_shared<Merging>(
        Merging { .core = core, .machine = machine, .what = merge, .occupation = occupation });
    if (!isActive(machine.state()))
        return mergeNow(merging);
    return async::andThen(readLiveDisks(machine), &machine, [merging](const LiveDisks& live) {
        merging->live = live;
        return mergeNow(merging);
    });
}

} // namespace vmm
