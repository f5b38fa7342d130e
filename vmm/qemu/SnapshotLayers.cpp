// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots that keep the disks by putting layers on them: what deleting one means, and what is to
// be done about one that was left half made or half deleted.
#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/BlockJob.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/LayerMerge.h"
#include "vmm/qemu/LiveDisks.h"
#include "vmm/qemu/SnapshotJob.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace vmm {

namespace {

QString shown(const QString& snapshot)
{
    return QStringLiteral("snapshot \"%1\"").arg(snapshot);
}

bool names(const Definition& definition, const QString& path)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    return std::any_of(disks.cbegin(), disks.cend(), [&path](const Disk& disk) {
        return QDir::cleanPath(disk.sourcePath()) == QDir::cleanPath(path);
    });
}

Error stillNeeded(const QString& path, const QStringList& by)
{
    return { ErrorKind::Busy, path, by.join(QStringLiteral(", ")), ErrorCause::ImageNeeded };
}

std::optional<Disk> diskNamed(const Definition& definition, const QString& target)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    for (const Disk& disk : disks) {
        if (disk.target == target)
            return disk;
    }
    return std::nullopt;
}

} // namespace

QString Snapshots::whoseImage(const Machine& machine, const QString& path) const
{
    const QVector<SnapshotRecord> all = records(machine);
    for (const SnapshotRecord& record : all) {
        if (names(record.definition, path))
            return QStringLiteral("%1 of %2").arg(shown(record.name), machine.name());
    }
    const QVector<Machine*> machines = m_core.machines();
    for (const Machine* other : machines) {
        if (!other->problem() && names(other->definition(), path))
            return other == &machine ? QStringLiteral("what %1 does now").arg(machine.name())
                                     : other->name();
    }
    return path;
}

Result<QVector<LayerMerge>> Snapshots::planMerges(
    const Machine& machine, const SnapshotRecord& record)
{
    QVector<LayerMerge> merges;
    const ImageGuard guard = m_images.guard();
    const QVector<Disk> disks = disksToKeep(record.definition);
    for (const Disk& disk : disks) {
        const QString below = disk.sourcePath();
        QStringList above = guard.dependentsOf(below);
        QString layer = above.value(0);
        bool isMerged = false;
        for (const DiskLayer& known : record.layers) {
            if (!record.isDissolving || known.target != disk.target)
                continue;
            layer = known.path; // its children may stand on the image below already
            isMerged = known.isMerged;
        }
        if (layer.isEmpty())
            continue;
        if (!record.isDissolving && above.size() > 1) {
            for (QString& path : above)
                path = whoseImage(machine, path);
            return stillNeeded(below, above);
        }
        TRY(checkMerge(machine, record, guard, below, layer));
        merges.append({ .target = disk.target,
            .below = disk,
            .layer = layer,
            .children = guard.dependentsOf(layer),
            .isMerged = isMerged,
            .noteMerged = [store = storeOf(machine), id = record.id, target = disk.target] {
                return store.noteMerged(id, target);
            } });
    }
    if (!merges.isEmpty() && machine.hasSavedMemory())
        return Error { ErrorKind::WrongState, machine.name(), QStringLiteral("it has saved memory"),
            ErrorCause::SavedMemoryInTheWay };
    return merges;
}

Result<void> Snapshots::checkMerge(const Machine& machine, const SnapshotRecord& record,
    const ImageGuard& guard, const QString& below, const QString& layer)
{
    if (!isLayer(layer))
        return stillNeeded(below, { whoseImage(machine, layer) });
    QStringList others = guard.ownersOf(below, machine.id()) + guard.ownersOf(layer, machine.id());
    const QStringList children = guard.dependentsOf(layer);
    for (const QString& child : children) {
        if (!guard.isOwnedBy(child, machine.id())) // a file that no machine names: who knows whose
            others.append(child);
    }
    others.removeDuplicates();
    if (!others.isEmpty())
        return stillNeeded(layer, others);
    const QVector<SnapshotRecord> all = records(machine);
    for (const SnapshotRecord& other : all) {
        if (other.id != record.id && other.place == SnapshotPlace::Inside
            && names(other.definition, layer))
            return stillNeeded(layer, { whoseImage(machine, layer) });
    }
    return {};
}

Future<void> Snapshots::mergeAll(Machine& machine, const QVector<LayerMerge>& merges,
    const std::shared_ptr<OccupationHandle>& occupation)
{
    Steps steps(this);
    for (const LayerMerge& merge : merges) {
        steps.add(merge.target, [this, vm = &machine, merge, occupation] {
            return mergeLayer(m_core, *vm, merge, occupation);
        });
    }
    return steps.run();
}

Future<void> Snapshots::dissolve(Machine& machine, const SnapshotRecord& record,
    const std::shared_ptr<OccupationHandle>& occupation)
{
    const Result<QVector<LayerMerge>> merges = planMerges(machine, record);
    if (!merges)
        return async::failed<void>(merges.error());
    if (merges->isEmpty())
        return async::ready<void>({});
    SnapshotRecord marked = record;
    marked.isDissolving = true;
    marked.layers.clear();
    for (const LayerMerge& merge : *merges)
        marked.layers.append({ merge.target, merge.layer, merge.isMerged });
    if (const Result<void> noted = storeOf(machine).update(marked); !noted)
        return async::failed<void>(noted.error());
    return mergeAll(machine, *merges, occupation);
}

