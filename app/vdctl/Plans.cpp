// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Plans.h"

#include "app/vdctl/Values.h"

#include <QDir>

namespace vdctl {

using hosts::Host;
using hosts::VmInfo;
using vmm::Error;
using vmm::ErrorKind;

namespace {

QVector<VmInfo> sortedMachines(const Host& host)
{
    QVector<VmInfo> vms = host.vms();
    std::sort(vms.begin(), vms.end(), [](const VmInfo& a, const VmInfo& b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    return vms;
}

vmm::Result<QString> optionalPath(const Host& host, const Call& call, const char* option)
{
    return call.has(option) ? hostPath(host, call.value(option)) : QString();
}

vmm::Result<vmm::Bytes> optionalSize(const Call& call, const char* option, vmm::Bytes otherwise)
{
    return call.has(option) ? parseSize(call.value(option)) : otherwise;
}

/// The one trashed machine of that name or UUID. Errors: NotFound, InvalidConfig.
vmm::Result<vmm::TrashedMachine> findTrashed(
    const QVector<vmm::TrashedMachine>& all, const QString& nameOrId)
{
    QVector<vmm::TrashedMachine> found;
    const QUuid id(nameOrId);
    for (const vmm::TrashedMachine& each : all) {
        if (!id.isNull() && each.id == id)
            return each;
        if (each.name == nameOrId)
            found.append(each);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty())
        return Error { ErrorKind::NotFound, nameOrId, QStringLiteral("not in the trash") };
    return Error { ErrorKind::InvalidConfig, nameOrId,
        QStringLiteral("several machines in the trash have that name; use the UUID") };
}

/// The trashed machines that were named. Errors: as findTrashed.
vmm::Result<QVector<vmm::TrashedMachine>> chosen(
    const QVector<vmm::TrashedMachine>& all, const QStringList& names)
{
    QVector<vmm::TrashedMachine> found;
    for (const QString& name : names)
        found.append(TRY(findTrashed(all, name)));
    return found;
}

/// First what is in the trash, then what `steps` makes of those that were named.
Plan withTrashed(const QStringList& names,
    std::function<QVector<Step>(const QVector<vmm::TrashedMachine>&)> steps)
{
    Step list { .operation = hosts::ListTrash {} };
    list.next = [names, steps = std::move(steps)](
                    const hosts::Answer& answer) -> vmm::Result<QVector<Step>> {
        return steps(TRY(chosen(std::get<QVector<vmm::TrashedMachine>>(answer), names)));
    };
    return { .steps = { list } };
}

} // namespace

vmm::Result<QString> hostPath(const Host& host, const QString& path)
{
    if (QDir::isAbsolutePath(path))
        return path;
    if (path.isEmpty() || !host.uri().isLocal())
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("a path on another computer starts with a slash") };
    return QDir::current().absoluteFilePath(path);
}

vmm::Result<hosts::DeviceScope> scopeOf(const Call& call)
{
    if (call.has("stored") && call.has("running"))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("--stored --running"),
            QStringLiteral("both is what is done without them") };
    if (call.has("stored"))
        return hosts::DeviceScope::Stored;
    return call.has("running") ? hosts::DeviceScope::Running : hosts::DeviceScope::Both;
}

vmm::Result<QString> readText(const QString& path)
{
    return QString::fromUtf8(TRY(readInput(path)));
}

Planner planAction(vmm::VmAction action)
{
    return [action](const Call& call, const Host& host) -> PlanResult {
        const int wait = call.has("wait") ? TRY(parseNumber(call.value("wait"), 1)) : 0;
        Plan plan;
        const MachineIndex machines(host);
        for (const QString& name : call.arguments) { // all are there, or nothing is done
            const VmInfo vm = TRY(machines.find(name));
            plan.steps.append({ .operation = hosts::Perform { .vm = vm.id, .action = action },
                .label = vm.name,
                .secondsUntilOff = wait });
        }
        return plan;
    };
}

PlanResult planNone(const Call&, const Host&)
{
    return Plan {};
}

PlanResult planList(const Call& call, const Host& host)
{
    QVector<VmInfo> vms = sortedMachines(host);
    if (call.has("running"))
        vms.removeIf([](const VmInfo& vm) { return !vmm::isActive(vm.state); });
    for (const QString& tag : call.values("tag"))
        vms.removeIf([&tag](const VmInfo& vm) { return !vm.tags.contains(tag); });
    Shown shown = showMachines(vms);
    if (call.has("ids") || call.has("names")) {
        shown.text.clear();
        for (const VmInfo& vm : std::as_const(vms))
            shown.text += (call.has("ids") ? idText(vm.id) : vm.name) + QLatin1Char('\n');
    }
    return Plan { .shown = shown };
}

PlanResult planInfo(const Call& call, const Host& host)
{
    if (call.arguments.isEmpty())
        return Plan { .shown = showHost(host.info(), host.uri()) };
    return Plan { .shown = showMachine(TRY(findMachine(host, call.argument(0)))) };
}

namespace {

/// Asks twice: rates are since the question before, and the first has none.
template <typename Op, typename Show>
Plan measured(const Op& operation, const QString& label, Show show)
{
    Step first { .operation = operation, .label = label, .pause = std::chrono::seconds(1) };
    first.next = [plan = oneStep(operation, label, show)](
                     const hosts::Answer&) -> vmm::Result<QVector<Step>> { return plan.steps; };
    return { .steps = { first } };
}

} // namespace

PlanResult planLoad(const Call& call, const Host& host)
{
    if (call.arguments.isEmpty())
        return measured(hosts::GetHostLoadDetail {}, {}, showHostLoad);
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return measured(hosts::GetLoadDetail { .vm = vm.id }, vm.name, showLoad);
}

PlanResult planAttach(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const int port = call.has("port") ? TRY(parseNumber(call.value("port"), 1)) : 1;
    return Plan { .steps = { { .operation = hosts::OpenSerial { .vm = vm.id,
                                   .port = port - 1,
                                   .isTakenOver = call.has("take-over") },
                      .label = vm.name,
                      .attaches = true } } };
}

PlanResult planConsole(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const bool isHeld = call.has("hold");
    if (host.uri().isRemoteCore() && !isHeld)
        return Error { ErrorKind::HostLacksFeature, vm.name,
            QStringLiteral(
                "Its screen is a socket of the other computer; --hold brings it here.") };
    Plan plan
        = oneStep(hosts::GetConsole { .vm = vm.id, .isLasting = !isHeld }, vm.name, showConsole);
    plan.steps.first().holds = isHeld;
    if (vm.hasScreen)
        plan.steps.first().remedy = QStringLiteral(
            "No address of it outlives this command: keep one open by --hold, or use the window.");
    return plan;
}

PlanResult planXml(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    if (call.has("running"))
        return oneStep(hosts::GetRunningDefinition { .vm = vm.id }, vm.name, showDefinition);
    return oneStep(hosts::GetDefinition { .vm = vm.id }, vm.name, showDefinition);
}

PlanResult planDefine(const Call& call, const Host&)
{
    const QString xml = TRY(readText(call.argument(0)));
    return oneStep(hosts::Define { .xml = xml }, call.argument(0), showId);
}

namespace {

/// "user", "none", "bridge=br0", "network=user", or a network by its name.
vmm::Result<vmm::NewNetworkCard> parseCard(const QString& text)
{
    const QString type = text.section(QLatin1Char('='), 0, 0);
    const QString source = text.section(QLatin1Char('='), 1);
    const bool hasSource = type == QStringLiteral("bridge") || type == QStringLiteral("network");
    if (text.isEmpty() || (hasSource && text.contains(QLatin1Char('=')) && source.isEmpty()))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("--network ") + text,
            QStringLiteral("the name of a network, bridge=NAME, user or none") };
    if (hasSource && !source.isEmpty())
        return vmm::NewNetworkCard { type, source };
    if (text == QStringLiteral("user") || text == QStringLiteral("none"))
        return vmm::NewNetworkCard { text, {} };
    return vmm::NewNetworkCard { QStringLiteral("network"), text };
}

vmm::Result<void> takeNetworks(const QStringList& networks, vmm::NewMachine& machine)
{
    QVector<vmm::NewNetworkCard> cards;
    for (const QString& network : networks)
        cards.append(TRY(parseCard(network)));
    if (cards.isEmpty())
        return {};
    const vmm::NewNetworkCard first = cards.takeFirst();
    machine.networkType = first.type;
    machine.network = first.source;
    machine.furtherCards = cards;
    return {};
}

} // namespace

