// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DiskTags.h"

#include "vmm/base/Steps.h"
#include "vmm/qemu/Complaints.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveDisks.h"
#include "vmm/qemu/Machine.h"
#include "vmm/qemu/QcowHeader.h"
#include "vmm/qemu/WedgedMounts.h"

#include <QJsonArray>

#include <algorithm>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kTagDeadline = 5min; // a big disk has many reference counts
constexpr auto kEndPatience = 5s;
using TagStep = ImageTool::SnapshotStep;

Future<void> withoutAnswer(const Future<QJsonValue>& answer, Machine& machine)
{
    return async::transformed<void>(
        answer, &machine, [name = machine.name()](const Result<QJsonValue>& value) -> Result<void> {
            if (value)
                return {};
            return complaintError(value.error().detail, name).value_or(value.error());
        });
}

// As long as nobody says otherwise, a disk is on the node that it was started with.
QString rootNode(const LiveDisks& live, const QString& target)
{
    const QString node = live.disks.value(target).rootNode;
    return node.isEmpty() ? diskId(target) : node;
}

Future<void> addWhileActive(Machine& machine, const QVector<Disk>& disks, const QString& tag)
{
    return async::andThen(
        readLiveDisks(machine), &machine, [vm = &machine, disks, tag](const LiveDisks& live) {
            QJsonArray actions;
            for (const Disk& disk : disks) {
                actions.append(QJsonObject {
                    { QStringLiteral("type"), QStringLiteral("blockdev-snapshot-internal-sync") },
                    { QStringLiteral("data"),
                        QJsonObject { { QStringLiteral("device"), rootNode(live, disk.target) },
                            { QStringLiteral("name"), tag } } } });
            }
            return withoutAnswer(vm->execute(QStringLiteral("transaction"),
                                     { { QStringLiteral("actions"), actions } }, kTagDeadline),
                *vm);
        });
}

Future<void> dropWhileActive(Machine& machine, const Disk& disk, const QString& tag)
{
    return async::andThen(
        readLiveDisks(machine), &machine, [vm = &machine, disk, tag](const LiveDisks& live) {
            return withoutAnswer(
                vm->execute(QStringLiteral("blockdev-snapshot-delete-internal-sync"),
                    { { QStringLiteral("device"), rootNode(live, disk.target) },
                        { QStringLiteral("name"), tag } },
                    kTagDeadline),
                *vm);
        });
}

/// Finishes when the machine is off, or after a while all the same.
Future<void> whenOff(Machine& machine)
{
    auto promise = std::make_shared<Promise<void>>();
    Future<void> future = promise->future();
    if (!isActive(machine.state())) {
        promise->finish({});
        return future;
    }
    auto* waiting = new QObject(&machine);
    const auto end = [promise, waiting] {
        promise->finish({});
        waiting->deleteLater();
    };
    QObject::connect(&machine, &Machine::stateChanged, waiting, [end](VmState, VmState to) {
        if (!isActive(to))
            end();
    });
    QTimer::singleShot(kEndPatience, waiting, end);
    return future;
}

bool isTopOf(const Definition& running, const Disk& disk)
{
    const QVector<Disk> disks = running.devices<Disk>();
    return std::any_of(disks.cbegin(), disks.cend(),
        [&](const Disk& each) { return each.sourcePath() == disk.sourcePath(); });
}

Future<void> dropOne(Machine& machine, ImageTool& tool, const Disk& disk, const QString& tag)
{
    if (!holdsTag(disk, tag))
        return async::ready<void>({});
    const auto dropWhileOff = [&tool, disk, tag] {
        return holdsTag(disk, tag) ? tool.snapshot(TagStep::Delete, disk.sourcePath(), tag)
                                   : async::ready<void>({});
    };
    if (!isActive(machine.state()) || !isTopOf(machine.runningDefinition(), disk))
        return dropWhileOff(); // a file that QEMU has open below says who has it
    auto promise = std::make_shared<Promise<void>>();
    Machine* vm = &machine;
    async::onFinished(dropWhileActive(machine, disk, tag), vm,
        [vm, promise, dropWhileOff](const Result<void>& dropped) {
            if (dropped || dropped.error().kind != ErrorKind::Disconnected)
                return promise->finish(dropped);
            async::onFinished(async::andThen(whenOff(*vm), vm, dropWhileOff), vm,
                [promise](const Result<void>& last) { promise->finish(last); });
        });
    return promise->future();
}

} // namespace

