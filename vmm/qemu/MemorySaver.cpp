// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MemorySaver.h"

#include "vmm/base/Background.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/SavedMemory.h"

#include <QLoggingCategory>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(saverLog, "vm.saver", QtInfoMsg)

SavedMemory memoryOf(const Machine& machine)
{
    return SavedMemory(machine.places().folder);
}

/// Its QEMU, if there is one.
Future<void> end(Machine& machine)
{
    const bool isThere = isAllowed(VmAction::ForceOff, machine.state());
    return isThere ? machine.forceOff() : async::ready<void>({});
}

/// "q35" is another machine in the next QEMU: what was saved belongs to the one it stood for.
Future<Definition> exactDefinition(Machine& machine)
{
    const auto asked = machine.execute(QStringLiteral("qom-get"),
        { { QStringLiteral("path"), QStringLiteral("/machine") },
            { QStringLiteral("property"), QStringLiteral("type") } });
    return async::transformed<Definition>(asked, &machine,
        [definition = machine.runningDefinition()](
            const Result<QJsonValue>& answer) mutable -> Result<Definition> {
            QString type = answer ? answer->toString() : QString();
            constexpr QLatin1StringView kSuffix("-machine");
            if (type.endsWith(kSuffix))
                definition.setMachineType(type.chopped(kSuffix.size()));
            return definition;
        });
}

struct SaveJob {
    OccupationHandle occupation {};
    FileDescriptor file {};
    bool wasPaused = false;
};

} // namespace

MemorySaver::MemorySaver(Core& core)
    : QObject(&core)
    , m_core(core)
{
}

Future<void> MemorySaver::save(Machine& machine)
{
    if (const auto refusal = machine.refuse(VmAction::Save))
        return async::failed<void>(*refusal);
    auto job = std::make_shared<SaveJob>();
    const auto occupied = machine.occupy(nameOf(VmAction::Save), Occupies::Execution);
    if (!occupied)
        return async::failed<void>(occupied.error());
    job->occupation = *occupied;
    job->wasPaused = machine.state() == VmState::Paused;
    const VmStatus before = machine.status();
    const SavedMemory memory = memoryOf(machine);
    Machine* vm = &machine;

    const auto pause = [vm, job] {
        if (job->wasPaused) {
            vm->changeTo({ VmState::Paused, StateReason::Saving });
            return async::ready<void>({});
        }
        return vm->hold(StateReason::Saving);
    };
    const auto resume = [vm, job, before] {
        if (job->wasPaused && vm->state() == VmState::Paused)
            vm->changeTo(before);
        return isActive(vm->state()) ? takeDisksBack(*vm, job->wasPaused) : async::ready<void>({});
    };
    const auto openFile = [this, vm, job, memory] {
        return async::andThen(exactDefinition(*vm), this,
            [job, memory](const Definition& definition) -> Future<void> {
                Result<FileDescriptor> file
                    = memory.begin({ .definition = definition, .isPaused = job->wasPaused });
                if (!file)
                    return async::failed<void>(file.error());
                job->file = std::move(*file);
                return async::ready<void>({});
            });
    };
    Steps steps(this, m_core.watch("save"));
    // First of all: what it undoes may also come of a step that failed.
    steps.add(
        QStringLiteral("begin"), [] { return async::ready<void>({}); },
        [memory, resume] {
            memory.abandon();
            if (memory.exists())
                (void)memory.discard();
            return resume();
        });
    steps.add(QStringLiteral("pause"), pause);
    steps.add(QStringLiteral("open"), openFile);
    steps.add(QStringLiteral("write memory"),
        [vm, job] { return writeMemory(*vm, std::move(job->file)); });
    steps.weighing(100);
    steps.add(QStringLiteral("keep"),
        [memory] { return inBackground<void>([memory] { return memory.commit(); }); });
    steps.weighing(10);
    steps.commit();
    steps.add(QStringLiteral("end"), [vm, job] {
        vm->setSavedMemory(true);
        vm->expect(StateReason::Saved);
        return end(*vm);
    });
    steps.again();
    return steps.run();
}

