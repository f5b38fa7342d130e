// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be asked of a FakeHost besides the life of its machines.
#include "tests/support/FakeHost.h"

#include <QTimer>

namespace tests {

using hosts::VmId;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;
using vmm::async::failed;
using vmm::async::ready;

namespace {

Error nothingCalled(const QString& name)
{
    return { ErrorKind::NotFound, name, QStringLiteral("no such thing") };
}

QString attributeOf(const QString& xml, const QString& name)
{
    const QString quoted = xml.section(name + QStringLiteral("='"), 1, 1);
    return quoted.section(QLatin1Char('\''), 0, 0);
}

} // namespace

void FakeHost::seed()
{
    for (VmInfo& vm : m_vms) {
        if (vm.state != vmm::VmState::Running)
            continue;
        m_snapshots[vm.id].append({ .name = QStringLiteral("first"), .isCurrent = true });
        vm.snapshots = 1;
    }
    const VmInfo old { .id = VmId::createUuidV5(VmId(), QStringLiteral("old")),
        .name = QStringLiteral("old"),
        .state = vmm::VmState::ShutOff };
    m_trash.insert(old.id, old);
    m_images.insert(QStringLiteral("/images/base.qcow2"),
        { .path = QStringLiteral("/images/base.qcow2"),
            .format = QStringLiteral("qcow2"),
            .virtualSize = vmm::Bytes::fromGiB(8) });
    m_images.insert(QStringLiteral("/images/top.qcow2"),
        { .path = QStringLiteral("/images/top.qcow2"),
            .format = QStringLiteral("qcow2"),
            .virtualSize = vmm::Bytes::fromGiB(8),
            .backingFile = QStringLiteral("/images/base.qcow2") });
}

vmm::Future<void> FakeHost::changed(VmId vm, const std::function<void(VmInfo&)>& change)
{
    VmInfo info = m_vms.value(vm);
    change(info);
    publish(info);
    return ready<void>({});
}

template <typename T> vmm::Future<T> FakeHost::job(std::function<vmm::Result<T>()> done)
{
    auto promise = std::make_shared<vmm::Promise<T>>();
    promise->setProgressRange(0, 100);
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this,
        [this, timer, promise, done = std::move(done), percent = 0]() mutable {
            if (promise->isCancelRequested()) {
                ++m_cancelledJobs;
                promise->finish(Error { ErrorKind::Cancelled });
            } else if (percent < 100) {
                percent += 25;
                promise->setProgress(percent);
                return;
            } else {
                promise->finish(done());
            }
            timer->deleteLater();
            timer->stop();
        });
    timer->start(m_jobStepMs);
    return promise->future();
}

vmm::Future<QString> FakeHost::answer(const hosts::GetRunningDefinition& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return failed<QString>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return ready<QString>(QStringLiteral("<domain><name>%1</name><!-- running --></domain>")
                              .arg(m_vms.value(operation.vm).name));
}

vmm::Future<void> FakeHost::answer(const hosts::SetAutostart& operation)
{
    return changed(operation.vm, [&](VmInfo& info) { info.isAutostart = operation.isOn; });
}

vmm::Future<void> FakeHost::answer(const hosts::Rename& operation)
{
    for (const VmInfo& other : std::as_const(m_vms)) {
        if (other.name == operation.name)
            return failed<void>(
                { ErrorKind::AlreadyExists, operation.name, {}, vmm::ErrorCause::NameInUse });
    }
    return changed(operation.vm, [&](VmInfo& info) { info.name = operation.name; });
}

vmm::Future<QVector<vmm::TrashedMachine>> FakeHost::answer(const hosts::ListTrash&)
{
    QVector<vmm::TrashedMachine> all;
    for (const VmInfo& vm : std::as_const(m_trash))
        all.append({ .id = vm.id,
            .name = vm.name,
            .removed = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC),
            .size = vmm::Bytes::fromMiB(5) });
    return ready<QVector<vmm::TrashedMachine>>(all);
}

vmm::Future<void> FakeHost::answer(const hosts::RestoreTrashed& operation)
{
    if (!m_trash.contains(operation.vm))
        return failed<void>(nothingCalled(operation.vm.toString(QUuid::WithoutBraces)));
    publish(m_trash.take(operation.vm));
    return ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::EmptyTrash& operation)
{
    if (operation.vms.isEmpty())
        m_trash.clear();
    for (const VmId& vm : operation.vms)
        m_trash.remove(vm);
    return ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::AttachDevice& operation)
{
    const QString file = attributeOf(operation.xml, QStringLiteral("file"));
    return changed(operation.vm, [&](VmInfo& info) { info.disks.append(file); });
}

vmm::Future<void> FakeHost::answer(const hosts::DetachDevice& operation)
{
    const QString file = attributeOf(operation.xml, QStringLiteral("file"));
    if (!m_vms.value(operation.vm).disks.contains(file))
        return failed<void>(nothingCalled(file));
    return changed(operation.vm, [&](VmInfo& info) { info.disks.removeOne(file); });
}

