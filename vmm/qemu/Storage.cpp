// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Storage.h"

#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/InstantFolder.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/SavedMemory.h"

#include <QLoggingCategory>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(storageLog, "vm.storage", QtInfoMsg)

void warnIfFailed(const Future<void>& tidied, Machine& machine)
{
    async::onFinished(tidied, &machine, [&machine](const Result<void>& done) {
        if (!done)
            qCWarning(storageLog).noquote()
                << machine.name() << "can't be put in order:" << done.error().toString();
    });
}

Error isTemplateError(const Machine& machine, const QString& what)
{
    return { ErrorKind::WrongState, machine.name(),
        what + QStringLiteral(": it is a template; clone it, or make it a machine again") };
}

// What its memory on the disk goes on from: when it was saved, or became a template while it ran.
QVector<DiskOwner::Disk> disksInMemory(const QString& machineFolder)
{
    const SavedMemory saved(machineFolder);
    const InstantFolder instant(machineFolder);
    QVector<Definition> definitions;
    for (const auto& content : { saved.content(), saved.unfinished() }) {
        if (content)
            definitions.append(content->definition);
    }
    for (const auto& definition : { instant.definition(), instant.unfinishedDefinition() }) {
        if (definition)
            definitions.append(*definition);
    }
    QVector<DiskOwner::Disk> disks;
    for (const Definition& definition : std::as_const(definitions)) {
        disks += Images::disksOf(definition);
        // Others may write to a shared one, whatever the memory says.
        const QVector<Disk> written = disksToKeep(definition);
        for (const Disk& disk : written)
            disks.append({ .path = disk.sourcePath(),
                .format = disk.format,
                .isInMemory = !disk.isShareable });
    }
    return disks;
}

// What the next QEMU gets that begins or goes on.
Definition nextDefinition(const Machine& machine)
{
    const QString& folder = machine.places().folder;
    if (machine.storedState().isTemplate)
        return InstantFolder(folder).definition().value_or(machine.definition());
    if (machine.hasSavedMemory()) {
        if (const auto content = SavedMemory(folder).content())
            return content->definition;
    }
    return machine.definition();
}

} // namespace

Storage::Storage(Core& core)
    : QObject(&core)
    , m_core(core)
    , m_images(core)
    , m_snapshots(core, m_images)
    , m_clones(core, m_images)
{
    m_images.setMoreDisks([](const QString& folder) {
        const SnapshotStore store(folder);
        QVector<DiskOwner::Disk> disks;
        const QVector<SnapshotRecord> records = store.records();
        for (const SnapshotRecord& record : records) {
            const bool isFrozen = record.place == SnapshotPlace::Layer && !record.isDissolving;
            const QVector<Disk> kept = disksToKeep(record.definition);
            for (const Disk& disk : kept)
                disks.append(
                    { disk.sourcePath(), disk.format, false, isFrozen ? record.name : QString() });
        }
        // A layer that may be written to already, though no definition names it yet.
        const QVector<SnapshotRecord> unfinished = store.unfinished();
        for (const SnapshotRecord& record : unfinished) {
            for (const DiskLayer& layer : record.layers)
                disks.append({ layer.path, QStringLiteral("qcow2"), false });
        }
        return disks + disksInMemory(folder);
    });
    core.addGuard(
        [this](const Machine& machine, VmAction action) { return allow(machine, action); });
    core.setDiskGuard([this](const Disk& disk) { return m_images.checkDisk(disk); });
    tidyUp();
}

Result<void> Storage::allow(const Machine& machine, VmAction action)
{
    if (machine.problem())
        return {};
    if (machine.storedState().isTemplate && action != VmAction::Undefine)
        return isTemplateError(machine, nameOf(action));
    if (action == VmAction::Start) {
        TRY(m_snapshots.checkSettled(machine));
        const Definition next = nextDefinition(machine);
        TRY(m_images.checkDisks(next));
        const ImageGuard guard = m_images.guard();
        const QVector<Disk> disks = disksToKeep(next);
        for (const Disk& disk : disks) {
            TRY(guard.checkNothingStandsOn(disk.sourcePath()));
            TRY(guard.checkInNoMemory(disk.sourcePath(), machine.id()));
        }
        return {};
    }
    if (action == VmAction::Undefine) {
        const ImageGuard guard = m_images.guard();
        const QVector<Disk> disks
            = disksToKeep(machine.definition()) + disksToKeep(nextDefinition(machine));
        for (const Disk& disk : disks)
            TRY(guard.checkNothingStandsOn(disk.sourcePath()));
        return guard.checkFolderUnneeded(machine.places().folder, machine.id());
    }
    return {};
}

Future<void> Storage::tidied(const QUuid& id) const
{
    return m_tidying.contains(id) ? m_tidying[id] : async::ready<void>({});
}

void Storage::tidyUp()
{
    const QVector<Machine*> machines = m_core.machines();
    for (Machine* machine : machines)
        m_tidying.insert(machine->id(), tidyUpOnceTakenUp(*machine));
}

Future<void> Storage::tidyUpOnceTakenUp(Machine& machine)
{
    if (!machine.isToBeTakenUp())
        return tidyUp(machine);
    const auto promise = std::make_shared<Promise<void>>();
    connect(
        &machine, &Machine::takenUp, this,
        [this, vm = &machine, promise] {
            async::onFinished(tidyUp(*vm), vm,
                [promise](const Result<void>& tidied) { promise->finish(tidied); });
        },
        Qt::SingleShotConnection);
    return promise->future();
}

Future<void> Storage::tidyUp(Machine& machine)
{
    if (isActive(machine.state()))
        async::onFinished(m_images.takeUpFlattening(machine), &machine,
            [vm = &machine](const Result<void>& done) {
                if (!done)
                    qCInfo(storageLog).noquote()
                        << vm->name() << "flattening:" << done.error().toString();
            });
    const QVector<Future<void>> underWay { m_clones.tidyUp(machine),
        DeviceChanges(m_core).finishInterrupted(machine), m_snapshots.tidyUp(machine) };
    Steps all(&machine);
    all.commit(); // all are waited for
    for (const Future<void>& one : underWay) {
        warnIfFailed(one, machine);
        all.add(QStringLiteral("tidy"), [one] { return one; });
    }
    if (machine.isHeld())
        all.add(QStringLiteral("go on"), [this, vm = &machine] { return letGoOn(*vm); });
    return all.run();
}

// The guest was held by somebody who died meanwhile. What each operation puts in order has done so;
// a guest that may go on is one whose memory and disks are nowhere else.
Future<void> Storage::letGoOn(Machine& machine)
{
    const bool isSomeonesWork = machine.occupation() || machine.hasSavedMemory()
        || machine.storedState().isTemplate || !m_snapshots.checkSettled(machine);
    if (!machine.isHeld() || isSomeonesWork)
        return async::ready<void>({});
    Machine* vm = &machine;
    if (vm->state() != VmState::Paused)
        return async::ready<void>({});
    qCInfo(storageLog).noquote() << vm->name() << "was held by an earlier program: it goes on";
    return async::andThen(endWriting(*vm), vm, [vm] { return takeDisksBack(*vm, false); });
}

} // namespace vmm
