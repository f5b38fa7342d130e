// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots, clones, templates, images and the trash of a FakeHost.
#include "tests/support/FakeHost.h"
#include "vmm/definition/Definition.h"

namespace tests {

using hosts::VmId;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;
using vmm::ImageInfo;
using vmm::ImageUse;
using vmm::SnapshotInfo;
using vmm::StateReason;
using vmm::VmState;

namespace {

template <typename T> vmm::Future<T> refused(Error error)
{
    return vmm::async::failed<T>(std::move(error));
}

void removeDescendants(QVector<SnapshotInfo>& all, const QString& name)
{
    QStringList gone { name };
    for (qsizetype i = 0; i < gone.size(); ++i) {
        for (const SnapshotInfo& each : std::as_const(all)) {
            if (each.parent == gone[i] && !gone.contains(each.name))
                gone.append(each.name);
        }
    }
    all.removeIf(
        [&](const SnapshotInfo& each) { return each.name != name && gone.contains(each.name); });
}

auto named(const QString& name)
{
    return [name](const SnapshotInfo& each) { return each.name == name; };
}

} // namespace

void FakeHost::seed()
{
    for (VmInfo& vm : m_vms) {
        if (vm.state != vmm::VmState::Running)
            continue;
        m_snapshots[vm.id].append({ .name = QStringLiteral("first"), .isCurrent = true });
        vm.snapshots = 1;
        (void)addCheckpoint(vm.id, { .name = QStringLiteral("mon") });
    }
    const VmInfo old { .id = VmId::createUuidV5(VmId(), QStringLiteral("old")),
        .name = QStringLiteral("old"),
        .state = vmm::VmState::ShutOff };
    m_trash.append({ .what = { .id = old.id,
                         .name = old.name,
                         .removed = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC),
                         .size = vmm::Bytes::fromMiB(5) },
        .vm = old });
    const vmm::ImageInfo base { .path = QStringLiteral("/images/base.qcow2"),
        .format = QStringLiteral("qcow2"),
        .virtualSize = vmm::Bytes::fromGiB(8) };
    vmm::ImageInfo top = base;
    top.path = QStringLiteral("/images/top.qcow2");
    top.backingFile = base.path;
    m_images.insert(base.path, base);
    m_images.insert(top.path, top);
}

vmm::Future<QVector<vmm::TrashedMachine>> FakeHost::answer(const hosts::ListTrash&)
{
    QVector<vmm::TrashedMachine> all;
    for (const Trashed& each : std::as_const(m_trash))
        all.append(each.what);
    return vmm::async::ready<QVector<vmm::TrashedMachine>>(all);
}

vmm::Future<void> FakeHost::answer(const hosts::RestoreTrashed& operation)
{
    for (qsizetype i = 0; i < m_trash.size(); ++i) {
        if (m_trash[i].what.id != operation.vm)
            continue;
        if (const auto problem = nameProblem(m_trash[i].vm.name, operation.vm))
            return refused<void>(*problem);
        const Trashed restored = m_trash.takeAt(i);
        m_definitions[operation.vm] = restored.definition;
        publish(restored.vm);
        return vmm::async::ready<void>({});
    }
    return refused<void>({ ErrorKind::NotFound, operation.vm.toString(QUuid::WithoutBraces) });
}

vmm::Future<void> FakeHost::answer(const hosts::EmptyTrash& operation)
{
    if (operation.vms.isEmpty())
        m_trash.clear();
    m_trash.removeIf([&](const Trashed& each) { return operation.vms.contains(each.what.id); });
    return vmm::async::ready<void>({});
}

vmm::Future<QVector<SnapshotInfo>> FakeHost::answer(const hosts::ListSnapshots& operation)
{
    return vmm::async::ready<QVector<SnapshotInfo>>(m_snapshots.value(operation.vm));
}

