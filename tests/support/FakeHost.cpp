// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeHost.h"

#include <QTimer>
#include <QXmlStreamReader>

#include <cmath>

namespace tests {

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::StateReason;
using vmm::VmAction;
using vmm::VmState;

FakeHost::FakeHost(const QString& uri, QObject* parent)
    : Host(parent)
    , m_uri(hosts::HostUri::parse(uri).value())
{
    m_info = { .name = m_uri.hostName().isEmpty() ? QStringLiteral("fake") : m_uri.hostName(),
        .hypervisor = QStringLiteral("Fake 1.0"),
        .accelerator = QStringLiteral("none"),
        .cpuModel = QStringLiteral("Imaginary CPU"),
        .architecture = QStringLiteral("x86_64"),
        .cpus = 8,
        .memory = vmm::Bytes::fromGiB(32) };
}

void FakeHost::open()
{
    if (m_connection == ConnectionState::Connected || m_connection == ConnectionState::Connecting)
        return;
    setConnection(ConnectionState::Connecting);
    QTimer::singleShot(0, this, [this] {
        if (m_connection != ConnectionState::Connecting)
            return;
        Q_EMIT infoChanged();
        Q_EMIT inventoryChanged({ .isComplete = true, .changed = m_vms.values() });
        setConnection(ConnectionState::Connected);
    });
}

void FakeHost::close()
{
    setConnection(ConnectionState::Disconnected);
}

void FakeHost::setConnection(ConnectionState state, std::optional<Error> error)
{
    m_lastError = std::move(error);
    if (m_connection == state)
        return;
    m_connection = state;
    Q_EMIT connectionChanged(state);
}

std::optional<Error> FakeHost::refuse(VmId vm)
{
    if (m_nextError)
        return std::exchange(m_nextError, std::nullopt);
    if (m_connection != ConnectionState::Connected)
        return Error { ErrorKind::Disconnected, m_uri.toString() };
    if (!vm.isNull() && !m_vms.contains(vm))
        return Error { ErrorKind::NotFound, vm.toString(QUuid::WithoutBraces) };
    return std::nullopt;
}

vmm::Future<hosts::Answer> FakeHost::run(const hosts::Operation& operation)
{
    const bool isTrashed = std::holds_alternative<hosts::RestoreTrashed>(operation);
    if (const auto error = refuse(isTrashed ? VmId() : hosts::vmOf(operation)))
        return vmm::async::failed<hosts::Answer>(*error);
    return hosts::dispatch(*this, operation);
}

vmm::Future<void> FakeHost::answer(const hosts::Perform& operation)
{
    const auto [vm, action] = operation;
    const VmInfo& info = m_vms[vm];
    if (!vmm::isAllowed(action, info.state))
        return vmm::async::failed<void>({ ErrorKind::WrongState, info.name,
            vmm::nameOf(action) + QStringLiteral(" while ") + vmm::nameOf(info.state) });
    switch (action) {
    case VmAction::Start:
        setState(vm, VmState::Starting, StateReason::HostRequest);
        QTimer::singleShot(0, this, [this, vm = operation.vm] {
            setState(vm, VmState::Running, StateReason::HostRequest);
        });
        break;
    case VmAction::Resume:
        setState(vm, VmState::Running, StateReason::HostRequest);
        break;
    case VmAction::Pause:
        setState(vm, VmState::Paused, StateReason::HostRequest);
        break;
    case VmAction::ShutDown:
        setState(vm, VmState::ShuttingDown, StateReason::HostRequest);
        QTimer::singleShot(0, this, [this, vm = operation.vm] {
            setState(vm, VmState::ShutOff, StateReason::GuestRequest);
        });
        break;
    case VmAction::Reboot:
    case VmAction::Reset:
        break;
    case VmAction::Save:
        m_vms[vm].hasSavedMemory = true;
        setState(vm, VmState::ShutOff, StateReason::Saved);
        break;
    case VmAction::DiscardSave:
        m_vms[vm].hasSavedMemory = false;
        publish(VmInfo(m_vms[vm]));
        break;
    case VmAction::ForceOff:
        setState(vm, VmState::ShutOff, StateReason::HostRequest);
        break;
    case VmAction::Undefine:
        m_trash.insert(vm, info);
        removeVm(vm);
        break;
    }
    return vmm::async::ready<void>({});
}

vmm::Future<VmId> FakeHost::answer(const hosts::Define& operation)
{
    const QString& domainXml = operation.xml;
    VmInfo info {
        .state = VmState::ShutOff, .vcpus = 1, .memory = vmm::Bytes::fromMiB(512), .hasScreen = true
    };
    QXmlStreamReader reader(domainXml);
    int depth = 0;
    QString root;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement:
            if (++depth == 1)
                root = reader.name().toString();
            if (depth == 2 && reader.name() == QStringLiteral("name")) {
                info.name = reader.readElementText();
                --depth;
            } else if (depth == 2 && reader.name() == QStringLiteral("uuid")) {
                info.id = VmId(reader.readElementText());
                --depth;
            }
            break;
        case QXmlStreamReader::EndElement:
            --depth;
            break;
        default:
            break;
        }
    }
    if (reader.hasError())
        return vmm::async::failed<VmId>(
            { ErrorKind::InvalidConfig, {}, reader.errorString(), ErrorCause::DefinitionBroken });
    if (root != QStringLiteral("domain"))
        return vmm::async::failed<VmId>({ ErrorKind::InvalidConfig, root,
            QStringLiteral("not a domain"), ErrorCause::DefinitionUnsupported });
    if (info.name.isEmpty())
        return vmm::async::failed<VmId>({ ErrorKind::InvalidConfig, QStringLiteral("name"),
            QStringLiteral("missing"), ErrorCause::DefinitionBroken });
    for (const VmInfo& other : std::as_const(m_vms)) {
        if (other.name == info.name && other.id != info.id)
            return vmm::async::failed<VmId>(
                { ErrorKind::AlreadyExists, info.name, {}, ErrorCause::NameInUse });
    }
    if (vmm::isActive(m_vms.value(info.id).state))
        return vmm::async::failed<VmId>({ ErrorKind::WrongState, info.name });
    if (info.id.isNull())
        info.id = VmId::createUuid();
    m_definitions.insert(info.id, domainXml);
    publish(info);
    return vmm::async::ready<VmId>(info.id);
}

