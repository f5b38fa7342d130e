// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of snapshot operations that failed or were interrupted.
#include "vmm/base/Background.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/SnapshotJob.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

#include <chrono>

namespace vmm {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(snapshotLog, "vm.snapshot", QtInfoMsg)

constexpr std::chrono::seconds kLongestWait = 10min;

/// The disks that nothing was merged into: what was is the present of a disk, which may belong to
/// no machine just now.
Definition withoutMerged(const SnapshotStore& store, const SnapshotRecord& record)
{
    Definition definition = record.definition;
    QStringList targets;
    const QVector<SnapshotRecord> all = store.gone();
    for (const SnapshotRecord& gone : all) {
        if (gone.id != record.id || !gone.isDissolving)
            continue;
        for (const DiskLayer& layer : gone.layers)
            targets.append(layer.target);
    }
    const QVector<Disk> disks = definition.devices<Disk>();
    for (qsizetype i = disks.size() - 1; i >= 0; --i) {
        if (targets.contains(disks.at(i).target))
            definition.removeDevice<Disk>(static_cast<int>(i));
    }
    return definition;
}

} // namespace

Future<void> Snapshots::dropUnfinished(Machine& machine, const SnapshotRecord& record)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<void>(found.error());
    if (record.place == SnapshotPlace::Layer)
        return async::andThen(
            takeBackLayers(machine, record), this, [store = storeOf(machine), id = record.id] {
                return async::ready<void>(store.abandon(id));
            });
    // Its folder goes last: as long as a disk holds the tag, somebody must know.
    return async::andThen(dropTag(machine, **found, record.definition, record.tag()), this,
        [store = storeOf(machine), id = record.id] {
            return async::ready<void>(store.abandon(id));
        });
}

Future<void> Snapshots::dropGone(Machine& machine, const SnapshotRecord& record)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<void>(found.error());
    const auto removeFolder = [store = storeOf(machine), id = record.id] {
        return inBackground<void>([store, id] { return store.removeGone(id); });
    };
    if (record.place == SnapshotPlace::Layer) {
        Result<void> dropped = noteUnneeded(machine, withoutMerged(storeOf(machine), record));
        if (dropped)
            dropped = dropUnneeded(machine);
        return dropped ? removeFolder() : async::failed<void>(dropped.error());
    }
    return async::andThen(
        dropTag(machine, **found, record.definition, record.tag()), this, removeFolder);
}

// On a full disk there is no room even for the note that something is no more.
Future<void> Snapshots::orLater(Machine& machine, const Future<void>& tidying)
{
    return async::transformed<void>(
        tidying, this, [this, vm = QPointer(&machine)](const Result<void>& done) {
            if (!done && vm) {
                qCWarning(snapshotLog).noquote()
                    << vm->name() << "is put in order later:" << done.error().toString();
                tidyLater(*vm);
            }
            return done;
        });
}

// A QEMU that could not write that it has forgotten something does not forget it again: then it is
// done once the machine is off.
void Snapshots::tidyLater(Machine& machine, std::chrono::seconds wait)
{
    auto* attempt = new QTimer(&machine);
    attempt->setSingleShot(true);
    const auto tryNow = [this, attempt, wait, vm = &machine] {
        // Nor one that is held by now, for whatever reason: tidying up lets guests go on.
        if (vm->occupation() || vm->state() == VmState::Paused)
            return attempt->start(kFirstWait);
        attempt->deleteLater();
        async::onFinished(
            tidyUp(*vm), this, [this, vm = QPointer(vm), wait](const Result<void>& done) {
                if (!done && vm)
                    tidyLater(*vm, std::min(2 * wait, kLongestWait));
            });
    };
    connect(attempt, &QTimer::timeout, this, tryNow);
    connect(&machine, &Machine::stateChanged, attempt, [attempt](VmState, VmState to) {
        if (!isActive(to))
            attempt->start(0);
    });
    attempt->start(wait);
}