QVector<Disk> disksToKeep(const Definition& definition)
{
    QVector<Disk> disks = definition.devices<Disk>();
    disks.removeIf([](const Disk& disk) {
        return disk.sourcePath().isEmpty() || disk.isReadOnly
            || disk.device == QLatin1StringView("cdrom");
    });
    return disks;
}

Result<void> checkKeepable(const Definition& definition)
{
    const QVector<Disk> disks = disksToKeep(definition);
    for (const Disk& disk : disks) {
        if (disk.format != QLatin1StringView("qcow2"))
            return Error { ErrorKind::HostLacksFeature, disk.sourcePath(),
                QStringLiteral("disk \"%1\" has the format %2")
                    .arg(disk.target, disk.format.isEmpty() ? QStringLiteral("raw") : disk.format),
                ErrorCause::DiskNotSnapshottable };
    }
    return {};
}

bool holdsTag(const Disk& disk, const QString& tag)
{
    const Result<QcowHeader> header = QcowHeader::read(disk.sourcePath());
    return header
        && std::any_of(header->snapshots.cbegin(), header->snapshots.cend(),
            [&tag](const QcowSnapshot& snapshot) { return snapshot.name == tag; });
}

QStringList tagsLike(const Definition& definition, QLatin1StringView beginning)
{
    QStringList tags;
    const QVector<Disk> disks = disksToKeep(definition);
    for (const Disk& disk : disks) {
        if (isWedged(disk.sourcePath()))
            continue; // it holds up no other machine
        const Result<QcowHeader> header = QcowHeader::read(disk.sourcePath());
        if (!header)
            continue;
        for (const QcowSnapshot& snapshot : header->snapshots) {
            if (snapshot.name.startsWith(beginning) && !tags.contains(snapshot.name))
                tags.append(snapshot.name);
        }
    }
    return tags;
}

Future<void> addTag(
    Machine& machine, ImageTool& tool, const Definition& definition, const QString& tag)
{
    const QVector<Disk> disks = disksToKeep(definition);
    if (disks.isEmpty())
        return async::ready<void>({});
    if (isActive(machine.state()))
        return addWhileActive(machine, disks, tag);
    Steps steps(&machine);
    for (const Disk& disk : disks) {
        const QString path = disk.sourcePath();
        steps.add(
            disk.target, [&tool, path, tag] { return tool.snapshot(TagStep::Create, path, tag); },
            [&tool, path, tag] { return tool.snapshot(TagStep::Delete, path, tag); });
    }
    return steps.run();
}

Future<void> applyTag(
    ImageTool& tool, QObject* context, const Definition& definition, const QString& tag)
{
    Steps steps(context);
    const QVector<Disk> disks = disksToKeep(definition);
    for (const Disk& disk : disks) {
        steps.add(disk.target, [&tool, path = disk.sourcePath(), tag] {
            return tool.snapshot(TagStep::Apply, path, tag);
        });
    }
    return steps.run();
}

Future<void> dropTag(
    Machine& machine, ImageTool& tool, const Definition& definition, const QString& tag)
{
    Steps steps(&machine);
    steps.commit(); // each is tried
    const QVector<Disk> disks = disksToKeep(definition);
    for (const Disk& disk : disks) {
        steps.add(disk.target,
            [vm = &machine, &tool, disk, tag] { return dropOne(*vm, tool, disk, tag); });
    }
    return steps.run();
}

} // namespace vmm