vmm::Future<QString> FakeHost::answer(const hosts::CreateSnapshot& operation)
{
    const VmId vm = operation.vm;
    const vmm::SnapshotRequest& request = operation.request;
    const QVector<SnapshotInfo>& present = m_snapshots[vm];
    if (std::any_of(present.begin(), present.end(), named(request.name)))
        return refused<QString>({ ErrorKind::AlreadyExists, request.name });
    if (request.quiesce && m_withoutAgent.contains(vm))
        return refused<QString>(
            { ErrorKind::RefusedByGuest, m_vms[vm].name, QStringLiteral("no agent is connected") });
    const QString name = request.name.isEmpty()
        ? QStringLiteral("snapshot-%1").arg(present.size() + 1)
        : request.name;
    const vmm::Future<void> done = job([this, vm, request, name]() -> vmm::Result<void> {
        QVector<SnapshotInfo>& all = m_snapshots[vm];
        VmInfo info = m_vms.value(vm);
        SnapshotInfo made { .name = name,
            .description = request.description,
            .created = QDateTime::currentDateTimeUtc(),
            .isCurrent = true,
            .place = request.place == vmm::SnapshotPlace::Layer ? vmm::SnapshotPlace::Layer
                                                                : vmm::SnapshotPlace::Inside,
            .diskSize = vmm::Bytes::fromMiB(220) };
        if (vmm::isActive(info.state))
            made.kind = request.withMemory ? vmm::SnapshotKind::Live : vmm::SnapshotKind::DiskOnly;
        if (made.kind == vmm::SnapshotKind::Live)
            made.memorySize = vmm::Bytes::fromBytes(info.memory.count() / 4);
        for (SnapshotInfo& each : all) {
            if (std::exchange(each.isCurrent, false))
                made.parent = each.name;
        }
        all.append(made);
        info.snapshots = static_cast<int>(all.size());
        publish(info);
        return {};
    });
    return vmm::async::transformed<QString>(
        done, this, [name](vmm::Result<void> result) -> vmm::Result<QString> {
            if (!result)
                return result.error();
            return name;
        });
}

