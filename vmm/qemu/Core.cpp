// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Core.h"

#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/MachineLog.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

namespace vmm {

namespace {

constexpr std::chrono::seconds kTrimInterval { 20 };

Q_LOGGING_CATEGORY(coreLog, "vm.core", QtInfoMsg)

Error notFound(const QUuid& id)
{
    return { ErrorKind::NotFound, id.toString(QUuid::WithoutBraces),
        QStringLiteral("no such machine") };
}

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
{
    connect(&m_trimTimer, &QTimer::timeout, this, &Core::trimLogs);
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
    m_trimTimer.start(kTrimInterval);
    finishStep();
    return future;
}

Machine* Core::add(const StoredMachine& stored)
{
    auto* machine = new Machine(stored, m_store->placesOf(stored.id), this);
    m_machines.insert(stored.id, machine);
    const QUuid id = stored.id;
    connect(machine, &Machine::stateChanged, this,
        [this, id](VmState from) { Q_EMIT machineChanged(id, from); });
    connect(machine, &Machine::statusChanged, this,
        [this, machine] { Q_EMIT machineChanged(machine->id(), machine->state()); });
    return machine;
}

void Core::startAdoptions()
{
    for (Machine* machine : std::as_const(m_machines)) {
        if (!QFileInfo::exists(machine->places().recordFile()))
            continue;
        ++m_stepsToOpen;
        async::onFinished(machine->adopt(), this, [this](const Result<void>&) { finishStep(); });
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
        m_opening->finish({});
}

void Core::trimLogs() const
{
    for (const Machine* machine : m_machines) {
        if (!machine->process().isValid())
            continue;
        MachineLog(machine->places().logFile()).trim();
        MachineLog(machine->places().serialLog()).trim();
    }
}

QVector<Machine*> Core::machines() const
{
    return m_machines.values().toVector();
}

Machine* Core::machine(const QUuid& id) const
{
    return m_machines.value(id, nullptr);
}

Future<void> Core::perform(const QUuid& id, VmAction action)
{
    Machine* found = machine(id);
    if (!found)
        return async::failed<void>(notFound(id));
    for (const Guard& guard : m_guards) {
        if (const Result<void> allowed = guard(*found, action); !allowed)
            return async::failed<void>(allowed.error());
    }
    switch (action) {
    case VmAction::Start:
        return start(*found, {});
    case VmAction::Pause:
        return found->pause();
    case VmAction::Resume:
        return found->resume();
    case VmAction::ShutDown:
        return found->shutDown();
    case VmAction::Reset:
        return found->reset();
    case VmAction::ForceOff:
        return found->forceOff();
    case VmAction::Reboot:
    case VmAction::Save:
    case VmAction::DiscardSave:
        break;
    case VmAction::Undefine:
        return async::ready<void>(undefine(*found));
    }
    return async::failed<void>({ ErrorKind::HostLacksFeature, nameOf(action) });
}

Future<void> Core::start(Machine& machine, LaunchSettings settings)
{
    if (!m_qemu)
        return async::failed<void>(m_qemu.error());
    if (m_accelerator) {
        settings.qemu = *m_qemu;
        settings.accelerator = m_accelerator->accelerator();
        return machine.start(settings);
    }
    m_awaitingAccelerator.emplace_back();
    return async::andThen(m_awaitingAccelerator.back().future(), this,
        [this, id = machine.id(), settings = std::move(settings)] {
            Machine* found = this->machine(id);
            return found ? start(*found, settings) : async::failed<void>(notFound(id));
        });
}

Result<void> Core::keepState(Machine& machine, const StoredState& state)
{
    if (machine.storedState() != state)
        TRY(m_store->saveState(machine.id(), state));
    machine.setStoredState(state);
    return {};
}

} // namespace vmm
