// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans for what is done to one machine beside its life cycle and its hardware.
#include "app/vdctl/Plans.h"
#include "app/vdctl/Values.h"

namespace vdctl {

using hosts::Host;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;

namespace {

Error notBoth(const char* options, const char* why)
{
    return { ErrorKind::InvalidConfig, QString::fromLatin1(options), QString::fromLatin1(why) };
}

vmm::Result<vmm::SnapshotPlace> placeOf(const Call& call)
{
    const QString word = call.value("place");
    if (word.isEmpty())
        return vmm::SnapshotPlace::Automatic;
    if (const auto place = vmm::snapshotPlaceFromString(word))
        return *place;
    return Error { ErrorKind::InvalidConfig, QStringLiteral("--place ") + word,
        QStringLiteral("inside, layer or automatic") };
}

} // namespace

PlanResult planSnapshotCreate(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const vmm::SnapshotPlace place = TRY(placeOf(call));
    return oneStep(hosts::CreateSnapshot { .vm = vm.id,
                       .request = { .name = call.argument(1),
                           .description = call.value("description"),
                           .withMemory = !call.has("no-memory"),
                           .quiesce = call.has("quiesce"),
                           .place = place } },
        vm.name, showName);
}

PlanResult planSnapshotDelete(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    if (call.has("children") && call.has("metadata-only"))
        return notBoth("--children --metadata-only", "it is one or the other");
    auto deletion = vmm::SnapshotDeletion::Merge;
    if (call.has("children"))
        deletion = vmm::SnapshotDeletion::WithChildren;
    if (call.has("metadata-only"))
        deletion = vmm::SnapshotDeletion::MetadataOnly;
    return oneStep(
        hosts::DeleteSnapshot { .vm = vm.id, .name = call.argument(1), .deletion = deletion },
        call.argument(1));
}

PlanResult planCheckpointList(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::ListCheckpoints { .vm = vm.id }, vm.name, showCheckpoints);
}

PlanResult planCheckpointCreate(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(
        hosts::CreateCheckpoint { .vm = vm.id,
            .request = { .name = call.argument(1), .description = call.value("description") } },
        vm.name, showName);
}

PlanResult planCheckpointDelete(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::DeleteCheckpoint { .vm = vm.id,
                       .name = call.argument(1),
                       .deletion = call.has("metadata-only") ? vmm::CheckpointDeletion::MetadataOnly
                                                             : vmm::CheckpointDeletion::Merge },
        call.argument(1));
}

PlanResult planBackup(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const QString folder = TRY(hostPath(host, call.argument(1)));
    for (const char* option : { "since", "checkpoint" }) {
        if (call.has(option) && call.value(option).isEmpty())
            return Error { ErrorKind::InvalidConfig,
                QStringLiteral("--") + QLatin1StringView(option),
                QStringLiteral("the name of a checkpoint") };
    }
    return oneStep(hosts::BackUpMachine { .vm = vm.id,
                       .request = { .folder = folder,
                           .since = call.value("since"),
                           .checkpoint = call.value("checkpoint"),
                           .quiesce = call.has("quiesce") } },
        vm.name, showBackup);
}

/// What is not named stays as it is.
PlanResult planNotes(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    hosts::SetNotes notes {
        .vm = vm.id, .title = vm.title, .description = vm.description, .tags = vm.tags
    };
    if (call.has("title"))
        notes.title = call.value("title");
    if (call.has("description"))
        notes.description = call.value("description");
    if (call.has("tags"))
        notes.tags = call.value("tags").split(QLatin1Char(','), Qt::SkipEmptyParts);
    return oneStep(notes, vm.name);
}

PlanResult planRemoveWithDisks(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    hosts::RemoveWithDisks operation { .vm = vm.id };
    for (const QString& disk : call.arguments.mid(1)) // those on the network have no paths
        operation.disks.append(vm.disks.contains(disk) ? disk : TRY(hostPath(host, disk)));
    return oneStep(operation, vm.name);
}

PlanResult planSendKeys(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::SendKeys { .vm = vm.id, .keys = call.arguments.mid(1) }, vm.name);
}

PlanResult planNmi(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::InjectNmi { .vm = vm.id }, vm.name);
}

PlanResult planDump(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const QString path = TRY(hostPath(host, call.argument(1)));
    return oneStep(hosts::DumpMemory { .vm = vm.id, .path = path }, vm.name);
}

/// A password is read, never an argument: those are seen by everybody on the computer.
vmm::Result<QString> readPassword(const QString& file)
{
    QString password = TRY(readText(file));
    if (password.endsWith(QLatin1Char('\n')))
        password.chop(1);
    return password;
}

PlanResult planScreenPassword(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    hosts::SetScreenPassword operation { .vm = vm.id };
    if (call.has("screen")) {
        const QString screenName = call.value("screen");
        const auto screen = hosts::screenKindFromString(screenName);
        if (!screen)
            return vmm::Error { vmm::ErrorKind::InvalidConfig, screenName,
                QStringLiteral("spice or vnc is meant") };
        operation.screen = *screen;
    }
    operation.password = TRY(readPassword(call.argument(1)));
    return oneStep(operation, vm.name);
}

PlanResult planGuestPassword(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const QString password = TRY(readPassword(call.argument(2)));
    return oneStep(
        hosts::SetGuestPassword { .vm = vm.id, .user = call.argument(1), .password = password },
        vm.name);
}

PlanResult planGuestFreeze(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const bool isFrozen = TRY(parseSwitch(call.argument(1)));
    return oneStep(hosts::FreezeGuest { .vm = vm.id, .isFrozen = isFrozen }, vm.name);
}

} // namespace vdctl
