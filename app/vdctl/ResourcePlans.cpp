// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans for pools, volumes and networks, and for machines that go to another host of their sort.
#include "app/vdctl/Plans.h"
#include "app/vdctl/Values.h"
#include "hosts/PoolUse.h"
#include "ui/text/MigrationText.h"

namespace vdctl {

using hosts::Host;
using hosts::MigrationObstacle;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;

namespace {

/// Shows a list, or only the names in it.
template <typename List> auto shower(const Call& call, Shown (*show)(const List&))
{
    return [show, isNames = call.has("names")](const List& list) {
        Shown shown = show(list);
        if (!isNames)
            return shown;
        shown.text.clear();
        for (const auto& each : list)
            shown.text += each.name + QLatin1Char('\n');
        return shown;
    };
}

vmm::Result<hosts::PoolInfo> poolNamed(const QVector<hosts::PoolInfo>& pools, const QString& name)
{
    for (const hosts::PoolInfo& each : pools) {
        if (each.name == name)
            return each;
    }
    return Error { ErrorKind::NotFound, name, QStringLiteral("the host has no such pool") };
}

ErrorKind kindOf(MigrationObstacle::Kind kind)
{
    switch (kind) {
    case MigrationObstacle::Kind::TargetUnreachable:
        return ErrorKind::Disconnected;
    case MigrationObstacle::Kind::NameTaken:
    case MigrationObstacle::Kind::AlreadyThere:
        return ErrorKind::AlreadyExists;
    case MigrationObstacle::Kind::DiskMissingThere:
    case MigrationObstacle::Kind::NetworkMissing:
        return ErrorKind::NotFound;
    case MigrationObstacle::Kind::DisksNotShared:
    case MigrationObstacle::Kind::SameHost:
        return ErrorKind::InvalidConfig;
    case MigrationObstacle::Kind::TargetUnsuitable:
    case MigrationObstacle::Kind::CpuIncompatible:
    case MigrationObstacle::Kind::OlderVersion:
    case MigrationObstacle::Kind::DeviceOfHost:
    case MigrationObstacle::Kind::TooLittleMemory:
        return ErrorKind::HostLacksFeature;
    }
    Q_UNREACHABLE();
}

std::optional<Error> refusal(const QVector<MigrationObstacle>& obstacles)
{
    for (const MigrationObstacle& each : obstacles) {
        if (each.isFatal)
            return Error { kindOf(each.kind), each.subject, ui::MigrationText::obstacle(each) };
    }
    return std::nullopt;
}

/// What is known before, beside what is done.
Shown asNotice(const QVector<MigrationObstacle>& obstacles)
{
    return { .notice = showMigrationCheck(obstacles).text };
}

} // namespace

PlanResult planPoolList(const Call& call, const Host&)
{
    return oneStep(hosts::ListPools {}, {}, shower(call, showPools));
}

PlanResult planVolumeList(const Call& call, const Host&)
{
    return oneStep(hosts::ListVolumes { .pool = call.argument(0) }, {}, shower(call, showVolumes));
}

PlanResult planVolumeCreate(const Call& call, const Host& host)
{
    hosts::NewVolume volume { .name = call.argument(1),
        .format = call.value("format"),
        .capacity = TRY(parseSize(call.argument(2))),
        .backingFormat = call.value("backing-format") };
    if (call.has("allocation"))
        volume.allocation = TRY(parseSize(call.value("allocation")));
    if (call.has("backing"))
        volume.backing = TRY(hostPath(host, call.value("backing")));
    const QString pool = call.argument(0);
    if (call.has("format"))
        return oneStep(hosts::CreateVolume { .pool = pool, .volume = volume }, volume.name);
    Step pools { .operation = hosts::ListPools {}, .label = pool };
    pools.next = [pool, volume](const hosts::Answer& answer) -> vmm::Result<QVector<Step>> {
        const auto found = TRY(poolNamed(std::get<QVector<hosts::PoolInfo>>(answer), pool));
        hosts::NewVolume made = volume;
        made.format = hosts::holdsFiles(found) ? QStringLiteral("qcow2") : QString();
        return oneStep(hosts::CreateVolume { .pool = pool, .volume = made }, made.name).steps;
    };
    return Plan { .steps = { pools } };
}

PlanResult planVolumeDelete(const Call& call, const Host&)
{
    Plan plan;
    for (const QString& volume : call.arguments.mid(1))
        plan.steps
            += oneStep(hosts::DeleteVolume { .pool = call.argument(0), .volume = volume }, volume)
                   .steps;
    return plan;
}

PlanResult planNetworkList(const Call& call, const Host&)
{
    return oneStep(hosts::ListNetworks {}, {}, shower(call, showNetworks));
}

PlanResult planNetworkLeases(const Call& call, const Host&)
{
    return oneStep(hosts::ListLeases { .network = call.argument(0) }, {}, showLeases);
}

PlanResult planMigrate(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    if (!call.has("to"))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("--to"),
            QStringLiteral("say which host it is to move to") };
    const hosts::HostUri target = TRY(hosts::HostUri::parse(call.value("to")));
    const hosts::MigrationRequest request { .target = target.toString(),
        .storage = call.has("copy-disks") ? hosts::StorageCopy::Full : hosts::StorageCopy::None,
        .bandwidthMiB = call.has("bandwidth") ? TRY(parseNumber(call.value("bandwidth"), 1)) : 0,
        .dataAddress = call.value("data-address") };
    const hosts::CheckMigration check { .vm = vm.id, .request = request };
    if (call.has("check"))
        return oneStep(check, vm.name, showMigrationCheck);
    Plan plan = oneStep(check, vm.name, asNotice);
    plan.steps.first().next
        = [vm, request](const hosts::Answer& answer) -> vmm::Result<QVector<Step>> {
        if (const auto error = refusal(std::get<QVector<MigrationObstacle>>(answer)))
            return *error;
        return oneStep(hosts::MigrateMachine { .vm = vm.id, .request = request }, vm.name).steps;
    };
    return plan;
}

} // namespace vdctl
