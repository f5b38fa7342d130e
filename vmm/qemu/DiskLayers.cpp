// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DiskLayers.h"

#include "vmm/base/Steps.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/ImageChains.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveDisks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kOpenDeadline = 60s;
constexpr auto kSwitchDeadline = 60s; // everything is flushed before
constexpr qsizetype kLongestStem = 120;
constexpr quint64 kSector = 512;

const QRegularExpression& layerSuffix()
{
    static const QRegularExpression pattern(QStringLiteral("\\.layer-[0-9a-f]{12}\\.qcow2$"));
    return pattern;
}

QString stemOf(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    const qsizetype at = name.indexOf(layerSuffix());
    return (at > 0 ? name.left(at) : QFileInfo(path).completeBaseName()).left(kLongestStem);
}

QString formatOf(const Disk& disk)
{
    return disk.format.isEmpty() ? QStringLiteral("raw") : disk.format;
}

std::optional<Disk> diskOf(const Definition& definition, const QString& target)
{
    const QVector<Disk> disks = definition.devices<Disk>();
    for (const Disk& disk : disks) {
        if (disk.target == target)
            return disk;
    }
    return std::nullopt;
}

// A layer's node; unique, as the one before may still be there.
QString freshNode(const Disk& disk)
{
    return diskId(disk.target).left(16) + QLatin1Char('-')
        + QUuid::createUuid().toString(QUuid::Id128).left(8);
}

Future<void> removeNode(Machine& machine, const QString& node)
{
    return command(
        machine, QStringLiteral("blockdev-del"), { { QStringLiteral("node-name"), node } });
}

QJsonObject switchAction(const QString& below, const QString& layer)
{
    return { { QStringLiteral("type"), QStringLiteral("blockdev-snapshot") },
        { QStringLiteral("data"),
            QJsonObject {
                { QStringLiteral("node"), below }, { QStringLiteral("overlay"), layer } } } };
}

/// Whether a layer that stands on one of `paths` fits: else it would leave out what is between.
bool isOn(const QString& top, const QStringList& paths)
{
    return std::any_of(paths.cbegin(), paths.cend(),
        [&top](const QString& path) { return QDir::cleanPath(path) == top; });
}

Future<void> putOn(Machine& machine, const Definition& definition, const QVector<DiskLayer>& layers,
    const LiveDisks& live)
{
    Machine* vm = &machine;
    Steps steps(vm);
    QJsonArray actions;
    for (const DiskLayer& layer : layers) {
        const std::optional<Disk> disk = diskOf(definition, layer.target);
        const QString below = disk ? live.nodes.value(live.top(layer.target)) : QString();
        if (below.isEmpty())
            return async::failed<void>({ ErrorKind::NotFound, layer.target,
                QStringLiteral("the running machine has no such disk") });
        if (!isOn(live.top(layer.target), { disk->sourcePath(), layer.path }))
            return async::failed<void>({ ErrorKind::WrongState, disk->sourcePath(),
                QStringLiteral("QEMU has \"%1\" in %2 instead")
                    .arg(layer.target, live.top(layer.target)) });
        const QString node = freshNode(*disk);
        steps.add(
            node,
            [vm, added = layerNode(onLayer(*disk, layer.path), node), path = layer.path] {
                const auto opened
                    = vm->execute(QStringLiteral("blockdev-add"), added, kOpenDeadline);
                return async::transformed<void>(
                    opened, vm, [path](const Result<QJsonValue>& answer) -> Result<void> {
                        if (answer)
                            return {};
                        return answer.error().kind == ErrorKind::ProcessFailed
                            ? imageError(path, answer.error().detail)
                            : answer.error();
                    });
            },
            [vm, node] { return removeNode(*vm, node); });
        actions.append(switchAction(below, node));
    }
    steps.add(QStringLiteral("transaction"), [vm, actions] {
        return command(*vm, QStringLiteral("transaction"),
            { { QStringLiteral("actions"), actions } }, kSwitchDeadline);
    });
    return steps.run();
}

} // namespace

bool isLayer(const QString& path)
{
    return path.contains(layerSuffix());
}

QVector<DiskLayer> planLayers(const Definition& definition, const QString& machineDiskFolder)
{
    QVector<DiskLayer> layers;
    const QVector<Disk> disks = disksToKeep(definition);
    for (const Disk& disk : disks) {
        const QFileInfo file(disk.sourcePath());
        const QFileInfo folder(file.path());
        const bool isBeside
            = disk.type != QLatin1StringView("block") && folder.isDir() && folder.isWritable();
        layers.append({ disk.target,
            (isBeside ? folder.filePath() : machineDiskFolder) + QLatin1Char('/')
                + stemOf(disk.sourcePath()) + QStringLiteral(".layer-")
                + QUuid::createUuid().toString(QUuid::Id128).left(12) + QStringLiteral(".qcow2") });
    }
    return layers;
}

Disk onLayer(const Disk& below, const QString& layer)
{
    Disk disk = below;
    disk.type = QStringLiteral("file");
    disk.sourceFile = layer;
    disk.sourceDevice.clear();
    disk.driverName = QStringLiteral("qemu");
    disk.format = QStringLiteral("qcow2");
    return disk;
}

Definition onLayers(const Definition& definition, const QVector<DiskLayer>& layers)
{
    Definition result = definition;
    const QVector<Disk> disks = definition.devices<Disk>();
    for (int i = 0; i < disks.size(); ++i) {
        for (const DiskLayer& layer : layers) {
            if (layer.target == disks.at(i).target)
                result.replaceDevice(i, onLayer(disks.at(i), layer.path));
        }
    }
    return result;
}

Definition withImageReplaced(const Definition& definition, const QString& path, const Disk& other)
{
    Definition result = definition;
    const QVector<Disk> disks = definition.devices<Disk>();
    for (int i = 0; i < disks.size(); ++i) {
        Disk disk = disks.at(i);
        if (disk.sourcePath() != path)
            continue;
        disk.type = other.type;
        disk.sourceFile = other.sourceFile;
        disk.sourceDevice = other.sourceDevice;
        disk.driverName = other.driverName;
        disk.format = other.format;
        result.replaceDevice(i, disk);
    }
    return result;
}

Future<void> makeLayers(QObject* context, ImageTool& tool, ImageChains& chains,
    const Definition& definition, const QVector<DiskLayer>& layers)
{
    Steps steps(context);
    for (const DiskLayer& layer : layers) {
        const std::optional<Disk> disk = diskOf(definition, layer.target);
        const ChainReading reading = disk ? chains.read(disk->sourcePath(), formatOf(*disk))
                                          : ChainReading { .problem = Error {} };
        if (reading.problem)
            return async::failed<void>(*reading.problem);
        const quint64 bytes = reading.chain.first().virtualSize.count();
        const Bytes size = Bytes::fromBytes((bytes + kSector - 1) / kSector * kSector);
        steps.add(
            layer.target,
            [&tool, layer, below = disk->sourcePath(), format = formatOf(*disk), size] {
                QDir().mkpath(QFileInfo(layer.path).path());
                return tool.createLayer(layer.path, below, format, size);
            },
            [path = layer.path] {
                QFile::remove(path);
                return async::ready<void>({});
            });
    }
    return steps.run();
}

Future<void> putOnLayers(
    Machine& machine, const Definition& definition, const QVector<DiskLayer>& layers)
{
    return async::andThen(readLiveDisks(machine), &machine,
        [vm = &machine, definition, layers](
            const LiveDisks& live) { return putOn(*vm, definition, layers, live); });
}

} // namespace vmm