Future<void> MemorySaver::restore(Machine& machine)
{
    const SavedMemory memory = memoryOf(machine);
    const auto content = memory.content();
    if (!content)
        return async::failed<void>(content.error());
    auto file = memory.openMemory();
    if (!file)
        return async::failed<void>(file.error());
    const auto occupied = machine.occupy(QStringLiteral("restore"), Occupies::Execution);
    if (!occupied)
        return async::failed<void>(occupied.error());

    Machine* vm = &machine;
    auto job = std::make_shared<SaveJob>(SaveJob {
        .occupation = *occupied, .file = std::move(*file), .wasPaused = content->isPaused });
    LaunchSettings settings {
        .definition = content->definition, .isIncoming = true, .occupation = job->occupation
    };
    settings.definition->setName(machine.name()); // it may have been renamed since
    Steps steps(this, m_core.watch("restore"));
    // First of all: what it undoes may also come of a step that failed.
    steps.add(
        QStringLiteral("begin"), [] { return async::ready<void>({}); }, [vm] { return end(*vm); });
    steps.add(
        QStringLiteral("start"), [this, vm, settings] { return m_core.start(*vm, settings); });
    steps.add(
        QStringLiteral("read memory"), [vm, job] { return readMemory(*vm, std::move(job->file)); });
    steps.weighing(100);
    const Future<void> done
        = async::eitherWay(steps.run(), this, [this, vm, job](const Result<void>& loaded) {
              return loaded ? goOn(*vm, job->wasPaused) : async::failed<void>(loaded.error());
          });
    return async::transformed<void>(done, this, [vm, job](const Result<void>& result) {
        job->occupation.reset();
        if (result) {
            if (GuestAgent* agent = vm->agent(); agent && !job->wasPaused)
                (void)agent->setTime();
            return result;
        }
        // QEMU's own last words say more than that it went away.
        Error error = result.error();
        if (error.kind == ErrorKind::Disconnected
            && vm->status().reason == StateReason::StartFailed)
            error = { ErrorKind::ProcessFailed, vm->name(), vm->status().detail };
        if (vm->state() == VmState::ShutOff && vm->hasSavedMemory())
            vm->changeTo(error.kind == ErrorKind::Cancelled
                    ? VmStatus { VmState::ShutOff, StateReason::Saved }
                    : VmStatus { VmState::ShutOff, StateReason::StartFailed, error.toString() });
        return Result<void>(error);
    });
}

/// All its memory is there: what the machine was doing it does again. No step of the others, for it
/// can't be cancelled: a guest that has run for a moment must not start from its memory once more.
Future<void> MemorySaver::goOn(Machine& machine, bool isPaused)
{
    const SavedMemory memory = memoryOf(machine);
    if (!isPaused)
        (void)machine.noteHold(); // needed only if we died on the way
    if (const Result<void> used = memory.markUsed(); !used) {
        (void)end(machine);
        return async::failed<void>(used.error());
    }
    machine.setSavedMemory(false);
    auto promise = std::make_shared<Promise<void>>();
    const Future<void> future = promise->future();
    async::onFinished(reveal(machine, isPaused), &machine,
        [vm = &machine, memory, promise](const Result<void>& running) {
            if (running) {
                memory.removeUsed();
                promise->finish({});
                return;
            }
            vm->setSavedMemory(memory.markUnused().has_value());
            async::onFinished(end(*vm), vm,
                [promise, running](const Result<void>&) { promise->finish(running); });
        });
    return future;
}

Future<void> MemorySaver::reveal(Machine& machine, bool isPaused)
{
    if (isPaused) {
        machine.changeTo({ VmState::Paused, StateReason::Restored });
        return async::ready<void>({});
    }
    return machine.letGoOn(StateReason::Restored);
}

Result<void> MemorySaver::discard(Machine& machine)
{
    if (const auto refusal = machine.refuse(VmAction::DiscardSave))
        return *refusal;
    if (!machine.hasSavedMemory())
        return Error { ErrorKind::WrongState, machine.name(),
            QStringLiteral("it has no saved memory") };
    TRY(memoryOf(machine).discard());
    machine.setSavedMemory(false);
    if (machine.state() == VmState::ShutOff)
        machine.changeTo({ VmState::ShutOff });
    return {};
}

void MemorySaver::tidyUp(Machine& machine)
{
    const SavedMemory memory = memoryOf(machine);
    memory.removeUsed();
    if (machine.hasSavedMemory() && machine.process().isValid()) {
        // It was about to end, or about to begin: it has not run since its memory was saved.
        machine.expect(StateReason::Saved);
        (void)machine.forceOff();
    }
    if (!memory.isBeingWritten())
        return;
    if (machine.process().isValid())
        (void)abandonOldSave(machine);
    else
        memory.abandon();
}

/// The QEMU of a save that nobody waits for any more goes on as if nothing had been.
Future<void> MemorySaver::abandonOldSave(Machine& machine)
{
    qCInfo(saverLog).noquote() << machine.name() << "was being saved: it goes on instead";
    const SavedMemory memory = memoryOf(machine);
    const auto content = memory.unfinished();
    const bool wasPaused = content && content->isPaused;
    return async::andThen(
        endWriting(machine), &machine, [vm = &machine, memory, wasPaused]() -> Future<void> {
            memory.abandon();
            return vm->state() == VmState::Paused ? takeDisksBack(*vm, wasPaused)
                                                  : async::ready<void>({});
        });
}

} // namespace vmm
