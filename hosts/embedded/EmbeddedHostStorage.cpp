// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the embedded host answers about images, snapshots and clones.
#include "hosts/embedded/EmbeddedHost.h"

namespace hosts::embedded {

namespace {

/// fn(Machine&) -> Future<T>, or NotFound.
template <typename T, typename F> vmm::Future<T> withMachine(vmm::Core& core, VmId id, F fn)
{
    vmm::Machine* machine = core.machine(id);
    return machine ? fn(*machine) : vmm::async::failed<T>(vmm::noSuchMachine(id));
}

vmm::Error lacksOtherDeletion()
{
    return { vmm::ErrorKind::HostLacksFeature, nameOf(Feature::ExternalSnapshots),
        QStringLiteral("a snapshot of this host is merged when it is deleted") };
}

} // namespace

vmm::Future<QVector<vmm::ImageUse>> EmbeddedHost::answer(const ListImages&)
{
    return m_storage->images().list();
}

vmm::Future<vmm::ImageChain> EmbeddedHost::answer(const InspectImage& operation)
{
    return m_storage->images().inspect(operation.path);
}

vmm::Future<void> EmbeddedHost::answer(const CreateImage& operation)
{
    return m_storage->images().create(operation.image);
}

vmm::Future<void> EmbeddedHost::answer(const ResizeImage& operation)
{
    return m_storage->images().resize(operation.path, operation.size);
}

vmm::Future<void> EmbeddedHost::answer(const ConvertImage& operation)
{
    return m_storage->images().convert(operation.conversion);
}

vmm::Future<void> EmbeddedHost::answer(const FlattenImage& operation)
{
    return m_storage->images().flatten(operation.path);
}

vmm::Future<vmm::ImageCheck> EmbeddedHost::answer(const CheckImage& operation)
{
    return m_storage->images().check(operation.path, operation.repair);
}

vmm::Future<void> EmbeddedHost::answer(const DeleteImage& operation)
{
    return m_storage->images().remove(operation.path);
}

vmm::Future<QVector<vmm::SnapshotInfo>> EmbeddedHost::answer(const ListSnapshots& operation)
{
    using Infos = QVector<vmm::SnapshotInfo>;
    return withMachine<Infos>(*m_core, operation.vm, [this](const vmm::Machine& machine) {
        return vmm::async::ready<Infos>(m_storage->snapshots().list(machine));
    });
}

vmm::Future<QString> EmbeddedHost::answer(const CreateSnapshot& operation)
{
    return withMachine<QString>(*m_core, operation.vm, [&](vmm::Machine& machine) {
        return m_storage->snapshots().create(machine, operation.request);
    });
}

vmm::Future<void> EmbeddedHost::answer(const RevertSnapshot& operation)
{
    return withMachine<void>(*m_core, operation.vm, [&](vmm::Machine& machine) {
        return m_storage->snapshots().revert(machine, operation.name);
    });
}

vmm::Future<void> EmbeddedHost::answer(const DeleteSnapshot& operation)
{
    if (operation.deletion != vmm::SnapshotDeletion::Merge)
        return vmm::async::failed<void>(lacksOtherDeletion());
    return withMachine<void>(*m_core, operation.vm, [&](vmm::Machine& machine) {
        return m_storage->snapshots().remove(machine, operation.name);
    });
}

vmm::Future<VmId> EmbeddedHost::answer(const CloneMachine& operation)
{
    return withMachine<VmId>(*m_core, operation.vm, [&](vmm::Machine& machine) {
        return m_storage->clones().clone(machine, operation.request);
    });
}

vmm::Future<void> EmbeddedHost::answer(const SetTemplate& operation)
{
    return withMachine<void>(*m_core, operation.vm, [&](vmm::Machine& machine) {
        return m_storage->clones().setTemplate(machine, operation.isOn);
    });
}

} // namespace hosts::embedded