PlanResult planCreate(const Call& call, const Host& host)
{
    vmm::NewMachine machine { .name = call.argument(0) };
    machine.memory = TRY(optionalSize(call, "memory", machine.memory));
    machine.newDisk = TRY(optionalSize(call, "disk", {}));
    if (call.has("vcpus"))
        machine.vcpus = TRY(parseNumber(call.value("vcpus"), 1));
    machine.diskImage = TRY(optionalPath(host, call, "image"));
    machine.isoImage = TRY(optionalPath(host, call, "iso"));
    machine.kernel = TRY(optionalPath(host, call, "kernel"));
    machine.initrd = TRY(optionalPath(host, call, "initrd"));
    machine.kernelCommandLine = call.value("append");
    machine.pool = call.value("pool");
    TRY(takeNetworks(call.values("network"), machine));
    return oneStep(hosts::CreateMachine { .machine = machine }, machine.name, showId);
}

PlanResult planRename(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::Rename { .vm = vm.id, .name = call.argument(1) }, vm.name);
}

PlanResult planAutostart(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const bool isOn = TRY(parseSwitch(call.argument(1)));
    return oneStep(hosts::SetAutostart { .vm = vm.id, .isOn = isOn }, vm.name);
}

PlanResult planSetMemory(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const vmm::Bytes memory = TRY(parseSize(call.argument(1)));
    return oneStep(hosts::SetMemory { .vm = vm.id, .memory = memory }, vm.name);
}

