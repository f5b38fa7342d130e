// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/SavedMemory.h"
#include "vmm/qemu/SnapshotJob.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>

namespace vmm {

namespace {

Future<void> offIfActive(Machine& machine)
{
    return isAllowed(VmAction::ForceOff, machine.state()) ? machine.forceOff()
                                                          : async::ready<void>({});
}

// Renaming is no part of the past that one wants back.
Definition renamed(Definition definition, const QString& name)
{
    definition.setName(name);
    return definition;
}

} // namespace

// What goes back in place changes for all who stand on it, or have it as a disk by now.
Result<void> Snapshots::checkRewritable(
    const Machine& machine, const ImageGuard& guard, const QString& path) const
{
    const Result<void> free = guard.checkUnneeded(path, machine.id());
    if (free)
        return {};
    Error error = free.error();
    QStringList by;
    const QStringList dependents = guard.dependentsOf(path);
    for (const QString& dependent : dependents)
        by.append(whoseImage(machine, dependent));
    if (!by.isEmpty())
        error.detail = by.join(QStringLiteral(", "));
    return error;
}

Result<void> Snapshots::checkRevert(const Machine& machine, const SnapshotRecord& record)
{
    if (machine.storedState().isTemplate)
        return Error { ErrorKind::WrongState, machine.name(), QStringLiteral("it is a template") };
    const bool canBegin = isAllowed(VmAction::Start, machine.state())
        || isAllowed(VmAction::ForceOff, machine.state());
    if (!canBegin)
        return Error { ErrorKind::WrongState, machine.name(),
            QStringLiteral("revert while ") + nameOf(machine.state()) };
    if (record.isDissolving)
        return Error { ErrorKind::WrongState, record.name,
            QStringLiteral("its deletion was begun: what it kept is not whole any more") };
    const ImageGuard guard = m_images.guard();
    const QVector<Disk> disks = disksToKeep(record.definition);
    for (const Disk& disk : disks) {
        if (!QFileInfo::exists(disk.sourcePath()))
            return Error { ErrorKind::NotFound, disk.sourcePath(),
                QStringLiteral("No such file or directory"), ErrorCause::ImageMissing };
        const bool isInside = record.place == SnapshotPlace::Inside;
        if (isInside && !holdsTag(disk, record.tag()))
            return Error { ErrorKind::WrongState, disk.sourcePath(),
                QStringLiteral("it does not hold the snapshot \"%1\"").arg(record.name) };
        if (isInside)
            TRY(checkRewritable(machine, guard, disk.sourcePath()));
        TRY(m_images.chains().readTrusted(disk.sourcePath(), disk.format,
            [&guard](const QString& path) { return guard.isRawDisk(path); }));
    }
    const QString memory = storeOf(machine).memoryFile(record.id);
    if (record.kind == SnapshotKind::Live && !QFileInfo::exists(memory))
        return Error { ErrorKind::NotFound, memory, QStringLiteral("the memory is missing") };
    return {};
}

Future<void> Snapshots::revert(Machine& machine, const QString& name)
{
    const Result<ImageTool*> found = tool();
    const Result<SnapshotRecord> record = find(machine, name);
    Result<void> checked = !found ? found.error()
        : !record                 ? Result<void>(record.error())
                                  : checkRevert(machine, *record);
    if (!checked)
        return async::failed<void>(checked.error());
    const auto occupied = machine.occupy(QStringLiteral("revert"), Occupies::Execution);
    if (!occupied)
        return async::failed<void>(occupied.error());
    const auto job = std::make_shared<Job>(
        Job { .machine = &machine, .tool = *found, .store = storeOf(machine), .record = *record });
    job->occupation = *occupied;
    const bool isLayered = record->place == SnapshotPlace::Layer;
    job->journal = { .tag = isLayered
            ? QString()
            : RevertJournal::kBeforeTag + QUuid::createUuid().toString(QUuid::Id128),
        .snapshotId = record->id,
        .previousId = job->store.currentId(),
        .xml = machine.xml(),
        .layers = isLayered ? planLayers(record->definition, machine.places().diskFolder())
                            : QVector<DiskLayer>() };
    return async::transformed<void>(goBack(job), this, [this, job](const Result<void>& done) {
        if (Machine* vm = job->machine; !done && vm->state() == VmState::Starting) {
            // It is there, and only did not go on: that can be tried again, by anybody.
            vm->changeTo({ VmState::Paused, StateReason::Snapshot, done.error().toString() });
            if (!job->record.isPaused)
                (void)vm->letGoOn(StateReason::Snapshot);
        }
        const auto journal = done ? std::nullopt : job->store.journal();
        if (journal)
            rollBackLater(*job->machine, *journal, job->occupation); // it could not be now
        else if (!done)
            tidyLater(*job->machine); // what it kept may be there yet
        job->occupation.reset();
        Q_EMIT job->machine->statusChanged();
        return done;
    });
}

Future<void> Snapshots::goBack(const JobPtr& job)
{
    Machine* vm = job->machine;
    const bool isLayered = job->record.place == SnapshotPlace::Layer;
    const Definition definition = job->record.definition;
    const Definition after = onLayers(definition, job->journal.layers);
    const Definition replaced = vm->definition();
    const QString before = job->journal.tag;
    Steps steps(this, m_core.watch("revert"));
    steps.add(QStringLiteral("end"), [vm] { return offIfActive(*vm); });
    // From here on the journal knows the way back, for us and for whoever comes after us.
    steps.add(
        QStringLiteral("journal"),
        [job] { return async::ready<void>(job->store.writeJournal(job->journal)); },
        [this, job] { return rollBack(*job->machine, job->journal); });
    if (isLayered) {
        // What it kept stays as it is: it can be gone back to any number of times.
        steps.add(QStringLiteral("layers"), [this, job, definition] {
            return makeLayers(this, *job->tool, m_images.chains(), definition, job->journal.layers);
        });
    } else {
        steps.add(QStringLiteral("keep the present"),
            [job, vm, definition, before] { return addTag(*vm, *job->tool, definition, before); });
    }
    steps.addNow(
        QStringLiteral("nvram"), [job] { return job->store.restoreNvram(job->record.id); });
    if (!isLayered)
        steps.add(QStringLiteral("disks"), [this, job, definition] {
            return applyTag(*job->tool, this, definition, job->record.tag());
        });
    steps.add(QStringLiteral("definition"), [this, job, after] {
        const auto changed = m_core.change(job->machine->id(),
            [after](const Machine& machine) { return renamed(after, machine.name()); });
        return async::andThen(changed, this, [job, after] {
            job->record.definition = renamed(after, job->machine->name());
            return async::ready<void>(job->store.setCurrentId(job->record.id));
        });
    });
    if (job->record.kind == SnapshotKind::Live)
        steps.add(QStringLiteral("memory"), [this, job] { return startFrom(job); });
    steps.addNow(QStringLiteral("done"), [this, job, vm, replaced]() -> Result<void> {
        TRY(noteUnneeded(*vm, replaced));
        return job->store.removeJournal();
    });
    steps.commit();
    if (job->record.kind == SnapshotKind::Live && !job->record.isPaused) {
        steps.add(QStringLiteral("go on"), [vm] { return vm->letGoOn(StateReason::Snapshot); });
        steps.again();
    }
    // Memory that was saved fits the present that is gone.
    steps.addNow(QStringLiteral("saved memory"), [vm]() -> Result<void> {
        if (!vm->hasSavedMemory())
            return {};
        TRY(SavedMemory(vm->places().folder).discard());
        vm->setSavedMemory(false);
        return {};
    });
    steps.again();
    steps.add(QStringLiteral("forget the present"), [this, job, vm, definition, before] {
        job->store.forgetOldNvram();
        return before.isEmpty() ? async::ready<void>({}) : forget(*vm, definition, before);
    });
    steps.addNow(
        QStringLiteral("forget what was written since"), [this, vm] { return dropUnneeded(*vm); });
    return steps.run();
}

Future<void> Snapshots::startFrom(const JobPtr& job)
{
    Machine* vm = job->machine;
    const LaunchSettings settings {
        .definition = job->record.definition, .isIncoming = true, .occupation = job->occupation
    };
    return async::andThen(m_core.start(*vm, settings), this, [this, job, vm]() -> Future<void> {
        const QString path = job->store.memoryFile(job->record.id);
        FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC));
        const Future<void> read = readMemory(*vm, std::move(file));
        return async::andThen(read, this, [vm, job] {
            if (!job->record.isPaused)
                return async::ready<void>(vm->noteHold());
            vm->changeTo({ VmState::Paused, StateReason::Snapshot });
            return async::ready<void>({});
        });
    });
}

