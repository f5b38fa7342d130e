// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeHost.h"

#include <QTimer>

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
        .memory = vmm::Bytes::fromGiB(32),
        // As with the embedded core; a test that wants them sets another info.
        .missing = { { hosts::Feature::ExternalSnapshots, QStringLiteral("Kept in the images.") },
            { hosts::Feature::RemoveStorage, QStringLiteral("Disks go to the trash.") } } };
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
    if (m_everyError)
        return m_everyError;
    if (m_connection != ConnectionState::Connected)
        return Error { ErrorKind::Disconnected, m_uri.toString() };
    if (!vm.isNull() && !m_vms.contains(vm))
        return Error { ErrorKind::NotFound, vm.toString(QUuid::WithoutBraces) };
    return std::nullopt;
}

vmm::Future<hosts::Answer> FakeHost::run(const hosts::Operation& operation)
{
    if (hosts::patienceFor(operation) == hosts::Patience::Question)
        m_questions.append(hosts::nameOf(operation));
    else
        m_asked.append(operation);
    if (m_isSilent) {
        auto promise = std::make_shared<vmm::Promise<hosts::Answer>>();
        m_unanswered.append([this, promise, operation] {
            vmm::async::onFinished(run(operation), this,
                [promise](auto answer) { promise->finish(std::move(answer)); });
        });
        return promise->future();
    }
    // What is in the trash is no machine of the inventory.
    const bool isRestore = std::holds_alternative<hosts::RestoreTrashed>(operation);
    if (const auto error = refuse(isRestore ? VmId() : hosts::vmOf(operation)))
        return vmm::async::failed<hosts::Answer>(*error);
    const hosts::Feature feature = hosts::featureFor(operation);
    if (!m_info.has(feature))
        return vmm::async::failed<hosts::Answer>(
            { ErrorKind::HostLacksFeature, hosts::nameOf(feature), m_info.missing.value(feature) });
    return hosts::dispatch(*this, operation);
}

void FakeHost::setSilent(bool isSilent)
{
    m_isSilent = isSilent;
    if (isSilent)
        return;
    for (const auto& ask : std::exchange(m_unanswered, {}))
        ask();
}

vmm::Future<void> FakeHost::job(std::function<vmm::Result<void>()> done)
{
    auto promise = std::make_shared<vmm::Promise<void>>();
    promise->setProgressRange(0, 100);
    auto* timer = new QTimer(this);
    const auto percent = std::make_shared<int>(0);
    connect(timer, &QTimer::timeout, this, [this, promise, timer, percent, done] {
        if (promise->isCancelRequested()) {
            timer->deleteLater();
            ++m_cancelledJobs;
            promise->finish(Error { ErrorKind::Cancelled });
            return;
        }
        if (m_holdAt < 0 || *percent < m_holdAt)
            promise->setProgress(*percent += 25);
        if (*percent < 100)
            return;
        timer->deleteLater();
        promise->finish(done());
    });
    timer->start(m_jobStepMs);
    return promise->future();
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
        m_vms[vm].hasSavedMemory = false;
        setState(vm, VmState::Starting, StateReason::HostRequest);
        m_running[vm] = storedXml(vm);
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
        QTimer::singleShot(0, this,
            [this, vm = operation.vm] { stop(vm, VmState::ShutOff, StateReason::GuestRequest); });
        break;
    case VmAction::Reboot:
    case VmAction::Reset:
        break;
    case VmAction::Save:
        return job([this, vm = operation.vm] {
            m_vms[vm].hasSavedMemory = true;
            stop(vm, VmState::ShutOff, StateReason::Saved);
            return vmm::Result<void> {};
        });
    case VmAction::DiscardSave:
        if (!info.hasSavedMemory)
            return vmm::async::failed<void>({ ErrorKind::WrongState, info.name });
        m_vms[vm].hasSavedMemory = false;
        m_vms[vm].reason = StateReason::None;
        publish(VmInfo(m_vms[vm]));
        break;
    case VmAction::ForceOff:
        stop(vm, VmState::ShutOff, StateReason::HostRequest);
        break;
    case VmAction::Undefine:
        m_trash.append({ { vm, info.name, QDateTime::currentDateTimeUtc(), vmm::Bytes::fromGiB(4) },
            info, storedXml(vm) });
        removeVm(vm);
        break;
    }
    return vmm::async::ready<void>({});
}

void FakeHost::stop(VmId vm, VmState state, StateReason reason)
{
    m_running.remove(vm);
    m_vms[vm].hasPendingChanges = false;
    setState(vm, state, reason);
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
    m_images.insert(info.disks.first(),
        { .path = info.disks.first(),
            .format = QStringLiteral("qcow2"),
            .virtualSize = vmm::Bytes::fromGiB(20),
            .actualSize = vmm::Bytes::fromMiB(1536) });
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

void FakeHost::setMissing(hosts::Feature feature, const QString& reason)
{
    m_info.missing.insert(feature, reason);
    Q_EMIT infoChanged();
}

void FakeHost::publish(const VmInfo& vm)
{
    m_vms.insert(vm.id, vm);
    if (m_connection == ConnectionState::Connected)
        Q_EMIT inventoryChanged({ .changed = { vm } });
}

} // namespace tests