PlanResult planSetVcpus(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const int count = TRY(parseNumber(call.argument(1), 1));
    return oneStep(hosts::SetVcpus { .vm = vm.id, .count = count }, vm.name);
}

PlanResult planResizeDisk(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const vmm::Bytes size = TRY(parseSize(call.argument(2)));
    return oneStep(
        hosts::ResizeDisk { .vm = vm.id, .target = call.argument(1), .size = size }, vm.name);
}

PlanResult planSnapshotList(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::ListSnapshots { .vm = vm.id }, vm.name, showSnapshots);
}

PlanResult planClone(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    if (call.has("linked") && call.has("instant"))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("--linked --instant"),
            QStringLiteral("it is one or the other") };
    vmm::CloneRequest request { .name = call.argument(1), .isStarted = call.has("start") };
    if (call.has("linked"))
        request.kind = vmm::CloneKind::Linked;
    if (call.has("instant"))
        request.kind = vmm::CloneKind::Instant;
    return oneStep(hosts::CloneMachine { .vm = vm.id, .request = request }, vm.name, showId);
}

PlanResult planTemplate(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    const bool isOn = TRY(parseSwitch(call.argument(1)));
    return oneStep(hosts::SetTemplate { .vm = vm.id, .isOn = isOn }, vm.name);
}

PlanResult planTrashList(const Call&, const Host&)
{
    return oneStep(hosts::ListTrash {}, {}, showTrash);
}

PlanResult planTrashRestore(const Call& call, const Host&)
{
    return withTrashed(call.arguments, [](const QVector<vmm::TrashedMachine>& machines) {
        QVector<Step> steps;
        for (const vmm::TrashedMachine& each : machines)
            steps.append(
                { .operation = hosts::RestoreTrashed { .vm = each.id }, .label = each.name });
        return steps;
    });
}

PlanResult planTrashEmpty(const Call& call, const Host&)
{
    if (call.arguments.isEmpty())
        return oneStep(hosts::EmptyTrash {}, {});
    return withTrashed(call.arguments, [](const QVector<vmm::TrashedMachine>& machines) {
        hosts::EmptyTrash empty;
        for (const vmm::TrashedMachine& each : machines)
            empty.vms.append(each.id);
        return QVector<Step> { { .operation = empty } };
    });
}

PlanResult planImageList(const Call&, const Host&)
{
    return oneStep(hosts::ListImages {}, {}, showImages);
}

PlanResult planImageCreate(const Call& call, const Host& host)
{
    vmm::NewImage image { .path = TRY(hostPath(host, call.argument(0))) };
    if (call.arguments.size() > 1)
        image.size = TRY(parseSize(call.argument(1)));
    if (call.has("format"))
        image.format = call.value("format");
    image.backingFile = TRY(optionalPath(host, call, "backing"));
    image.backingFormat = call.value("backing-format");
    if (image.backingFile.isEmpty() && image.size.count() == 0)
        return Error { ErrorKind::InvalidConfig, image.path,
            QStringLiteral("a size is needed, or an image to stand on (--backing)") };
    return oneStep(hosts::CreateImage { .image = image }, image.path);
}

PlanResult planImageResize(const Call& call, const Host& host)
{
    const QString path = TRY(hostPath(host, call.argument(0)));
    const vmm::Bytes size = TRY(parseSize(call.argument(1)));
    return oneStep(hosts::ResizeImage { .path = path, .size = size }, path);
}

PlanResult planImageConvert(const Call& call, const Host& host)
{
    vmm::ImageConversion conversion { .isCompressed = call.has("compress") };
    conversion.source = TRY(hostPath(host, call.argument(0)));
    conversion.target = TRY(hostPath(host, call.argument(1)));
    if (call.has("format"))
        conversion.format = call.value("format");
    return oneStep(hosts::ConvertImage { .conversion = conversion }, conversion.source);
}

PlanResult planImageCheck(const Call& call, const Host& host)
{
    const QString path = TRY(hostPath(host, call.argument(0)));
    return oneStep(
        hosts::CheckImage { .path = path, .repair = call.has("repair") }, path, showCheck);
}

PlanResult planGuestFacts(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::GetGuestFacts { .vm = vm.id }, vm.name, showFacts);
}

PlanResult planGuestRun(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    vmm::GuestCommand command { .program = call.argument(1), .arguments = call.arguments.mid(2) };
    if (call.has("input"))
        command.input = TRY(readInput(call.value("input")));
    return oneStep(hosts::RunInGuest { .vm = vm.id, .command = command }, vm.name, showResult);
}

PlanResult planGuestTime(const Call& call, const Host& host)
{
    const VmInfo vm = TRY(findMachine(host, call.argument(0)));
    return oneStep(hosts::SetGuestTime { .vm = vm.id }, vm.name);
}

} // namespace vdctl
