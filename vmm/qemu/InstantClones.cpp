// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a machine becomes a template that runs no more, and back. How twins start from it is in
// InstantTwins.cpp.
#include "vmm/qemu/InstantClones.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/Background.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/CloneIdentity.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/InstantFolder.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/PinnedDefinition.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <sys/statvfs.h>

#include <cerrno>

namespace vmm {

namespace {

Future<void> endQemu(Machine& machine)
{
    return isAllowed(VmAction::ForceOff, machine.state()) ? machine.forceOff()
                                                          : async::ready<void>({});
}

Future<void> writeTo(Machine& machine, const QString& path)
{
    Result<FileDescriptor> file = InstantFolder::createFile(path);
    return file ? writeMemory(machine, std::move(*file)) : async::failed<void>(file.error());
}

// QEMU gets a signal when there is no room for a page of its memory file, and can't say why.
Result<void> fullOr(const QString& file, const Result<void>& failed)
{
    struct statvfs space { };
    constexpr quint64 kLeast = 1 << 20;
    const bool isFull = ::statvfs(QFile::encodeName(file), &space) == 0
        && quint64(space.f_bavail) * space.f_frsize < kLeast;
    return isFull ? errnoError(file, QStringLiteral("write"), ENOSPC) : failed;
}

Future<void> readFrom(Machine& machine, const QString& path)
{
    Result<FileDescriptor> file = InstantFolder::openFile(path);
    return file ? readMemory(machine, std::move(*file)) : async::failed<void>(file.error());
}

} // namespace

struct InstantClones::Freezing {
    Machine* machine = nullptr;
    OccupationHandle occupation {};
    bool wasPaused = false;
    Definition definition {};
    InstantFolder place;
};

InstantClones::InstantClones(Core& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

bool InstantClones::hasMemory(const Machine& machine) const
{
    return machine.storedState().isTemplate && InstantFolder(machine.places().folder).exists();
}

Definition InstantClones::definition(const Machine& machine) const
{
    return InstantFolder(machine.places().folder).definition().value_or(machine.definition());
}

Future<void> ignoreSharedMemory(Machine& machine)
{
    const QJsonObject capability { { QStringLiteral("capability"),
                                       QStringLiteral("x-ignore-shared") },
        { QStringLiteral("state"), true } };
    return async::andThen(machine.execute(QStringLiteral("migrate-set-capabilities"),
                              { { QStringLiteral("capabilities"), QJsonArray { capability } } }),
        &machine, [](const QJsonValue&) { return async::ready<void>({}); });
}

Future<void> InstantClones::freeze(Machine& machine)
{
    if (!machine.runningDefinition().devices<Tpm>().isEmpty())
        return async::failed<void>({ ErrorKind::HostLacksFeature, machine.name(),
            QStringLiteral("it has a TPM, whose secrets its twins would share; shut it down first "
                           "to make a template for ordinary clones") });
    const auto occupied = machine.occupy(QStringLiteral("template"), Occupies::Execution);
    if (!occupied)
        return async::failed<void>(occupied.error());
    const auto job = std::make_shared<Freezing>(Freezing { .machine = &machine,
        .occupation = *occupied,
        .wasPaused = machine.state() == VmState::Paused,
        .place = InstantFolder(machine.places().folder) });
    Machine* vm = &machine;

    Steps steps(this, m_core.watch("template"));
    steps.add(QStringLiteral("machine type"), [job, vm] {
        return async::andThen(pinnedDefinition(*vm), vm, [job](const Definition& definition) {
            job->definition = definition;
            return async::ready<void>({});
        });
    });
    if (!job->wasPaused)
        steps.add(
            QStringLiteral("pause"), [vm] { return vm->hold(StateReason::Saving); },
            [vm] { return vm->letGoOn(); });
    steps.addNow(
        QStringLiteral("folder"),
        [job] { return job->place.begin(job->definition, job->wasPaused); },
        [job] { job->place.abandon(); });
    steps.add(QStringLiteral("save"),
        [job, vm] { return writeTo(*vm, job->place.unfinished(InstantFolder::kWhole)); });
    steps.add(
        QStringLiteral("end"),
        [job, vm]() -> Future<void> {
            if (const auto marked = job->place.markSaved(); !marked)
                return async::failed<void>(marked.error());
            return endQemu(*vm);
        },
        [this, job] { return putBack(job); });
    steps.add(
        QStringLiteral("memory file"), [this, job] { return prepare(job); },
        [vm] { return endQemu(*vm); });
    steps.add(QStringLiteral("overlays"), [this, job]() -> Future<void> {
        Steps overlays(this, m_core.watch("template: overlays"));
        const QVector<CloneDisk> disks = cloneDisks(job->definition, QStringLiteral("qcow2"));
        for (const CloneDisk& disk : disks)
            overlays.add(disk.target, [this, job, disk] {
                return m_core.images()->create(NewImage {
                    .path = job->place.unfinished(disk.target + QStringLiteral(".qcow2")),
                    .backingFile = disk.source,
                    .backingFormat = disk.sourceFormat });
            });
        return overlays.run();
    });
    steps.add(
        QStringLiteral("keep"),
        [place = job->place] { return inBackground<void>([place] { return place.commit(); }); },
        [place = job->place] {
            place.uncommit();
            return async::ready<void>({});
        });
    steps.add(
        QStringLiteral("state"),
        [this, vm] {
            return m_core.keepState(*vm, [](StoredState& state) { state.becomeTemplate(); });
        },
        [this, vm, wasAutostart = machine.storedState().isAutostart] {
            return m_core.keepState(*vm, [wasAutostart](StoredState& state) {
                state.isTemplate = false;
                state.isAutostart = wasAutostart;
            });
        });
    steps.commit();
    steps.addNow(QStringLiteral("tidy"), [job]() -> Result<void> {
        job->place.removeWhole();
        return {};
    });
    steps.again();
    return async::transformed<void>(steps.run(), this, [job](const Result<void>& done) {
        job->occupation.reset();
        return done;
    });
}

// From QEMU's format into one file that is the memory, byte by byte.
Future<void> InstantClones::prepare(const std::shared_ptr<Freezing>& job)
{
    Machine* vm = job->machine;
    const QString memory = job->place.unfinished(InstantFolder::kMemory);
    const LaunchSettings settings { .definition = job->definition,
        .isIncoming = true,
        .memoryFile = memory,
        .isMemoryShared = true,
        .occupation = job->occupation };
    Steps steps(this, m_core.watch("template: memory file"));
    steps.add(
        QStringLiteral("start"), [this, vm, settings] { return m_core.start(*vm, settings); },
        [vm, memory] {
            return async::transformed<void>(endQemu(*vm), vm, [memory](const Result<void>& ended) {
                QFile::remove(memory); // whoever goes on may need the room
                return ended;
            });
        });
    steps.add(QStringLiteral("load"), [job, vm, memory] {
        return async::transformed<void>(readFrom(*vm, job->place.unfinished(InstantFolder::kWhole)),
            vm, [memory](const Result<void>& read) { return read ? read : fullOr(memory, read); });
    });
    steps.add(QStringLiteral("ignore memory"), [vm] { return ignoreSharedMemory(*vm); });
    steps.add(QStringLiteral("devices"),
        [job, vm] { return writeTo(*vm, job->place.unfinished(InstantFolder::kDevices)); });
    steps.add(QStringLiteral("end"), [vm] {
        vm->expect(StateReason::Saved);
        return endQemu(*vm);
    });
    return steps.run();
}

// Where it can't go on now (no room for QEMU's files, no QEMU any more) its memory is not lost.
Future<void> InstantClones::putBack(const std::shared_ptr<Freezing>& job)
{
    Machine* vm = job->machine;
    return async::eitherWay(
        resumeFrom(job), this, [this, job, vm](const Result<void>& resumed) -> Future<void> {
            if (resumed)
                return async::ready<void>({});
            const auto keep = [job, vm, resumed](const Result<void>&) -> Result<void> {
                TRY(job->place.becomeSavedMemory());
                vm->setSavedMemory(true);
                return resumed;
            };
            return async::transformed<void>(endQemu(*vm), this, keep);
        });
}

Future<void> InstantClones::resumeFrom(const std::shared_ptr<Freezing>& job)
{
    Machine* vm = job->machine;
    const LaunchSettings settings {
        .definition = job->definition, .isIncoming = true, .occupation = job->occupation
    };
    return async::andThen(m_core.start(*vm, settings), this, [job, vm] {
        return async::andThen(
            readFrom(*vm, job->place.unfinished(InstantFolder::kWhole)), vm, [job, vm] {
                if (!job->wasPaused)
                    return async::ready<void>(vm->noteHold()); // needed if we die on the way
                vm->changeTo({ VmState::Paused, StateReason::Restored });
                return async::ready<void>({});
            });
    });
}

Future<void> InstantClones::wake(Machine& machine, const OccupationHandle& occupation)
{
    const InstantFolder place(machine.places().folder);
    Machine* vm = &machine;
    const auto makeTemplate = [this, vm](bool isTemplate) {
        return m_core.keepState(
            *vm, [isTemplate](StoredState& state) { state.isTemplate = isTemplate; });
    };
    Steps steps(this, m_core.watch("template: wake"));
    steps.add(
        QStringLiteral("start"),
        [this, vm, place, occupation] {
            return loadTwin(*vm, { .definition = definition(*vm), .occupation = occupation },
                place.folder(), false);
        },
        [vm] { return endQemu(*vm); });
    steps.add(
        QStringLiteral("state"), [makeTemplate] { return makeTemplate(false); },
        [makeTemplate] { return makeTemplate(true); });
    // What follows can't be cancelled, so nobody asks whether it was.
    const auto goOn = [this, vm, makeTemplate](const Result<void>& loaded) -> Future<void> {
        if (!loaded)
            return async::failed<void>(loaded.error());
        const auto orBack = [this, vm, makeTemplate](const Result<void>& running) -> Future<void> {
            if (running)
                return async::ready<void>({});
            const auto end = [vm](const Result<void>&) { return endQemu(*vm); };
            return async::transformed<void>(async::eitherWay(makeTemplate(true), this, end), this,
                [running](const Result<void>&) { return running; });
        };
        return async::eitherWay(letRun(*vm), this, orBack);
    };
    const auto tidyUp = [this, place](const Result<void>& running) -> Future<void> {
        if (!running)
            return async::failed<void>(running.error());
        Steps tidy(this, m_core.watch("template: wake"));
        tidy.commit();
        tidy.add(QStringLiteral("tidy"), // QEMU keeps what it has mapped
            [place] { return inBackground<void>([place] { return place.remove(); }); });
        tidy.again();
        return tidy.run();
    };
    return async::eitherWay(async::eitherWay(steps.run(), this, goOn), this, tidyUp);
}

// No step of the others, for it can't be cancelled: a guest that has run for a moment must not be
// begun from its memory once more. An error means that it has not run.
Future<void> InstantClones::letRun(Machine& machine)
{
    const auto hasRun = std::make_shared<bool>(false);
    auto* watch = new QObject(&machine);
    connect(&machine, &Machine::stateChanged, watch,
        [hasRun](VmState, VmState to) { *hasRun = *hasRun || to == VmState::Running; });
    Steps steps(this, m_core.watch("template: wake"));
    steps.commit();
    steps.add(
        QStringLiteral("go on"), [vm = &machine] { return vm->letGoOn(StateReason::Restored); });
    steps.again();
    return async::transformed<void>(
        steps.run(), &machine, [watch, hasRun](const Result<void>& done) {
            watch->deleteLater();
            return *hasRun ? Result<void>() : done;
        });
}

// What was interrupted when nothing could be lost any more. The state says what the machine is, and
// as long as `whole` is there the folder was on its way to be a template's.
Future<void> InstantClones::finish(Machine& machine, const InstantFolder& place)
{
    Machine* vm = &machine;
    OccupationHandle held = machine.occupyIfFree(QStringLiteral("template"));
    Steps steps(this, m_core.watch("template: finish"));
    steps.commit(); // each is tried
    if (machine.storedState().isTemplate || place.hasWhole()) {
        // A QEMU that it still has was ending, or was to be woken and has not run.
        steps.add(QStringLiteral("end"), [vm] { return endQemu(*vm); });
        steps.add(QStringLiteral("state"), [this, vm] {
            return m_core.keepState(*vm, [](StoredState& state) { state.becomeTemplate(); });
        });
        steps.addNow(QStringLiteral("tidy"), [place]() -> Result<void> {
            place.removeWhole();
            return {};
        });
    } else {
        if (machine.state() == VmState::Paused)
            steps.add(QStringLiteral("go on"), [vm] { return vm->letGoOn(); });
        steps.add(QStringLiteral("tidy"),
            [place] { return inBackground<void>([place] { return place.remove(); }); });
    }
    return async::transformed<void>(
        steps.run(), this, [held = std::move(held)](const Result<void>& done) mutable {
            held.reset();
            return done;
        });
}

Future<void> InstantClones::tidyUp(Machine& machine)
{
    const InstantFolder place(machine.places().folder);
    if (!place.isUnfinished()) {
        place.removeGone();
        return place.exists() ? finish(machine, place) : async::ready<void>({});
    }
    const auto job = std::make_shared<Freezing>(Freezing { .machine = &machine,
        .occupation = machine.occupyIfFree(QStringLiteral("template")),
        .wasPaused = place.wasPaused(),
        .definition = place.unfinishedDefinition().value_or(machine.definition()),
        .place = place });
    Machine* vm = &machine;
    Steps steps(this, m_core.watch("template: put in order"));
    if (place.isSaved()) { // whatever QEMU there is came after: what counts is the file
        steps.add(QStringLiteral("end"), [vm] { return endQemu(*vm); });
        steps.add(QStringLiteral("resume"), [this, job] { return putBack(job); });
        // Before it goes on: a guest that has run must not start from that memory once more.
        steps.addNow(QStringLiteral("memory is used"), [place] { return place.letGo(); });
    } else if (machine.state() == VmState::Paused) {
        steps.add(QStringLiteral("end writing"), [vm] { return endWriting(*vm); });
    }
    steps.add(QStringLiteral("go on"), [vm, isHeld = job->wasPaused] {
        return isActive(vm->state()) ? takeDisksBack(*vm, isHeld) : async::ready<void>({});
    });
    steps.addNow(QStringLiteral("tidy"), [job]() -> Result<void> {
        job->place.abandon();
        return {};
    });
    return async::transformed<void>(steps.run(), this, [job](const Result<void>& done) {
        job->occupation.reset();
        return done;
    });
}

} // namespace vmm
