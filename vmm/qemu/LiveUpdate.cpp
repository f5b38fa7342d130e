// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/LiveUpdate.h"

#include "vmm/qemu/ScreenPassword.h"
#include "vmm/qemu/TrayWatch.h"

#include <QJsonArray>

namespace vmm {

namespace {

bool isDrive(const Disk& disk)
{
    return disk.device == QLatin1StringView("cdrom");
}

bool isDown(const NetworkInterface& card)
{
    return card.linkState == QLatin1StringView("down");
}

void takeIfSaid(QString& value, const QString& said)
{
    if (!said.isEmpty())
        value = said;
}

void takeLimits(Disk& disk, const Disk& from)
{
    disk.totalBytesPerSecond = from.totalBytesPerSecond;
    disk.readBytesPerSecond = from.readBytesPerSecond;
    disk.writeBytesPerSecond = from.writeBytesPerSecond;
    disk.totalRequestsPerSecond = from.totalRequestsPerSecond;
    disk.readRequestsPerSecond = from.readRequestsPerSecond;
    disk.writeRequestsPerSecond = from.writeRequestsPerSecond;
}

void takeMedium(Disk& disk, const Disk& from)
{
    disk.type = from.type;
    disk.sourceFile = from.sourceFile;
    disk.sourceDevice = from.sourceDevice;
    disk.format = from.format;
}

Disk updated(Disk disk, const Disk& wish)
{
    if (isDrive(disk) || !wish.sourcePath().isEmpty())
        takeMedium(disk, wish);
    takeLimits(disk, wish);
    for (QString Disk::*member : { &Disk::driverName, &Disk::cache, &Disk::io, &Disk::discard,
             &Disk::detectZeroes, &Disk::errorPolicy, &Disk::bus, &Disk::removable, &Disk::serial })
        takeIfSaid(disk.*member, wish.*member);
    if (wish.bootOrder > 0)
        disk.bootOrder = wish.bootOrder;
    return disk;
}

NetworkInterface updated(NetworkInterface card, const NetworkInterface& wish)
{
    card.linkState = wish.linkState;
    for (QString NetworkInterface::*member :
        { &NetworkInterface::type, &NetworkInterface::sourceNetwork,
            &NetworkInterface::sourceBridge, &NetworkInterface::model })
        takeIfSaid(card.*member, wish.*member);
    if (wish.bootOrder > 0)
        card.bootOrder = wish.bootOrder;
    return card;
}

template <typename Device>
Result<Definition> withUpdated(const Definition& definition, const DeviceXml& device)
{
    const int index = TRY(indexOf(definition, device));
    Definition changed = definition;
    changed.replaceDevice(
        index, updated(definition.devices<Device>().at(index), TRY(deviceIn<Device>(device))));
    TRY(changed.validate());
    return changed;
}

template <typename Device>
Result<Device> deviceNamed(const Definition& definition, const DeviceXml& device)
{
    return definition.devices<Device>().at(TRY(indexOf(definition, device)));
}

Future<void> simply(Machine& machine, const char* name, const QString& key, const QJsonValue& value)
{
    return command(machine, QString::fromLatin1(name), { { key, value } });
}

// Opens the new medium under another name and closes it: nearly everything that can go wrong does
// so here, while the old one is still in.
Future<void> tryMedium(Machine& machine, const DevicePlug& plug, const QString& image)
{
    DevicePlug trial { .blockNodes = { plug.blockNodes.first() } };
    QJsonObject& node = trial.blockNodes.first();
    QJsonObject file = node.value(QLatin1StringView("file")).toObject();
    node[QStringLiteral("node-name")] = plug.id() + QStringLiteral("-trial");
    file[QStringLiteral("node-name")] = plug.id() + QStringLiteral("-trial-file");
    node[QStringLiteral("file")] = file;
    Steps steps(&machine);
    addNodeSteps(steps, machine, trial, image);
    steps.add(QStringLiteral("close"), [&machine, id = plug.id()] {
        return simply(
            machine, "blockdev-del", QStringLiteral("node-name"), id + QStringLiteral("-trial"));
    });
    return steps.run();
}

Future<void> addMedium(Machine& machine, const DevicePlug& plug, const QString& image)
{
    Steps steps(&machine);
    addNodeSteps(steps, machine, plug, image);
    return steps.run();
}

Future<void> insertMedium(Machine& machine, const QString& id)
{
    return command(machine, QStringLiteral("blockdev-insert-medium"),
        { { QStringLiteral("id"), id }, { QStringLiteral("node-name"), id } });
}

Future<void> takeOutMedium(Machine& machine, const QString& id)
{
    return simply(machine, "blockdev-remove-medium", QStringLiteral("id"), id);
}

void addMediumSteps(Steps& steps, Machine& machine, const DevicePlug& before,
    const DevicePlug& after, const QString& imageBefore, const QString& imageAfter,
    std::chrono::milliseconds deadline)
{
    const QString id = after.id();
    if (!imageAfter.isEmpty())
        steps.add(QStringLiteral("try the medium"),
            [&machine, after, imageAfter] { return tryMedium(machine, after, imageAfter); });
    steps.add(
        QStringLiteral("open the tray"),
        [&machine, id, deadline] { return openTray(machine, id, deadline); },
        [&machine, id] {
            return simply(machine, "blockdev-close-tray", QStringLiteral("id"), id);
        });
    if (!imageBefore.isEmpty()) {
        steps.add(
            QStringLiteral("take the medium out"),
            [&machine, id] { return takeOutMedium(machine, id); },
            [&machine, id] { return insertMedium(machine, id); });
        steps.add(
            QStringLiteral("close the medium"),
            [&machine, before] { return removeBackEnds(machine, before); },
            [&machine, before, imageBefore] { return addMedium(machine, before, imageBefore); });
    }
    if (imageAfter.isEmpty())
        return; // the tray stays open, as of a drive that was emptied
    addNodeSteps(steps, machine, after, imageAfter);
    steps.add(
        QStringLiteral("put the medium in"), [&machine, id] { return insertMedium(machine, id); },
        [&machine, id] { return takeOutMedium(machine, id); });
    steps.add(
        QStringLiteral("close the tray"),
        [&machine, id] { return simply(machine, "blockdev-close-tray", QStringLiteral("id"), id); },
        [&machine, id, deadline] { return openTray(machine, id, deadline); });
}

// Limits live in a throttle group if the disk had some when it was plugged in, else in its device.
Future<void> setLimits(Machine& machine, const Disk& disk)
{
    const QString group = QStringLiteral("/objects/limits-") + disk.target;
    const auto found
        = machine.execute(QStringLiteral("qom-list"), { { QStringLiteral("path"), group } });
    const auto isGroup = async::transformed<bool>(found, &machine,
        [](const Result<QJsonValue>& answer) -> Result<bool> { return answer.has_value(); });
    return async::andThen(isGroup, &machine, [&machine, disk, group](bool hasGroup) {
        QJsonObject limits = throttleArguments(disk);
        if (hasGroup) {
            QJsonObject ofGroup;
            for (const auto& [own, groups] : { std::pair { "bps", "bps-total" },
                     { "bps_rd", "bps-read" }, { "bps_wr", "bps-write" }, { "iops", "iops-total" },
                     { "iops_rd", "iops-read" }, { "iops_wr", "iops-write" } })
                ofGroup[QLatin1StringView(groups)] = limits.value(QLatin1StringView(own));
            return command(machine, QStringLiteral("qom-set"),
                { { QStringLiteral("path"), group },
                    { QStringLiteral("property"), QStringLiteral("limits") },
                    { QStringLiteral("value"), ofGroup } });
        }
        return async::andThen(blockDeviceOf(machine, disk.target), &machine,
            [&machine, limits](const QString& device) {
                QJsonObject arguments = limits;
                arguments[QStringLiteral("id")] = device;
                return command(machine, QStringLiteral("block_set_io_throttle"), arguments);
            });
    });
}

void addDiskSteps(Steps& steps, Machine& machine, const Disk& before, const Disk& after,
    const PlugContext& context, std::chrono::milliseconds deadline)
{
    const bool isMediumNew
        = before.sourcePath() != after.sourcePath() || before.format != after.format;
    if (isMediumNew) {
        const auto plugBefore = plugOf(before, context);
        const auto plugAfter = plugOf(after, context);
        if (plugBefore && plugAfter)
            addMediumSteps(steps, machine, *plugBefore, *plugAfter, before.sourcePath(),
                after.sourcePath(), deadline);
        return; // limits are part of what is put in
    }
    if (throttleArguments(before) == throttleArguments(after))
        return;
    steps.add(
        QStringLiteral("limit"), [&machine, after] { return setLimits(machine, after); },
        [&machine, before] { return setLimits(machine, before); });
}

void addLinkSteps(Steps& steps, Machine& machine, bool isUpAfter, const QString& id)
{
    const auto set = [&machine, id](bool isUp) {
        return command(machine, QStringLiteral("set_link"),
            { { QStringLiteral("name"), id }, { QStringLiteral("up"), isUp } });
    };
    steps.add(
        QStringLiteral("set_link"), [set, isUpAfter] { return set(isUpAfter); },
        [set, isUpAfter] { return set(!isUpAfter); });
}

Error onlyWhileOff(const DeviceXml& device, const char* what)
{
    return {
        ErrorKind::HostLacksFeature, device.toString(),
        QStringLiteral("only %1 can be changed while the machine runs").arg(QLatin1StringView(what))
    };
}

} // namespace

QJsonObject throttleArguments(const Disk& disk)
{
    return { { QStringLiteral("bps"), disk.totalBytesPerSecond },
        { QStringLiteral("bps_rd"), disk.readBytesPerSecond },
        { QStringLiteral("bps_wr"), disk.writeBytesPerSecond },
        { QStringLiteral("iops"), disk.totalRequestsPerSecond },
        { QStringLiteral("iops_rd"), disk.readRequestsPerSecond },
        { QStringLiteral("iops_wr"), disk.writeRequestsPerSecond } };
}

Result<Definition> withDeviceUpdated(const Definition& definition, const DeviceXml& device)
{
    if (device.kind == QLatin1StringView("disk"))
        return withUpdated<Disk>(definition, device);
    if (device.kind == QLatin1StringView("interface"))
        return withUpdated<NetworkInterface>(definition, device);
    return withDeviceReplaced(definition, device);
}

Result<void> checkLiveUpdate(
    const Definition& before, const Definition& after, const DeviceXml& device)
{
    if (device.kind == QLatin1StringView("disk")) {
        Disk old = TRY(deviceNamed<Disk>(before, device));
        const Disk wish = TRY(deviceNamed<Disk>(after, device));
        takeLimits(old, wish);
        if (isDrive(old))
            takeMedium(old, wish);
        if (old != wish)
            return onlyWhileOff(device, "the medium of a CD drive and the limits of a disk");
        return {};
    }
    if (device.kind == QLatin1StringView("interface")) {
        NetworkInterface old = TRY(deviceNamed<NetworkInterface>(before, device));
        const NetworkInterface wish = TRY(deviceNamed<NetworkInterface>(after, device));
        old.linkState = wish.linkState;
        if (old != wish)
            return onlyWhileOff(device, "the link of a network card");
        return {};
    }
    return onlyWhileOff(device, "disks and network cards");
}

void addLiveUpdateSteps(Steps& steps, Machine& machine, const Definition& after,
    const DeviceXml& device, int number, std::chrono::milliseconds deadline)
{
    const Definition& before = machine.runningDefinition();
    if (device.kind == QLatin1StringView("disk")) {
        const auto old = deviceNamed<Disk>(before, device);
        const auto wish = deviceNamed<Disk>(after, device);
        if (old && wish)
            addDiskSteps(steps, machine, *old, *wish, PlugContext::of(before), deadline);
    } else if (device.kind == QLatin1StringView("interface")) {
        const auto old = deviceNamed<NetworkInterface>(before, device);
        const auto wish = deviceNamed<NetworkInterface>(after, device);
        if (old && wish && isDown(*old) != isDown(*wish))
            addLinkSteps(steps, machine, isDown(*old), networkId(number));
    }
}

Future<void> openTray(Machine& machine, const QString& id, std::chrono::milliseconds deadline)
{
    auto* watch = new TrayWatch(machine, id);
    return watch->run(deadline);
}

Future<QString> blockDeviceOf(Machine& machine, const QString& target)
{
    return async::transformed<QString>(machine.execute(QStringLiteral("query-block")), &machine,
        [target](const Result<QJsonValue>& answer) -> Result<QString> {
            if (!answer)
                return answer.error();
            const QJsonArray devices = answer->toArray();
            for (const QJsonValue& value : devices) {
                const QString path = value.toObject().value(QLatin1StringView("qdev")).toString();
                if (path.split(QLatin1Char('/')).contains(diskId(target)))
                    return path;
            }
            return Error { ErrorKind::NotFound, target,
                QStringLiteral("the running machine has no such disk") };
        });
}

QVector<std::pair<QString, QJsonObject>> commandsAfterStart(const Definition& definition)
{
    QVector<std::pair<QString, QJsonObject>> commands;
    int number = 0;
    for (const NetworkInterface& card : definition.devices<NetworkInterface>()) {
        const QString id = networkId(number++);
        if (isDown(card))
            commands.append({ QStringLiteral("set_link"),
                { { QStringLiteral("name"), id }, { QStringLiteral("up"), false } } });
    }
    for (const Graphics& screen : definition.devices<Graphics>())
        commands += passwordCommands(screen);
    if (definition.currentMemory() < definition.memory())
        commands.append({ QStringLiteral("balloon"),
            { { QStringLiteral("value"),
                static_cast<qint64>(definition.currentMemory().count()) } } });
    return commands;
}

} // namespace vmm