vmm::Future<void> FakeHost::answer(const hosts::UpdateDevice& operation)
{
    const QString file = attributeOf(operation.xml, QStringLiteral("file"));
    return changed(operation.vm, [&](VmInfo& info) { info.disks = QStringList { file }; });
}

vmm::Future<void> FakeHost::answer(const hosts::SetMemory& operation)
{
    return changed(operation.vm, [&](VmInfo& info) { info.memory = operation.memory; });
}

vmm::Future<void> FakeHost::answer(const hosts::SetVcpus& operation)
{
    if (operation.count < 1)
        return failed<void>({ ErrorKind::InvalidConfig, QStringLiteral("vcpus") });
    return changed(operation.vm, [&](VmInfo& info) { info.vcpus = operation.count; });
}

vmm::Future<void> FakeHost::answer(const hosts::ResizeDisk& operation)
{
    if (operation.target != QStringLiteral("vda"))
        return failed<void>(nothingCalled(operation.target));
    return ready<void>({});
}

vmm::Future<QVector<vmm::SnapshotInfo>> FakeHost::answer(const hosts::ListSnapshots& operation)
{
    return ready<QVector<vmm::SnapshotInfo>>(m_snapshots.value(operation.vm));
}

std::optional<Error> FakeHost::refuseSnapshot(VmId vm, const QString& name) const
{
    for (const vmm::SnapshotInfo& snapshot : m_snapshots.value(vm)) {
        if (snapshot.name == name)
            return std::nullopt;
    }
    return nothingCalled(name);
}

vmm::Future<QString> FakeHost::answer(const hosts::CreateSnapshot& operation)
{
    return job<QString>([this, operation]() -> vmm::Result<QString> {
        QVector<vmm::SnapshotInfo>& all = m_snapshots[operation.vm];
        vmm::SnapshotInfo made { .name = operation.request.name,
            .description = operation.request.description,
            .parent = all.isEmpty() ? QString() : all.last().name,
            .created = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC),
            .kind
            = operation.request.withMemory ? vmm::SnapshotKind::Live : vmm::SnapshotKind::DiskOnly,
            .isCurrent = true };
        if (made.name.isEmpty())
            made.name = QStringLiteral("snapshot-%1").arg(all.size() + 1);
        if (!refuseSnapshot(operation.vm, made.name))
            return Error { ErrorKind::AlreadyExists, made.name };
        for (vmm::SnapshotInfo& other : all)
            other.isCurrent = false;
        all.append(made);
        (void)changed(operation.vm, [](VmInfo& info) { ++info.snapshots; });
        return made.name;
    });
}