vmm::Future<VmId> FakeHost::answer(const hosts::CreateMachine& operation)
{
    const vmm::NewMachine& machine = operation.machine;
    const auto defined = answer(hosts::Define {
        QStringLiteral("<domain><name>%1</name></domain>").arg(machine.name.toHtmlEscaped()) });
    if (defined.result().has_value()) {
        VmInfo info = m_vms.value(*defined.result());
        info.vcpus = machine.vcpus;
        info.memory = machine.memory;
        publish(info);
    }
    return defined;
}

vmm::Future<QString> FakeHost::answer(const hosts::GetDefinition& operation)
{
    const VmId vm = operation.vm;
    return vmm::async::ready<QString>(m_definitions.value(
        vm, QStringLiteral("<domain><name>%1</name></domain>").arg(m_vms.value(vm).name)));
}

vmm::Future<vmm::ConsoleEndpoint> FakeHost::answer(const hosts::GetConsole& operation)
{
    const VmId vm = operation.vm;
    if (!vmm::isActive(m_vms.value(vm).state))
        return vmm::async::failed<vmm::ConsoleEndpoint>(
            { ErrorKind::WrongState, m_vms.value(vm).name });
    return vmm::async::ready<vmm::ConsoleEndpoint>(
        vmm::ConsoleEndpoint { .unixSocket = QStringLiteral("/nonexistent/virtdeck-fake.sock") });
}

VmId FakeHost::addVm(const QString& name, VmState state, VmId id)
{
    const VmInfo info { .id = id,
        .name = name,
        .state = state,
        .vcpus = 2,
        .memory = vmm::Bytes::fromMiB(2048),
        .since
        = vmm::isActive(state) ? QDateTime::currentDateTimeUtc().addSecs(-3600) : QDateTime(),
        .hasScreen = true,
        .machineType = QStringLiteral("pc-q35-7.2"),
        .disks = { QStringLiteral("/images/") + name + QStringLiteral(".qcow2") },
        .networkCards = 1 };
    publish(info);
    return info.id;
}

