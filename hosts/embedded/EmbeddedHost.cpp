// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"

#include "hosts/embedded/HostLoadMeter.h"
#include "hosts/embedded/MachineLoadReadings.h"
#include "hosts/embedded/MetricsSampler.h"
#include "hosts/embedded/ProcReadings.h"
#include "hosts/embedded/SerialPorts.h"
#include "vmm/definition/MachineMarks.h"
#include "vmm/qemu/ScreenPassword.h"

#include <algorithm>

namespace hosts::embedded {

using vmm::ErrorKind;
using vmm::VmState;

namespace {

VmInfo infoOf(const vmm::Machine& machine)
{
    VmInfo info { .id = machine.id(),
        .name = machine.name(),
        .state = machine.state(),
        .reason = machine.status().reason,
        .reasonDetail = machine.status().detail,
        .since = machine.since(),
        .isAutostart = machine.storedState().isAutostart,
        .hasSavedMemory = machine.hasSavedMemory(),
        .isTemplate = machine.storedState().isTemplate };
    if (machine.problem())
        return info;
    // Of one that runs, what it runs with; what it will be is told by its stored definition.
    const vmm::Definition& definition = machine.runningDefinition();
    info.vcpus = definition.currentVcpus();
    info.memory = definition.memory();
    info.hasScreen = machine.screen().has_value();
    info.consoles = machine.consoles();
    info.title = machine.definition().title();
    info.description = machine.definition().description();
    info.machineType = definition.machineType();
    const QVector<vmm::Disk> disks = definition.devices<vmm::Disk>();
    for (const vmm::Disk& disk : disks) {
        if (!disk.sourceFile.isEmpty())
            info.disks.append(disk.sourceFile);
    }
    info.hasPendingChanges = machine.hasPendingChanges();
    info.networkCards = static_cast<int>(definition.devices<vmm::NetworkInterface>().size());
    info.tags = vmm::marksOf(machine.definition()).tags;
    return info;
}

vmm::ScreenChoice choiceOf(ScreenKind kind)
{
    switch (kind) {
    case ScreenKind::Best:
        return std::nullopt;
    case ScreenKind::Spice:
        return vmm::ConsoleEndpoint::Protocol::Spice;
    case ScreenKind::Vnc:
        return vmm::ConsoleEndpoint::Protocol::Vnc;
    }
    return std::nullopt;
}

} // namespace

EmbeddedHost::EmbeddedHost(const HostUri& uri, EmbeddedOptions options, QObject* parent)
    : Host(parent)
    , m_uri(uri)
    , m_options(std::move(options))
{
    if (m_options.dataFolder.isEmpty())
        m_options.dataFolder = uri.dataFolder();
    m_publishTimer.setSingleShot(true);
    m_publishTimer.setInterval(0);
    connect(&m_publishTimer, &QTimer::timeout, this, &EmbeddedHost::publish);
}

EmbeddedHost::~EmbeddedHost() = default;

void EmbeddedHost::open()
{
    if (m_connection == ConnectionState::Connected || m_connection == ConnectionState::Connecting)
        return;
    setConnection(ConnectionState::Connecting);
    m_core = std::make_unique<vmm::Core>(m_options);
    vmm::Core* core = m_core.get();
    // The core as context: nothing of an opening arrives after close().
    vmm::async::onFinished(core->open(), core, [this](const vmm::Result<void>& opened) {
        if (opened) {
            finishOpening();
            return;
        }
        m_core.release()->deleteLater(); // it is the caller
        setConnection(ConnectionState::Failed, opened.error());
    });
}

void EmbeddedHost::finishOpening()
{
    vmm::Core* core = m_core.get();
    m_storage = new vmm::Storage(*core); // its child
    m_vms.clear();
    m_publishedStates.clear();
    m_hasCountedNetwork = false;
    const QVector<vmm::Machine*> machines = core->machines();
    for (const vmm::Machine* machine : machines) {
        m_vms.insert(machine->id(), describe(*machine));
        m_publishedStates.insert(machine->id(), machine->state());
        m_hasCountedNetwork = m_hasCountedNetwork || hasCountedNetwork(machine->definition());
    }
    connect(core, &vmm::Core::machineChanged, this, &EmbeddedHost::noteChange);
    connect(core, &vmm::Core::machineRemoved, this, &EmbeddedHost::noteRemoval);
    connect(core, &vmm::Core::acceleratorFound, this, &EmbeddedHost::readInfo);
    m_serialPorts = std::make_unique<SerialPorts>();
    m_sampler = std::make_unique<MetricsSampler>(*core);
    m_sampler->setVisible(m_visible);
    connect(m_sampler.get(), &MetricsSampler::sampled, this, &Host::metricsSampled);
    core->runAutostart([storage = m_storage](const VmId& id) { return storage->tidied(id); });
    readInfo();
    Q_EMIT inventoryChanged({ .isComplete = true, .changed = m_vms.values() });
    setConnection(ConnectionState::Connected);
}

void EmbeddedHost::close()
{
    m_serialPorts.reset();
    m_sampler.reset();
    m_storage = nullptr;
    m_core.reset();
    m_publishTimer.stop();
    m_changed.clear();
    m_removed.clear();
    setConnection(ConnectionState::Disconnected);
}

bool EmbeddedHost::isAwaited() const
{
    if (!m_storage)
        return false;
    if (m_storage->clones().isGivingIdentities())
        return true;
    const QVector<vmm::Machine*> machines = m_core->machines();
    return std::any_of(machines.cbegin(), machines.cend(),
        [](const vmm::Machine* machine) { return machine->isWaitingForUs(); });
}

void EmbeddedHost::setConnection(ConnectionState state, std::optional<vmm::Error> error)
{
    m_lastError = std::move(error);
    if (std::exchange(m_connection, state) != state)
        Q_EMIT connectionChanged(state);
}

void EmbeddedHost::readInfo()
{
    m_info = readHostInfo();
    m_info.dataFolder = m_core->dataFolder();
    m_info.hypervisor = QStringLiteral("QEMU");
    for (const Feature feature : { Feature::Checkpoints, Feature::Backup })
        m_info.missing.insert(feature,
            QStringLiteral("The embedded core makes no backups yet; libvirt's QEMU does."));
    m_info.missing.insert(Feature::ExternalSnapshots,
        QStringLiteral("Snapshots of this host are kept in the disk images."));
    m_info.missing.insert(
        Feature::RemoveStorage, QStringLiteral("Disks go to the trash with their machine."));
    m_info.missing.insert(
        Feature::DumpMemory, QStringLiteral("VirtDeck's own core does not write memory dumps."));
    for (const Feature feature : { Feature::Storage, Feature::ChangePools, Feature::CreateVolumes,
             Feature::ResizeVolumes, Feature::TransferVolumes })
        m_info.missing.insert(
            feature, QStringLiteral("This host keeps disk images in folders: see Images."));
    for (const Feature feature :
        { Feature::Networks, Feature::ChangeNetworks, Feature::NetworkLeases })
        m_info.missing.insert(feature,
            QStringLiteral("Machines of this host are in a network of their own each, or in a "
                           "bridge of the computer."));
    m_info.missing.insert(
        Feature::HostDevices, QStringLiteral("VirtDeck's own core does not list them."));
    m_info.missing.insert(
        Feature::Migration, QStringLiteral("VirtDeck's own core does not move running machines."));
    if (!m_hasCountedNetwork)
        m_info.missing.insert(Feature::VmNetworkRates,
            QStringLiteral("QEMU does not count the bytes of its user-mode network."));
    if (const auto& qemu = m_core->qemu()) {
        m_info.hypervisor += QLatin1Char(' ') + qemu->version;
    } else {
        const QString reason
            = QStringLiteral("There is no QEMU on this computer: ") + qemu.error().toString();
        for (const Feature feature : { Feature::Start, Feature::CreateDisk })
            m_info.missing.insert(feature, reason);
    }
    if (const auto& accelerator = m_core->accelerator()) {
        m_info.accelerator = accelerator->kind;
        m_info.acceleratorReason = accelerator->reason;
    }
    Q_EMIT infoChanged();
}

VmInfo EmbeddedHost::describe(const vmm::Machine& machine) const
{
    VmInfo info = infoOf(machine);
    info.snapshots = m_storage->snapshots().count(machine);
    info.parentName = m_storage->clones().parentName(machine);
    return info;
}

void EmbeddedHost::noteChange(const VmId& id, VmState)
{
    const vmm::Machine* machine = m_core->machine(id);
    if (!machine)
        return;
    if (!m_hasCountedNetwork && hasCountedNetwork(machine->definition())) {
        m_hasCountedNetwork = true;
        readInfo();
    }
    const VmInfo info = describe(*machine);
    // Changes of one turn go out together, but never so that a forbidden step seems to be made.
    const auto published = m_publishedStates.constFind(id);
    if (published != m_publishedStates.cend() && m_changed.contains(id) && *published != info.state
        && !vmm::canTransition(*published, info.state))
        publish();
    m_vms.insert(id, info);
    m_changed.insert(id, info);
    m_removed.remove(id);
    m_publishTimer.start();
}

void EmbeddedHost::noteRemoval(const VmId& id)
{
    m_vms.remove(id);
    m_changed.remove(id);
    m_removed.insert(id);
    m_publishTimer.start();
}

void EmbeddedHost::publish()
{
    m_publishTimer.stop();
    const InventoryChange change { .changed = m_changed.values(),
        .removed = QVector<VmId>(m_removed.cbegin(), m_removed.cend()) };
    m_changed.clear();
    m_removed.clear();
    for (const VmInfo& vm : change.changed)
        m_publishedStates.insert(vm.id, vm.state);
    for (const VmId& vm : change.removed)
        m_publishedStates.remove(vm);
    Q_EMIT inventoryChanged(change);
}

vmm::Error EmbeddedHost::disconnectedError() const
{
    return { ErrorKind::Disconnected, m_uri.toString(), QStringLiteral("not connected") };
}

vmm::Future<Answer> EmbeddedHost::run(const Operation& operation)
{
    if (m_connection != ConnectionState::Connected)
        return vmm::async::failed<Answer>(disconnectedError());
    return dispatch(*this, operation);
}

vmm::Future<vmm::ConsoleEndpoint> EmbeddedHost::answer(const GetConsole& operation)
{
    using Endpoint = vmm::ConsoleEndpoint;
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<Endpoint>(vmm::noSuchMachine(operation.vm));
    // While it starts its SPICE server may not be listening yet.
    if (!vmm::isActive(machine->state()) || machine->state() == vmm::VmState::Starting)
        return vmm::async::failed<Endpoint>({ ErrorKind::WrongState, machine->name(),
            QStringLiteral("console while ") + vmm::nameOf(machine->state()) });
    const auto screen = machine->screen(choiceOf(operation.screen));
    if (!screen)
        return vmm::async::failed<Endpoint>({ ErrorKind::HostLacksFeature, machine->name(),
            QStringLiteral("the machine has no such screen") });
    return vmm::async::transformed<Endpoint>(
        machine->screenClients().ask(*machine, screen->protocol), machine,
        [screen = *screen](const vmm::Result<QVector<vmm::ConsoleClient>>& clients) {
            Endpoint endpoint = screen;
            endpoint.clients = clients.value_or({});
            return vmm::Result<Endpoint>(endpoint);
        });
}

vmm::Future<void> EmbeddedHost::answer(const SetScreenPassword& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<void>(vmm::noSuchMachine(operation.vm));
    return vmm::setScreenPassword(
        *m_core, *machine, choiceOf(operation.screen), operation.password);
}

vmm::Future<vmm::ConsoleEndpoint> EmbeddedHost::answer(const OpenSerial& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<vmm::ConsoleEndpoint>(vmm::noSuchMachine(operation.vm));
    return m_serialPorts->open(*machine, operation.port);
}

void EmbeddedHost::setVisibleVms(const QSet<VmId>& vms)
{
    m_visible = vms;
    if (m_sampler)
        m_sampler->setVisible(vms);
}

} // namespace hosts::embedded
