// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints and backups of a FakeHost.
#include "tests/support/FakeHost.h"

#include <algorithm>

namespace tests {

using hosts::VmId;
using vmm::BackupFile;
using vmm::BackupReport;
using vmm::CheckpointInfo;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Error machineIsOff(const QString& name)
{
    return { ErrorKind::WrongState, name, {}, ErrorCause::MachineMustRun };
}

auto isNamed(const QString& name)
{
    return [name](const CheckpointInfo& each) { return each.name == name; };
}

} // namespace

vmm::Future<QVector<CheckpointInfo>> FakeHost::answer(const hosts::ListCheckpoints& operation)
{
    QVector<CheckpointInfo> all = m_checkpoints.value(operation.vm);
    if (!vmm::isActive(m_vms[operation.vm].state)) {
        for (CheckpointInfo& each : all)
            each.changed.reset();
    }
    return vmm::async::ready<QVector<CheckpointInfo>>(all);
}

Result<QString> FakeHost::addCheckpoint(VmId vm, const vmm::CheckpointRequest& request)
{
    QVector<CheckpointInfo>& all = m_checkpoints[vm];
    if (std::any_of(all.begin(), all.end(), isNamed(request.name)))
        return Error { ErrorKind::AlreadyExists, request.name };
    all.append(
        { .name = request.name.isEmpty() ? QStringLiteral("checkpoint-%1").arg(all.size() + 1)
                                         : request.name,
            .description = request.description,
            .parent = all.isEmpty() ? QString() : all.last().name,
            .created = QDateTime::currentDateTimeUtc(),
            .disks = { QStringLiteral("vda") },
            .changed = vmm::Bytes::fromMiB(24) });
    return all.last().name;
}

vmm::Future<QString> FakeHost::answer(const hosts::CreateCheckpoint& operation)
{
    if (!vmm::isActive(m_vms[operation.vm].state))
        return vmm::async::failed<QString>(machineIsOff(m_vms[operation.vm].name));
    return vmm::async::ready<QString>(addCheckpoint(operation.vm, operation.request));
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteCheckpoint& operation)
{
    if (!vmm::isActive(m_vms[operation.vm].state)
        && operation.deletion != vmm::CheckpointDeletion::MetadataOnly)
        return vmm::async::failed<void>(machineIsOff(m_vms[operation.vm].name));
    QVector<CheckpointInfo>& all = m_checkpoints[operation.vm];
    const auto found = std::find_if(all.begin(), all.end(), isNamed(operation.name));
    if (found == all.end())
        return vmm::async::failed<void>({ ErrorKind::NotFound, operation.name });
    const CheckpointInfo gone = *found;
    all.erase(found);
    for (CheckpointInfo& each : all) {
        if (each.parent == gone.name)
            each.parent = gone.parent;
    }
    return vmm::async::ready<void>({});
}

vmm::Future<BackupReport> FakeHost::answer(const hosts::BackUpMachine& operation)
{
    const vmm::BackupRequest& request = operation.request;
    const QString name = m_vms[operation.vm].name;
    if (!vmm::isActive(m_vms[operation.vm].state))
        return vmm::async::failed<BackupReport>(machineIsOff(name));
    const auto file = [folder = request.folder, name](const QString& moment) {
        return QStringLiteral("%1/%2-vda@%3.qcow2").arg(folder, name, moment);
    };
    const BackupReport report { .files
        = { { .target = QStringLiteral("vda"),
            .path = file(request.checkpoint.isEmpty() ? QStringLiteral("now") : request.checkpoint),
            .isIncrement = !request.since.isEmpty(),
            .standsOn = request.since.isEmpty() ? QString() : file(request.since) } },
        .checkpoint = request.checkpoint };
    const vmm::Future<void> done = job([this, vm = operation.vm, request]() -> Result<void> {
        if (!request.checkpoint.isEmpty())
            TRY(addCheckpoint(vm, { .name = request.checkpoint }));
        return {};
    });
    return vmm::async::transformed<BackupReport>(
        done, this, [report](const Result<void>& result) -> Result<BackupReport> {
            if (!result)
                return result.error();
            return report;
        });
}

} // namespace tests