vmm::Future<void> FakeHost::answer(const hosts::RevertSnapshot& operation)
{
    if (const auto error = refuseSnapshot(operation.vm, operation.name))
        return failed<void>(*error);
    return job<void>([this, operation]() -> vmm::Result<void> {
        for (vmm::SnapshotInfo& snapshot : m_snapshots[operation.vm])
            snapshot.isCurrent = snapshot.name == operation.name;
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteSnapshot& operation)
{
    if (const auto error = refuseSnapshot(operation.vm, operation.name))
        return failed<void>(*error);
    return job<void>([this, operation]() -> vmm::Result<void> {
        QVector<vmm::SnapshotInfo>& all = m_snapshots[operation.vm];
        all.removeIf([&](const auto& each) { return each.name == operation.name; });
        (void)changed(operation.vm, [](VmInfo& info) { --info.snapshots; });
        return {};
    });
}

vmm::Future<VmId> FakeHost::answer(const hosts::CloneMachine& operation)
{
    return job<VmId>([this, operation]() -> vmm::Result<VmId> {
        VmInfo twin = m_vms.value(operation.vm);
        twin.parentName = operation.request.kind == vmm::CloneKind::Full ? QString() : twin.name;
        twin.id = VmId::createUuid();
        twin.name = operation.request.name;
        twin.isTemplate = false;
        twin.state = operation.request.isStarted ? vmm::VmState::Running : vmm::VmState::ShutOff;
        publish(twin);
        return twin.id;
    });
}

vmm::Future<void> FakeHost::answer(const hosts::SetTemplate& operation)
{
    return changed(operation.vm, [&](VmInfo& info) { info.isTemplate = operation.isOn; });
}

std::optional<Error> FakeHost::refuseImage(const QString& path) const
{
    if (m_images.contains(path))
        return std::nullopt;
    return Error { ErrorKind::NotFound, path, {}, vmm::ErrorCause::ImageMissing };
}

vmm::Future<QVector<vmm::ImageUse>> FakeHost::answer(const hosts::ListImages&)
{
    QVector<vmm::ImageUse> all;
    for (const vmm::ImageInfo& image : std::as_const(m_images)) {
        vmm::ImageUse use { .image = image };
        for (const vmm::ImageInfo& other : std::as_const(m_images)) {
            if (other.backingFile == image.path)
                use.dependents.append(other.path);
        }
        all.append(use);
    }
    return ready<QVector<vmm::ImageUse>>(all);
}

vmm::Future<vmm::ImageChain> FakeHost::answer(const hosts::InspectImage& operation)
{
    if (const auto error = refuseImage(operation.path))
        return failed<vmm::ImageChain>(*error);
    vmm::ImageChain chain { m_images.value(operation.path) };
    while (!chain.last().backingFile.isEmpty())
        chain.append(m_images.value(chain.last().backingFile));
    return ready<vmm::ImageChain>(chain);
}

vmm::Future<void> FakeHost::answer(const hosts::CreateImage& operation)
{
    const vmm::NewImage& image = operation.image;
    if (m_images.contains(image.path))
        return failed<void>({ ErrorKind::AlreadyExists, image.path });
    m_images.insert(image.path,
        { .path = image.path,
            .format = image.format,
            .virtualSize = image.size,
            .actualSize = vmm::Bytes::fromKiB(196),
            .backingFile = image.backingFile,
            .backingFormat = image.backingFormat });
    return ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::ResizeImage& operation)
{
    if (const auto error = refuseImage(operation.path))
        return failed<void>(*error);
    m_images[operation.path].virtualSize = operation.size;
    return ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::ConvertImage& operation)
{
    if (const auto error = refuseImage(operation.conversion.source))
        return failed<void>(*error);
    return job<void>([this, operation]() -> vmm::Result<void> {
        vmm::ImageInfo image = m_images.value(operation.conversion.source);
        image.path = operation.conversion.target;
        image.format = operation.conversion.format;
        m_images.insert(image.path, image);
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::FlattenImage& operation)
{
    if (const auto error = refuseImage(operation.path))
        return failed<void>(*error);
    return job<void>([this, operation]() -> vmm::Result<void> {
        m_images[operation.path].backingFile.clear();
        m_images[operation.path].backingFormat.clear();
        return {};
    });
}

vmm::Future<vmm::ImageCheck> FakeHost::answer(const hosts::CheckImage& operation)
{
    if (const auto error = refuseImage(operation.path))
        return failed<vmm::ImageCheck>(*error);
    return job<vmm::ImageCheck>([operation]() -> vmm::Result<vmm::ImageCheck> {
        return vmm::ImageCheck { .leaks = 2, .leaksFixed = operation.repair ? 2 : 0 };
    });
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteImage& operation)
{
    if (const auto error = refuseImage(operation.path))
        return failed<void>(*error);
    for (const vmm::ImageInfo& other : std::as_const(m_images)) {
        if (other.backingFile == operation.path)
            return failed<void>({ ErrorKind::Busy, operation.path, other.path });
    }
    m_images.remove(operation.path);
    return ready<void>({});
}

vmm::Future<vmm::GuestFacts> FakeHost::answer(const hosts::GetGuestFacts& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return failed<vmm::GuestFacts>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return ready<vmm::GuestFacts>(vmm::GuestFacts { .agentVersion = QStringLiteral("7.2.0"),
        .hostName = m_vms.value(operation.vm).name + QStringLiteral(".example"),
        .system = QStringLiteral("Imaginary Linux"),
        .networkCards = { { .name = QStringLiteral("eth0"),
            .mac = QStringLiteral("52:54:00:00:00:01"),
            .addresses = { QStringLiteral("192.0.2.7/24") } } } });
}

vmm::Future<vmm::GuestCommandResult> FakeHost::answer(const hosts::RunInGuest& operation)
{
    return job<vmm::GuestCommandResult>([command = operation.command]() {
        return vmm::Result<vmm::GuestCommandResult>(
            vmm::GuestCommandResult { .exitCode = static_cast<int>(command.arguments.size()),
                .standardOutput = command.program.toUtf8() + '\n' + command.input,
                .standardError = command.arguments.join(QLatin1Char('|')).toUtf8() });
    });
}

vmm::Future<void> FakeHost::answer(const hosts::SetGuestTime&)
{
    return ready<void>({});
}

vmm::Future<vmm::LoadDetail> FakeHost::answer(const hosts::GetLoadDetail& operation)
{
    if (!vmm::isActive(m_vms.value(operation.vm).state))
        return failed<vmm::LoadDetail>({ ErrorKind::WrongState, m_vms.value(operation.vm).name });
    return ready<vmm::LoadDetail>(vmm::LoadDetail { .timeMs = 1'700'000'000'000,
        .cpu = 0.5,
        .vcpus = { 0.25, 0.75 },
        .resident = vmm::Bytes::fromMiB(100),
        .disks = { { .target = QStringLiteral("vda"), .read = { .bytesPerSecond = 1024 } } } });
}

vmm::Future<vmm::HostLoadDetail> FakeHost::answer(const hosts::GetHostLoadDetail&)
{
    return ready<vmm::HostLoadDetail>(vmm::HostLoadDetail { .timeMs = 1'700'000'000'000,
        .cpus = { 0.1, 0.2 },
        .loadAverage1 = 1.5,
        .memoryTotal = vmm::Bytes::fromGiB(32),
        .memoryAvailable = vmm::Bytes::fromGiB(20) });
}

} // namespace tests