Result<void> Snapshots::dropUnneeded(const Machine& machine)
{
    const SnapshotStore store = storeOf(machine);
    QStringList paths = store.unneeded();
    if (paths.isEmpty())
        return {};
    while (!paths.isEmpty()) {
        const QString path = paths.takeFirst();
        if (!isLayer(path) || !QFileInfo::exists(path))
            continue;
        const ImageGuard guard = m_images.guard(); // anew: what was deleted needs nothing any more
        const bool isNeeded = !guard.dependentsOf(path).isEmpty() || !guard.ownersOf(path).isEmpty()
            || (machine.process().isValid() && names(machine.runningDefinition(), path));
        if (isNeeded)
            continue;
        const ChainReading reading = m_images.chains().read(path, QStringLiteral("qcow2"));
        if (reading.chain.size() > 1)
            paths.append(reading.chain.at(1).path);
        if (!QFile::remove(path))
            return Error { ErrorKind::Io, path, QStringLiteral("can't be removed") };
        TRY(syncFolder(QFileInfo(path).path()));
    }
    return store.setUnneeded({});
}

Result<void> Snapshots::noteUnneeded(const Machine& machine, const Definition& definition)
{
    const SnapshotStore store = storeOf(machine);
    QStringList paths = store.unneeded();
    const QVector<Disk> disks = definition.devices<Disk>();
    for (const Disk& disk : disks) {
        if (isLayer(disk.sourcePath()) && !paths.contains(disk.sourcePath()))
            paths.append(disk.sourcePath());
    }
    return paths.isEmpty() ? Result<void>() : store.setUnneeded(paths);
}

Future<void> Snapshots::takeBackLayers(Machine& machine, const SnapshotRecord& record)
{
    QVector<LayerMerge> merges;
    for (const DiskLayer& layer : record.layers) {
        const std::optional<Disk> below = diskNamed(record.definition, layer.target);
        if (below && QFileInfo::exists(layer.path))
            merges.append({ .target = layer.target,
                .below = *below,
                .layer = layer.path,
                .isMerged = layer.isMerged,
                .noteMerged = [store = storeOf(machine), id = record.id, target = layer.target] {
                    return store.noteMerged(id, target);
                } });
    }
    // Holds it against everybody, unless the one whose failure this is does so already.
    const auto occupation = std::make_shared<OccupationHandle>();
    if (!machine.occupation()) {
        if (auto handle = machine.occupy(QStringLiteral("snapshot"), Occupies::Execution))
            *occupation = *handle;
    }
    const auto held = std::make_shared<OccupationHandle>(); // mergeLayer needs none of its own
    const Future<void> named
        = record.isDissolving ? async::ready<void>({}) : nameForTakingBack(machine, record, merges);
    const Future<void> merged = async::andThen(
        named, this, [this, vm = &machine, merges, held] { return mergeAll(*vm, merges, held); });
    return async::transformed<void>(merged, this, [occupation](const Result<void>& done) {
        occupation->reset();
        return done;
    });
}

// The guest may have written to the layers, so that they count until they are merged; once they
// are, they must not be merged again. Both is told by whether the definitions name them.
Future<void> Snapshots::nameForTakingBack(
    Machine& machine, const SnapshotRecord& record, const QVector<LayerMerge>& merges)
{
    Machine* vm = &machine;
    SnapshotRecord marked = record;
    marked.isDissolving = true;
    const auto mark = [store = storeOf(machine), marked] {
        return async::ready<void>(store.updateUnfinished(marked));
    };
    if (merges.isEmpty())
        return async::ready<void>({});
    const Future<LiveDisks> live
        = isActive(machine.state()) ? readLiveDisks(machine) : async::ready<LiveDisks>(LiveDisks());
    const bool isOff = !isActive(machine.state());
    return async::andThen(live, this, [this, vm, merges, mark, isOff](const LiveDisks& disks) {
        Steps steps(this);
        for (const LayerMerge& merge : merges) {
            if (!isOff && disks.top(merge.target) != QDir::cleanPath(merge.layer))
                continue; // QEMU never came to it
            steps.add(merge.target, [this, vm, merge] {
                return renameInDefinitions(
                    m_core, *vm, merge.below.sourcePath(), onLayer(merge.below, merge.layer));
            });
        }
        steps.add(QStringLiteral("mark"), mark);
        return steps.run();
    });
}

Future<bool> Snapshots::isBeingDissolved(Machine& machine, const SnapshotRecord& record)
{
    if (!isActive(machine.state()))
        return async::ready<bool>(false);
    return async::andThen(
        blockJobs(machine), this, [this, vm = &machine, record](const QStringList& jobs) {
            for (const DiskLayer& layer : record.layers) {
                if (jobs.contains(kMergeJob + layer.target))
                    return async::ready<bool>(true);
            }
            return async::transformed<bool>(
                readLiveDisks(*vm), this, [record](const Result<LiveDisks>& live) -> Result<bool> {
                    if (!live)
                        return live.error();
                    bool isBehind = false;
                    for (const DiskLayer& layer : record.layers) {
                        const QStringList chain = live->disks.value(layer.target).chain;
                        const auto below = diskNamed(record.definition, layer.target);
                        isBehind = isBehind
                            || (below && QFileInfo::exists(layer.path)
                                && !chain.contains(QDir::cleanPath(layer.path))
                                && chain.contains(QDir::cleanPath(below->sourcePath())));
                    }
                    return isBehind;
                });
        });
}

Future<void> Snapshots::finishDissolving(Machine& machine, const SnapshotRecord& record)
{
    return async::andThen(isBeingDissolved(machine, record), this,
        [this, vm = &machine, name = record.name](
            bool isUnderWay) { return isUnderWay ? remove(*vm, name) : async::ready<void>({}); });
}

} // namespace vmm