// Until then nobody else may have the machine: what its disks hold is neither what it was nor what
// it was to be.
void Snapshots::rollBackLater(Machine& machine, const RevertJournal& journal,
    const OccupationHandle& occupation, std::chrono::seconds wait)
{
    qCWarning(snapshotLog).noquote() << machine.name() << "is rolled back later";
    const auto tryNow = [this, vm = QPointer(&machine), journal, occupation, wait] {
        if (!vm)
            return;
        async::onFinished(rollBack(*vm, journal), this,
            [this, vm, journal, held = OccupationHandle(occupation), wait](
                const Result<void>& done) mutable {
                if (!done && vm)
                    rollBackLater(*vm, journal, held, std::min(2 * wait, kLongestWait));
                held.reset();
                if (vm)
                    Q_EMIT vm->statusChanged();
            });
    };
    QTimer::singleShot(wait, this, tryNow);
}

Future<void> Snapshots::tidyUp(Machine& machine)
{
    const SnapshotStore store = storeOf(machine);
    if (store.isEmpty() || !tool())
        return async::ready<void>({});
    Machine* vm = &machine;
    const QVector<SnapshotRecord> unfinished = store.unfinished();
    const QVector<SnapshotRecord> gone = store.gone();
    const std::optional<RevertJournal> journal = store.journal();
    if (!journal)
        store.forgetOldNvram(); // of a revert that was through
    QVector<SnapshotRecord> dissolving = store.records();
    dissolving.removeIf([](const SnapshotRecord& record) { return !record.isDissolving; });
    const bool hasUnneeded = !store.unneeded().isEmpty();
    QStringList left;
    if (!machine.problem() && !journal)
        left = tagsLike(machine.definition(), RevertJournal::kBeforeTag);
    if (unfinished.isEmpty() && gone.isEmpty() && !journal && left.isEmpty() && dissolving.isEmpty()
        && !hasUnneeded)
        return async::ready<void>({});
    qCInfo(snapshotLog).noquote() << machine.name() << "had a snapshot operation under way";
    // Nobody may start what is half gone back, nor what qemu-img is at.
    const QString purpose = journal ? QStringLiteral("revert") : QStringLiteral("snapshot");
    OccupationHandle held;
    if (journal || !isActive(machine.state()))
        held = machine.occupyIfFree(purpose);
    Steps steps(this, m_core.watch("put snapshots in order"));
    steps.commit(); // each is tried
    if (journal)
        steps.add(
            QStringLiteral("revert"), [this, vm, journal] { return rollBack(*vm, *journal); });
    for (const SnapshotRecord& record : unfinished) {
        if (record.kind == SnapshotKind::Live && machine.state() == VmState::Paused) {
            steps.add(QStringLiteral("end writing"), [vm] { return endWriting(*vm); });
            steps.add(QStringLiteral("go on"),
                [vm, isHeld = record.isPaused] { return takeDisksBack(*vm, isHeld); });
        }
        steps.add(QStringLiteral("unfinished"),
            [this, vm, record] { return dropUnfinished(*vm, record); });
    }
    for (const SnapshotRecord& record : std::as_const(dissolving))
        steps.add(QStringLiteral("dissolving"),
            [this, vm, record] { return finishDissolving(*vm, record); });
    for (const QString& tag : left) {
        steps.add(QStringLiteral("before revert"),
            [this, vm, tag] { return dropTag(*vm, **tool(), vm->definition(), tag); });
    }
    for (const SnapshotRecord& record : gone)
        steps.add(QStringLiteral("gone"), [this, vm, record] { return dropGone(*vm, record); });
    steps.addNow(QStringLiteral("unneeded"), [this, vm] { return dropUnneeded(*vm); });
    return async::transformed<void>(steps.run(), this,
        [this, vm = QPointer(vm), store, held](const Result<void>& done) mutable {
            const auto still = held ? store.journal() : std::nullopt;
            if (still && vm)
                rollBackLater(*vm, *still, held);
            held.reset();
            return done;
        });
}

} // namespace vmm