vmm::Future<void> FakeHost::answer(const hosts::RevertSnapshot& operation)
{
    const QVector<SnapshotInfo>& present = m_snapshots[operation.vm];
    if (std::none_of(present.begin(), present.end(), named(operation.name)))
        return refused<void>({ ErrorKind::NotFound, operation.name });
    return job([this, vm = operation.vm, name = operation.name]() -> vmm::Result<void> {
        for (SnapshotInfo& each : m_snapshots[vm])
            each.isCurrent = each.name == name;
        publish(VmInfo(m_vms[vm]));
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteSnapshot& operation)
{
    return job([this, vm = operation.vm, name = operation.name,
                   deletion = operation.deletion]() -> vmm::Result<void> {
        QVector<SnapshotInfo>& all = m_snapshots[vm];
        if (deletion == vmm::SnapshotDeletion::WithChildren)
            removeDescendants(all, name);
        const auto found = std::find_if(all.begin(), all.end(), named(name));
        if (found == all.end())
            return Error { ErrorKind::NotFound, name };
        const SnapshotInfo gone = *found;
        all.erase(found);
        for (SnapshotInfo& each : all) {
            if (each.parent == gone.name)
                each.parent = gone.parent;
            if (gone.isCurrent && each.name == gone.parent)
                each.isCurrent = true;
        }
        VmInfo info = m_vms.value(vm);
        info.snapshots = static_cast<int>(all.size());
        publish(info);
        return {};
    });
}

vmm::Future<VmId> FakeHost::answer(const hosts::CloneMachine& operation)
{
    const VmInfo original = m_vms.value(operation.vm);
    const vmm::CloneRequest& request = operation.request;
    if (const auto problem = nameProblem(request.name, {}))
        return refused<VmId>(*problem);
    if (request.kind == vmm::CloneKind::Instant
        && !(original.isTemplate && vmm::isActive(original.state)))
        return refused<VmId>({ ErrorKind::WrongState, original.name });
    const VmId id = VmId::createUuid();
    const vmm::Future<void> done = job([this, id, original, request]() -> vmm::Result<void> {
        const bool isInstant = request.kind == vmm::CloneKind::Instant;
        const bool runs = isInstant || request.isStarted;
        addVm(request.name, runs ? VmState::Running : VmState::ShutOff, id);
        VmInfo info = m_vms.value(id);
        info.memory = original.memory;
        info.vcpus = original.vcpus;
        if (request.kind != vmm::CloneKind::Full) {
            info.parentName = original.name;
            m_images[info.disks.first()].backingFile = original.disks.value(0);
        }
        publish(info);
        return {};
    });
    return vmm::async::transformed<VmId>(
        done, this, [id](vmm::Result<void> result) -> vmm::Result<VmId> {
            if (!result)
                return result.error();
            return id;
        });
}

vmm::Future<void> FakeHost::answer(const hosts::SetTemplate& operation)
{
    const VmInfo original = m_vms.value(operation.vm);
    for (const VmInfo& other : std::as_const(m_vms)) {
        if (!operation.isOn && other.parentName == original.name)
            return refused<void>({ ErrorKind::Busy, original.name,
                QStringLiteral("%1 stands on it").arg(other.name) });
    }
    return job([this, operation]() -> vmm::Result<void> {
        if (operation.isOn && m_vms[operation.vm].state == VmState::Running)
            setState(operation.vm, VmState::Paused, StateReason::HostRequest);
        VmInfo info = m_vms.value(operation.vm);
        info.isTemplate = operation.isOn;
        publish(info);
        return {};
    });
}

QVector<ImageUse> FakeHost::images() const
{
    QMap<QString, ImageUse> all;
    for (const ImageInfo& each : m_images)
        all[each.path].image = each;
    for (const VmInfo& vm : m_vms) {
        for (const QString& disk : vm.disks) {
            for (QString path = disk; !path.isEmpty(); path = m_images.value(path).backingFile) {
                if (all.contains(path))
                    all[path].machines << vm.name;
            }
        }
    }
    for (const ImageInfo& each : m_images) {
        if (all.contains(each.backingFile))
            all[each.backingFile].dependents << each.path;
    }
    return all.values();
}

vmm::Result<ImageUse> FakeHost::image(const QString& path) const
{
    for (const ImageUse& each : images()) {
        if (each.image.path == path)
            return each;
    }
    return Error { ErrorKind::NotFound, path, {}, vmm::ErrorCause::ImageMissing };
}

vmm::Future<QVector<ImageUse>> FakeHost::answer(const hosts::ListImages&)
{
    return vmm::async::ready<QVector<ImageUse>>(images());
}

vmm::Future<vmm::ImageChain> FakeHost::answer(const hosts::InspectImage& operation)
{
    vmm::ImageChain chain;
    for (QString path = operation.path; m_images.contains(path);
         path = m_images.value(path).backingFile)
        chain.append(m_images.value(path));
    if (chain.isEmpty())
        return refused<vmm::ImageChain>({ ErrorKind::NotFound, operation.path });
    return vmm::async::ready<vmm::ImageChain>(chain);
}

vmm::Future<void> FakeHost::answer(const hosts::CreateImage& operation)
{
    const vmm::NewImage& wanted = operation.image;
    if (m_images.contains(wanted.path))
        return refused<void>({ ErrorKind::AlreadyExists, wanted.path });
    const bool hasBacking = !wanted.backingFile.isEmpty();
    m_images.insert(wanted.path,
        { .path = wanted.path,
            .format = wanted.format,
            .virtualSize = wanted.size.count() == 0 && hasBacking
                ? m_images.value(wanted.backingFile).virtualSize
                : wanted.size,
            .actualSize = vmm::Bytes::fromBytes(196'608),
            .backingFile = wanted.backingFile });
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::ResizeImage& operation)
{
    const auto found = m_images.find(operation.path);
    if (found == m_images.end())
        return refused<void>({ ErrorKind::NotFound, operation.path });
    if (operation.size < found->virtualSize)
        return refused<void>(
            { ErrorKind::InvalidConfig, operation.path, QStringLiteral("smaller than it is") });
    found->virtualSize = operation.size;
    return vmm::async::ready<void>({});
}

vmm::Future<void> FakeHost::answer(const hosts::ConvertImage& operation)
{
    const vmm::ImageConversion wanted = operation.conversion;
    if (const auto source = image(wanted.source); !source)
        return refused<void>(source.error());
    if (m_images.contains(wanted.target))
        return refused<void>({ ErrorKind::AlreadyExists, wanted.target });
    return job([this, wanted]() -> vmm::Result<void> {
        ImageInfo made = m_images.value(wanted.source);
        made.path = wanted.target;
        made.format = wanted.format;
        made.backingFile.clear();
        m_images.insert(made.path, made);
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::FlattenImage& operation)
{
    if (const auto found = image(operation.path); !found)
        return refused<void>(found.error());
    return job([this, path = operation.path]() -> vmm::Result<void> {
        m_images[path].backingFile.clear();
        return {};
    });
}

vmm::Future<vmm::ImageCheck> FakeHost::answer(const hosts::CheckImage& operation)
{
    if (const auto checked = image(operation.path); !checked)
        return refused<vmm::ImageCheck>(checked.error());
    const vmm::ImageCheck found { .leaks = operation.repair ? 0 : 3,
        .leaksFixed = operation.repair ? 3 : 0 };
    return vmm::async::ready<vmm::ImageCheck>(found);
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteImage& operation)
{
    const auto found = image(operation.path);
    if (!found)
        return refused<void>(found.error());
    const QStringList users = found->machines + found->dependents;
    if (!users.isEmpty())
        return refused<void>({ ErrorKind::Busy, operation.path, users.join(QStringLiteral(", ")) });
    m_images.remove(operation.path);
    return vmm::async::ready<void>({});
}

} // namespace tests
