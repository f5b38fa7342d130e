// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

namespace vmm {

namespace {

QString busOf(const Disk& disk)
{
    if (!disk.bus.isEmpty())
        return disk.bus;
    if (disk.target.startsWith(QLatin1StringView("vd")))
        return QStringLiteral("virtio");
    return disk.target.startsWith(QLatin1StringView("hd")) ? QStringLiteral("ide")
                                                           : QStringLiteral("scsi");
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
    const bool isDirect
        = disk.cache == QLatin1StringView("none") || disk.cache == QLatin1StringView("directsync");
    return {
        { QStringLiteral("direct"), isDirect },
        { QStringLiteral("no-flush"), disk.cache == QLatin1StringView("unsafe") },
    };
}

// Two nodes: "disk-vda" understands the format, "disk-vda-file" reads the file.
QJsonObject blockNode(const Disk& disk, bool isReadOnly)
{
    const QString id = QStringLiteral("disk-") + disk.target;
    const QString discard = disk.discard.isEmpty() ? QStringLiteral("ignore") : disk.discard;
    QJsonObject file {
        { QStringLiteral("driver"), QStringLiteral("file") },
        { QStringLiteral("node-name"), id + QStringLiteral("-file") },
        { QStringLiteral("filename"), disk.sourceFile },
        { QStringLiteral("read-only"), isReadOnly },
        { QStringLiteral("discard"), discard },
        { QStringLiteral("cache"), cacheOf(disk) },
    };
    if (!disk.io.isEmpty())
        file[QStringLiteral("aio")] = disk.io;
    QJsonObject node {
        { QStringLiteral("driver"), disk.format.isEmpty() ? QStringLiteral("raw") : disk.format },
        { QStringLiteral("node-name"), id },
        { QStringLiteral("read-only"), isReadOnly },
        { QStringLiteral("discard"), discard },
        { QStringLiteral("cache"), cacheOf(disk) },
        { QStringLiteral("file"), file },
    };
    if (!disk.detectZeroes.isEmpty())
        node[QStringLiteral("detect-zeroes")] = disk.detectZeroes;
    return node;
}

void setErrorPolicy(QJsonObject& device, const Disk& disk)
{
    if (disk.errorPolicy.isEmpty())
        return;
    const bool isNoSpace = disk.errorPolicy == QLatin1StringView("enospace");
    device[QStringLiteral("werror")] = isNoSpace ? QStringLiteral("enospc") : disk.errorPolicy;
    device[QStringLiteral("rerror")] = isNoSpace ? QStringLiteral("report") : disk.errorPolicy;
}

Result<void> attachIde(CommandLineDraft& draft, const Disk& disk, QJsonObject device, int place)
{
    const bool isQ35 = draft.chipset() == Chipset::Q35;
    const bool isSata = busOf(disk) == QLatin1StringView("sata");
    if (isQ35 && !isSata)
        return unsupportedPart("devices/disk/target@bus",
            QStringLiteral("a q35 machine has no IDE bus (disk \"%1\"); use sata")
                .arg(disk.target));
    const int most = isSata ? 6 : 4;
    if (place >= most)
        return unsupportedPart("devices/disk/target@dev",
            QStringLiteral("\"%1\" is beyond the %2 places of the bus").arg(disk.target).arg(most));
    if (disk.isReadOnly && disk.device == QLatin1StringView("disk"))
        return unsupportedPart("devices/disk/readonly",
            QStringLiteral("disk \"%1\": a hard disk on this bus can't be read-only; use virtio")
                .arg(disk.target));
    // On q35 the chipset's own SATA bus is called "ide"; each of its ports is a bus.
    const QString bus = isSata && !isQ35 ? QStringLiteral("sata") : QStringLiteral("ide");
    device[QStringLiteral("driver")] = disk.device == QLatin1StringView("cdrom")
        ? QStringLiteral("ide-cd")
        : QStringLiteral("ide-hd");
    device[QStringLiteral("bus")]
        = QStringLiteral("%1.%2").arg(bus).arg(isSata ? place : place / 2);
    device[QStringLiteral("unit")] = isSata ? 0 : place % 2;
    draft.device(device);
    return {};
}

Result<void> attach(CommandLineDraft& draft, const Disk& disk, QJsonObject device)
{
    const QString bus = busOf(disk);
    const int place = placeOf(disk);
    const bool isCdrom = disk.device == QLatin1StringView("cdrom");
    if (place < 0)
        return unsupportedPart("devices/disk/target@dev",
            QStringLiteral("\"%1\" is not like vda, sda or hda").arg(disk.target));
    if (isCdrom && (bus == QLatin1StringView("virtio") || bus == QLatin1StringView("usb")))
        return unsupportedPart("devices/disk/target@bus",
            QStringLiteral("no CD drive (\"%1\") on the %2 bus").arg(disk.target, bus));
    if (bus == QLatin1StringView("virtio")) {
        device[QStringLiteral("driver")] = QStringLiteral("virtio-blk-pci");
        draft.expressDevice(device);
    } else if (bus == QLatin1StringView("scsi")) {
        if (place > 255)
            return unsupportedPart("devices/disk/target@dev",
                QStringLiteral("\"%1\" is beyond the places of the bus").arg(disk.target));
        device[QStringLiteral("driver")]
            = isCdrom ? QStringLiteral("scsi-cd") : QStringLiteral("scsi-hd");
        device[QStringLiteral("bus")] = QStringLiteral("scsi.0");
        device[QStringLiteral("scsi-id")] = place;
        draft.device(device);
    } else if (bus == QLatin1StringView("usb")) {
        device[QStringLiteral("driver")] = QStringLiteral("usb-storage");
        device[QStringLiteral("bus")] = QStringLiteral("usb.0");
        draft.device(device);
    } else {
        TRY(attachIde(draft, disk, device, place));
    }
    return {};
}

Result<void> appendDisk(CommandLineDraft& draft, const Disk& disk)
{
    const QString id = QStringLiteral("disk-") + disk.target;
    const bool isCdrom = disk.device == QLatin1StringView("cdrom");
    QJsonObject device { { QStringLiteral("id"), id } };
    if (!disk.sourceFile.isEmpty()) {
        draft.option(QStringLiteral("-blockdev"), blockNode(disk, isCdrom || disk.isReadOnly));
        device[QStringLiteral("drive")] = id;
    }
    const int boot
        = draft.bootIndex(isCdrom ? QStringLiteral("cdrom") : QStringLiteral("hd"), disk.bootOrder);
    if (boot > 0)
        device[QStringLiteral("bootindex")] = boot;
    if (!disk.serial.isEmpty())
        device[QStringLiteral("serial")] = disk.serial;
    if (!isCdrom && !disk.cache.isEmpty() && disk.cache != QLatin1StringView("default")) {
        const bool isThrough = disk.cache == QLatin1StringView("writethrough")
            || disk.cache == QLatin1StringView("directsync");
        device[QStringLiteral("write-cache")]
            = isThrough ? QStringLiteral("off") : QStringLiteral("on");
    }
    setErrorPolicy(device, disk);
    return attach(draft, disk, device);
}

// Controllers for the buses that disks ask for, or that are named though nothing is on them yet.
void appendControllers(CommandLineDraft& draft, const QVector<Disk>& disks)
{
    bool needsScsi = false;
    bool needsSata = false;
    for (const Disk& disk : disks) {
        needsScsi |= busOf(disk) == QLatin1StringView("scsi");
        needsSata |= busOf(disk) == QLatin1StringView("sata");
    }
    for (const Controller& controller : draft.definition.devices<Controller>())
        needsScsi |= controller.type == QLatin1StringView("scsi");
    if (needsScsi)
        draft.expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-scsi-pci") },
            { QStringLiteral("id"), QStringLiteral("scsi") } });
    if (needsSata && draft.chipset() == Chipset::I440fx)
        draft.rootBusDevice({ { QStringLiteral("driver"), QStringLiteral("ahci") },
            { QStringLiteral("id"), QStringLiteral("sata") } });
}

} // namespace

Result<void> appendDisks(CommandLineDraft& draft)
{
    const QVector<Disk> disks = draft.definition.devices<Disk>();
    appendControllers(draft, disks);
    for (const Disk& disk : disks)
        TRY(appendDisk(draft, disk));
    return {};
}

} // namespace vmm
