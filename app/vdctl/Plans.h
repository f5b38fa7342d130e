// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/vdctl/CommandTable.h"
#include "app/vdctl/Shown.h"

#include <QDir>

/// From a command to what is asked of the host. All of them: errors are InvalidConfig for what was
/// typed, NotFound for machines.
namespace vdctl {

using PlanResult = vmm::Result<Plan>;
using Planner = std::function<PlanResult(const Call&, const hosts::Host&)>;

Planner planAction(vmm::VmAction action);
PlanResult planNone(const Call& call, const hosts::Host& host);
PlanResult planList(const Call& call, const hosts::Host& host);
PlanResult planInfo(const Call& call, const hosts::Host& host);
PlanResult planLoad(const Call& call, const hosts::Host& host);
PlanResult planAttach(const Call& call, const hosts::Host& host);
PlanResult planConsole(const Call& call, const hosts::Host& host);
PlanResult planXml(const Call& call, const hosts::Host& host);
PlanResult planDefine(const Call& call, const hosts::Host& host);
PlanResult planCreate(const Call& call, const hosts::Host& host);
PlanResult planRename(const Call& call, const hosts::Host& host);
PlanResult planAutostart(const Call& call, const hosts::Host& host);
PlanResult planSetMemory(const Call& call, const hosts::Host& host);
PlanResult planSetVcpus(const Call& call, const hosts::Host& host);
PlanResult planResizeDisk(const Call& call, const hosts::Host& host);
PlanResult planSnapshotList(const Call& call, const hosts::Host& host);
PlanResult planSnapshotCreate(const Call& call, const hosts::Host& host);
PlanResult planClone(const Call& call, const hosts::Host& host);
PlanResult planTemplate(const Call& call, const hosts::Host& host);
PlanResult planTrashList(const Call& call, const hosts::Host& host);
PlanResult planTrashRestore(const Call& call, const hosts::Host& host);
PlanResult planTrashEmpty(const Call& call, const hosts::Host& host);
PlanResult planImageList(const Call& call, const hosts::Host& host);
PlanResult planImageCreate(const Call& call, const hosts::Host& host);
PlanResult planImageResize(const Call& call, const hosts::Host& host);
PlanResult planImageConvert(const Call& call, const hosts::Host& host);
PlanResult planImageCheck(const Call& call, const hosts::Host& host);
PlanResult planGuestFacts(const Call& call, const hosts::Host& host);
PlanResult planGuestRun(const Call& call, const hosts::Host& host);
PlanResult planGuestTime(const Call& call, const hosts::Host& host);
// MachinePlans.cpp:
PlanResult planSnapshotDelete(const Call& call, const hosts::Host& host);
PlanResult planCheckpointList(const Call& call, const hosts::Host& host);
PlanResult planCheckpointCreate(const Call& call, const hosts::Host& host);
PlanResult planCheckpointDelete(const Call& call, const hosts::Host& host);
PlanResult planBackup(const Call& call, const hosts::Host& host);
PlanResult planNotes(const Call& call, const hosts::Host& host);
PlanResult planRemoveWithDisks(const Call& call, const hosts::Host& host);
PlanResult planSendKeys(const Call& call, const hosts::Host& host);
PlanResult planNmi(const Call& call, const hosts::Host& host);
PlanResult planDump(const Call& call, const hosts::Host& host);
PlanResult planScreenPassword(const Call& call, const hosts::Host& host);
PlanResult planGuestPassword(const Call& call, const hosts::Host& host);
PlanResult planGuestFreeze(const Call& call, const hosts::Host& host);
// ResourcePlans.cpp:
PlanResult planPoolList(const Call& call, const hosts::Host& host);
PlanResult planVolumeList(const Call& call, const hosts::Host& host);
PlanResult planVolumeCreate(const Call& call, const hosts::Host& host);
PlanResult planVolumeDelete(const Call& call, const hosts::Host& host);
PlanResult planNetworkList(const Call& call, const hosts::Host& host);
PlanResult planNetworkLeases(const Call& call, const hosts::Host& host);
PlanResult planMigrate(const Call& call, const hosts::Host& host);

/// One step, shown by a function of its answer's type; none: nothing is shown.
template <typename Op> Plan oneStep(Op operation, const QString& label)
{
    return { .steps = { { .operation = std::move(operation), .label = label } } };
}

template <typename Op, typename Show> Plan oneStep(Op operation, const QString& label, Show show)
{
    Step step { .operation = std::move(operation), .label = label };
    step.show = [show](const hosts::Answer& answer) {
        return show(std::get<typename Op::Reply>(answer));
    };
    return { .steps = { step } };
}

/// A path of the host: absolute, or of this computer and made absolute. Errors: InvalidConfig.
vmm::Result<QString> hostPath(const hosts::Host& host, const QString& path);
vmm::Result<hosts::DeviceScope> scopeOf(const Call& call);
vmm::Result<QString> readText(const QString& path);

template <typename Op> Planner planDevice()
{
    return [](const Call& call, const hosts::Host& host) -> PlanResult {
        const hosts::VmInfo vm = TRY(findMachine(host, call.argument(0)));
        const hosts::DeviceScope scope = TRY(scopeOf(call));
        const QString xml = TRY(readText(call.argument(1)));
        return oneStep(Op { .vm = vm.id, .xml = xml, .scope = scope }, vm.name);
    };
}

template <typename Op> Planner planSnapshot()
{
    return [](const Call& call, const hosts::Host& host) -> PlanResult {
        const hosts::VmInfo vm = TRY(findMachine(host, call.argument(0)));
        return oneStep(Op { .vm = vm.id, .name = call.argument(1) }, call.argument(1));
    };
}

template <typename Op> Planner planImage()
{
    return [](const Call& call, const hosts::Host& host) -> PlanResult {
        const QString path = TRY(hostPath(host, call.argument(0)));
        if constexpr (std::is_same_v<Op, hosts::InspectImage>)
            return oneStep(Op { .path = path }, path, showChain);
        else
            return oneStep(Op { .path = path }, path);
    };
}

/// A file of this computer and a volume of the host.
template <typename Op> Planner planVolumeTransfer()
{
    return [](const Call& call, const hosts::Host&) -> PlanResult {
        const QString file = QDir::current().absoluteFilePath(call.argument(2));
        return oneStep(Op { .pool = call.argument(0), .volume = call.argument(1), .file = file },
            call.argument(1));
    };
}

} // namespace vdctl
