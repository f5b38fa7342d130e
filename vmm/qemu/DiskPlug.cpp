// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DevicePlug.h"

namespace vmm {

namespace {

constexpr int kSataPlaces = 6;
constexpr int kIdePlaces = 4;
constexpr int kScsiPlaces = 256;

bool isCdrom(const Disk& disk)
{
    return disk.device == QLatin1StringView("cdrom");
}

bool isCache(const Disk& disk, const char* one, const char* other)
{
    return disk.cache == QLatin1StringView(one) || disk.cache == QLatin1StringView(other);
}

// The place that a target's letters stand for: sda 0, sdb 1, ... sdaa 26; -1 if there are none.
int placeOf(const Disk& disk)
{
    int place = 0;
    const QString letters = disk.target.mid(2);
    for (const QChar letter : letters) {
        if (letter < QLatin1Char('a') || letter > QLatin1Char('z') || place > 1000)
            return -1;
        place = place * 26 + (letter.unicode() - 'a' + 1);
    }
    return place - 1;
}

QJsonObject cacheOf(const Disk& disk)
{
    return {
        { QStringLiteral("direct"), isCache(disk, "none", "directsync") },
        { QStringLiteral("no-flush"), disk.cache == QLatin1StringView("unsafe") },
    };
}

QString discardOf(const Disk& disk)
{
    return disk.discard.isEmpty() ? QStringLiteral("ignore") : disk.discard;
}

// The driver is always said, so a path is a path and never a protocol ("nbd:", "json:", "fat:").
QJsonObject fileNode(const Disk& disk, const QString& name, bool isReadOnly)
{
    QString driver = QStringLiteral("file");
    if (disk.type == QLatin1StringView("block"))
        driver = isCdrom(disk) ? QStringLiteral("host_cdrom") : QStringLiteral("host_device");
    QJsonObject node {
        { QStringLiteral("driver"), driver },
        { QStringLiteral("node-name"), name },
        { QStringLiteral("filename"), disk.sourcePath() },
        { QStringLiteral("read-only"), isReadOnly },
        { QStringLiteral("discard"), discardOf(disk) },
        { QStringLiteral("cache"), cacheOf(disk) },
    };
    if (!disk.io.isEmpty())
        node[QStringLiteral("aio")] = disk.io;
    return node;
}

QJsonObject formatNode(const Disk& disk, const QString& name, const QString& fileName)
{
    const bool isReadOnly = isCdrom(disk) || disk.isReadOnly;
    QJsonObject node {
        { QStringLiteral("driver"), disk.format.isEmpty() ? QStringLiteral("raw") : disk.format },
        { QStringLiteral("node-name"), name },
        { QStringLiteral("read-only"), isReadOnly },
        { QStringLiteral("discard"), discardOf(disk) },
        { QStringLiteral("cache"), cacheOf(disk) },
        { QStringLiteral("file"), fileNode(disk, fileName, isReadOnly) },
    };
    if (!disk.detectZeroes.isEmpty())
        node[QStringLiteral("detect-zeroes")] = disk.detectZeroes;
    return node;
}

// The limits of <iotune> in the words of QEMU's ThrottleLimits.
QJsonObject limitsOf(const Disk& disk)
{
    const std::pair<const char*, qint64> all[] {
        { "bps-total", disk.totalBytesPerSecond },
        { "bps-read", disk.readBytesPerSecond },
        { "bps-write", disk.writeBytesPerSecond },
        { "iops-total", disk.totalRequestsPerSecond },
        { "iops-read", disk.readRequestsPerSecond },
        { "iops-write", disk.writeRequestsPerSecond },
    };
    QJsonObject limits;
    for (const auto& [name, value] : all) {
        if (value > 0)
            limits[QLatin1StringView(name)] = value;
    }
    return limits;
}

void addNodes(DevicePlug& plug, const Disk& disk)
{
    const QString id = diskId(disk.target);
    const QString file = id + QStringLiteral("-file");
    const QJsonObject limits = limitsOf(disk);
    if (limits.isEmpty()) {
        plug.blockNodes.append(formatNode(disk, id, file));
        return;
    }
    const QString group = QStringLiteral("limits-") + disk.target;
    const QString format = id + QStringLiteral("-format");
    plug.objects.append({ { QStringLiteral("qom-type"), QStringLiteral("throttle-group") },
        { QStringLiteral("id"), group }, { QStringLiteral("limits"), limits } });
    plug.blockNodes.append(formatNode(disk, format, file));
    plug.blockNodes.append({ { QStringLiteral("driver"), QStringLiteral("throttle") },
        { QStringLiteral("node-name"), id }, { QStringLiteral("throttle-group"), group },
        { QStringLiteral("file"), format } });
}

void addErrorPolicy(QJsonObject& device, const Disk& disk)
{
    if (disk.errorPolicy.isEmpty())
        return;
    const bool isNoSpace = disk.errorPolicy == QLatin1StringView("enospace");
    device[QStringLiteral("werror")] = isNoSpace ? QStringLiteral("enospc") : disk.errorPolicy;
    device[QStringLiteral("rerror")] = isNoSpace ? QStringLiteral("report") : disk.errorPolicy;
}

void addProperties(QJsonObject& device, const Disk& disk, const PlugContext& context)
{
    device[QStringLiteral("id")] = diskId(disk.target);
    if (!disk.sourcePath().isEmpty())
        device[QStringLiteral("drive")] = diskId(disk.target);
    if (context.bootIndex > 0)
        device[QStringLiteral("bootindex")] = context.bootIndex;
    if (!disk.serial.isEmpty())
        device[QStringLiteral("serial")] = disk.serial;
    if (disk.isShareable)
        device[QStringLiteral("share-rw")] = true;
    if (!isCdrom(disk) && !disk.cache.isEmpty() && disk.cache != QLatin1StringView("default"))
        device[QStringLiteral("write-cache")] = isCache(disk, "writethrough", "directsync")
            ? QStringLiteral("off")
            : QStringLiteral("on");
    addErrorPolicy(device, disk);
}

Result<void> beyondTheBus(const Disk& disk, int places)
{
    return unsupportedPart("devices/disk/target@dev",
        QStringLiteral("\"%1\" is beyond the %2 places of the bus").arg(disk.target).arg(places));
}

Result<void> placeOnIde(DevicePlug& plug, const Disk& disk, Chipset chipset, int place)
{
    const bool isQ35 = chipset == Chipset::Q35;
    const bool isSata = busOf(disk) == QLatin1StringView("sata");
    if (isQ35 && !isSata)
        return unsupportedPart("devices/disk/target@bus",
            QStringLiteral("a q35 machine has no IDE bus (disk \"%1\"); use sata")
                .arg(disk.target));
    const int most = isSata ? kSataPlaces : kIdePlaces;
    if (place >= most)
        return beyondTheBus(disk, most);
    if (disk.isReadOnly && !isCdrom(disk))
        return unsupportedPart("devices/disk/readonly",
            QStringLiteral("disk \"%1\": a hard disk on this bus can't be read-only; use virtio")
                .arg(disk.target));
    // On q35 the chipset's own SATA bus is called "ide"; each of its ports is a bus.
    const QString bus = isSata && !isQ35 ? QStringLiteral("sata") : QStringLiteral("ide");
    plug.device[QStringLiteral("driver")]
        = isCdrom(disk) ? QStringLiteral("ide-cd") : QStringLiteral("ide-hd");
    plug.device[QStringLiteral("bus")]
        = QStringLiteral("%1.%2").arg(bus).arg(isSata ? place : place / 2);
    plug.device[QStringLiteral("unit")] = isSata ? 0 : place % 2;
    return {};
}

Result<void> placeOnScsi(DevicePlug& plug, const Disk& disk, int place)
{
    if (place >= kScsiPlaces)
        return beyondTheBus(disk, kScsiPlaces);
    plug.device[QStringLiteral("driver")]
        = isCdrom(disk) ? QStringLiteral("scsi-cd") : QStringLiteral("scsi-hd");
    plug.device[QStringLiteral("bus")] = QStringLiteral("scsi.0");
    plug.device[QStringLiteral("scsi-id")] = place;
    return {};
}

Result<void> placeOnNvme(DevicePlug& plug, const Disk& disk)
{
    if (disk.serial.isEmpty()) // it must have one
        plug.device[QStringLiteral("serial")] = disk.target;
    if (!disk.errorPolicy.isEmpty())
        return unsupportedPart("devices/disk/driver@error_policy",
            QStringLiteral("disk \"%1\": not on the nvme bus").arg(disk.target));
    plug.device.remove(QStringLiteral("write-cache"));
    plug.device[QStringLiteral("driver")] = QStringLiteral("nvme");
    plug.place = PlugPlace::ExpressPort;
    return {};
}

Result<void> placeOnBus(DevicePlug& plug, const Disk& disk, Chipset chipset)
{
    const QString bus = busOf(disk);
    const int place = placeOf(disk);
    if (place < 0 && bus != QLatin1StringView("nvme"))
        return unsupportedPart("devices/disk/target@dev",
            QStringLiteral("\"%1\" is not like vda, sda or hda").arg(disk.target));
    const bool isForDisksOnly = bus == QLatin1StringView("virtio")
        || bus == QLatin1StringView("nvme") || bus == QLatin1StringView("usb");
    if (isCdrom(disk) && isForDisksOnly)
        return unsupportedPart("devices/disk/target@bus",
            QStringLiteral("no CD drive (\"%1\") on the %2 bus").arg(disk.target, bus));
    if (bus == QLatin1StringView("nvme"))
        return placeOnNvme(plug, disk);
    if (bus == QLatin1StringView("scsi"))
        return placeOnScsi(plug, disk, place);
    if (bus == QLatin1StringView("usb")) {
        plug.device[QStringLiteral("driver")] = QStringLiteral("usb-storage");
        plug.device[QStringLiteral("bus")] = QStringLiteral("usb.0");
        plug.device[QStringLiteral("removable")] = disk.removable == QLatin1StringView("on");
        return {};
    }
    if (bus != QLatin1StringView("virtio"))
        return placeOnIde(plug, disk, chipset, place);
    plug.device[QStringLiteral("driver")] = QStringLiteral("virtio-blk-pci");
    plug.place = PlugPlace::ExpressPort;
    return {};
}

} // namespace

QString diskId(const QString& target)
{
    return QStringLiteral("disk-") + target;
}

QJsonObject layerNode(const Disk& disk, const QString& name)
{
    QJsonObject node = formatNode(disk, name, name + QStringLiteral("-file"));
    node[QStringLiteral("backing")]
        = QJsonValue::Null; // blockdev-snapshot puts it on what there is
    return node;
}

QString busOf(const Disk& disk)
{
    if (!disk.bus.isEmpty())
        return disk.bus;
    if (disk.target.startsWith(QLatin1StringView("vd")))
        return QStringLiteral("virtio");
    if (disk.target.startsWith(QLatin1StringView("nvme")))
        return QStringLiteral("nvme");
    return disk.target.startsWith(QLatin1StringView("hd")) ? QStringLiteral("ide")
                                                           : QStringLiteral("scsi");
}

Result<DevicePlug> plugOf(const Disk& disk, const PlugContext& context)
{
    DevicePlug plug;
    if (!disk.sourcePath().isEmpty())
        addNodes(plug, disk);
    addProperties(plug.device, disk, context);
    TRY(placeOnBus(plug, disk, context.chipset));
    return plug;
}

} // namespace vmm