// What was kept while it went back is in nobody's way: the revert does not fail for it.
Future<void> Snapshots::forget(Machine& machine, const Definition& definition, const QString& tag)
{
    return async::transformed<void>(orLater(machine, dropTag(machine, **tool(), definition, tag)),
        this, [](const Result<void>&) -> Result<void> { return {}; });
}

Future<void> Snapshots::rollBack(Machine& machine, const RevertJournal& journal)
{
    const Result<Definition> previous = Definition::fromXml(journal.xml);
    const Result<ImageTool*> found = tool();
    if (!previous || !found)
        return async::failed<void>(!previous ? previous.error() : found.error());
    Machine* vm = &machine;
    ImageTool* images = *found;
    const SnapshotStore store = storeOf(machine);
    // The disks of the snapshot, each of which may hold the tag or not yet.
    Definition kept;
    const QVector<SnapshotRecord> records = store.records();
    for (const SnapshotRecord& record : records) {
        if (record.id == journal.snapshotId && record.place == SnapshotPlace::Inside)
            kept = record.definition;
    }
    const QVector<Disk> disks = disksToKeep(kept);
    Steps steps(this, m_core.watch("roll back"));
    steps.add(QStringLiteral("end"), [vm] { return offIfActive(*vm); });
    for (const Disk& disk : std::as_const(disks)) {
        steps.add(disk.target, [images, disk, tag = journal.tag]() -> Future<void> {
            return holdsTag(disk, tag)
                ? images->snapshot(ImageTool::SnapshotStep::Apply, disk.sourcePath(), tag)
                : async::ready<void>({});
        });
    }
    steps.addNow(QStringLiteral("nvram"), [store] { return store.bringNvramBack(); });
    steps.add(QStringLiteral("forget"),
        [this, vm, kept, tag = journal.tag] { return forget(*vm, kept, tag); });
    steps.add(QStringLiteral("definition"), [this, vm, store, journal, previous = *previous] {
        // A full disk has no room even for what is there already.
        const Future<void> written
            = m_core.change(vm->id(), [previous](const Machine& now) -> Result<Definition> {
                  return renamed(previous, now.name());
              });
        return async::andThen(written, this, [store, journal]() -> Future<void> {
            const Result<void> current = store.currentId() == journal.previousId
                ? Result<void>()
                : store.setCurrentId(journal.previousId);
            if (!current)
                return async::ready<void>(current);
            for (const DiskLayer& layer : journal.layers)
                QFile::remove(layer.path);
            return async::ready<void>(store.removeJournal());
        });
    });
    return steps.run();
}

} // namespace vmm
