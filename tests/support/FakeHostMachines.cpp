// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Definitions and devices of a FakeHost: real domain XML, edited through vmm::Definition.
#include "tests/support/FakeHost.h"
#include "vmm/base/KeyNames.h"
#include "vmm/definition/MachineMarks.h"

namespace tests {

using hosts::DeviceScope;
using hosts::VmId;
using hosts::VmInfo;
using vmm::Definition;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmState;

namespace {

const auto kMachineXml = QStringLiteral(R"(<domain type='kvm'>
  <name>%1</name>
  <uuid>%2</uuid>
  <memory unit='MiB'>%3</memory>
  <vcpu>%4</vcpu>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <features><acpi/></features>
  <cpu mode='host-passthrough'/>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='%5'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <source file='/images/debian-12.iso'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='user'>
      <mac address='52:54:00:12:34:56'/>
      <model type='virtio'/>
    </interface>
    <graphics type='spice'><listen type='none'/></graphics>
    <video><model type='virtio'/></video>
    <sound model='ich9'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
    <memballoon model='virtio'/>
  </devices>
</domain>
)");

vmm::Result<Definition> deviceIn(const QString& xml)
{
    return Definition::fromXml(QStringLiteral("<domain type='kvm'><name>x</name><devices>") + xml
        + QStringLiteral("</devices></domain>"));
}

enum class DeviceChange { Add, Remove, Update };

// The device of the same key, by what libvirt tells devices apart with.
template <typename Device, typename Key>
vmm::Result<bool> changeOne(
    Definition& machine, const Definition& given, DeviceChange change, Key key)
{
    if (given.devices<Device>().isEmpty())
        return false;
    const Device device = given.devices<Device>().first();
    const QVector<Device> present = machine.devices<Device>();
    const auto found = std::find_if(present.begin(), present.end(),
        [&](const Device& each) { return key(each) == key(device); });
    const int index = static_cast<int>(found - present.begin());
    if (change == DeviceChange::Add) {
        if (found != present.end())
            return Error { ErrorKind::AlreadyExists, QStringLiteral("device") };
        machine.addDevice(device);
        return true;
    }
    if (found == present.end())
        return Error { ErrorKind::NotFound, QStringLiteral("device") };
    if (change == DeviceChange::Remove)
        machine.removeDevice<Device>(index);
    else
        machine.replaceDevice(index, device);
    return true;
}

vmm::Result<QString> changed(const QString& xml, const QString& deviceXml, DeviceChange change)
{
    Definition machine = TRY(Definition::fromXml(xml));
    const Definition given = TRY(deviceIn(deviceXml));
    const bool isDone = TRY(changeOne<vmm::Disk>(machine, given, change,
                            [](const vmm::Disk& disk) { return disk.target; }))
        || TRY(changeOne<vmm::NetworkInterface>(
            machine, given, change, [](const vmm::NetworkInterface& card) { return card.mac; }))
        || TRY(changeOne<vmm::HostDevice>(machine, given, change,
            [](const vmm::HostDevice& usb) { return usb.vendor + usb.product; }));
    if (!isDone)
        return Error { ErrorKind::InvalidConfig, {},
            QStringLiteral("no sort of device that can be plugged") };
    return machine.toXml();
}

} // namespace

QString FakeHost::storedXml(VmId vm) const
{
    if (m_definitions.contains(vm))
        return m_definitions.value(vm);
    const VmInfo info = m_vms.value(vm);
    return kMachineXml.arg(info.name.toHtmlEscaped(), info.id.toString(QUuid::WithoutBraces))
        .arg(info.memory.count() >> 20)
        .arg(info.vcpus)
        .arg(info.disks.value(0, QStringLiteral("/images/none.qcow2")));
}

void FakeHost::store(VmId vm, const QString& xml)
{
    m_definitions[vm] = xml;
    VmInfo info = m_vms.value(vm);
    if (const auto definition = Definition::fromXml(xml)) {
        info.name = definition->name();
        info.title = definition->title();
        info.description = definition->description();
        info.tags = vmm::marksOf(*definition).tags;
        if (definition->has("vcpu"))
            info.vcpus = definition->vcpus();
        if (definition->memory().count() > 0)
            info.memory = definition->currentMemory();
        info.disks.clear();
        for (const vmm::Disk& disk : definition->devices<vmm::Disk>()) {
            if (disk.device == QStringLiteral("disk") && !disk.sourcePath().isEmpty())
                info.disks << disk.sourcePath();
        }
        info.networkCards = static_cast<int>(definition->devices<vmm::NetworkInterface>().size());
    }
    info.hasPendingChanges = vmm::isActive(info.state) && runningXml(vm) != xml;
    publish(info);
}

std::optional<Error> FakeHost::nameProblem(const QString& name, VmId except) const
{
    if (name.isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("name"), QStringLiteral("missing"),
            ErrorCause::DefinitionBroken };
    for (const VmInfo& other : m_vms) {
        if (other.name == name && other.id != except)
            return Error { ErrorKind::AlreadyExists, name, {}, ErrorCause::NameInUse };
    }
    return std::nullopt;
}

vmm::Future<VmId> FakeHost::answer(const hosts::Define& operation)
{
    const auto definition = Definition::fromXml(operation.xml);
    if (!definition)
        return vmm::async::failed<VmId>(definition.error());
    const VmId id = definition->uuid();
    if (const auto problem = nameProblem(definition->name(), id))
        return vmm::async::failed<VmId>(*problem);
    if (!operation.base.isEmpty() && operation.base != storedXml(id))
        return vmm::async::failed<VmId>({ ErrorKind::Busy, definition->name(),
            QStringLiteral("fake"), ErrorCause::DefinitionChanged });
    if (vmm::isActive(m_vms.value(id).state) && !m_running.contains(id))
        m_running[id] = storedXml(id);
    if (!m_vms.contains(id))
        m_vms[id] = { .id = id,
            .state = VmState::ShutOff,
            .vcpus = 1,
            .memory = vmm::Bytes::fromMiB(512),
            .hasScreen = true };
    store(id, operation.xml);
    return vmm::async::ready<VmId>(id);
}

vmm::Future<VmId> FakeHost::answer(const hosts::CreateMachine& operation)
{
    const vmm::NewMachine& machine = operation.machine;
    Definition definition;
    definition.setName(machine.name);
    definition.setMemory(machine.memory);
    definition.setVcpus(machine.vcpus);
    return answer(hosts::Define { definition.toXml() });
}

vmm::Future<QString> FakeHost::answer(const hosts::GetDefinition& operation)
{
    return vmm::async::ready<QString>(storedXml(operation.vm));
}

vmm::Future<QString> FakeHost::answer(const hosts::GetRunningDefinition& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return vmm::async::failed<QString>(
            { ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return vmm::async::ready<QString>(runningXml(operation.vm));
}

vmm::Future<vmm::ConsoleEndpoint> FakeHost::answer(const hosts::GetConsole& operation)
{
    const VmId vm = operation.vm;
    if (const auto error = refuse(vm))
        return vmm::async::failed<vmm::ConsoleEndpoint>(*error);
    if (!vmm::isActive(m_vms.value(vm).state))
        return vmm::async::failed<vmm::ConsoleEndpoint>(
            { ErrorKind::WrongState, m_vms.value(vm).name });
    return vmm::async::ready<vmm::ConsoleEndpoint>(
        vmm::ConsoleEndpoint { .protocol = m_screenProtocol,
            .unixSocket = m_screensHost.isEmpty() ? m_screenSocket : QString(),
            .host = m_screensHost,
            .tlsPort = static_cast<quint16>(m_screensHost.isEmpty() ? 0 : 5901),
            .clients = m_screenClients });
}

vmm::Future<void> FakeHost::answer(const hosts::SetScreenPassword& operation)
{
    if (const auto error = refuse(operation.vm))
        return vmm::async::failed<void>(*error);
    return vmm::async::ready<void>({});
}

vmm::Future<vmm::ConsoleEndpoint> FakeHost::answer(const hosts::OpenSerial& operation)
{
    using Endpoint = vmm::ConsoleEndpoint;
    const VmInfo info = m_vms.value(operation.vm);
    if (!vmm::isActive(info.state))
        return vmm::async::failed<Endpoint>({ ErrorKind::WrongState, info.name });
    if (!info.consoles.contains(
            vmm::ConsoleChoice { .protocol = Endpoint::Protocol::Serial, .port = operation.port }))
        return vmm::async::failed<Endpoint>({ ErrorKind::NotFound, info.name });
    if (!operation.isTakenOver && m_isSerialInUse)
        return vmm::async::failed<Endpoint>(
            { ErrorKind::Busy, info.name, {}, vmm::ErrorCause::ConsoleInUse });
    return vmm::async::ready<Endpoint>(
        Endpoint { .protocol = Endpoint::Protocol::Serial, .unixSocket = m_serialSocket });
}

vmm::Future<void> FakeHost::answer(const hosts::SetAutostart& operation)
{
    VmInfo info = m_vms.value(operation.vm);
    info.isAutostart = operation.isOn;
    publish(info);
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::Rename& operation)
{
    if (const auto problem = nameProblem(operation.name, operation.vm))
        return vmm::async::failed<void>(*problem);
    Definition definition = Definition::fromXml(storedXml(operation.vm)).value();
    definition.setName(operation.name);
    store(operation.vm, definition.toXml());
    return vmm::async::ready<void>({});
}

vmm::Result<void> FakeHost::change(
    VmId vm, DeviceScope scope, const std::function<vmm::Result<QString>(const QString& xml)>& edit)
{
    const bool isActive = vmm::isActive(m_vms.value(vm).state);
    if (scope != DeviceScope::Stored && !isActive && scope == DeviceScope::Running)
        return Error { ErrorKind::WrongState, m_vms.value(vm).name };
    QString stored = storedXml(vm);
    QString running = isActive ? runningXml(vm) : QString();
    if (scope != DeviceScope::Running)
        stored = TRY(edit(stored));
    if (scope != DeviceScope::Stored && isActive)
        running = TRY(edit(running));
    if (isActive)
        m_running[vm] = running;
    store(vm, stored);
    return {};
}

vmm::Future<void> FakeHost::answer(const hosts::SetNotes& operation)
{
    if (operation.title.contains(QLatin1Char('\n')))
        return vmm::async::failed<void>({ ErrorKind::InvalidConfig, QStringLiteral("title") });
    Definition definition = Definition::fromXml(storedXml(operation.vm)).value();
    definition.setTitle(operation.title);
    definition.setDescription(operation.description);
    vmm::MachineMarks marks = vmm::marksOf(definition);
    marks.tags = operation.tags;
    store(operation.vm, vmm::withMarks(definition, marks).toXml());
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::RemoveWithDisks& operation)
{
    if (vmm::isActive(m_vms.value(operation.vm).state))
        return vmm::async::failed<void>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    for (const QString& path : operation.disks)
        m_images.remove(path);
    removeVm(operation.vm);
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::SendKeys& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return vmm::async::failed<void>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    for (const QString& key : operation.keys) {
        if (!vmm::linuxKeyCode(key))
            return vmm::async::failed<void>({ ErrorKind::InvalidConfig, key });
    }
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::InjectNmi& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return vmm::async::failed<void>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::DumpMemory& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return vmm::async::failed<void>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return job([] { return vmm::Result<void> {}; });
}

vmm::Future<void> FakeHost::answer(const hosts::AttachDevice& operation)
{
    return vmm::async::ready<void>(change(operation.vm, operation.scope,
        [&](const QString& xml) { return changed(xml, operation.xml, DeviceChange::Add); }));
}

vmm::Future<void> FakeHost::answer(const hosts::DetachDevice& operation)
{
    return vmm::async::ready<void>(change(operation.vm, operation.scope,
        [&](const QString& xml) { return changed(xml, operation.xml, DeviceChange::Remove); }));
}

vmm::Future<void> FakeHost::answer(const hosts::UpdateDevice& operation)
{
    return vmm::async::ready<void>(change(operation.vm, operation.scope,
        [&](const QString& xml) { return changed(xml, operation.xml, DeviceChange::Update); }));
}

vmm::Future<void> FakeHost::answer(const hosts::SetMemory& operation)
{
    return vmm::async::ready<void>(
        change(operation.vm, DeviceScope::Both, [&](const QString& xml) -> vmm::Result<QString> {
            Definition definition = TRY(Definition::fromXml(xml));
            if (operation.memory > definition.memory())
                return Error { ErrorKind::InvalidConfig, QStringLiteral("memory") };
            definition.setCurrentMemory(operation.memory);
            return definition.toXml();
        }));
}

vmm::Future<void> FakeHost::answer(const hosts::SetVcpus& operation)
{
    return vmm::async::ready<void>(
        change(operation.vm, DeviceScope::Both, [&](const QString& xml) -> vmm::Result<QString> {
            Definition definition = TRY(Definition::fromXml(xml));
            if (operation.count > definition.vcpus())
                return Error { ErrorKind::InvalidConfig, QStringLiteral("vcpu") };
            definition.setValue("vcpu@current", QString::number(operation.count));
            return definition.toXml();
        }));
}

vmm::Future<void> FakeHost::answer(const hosts::ResizeDisk& operation)
{
    const auto definition = Definition::fromXml(storedXml(operation.vm));
    for (const vmm::Disk& disk : definition->devices<vmm::Disk>()) {
        if (disk.target == operation.target)
            return answer(hosts::ResizeImage { disk.sourcePath(), operation.size });
    }
    return vmm::async::failed<void>({ ErrorKind::NotFound, operation.target });
}

} // namespace tests
