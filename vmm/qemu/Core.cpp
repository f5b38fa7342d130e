// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Core.h"

#include "vmm/qemu/Autostart.h"
#include "vmm/qemu/Firmware.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/MemorySaver.h"
#include "vmm/qemu/PowerButton.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

namespace vmm {

namespace {

constexpr std::chrono::seconds kCareInterval { 20 };

Q_LOGGING_CATEGORY(coreLog, "vm.core", QtInfoMsg)

QString cacheFile(const QString& dataFolder, const QString& name)
{
    const QString folder = dataFolder + QStringLiteral("/cache");
    QDir().mkpath(folder);
    return folder + QLatin1Char('/') + name;
}

} // namespace

Core::Core(CoreOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_qemu(Error { ErrorKind::NotFound, QStringLiteral("qemu-system-x86_64"),
          QStringLiteral("not sought yet"), ErrorCause::QemuMissing })
    , m_accelerator(m_options.accelerator)
    , m_saver(std::make_unique<MemorySaver>(*this))
    , m_autostart(std::make_unique<Autostart>(*this))
{
    connect(&m_careTimer, &QTimer::timeout, this, [this] {
        for (Machine* machine : std::as_const(m_machines))
            machine->lookAfter();
    });
}

Core::~Core()
{
    // While the lock is still held; QEMUs run on.
    qDeleteAll(std::exchange(m_machines, {}));
}

Future<void> Core::open()
{
    Result<std::unique_ptr<MachineStore>> store
        = MachineStore::open(m_options.dataFolder, m_options.runtimeFolder);
    if (!store)
        return async::failed<void>(store.error());
    m_store = std::move(*store);
    m_opening.emplace();
    Future<void> future = m_opening->future();
    m_stepsToOpen = 1; // so that nothing completes it before all steps have begun
    const QVector<StoredMachine> found = m_store->load();
    for (const StoredMachine& stored : found) {
        const Machine* machine = add(stored);
        if (machine->problem())
            qCWarning(coreLog).noquote()
                << stored.id << "can't be used:" << machine->problem()->toString();
    }
    startAdoptions();
    findPrograms();
    m_careTimer.start(kCareInterval);
    finishStep();
    return future;
}

Machine* Core::add(const StoredMachine& stored)
{
    auto* machine = new Machine(stored, m_store->placesOf(stored.id), this);
    machine->power().setPatience(m_options.shutdownPatience);
    m_machines.insert(stored.id, machine);
    const QUuid id = stored.id;
    connect(machine, &Machine::stateChanged, this,
        [this, id](VmState from) { Q_EMIT machineChanged(id, from); });
    connect(machine, &Machine::stateChanged, machine, [machine](VmState from, VmState to) {
        // Its clock has stood still.
        GuestAgent* agent = machine->agent();
        if (from == VmState::Paused && to == VmState::Running && agent)
            (void)agent->setTime();
    });
    connect(machine, &Machine::statusChanged, this,
        [this, machine] { Q_EMIT machineChanged(machine->id(), machine->state()); });
    return machine;
}

void Core::startAdoptions()
{
    for (Machine* machine : std::as_const(m_machines)) {
        if (!QFileInfo::exists(machine->places().recordFile())) {
            m_saver->tidyUp(*machine);
            continue;
        }
        ++m_stepsToOpen;
        async::onFinished(machine->adopt(), this, [this, machine](const Result<void>&) {
            m_saver->tidyUp(*machine);
            if (GuestAgent* agent = machine->agent())
                agent->thawLeftOver();
            finishStep();
        });
    }
}

void Core::findPrograms()
{
    ++m_stepsToOpen;
    const auto found = m_options.qemu
        ? async::ready<QemuInstallation>(*m_options.qemu)
        : findQemu(this, cacheFile(dataFolder(), QStringLiteral("qemu.json")));
    async::onFinished(found, this, [this](const Result<QemuInstallation>& qemu) {
        takeQemu(qemu);
        finishStep();
    });
}

void Core::takeQemu(const Result<QemuInstallation>& qemu)
{
    m_qemu = qemu;
    if (!qemu) {
        qCWarning(coreLog).noquote() << "no QEMU:" << qemu.error().toString();
        return;
    }
    m_images = std::make_unique<ImageTool>(qemu->imageTool);
    if (!m_accelerator)
        findAccelerator();
}

void Core::findAccelerator()
{
    const AcceleratorCheck check { .cacheFile
        = cacheFile(dataFolder(), QStringLiteral("accelerator.json")) };
    async::onFinished(checkAccelerator(this, *m_qemu, check), this,
        [this](const Result<AcceleratorReport>& report) {
            m_accelerator = report.value_or({});
            qCInfo(coreLog).noquote()
                << "accelerator:" << m_accelerator->kind << m_accelerator->reason;
            for (Promise<void>& waiting : std::exchange(m_awaitingAccelerator, {}))
                waiting.finish({});
            Q_EMIT acceleratorFound();
        });
}

void Core::finishStep()
{
    if (--m_stepsToOpen == 0)
        finishOpening();
}

void Core::finishOpening()
{
    m_opening->finish({});
}

void Core::runAutostart(const WhenReady& whenReady)
{
    if (m_qemu)
        m_autostart->run(whenReady);
}

QVector<Machine*> Core::machines() const
{
    return m_machines.values().toVector();
}

Machine* Core::machine(const QUuid& id) const
{
    return m_machines.value(id, nullptr);
}

Result<void> Core::askGuards(const Machine& machine, VmAction action) const
{
    for (const Guard& guard : m_guards)
        TRY(guard(machine, action));
    return {};
}

Future<void> Core::perform(const QUuid& id, VmAction action)
{
    Machine* found = machine(id);
    if (!found)
        return async::failed<void>(noSuchMachine(id));
    if (const Result<void> allowed = askGuards(*found, action); !allowed)
        return async::failed<void>(allowed.error());
    switch (action) {
    case VmAction::Start:
        return startAsStored(*found);
    case VmAction::Pause:
        return found->pause();
    case VmAction::Resume:
        return found->resume();
    case VmAction::ShutDown:
        return found->power().shutDown();
    case VmAction::Reset:
        return found->reset();
    case VmAction::ForceOff:
        return found->forceOff();
    case VmAction::Reboot:
        return found->power().reboot();
    case VmAction::Save:
        return m_saver->save(*found);
    case VmAction::DiscardSave:
        return async::ready<void>(m_saver->discard(*found));
    case VmAction::Undefine:
        return undefine(*found);
    }
    return async::failed<void>({ ErrorKind::HostLacksFeature, nameOf(action) });
}

Future<void> Core::acceleratorKnown()
{
    m_awaitingAccelerator.emplace_back();
    return m_awaitingAccelerator.back().future();
}

// While the accelerator is being found out the machine may become a template, or something may
// come to stand on its disks: so all is asked anew then.
Future<void> Core::startAsStored(Machine& machine)
{
    if (m_qemu && !m_accelerator)
        return async::andThen(acceleratorKnown(), this,
            [this, id = machine.id()] { return perform(id, VmAction::Start); });
    return machine.hasSavedMemory() ? m_saver->restore(machine) : start(machine, {});
}

Future<void> Core::start(Machine& machine, LaunchSettings settings)
{
    if (!m_qemu)
        return async::failed<void>(m_qemu.error());
    if (m_accelerator) {
        settings.qemu = *m_qemu;
        settings.accelerator = m_accelerator->accelerator();
        settings.watch = watch("start");
        return startWithNvram(machine, settings);
    }
    return async::andThen(
        acceleratorKnown(), this, [this, id = machine.id(), settings = std::move(settings)] {
            Machine* found = this->machine(id);
            return found ? start(*found, settings) : async::failed<void>(noSuchMachine(id));
        });
}

// A start of the machine as it is stored has not held it while something else worked.
Result<void> Core::askAgain(const Machine& machine, const LaunchSettings& settings) const
{
    return settings.definition ? Result<void>() : askGuards(machine, VmAction::Start);
}

Future<void> Core::startWithNvram(Machine& machine, const LaunchSettings& settings)
{
    const Definition definition = settings.definition.value_or(machine.definition());
    const auto missing
        = machine.problem() ? std::nullopt : missingNvram(definition, machine.places());
    if (!missing)
        return startWithTaps(machine, settings);
    if (const auto refusal = machine.refuse(VmAction::Start, settings.occupation))
        return async::failed<void>(*refusal);
    QFile::remove(missing->unfinished); // of somebody who died with it
    const ImageConversion conversion {
        .source = missing->source, .target = missing->unfinished, .format = QStringLiteral("raw")
    };
    return async::andThen(m_images->convert(conversion, missing->sourceFormat), &machine,
        [this, vm = &machine, settings, missing]() -> Future<void> {
            Result<void> allowed = keepNvram(*missing);
            if (allowed)
                allowed = askAgain(*vm, settings);
            return allowed ? startWithTaps(*vm, settings) : async::failed<void>(allowed.error());
        });
}

Future<void> Core::startWithTaps(Machine& machine, LaunchSettings settings)
{
    const Definition definition = settings.definition.value_or(machine.definition());
    const QVector<NetworkInterface> cards = definition.devices<NetworkInterface>();
    if (machine.problem() || std::none_of(cards.begin(), cards.end(), &needsTap))
        return machine.start(settings);
    if (const auto refusal = machine.refuse(VmAction::Start, settings.occupation))
        return async::failed<void>(*refusal);
    return async::andThen(openTaps(&machine, definition), &machine,
        [this, vm = &machine, settings](
            const QHash<QString, SharedDescriptor>& taps) mutable -> Future<void> {
            if (const Result<void> allowed = askAgain(*vm, settings); !allowed)
                return async::failed<void>(allowed.error());
            settings.taps = taps;
            return vm->start(settings);
        });
}

Future<void> Core::keepState(Machine& machine, const StateChange& change)
{
    const QUuid id = machine.id();
    StoredState state = m_statesBeingStored.value(id, machine.storedState());
    change(state);
    if (state == machine.storedState() && !m_statesBeingStored.contains(id))
        return async::ready<void>({});
    m_statesBeingStored.insert(id, state);
    const auto saved = m_lane.run<void>(
        [store = m_store.get(), id, state] { return store->saveState(id, state); });
    return async::concluded<void>(saved, this, [this, id, state](const Result<void>& done) {
        if (m_statesBeingStored.value(id) == state)
            m_statesBeingStored.remove(id);
        if (Machine* found = done ? this->machine(id) : nullptr)
            found->setStoredState(state);
        return done;
    });
}

StepWatch Core::watch(const char* operation) const
{
    if (!m_options.stepHook)
        return {};
    return { .operation = QString::fromLatin1(operation), .hook = m_options.stepHook };
}

Error noSuchMachine(const QUuid& id)
{
    return { ErrorKind::NotFound, id.toString(QUuid::WithoutBraces),
        QStringLiteral("no such machine") };
}

} // namespace vmm