void FakeHost::addVms(int count, const QString& prefix)
{
    constexpr VmState mix[] = { VmState::Running, VmState::Running, VmState::Paused,
        VmState::Running, VmState::Running, VmState::ShutOff };
    hosts::InventoryChange change;
    change.changed.reserve(count);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < count; ++i) {
        const VmState state = mix[i % 6];
        const VmInfo info { .id = VmId::createUuid(),
            .name = prefix + QStringLiteral("%1").arg(i, 5, 10, QLatin1Char('0')),
            .state = state,
            .vcpus = 1 + i % 4,
            .memory = vmm::Bytes::fromMiB(512u << (i % 4)),
            .since = vmm::isActive(state) ? now.addSecs(-60 * (i + 1)) : QDateTime(),
            .hasScreen = true,
            .networkCards = 1 };
        m_vms.insert(info.id, info);
        change.changed.append(info);
    }
    if (m_connection == ConnectionState::Connected)
        Q_EMIT inventoryChanged(change);
}

void FakeHost::removeVm(VmId vm)
{
    if (m_vms.remove(vm) > 0)
        Q_EMIT inventoryChanged({ .removed = { vm } });
}

void FakeHost::setState(VmId vm, VmState state, StateReason reason)
{
    VmInfo info = m_vms.value(vm);
    if (info.state == state)
        return;
    Q_ASSERT(vmm::canTransition(info.state, state));
    info.state = state;
    info.reason = reason;
    info.since = vmm::isActive(state) ? QDateTime::currentDateTimeUtc() : QDateTime();
    publish(info);
}

void FakeHost::sampleEvery(int milliseconds)
{
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this] {
        if (m_connection == ConnectionState::Connected)
            emitMetrics(inventMetrics(QDateTime::currentMSecsSinceEpoch()));
    });
    timer->start(milliseconds);
}

QString FakeHost::domainXml(const QString& name, const QUuid& id)
{
    return QStringLiteral("<domain><name>%1</name><uuid>%2</uuid></domain>")
        .arg(name.toHtmlEscaped(), id.toString(QUuid::WithoutBraces));
}

void FakeHost::setInfo(const hosts::HostInfo& info)
{
    m_info = info;
    Q_EMIT infoChanged();
}

void FakeHost::publish(const VmInfo& vm)
{
    m_vms.insert(vm.id, vm);
    if (m_connection == ConnectionState::Connected)
        Q_EMIT inventoryChanged({ .changed = { vm } });
}

hosts::MetricsBatch FakeHost::inventMetrics(qint64 timeMs) const
{
    using hosts::HostMetric;
    using hosts::VmMetric;
    hosts::MetricsBatch batch { .timeMs = timeMs };
    const double t = static_cast<double>(timeMs) / 1000.0;
    batch.host[HostMetric::CpuLoad] = 0.4 + 0.2 * std::sin(t / 7);
    batch.host[HostMetric::MemoryUsed] = (12.0 + 2 * std::sin(t / 31)) * (1 << 30);
    for (const VmInfo& vm : m_vms) {
        if (vm.state != VmState::Running || (m_samplesVisibleOnly && !m_visible.contains(vm.id)))
            continue;
        const double phase = qHash(vm.id) % 628 / 100.0;
        hosts::VmSample sample { .id = vm.id };
        sample.values[VmMetric::CpuLoad] = 0.35 + 0.3 * std::sin(t / 5 + phase);
        sample.values[VmMetric::MemoryUsed]
            = static_cast<double>(vm.memory.count()) * (0.6 + 0.1 * std::sin(t / 23 + phase));
        sample.values[VmMetric::DiskRead] = 2e6 * (1 + std::sin(t / 3 + phase));
        sample.values[VmMetric::DiskWrite] = 8e5 * (1 + std::cos(t / 4 + phase));
        sample.values[VmMetric::NetworkReceive] = 4e5 * (1 + std::sin(t / 6 + phase));
        sample.values[VmMetric::NetworkSend] = 9e4 * (1 + std::cos(t / 9 + phase));
        batch.vms.append(sample);
    }
    return batch;
}

} // namespace tests
