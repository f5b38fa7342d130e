// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CloneIdentity.h"

#include "vmm/base/AtomicFile.h"

#include <QDir>
#include <QRandomGenerator>

namespace vmm {

namespace {

// In the range that QEMU's vendor uses for virtual cards.
QString freshMac()
{
    const quint32 number = QRandomGenerator::system()->generate();
    return QStringLiteral("52:54:00:%1:%2:%3")
        .arg(number & 0xff, 2, 16, QLatin1Char('0'))
        .arg((number >> 8) & 0xff, 2, 16, QLatin1Char('0'))
        .arg((number >> 16) & 0xff, 2, 16, QLatin1Char('0'));
}

} // namespace

QVector<CloneDisk> cloneDisks(const Definition& source, const QString& format)
{
    QVector<CloneDisk> clones;
    const QVector<Disk> disks = source.devices<Disk>();
    for (int i = 0; i < disks.size(); ++i) {
        const Disk& disk = disks.at(i);
        if (disk.sourcePath().isEmpty() || disk.isReadOnly
            || disk.device == QLatin1StringView("cdrom"))
            continue;
        const QString own = disk.format.isEmpty() ? QStringLiteral("raw") : disk.format;
        const QString made = format.isEmpty() ? own : format;
        clones.append({ .index = i,
            .target = disk.target,
            .source = disk.sourcePath(),
            .sourceFormat = own,
            .fileName = disk.target + QLatin1Char('.')
                + (made == QLatin1StringView("raw") ? QStringLiteral("img") : made),
            .format = made });
    }
    return clones;
}

Definition cloneDefinition(const Definition& source, const QString& name, const QUuid& id,
    const QVector<CloneDisk>& disks, const QString& folder)
{
    Definition clone = source;
    clone.setName(name);
    clone.setUuid(id);
    const QVector<Disk> all = source.devices<Disk>();
    for (const CloneDisk& made : disks) {
        Disk disk = all.at(made.index);
        disk.type = QStringLiteral("file");
        disk.sourceFile = folder + QLatin1Char('/') + made.fileName;
        disk.sourceDevice.clear();
        disk.driverName = QStringLiteral("qemu");
        disk.format = made.format;
        clone.replaceDevice(made.index, disk);
    }
    const QVector<NetworkInterface> cards = source.devices<NetworkInterface>();
    for (int i = 0; i < cards.size(); ++i) {
        NetworkInterface card = cards.at(i);
        card.mac = freshMac();
        card.portForwards.clear();
        clone.replaceDevice(i, card);
    }
    if (!source.value("genid").isEmpty())
        clone.setValue("genid", QUuid::createUuid().toString(QUuid::WithoutBraces));
    clone.setValue("os/nvram", {}); // it has its own, where every machine has it
    return clone;
}

Result<void> copyFirmwareState(const QString& fromFolder, const QString& toFolder)
{
    constexpr qint64 kMostNvram = 64 * 1024 * 1024;
    const QStringList files = QDir(fromFolder).entryList({ QStringLiteral("nvram*") }, QDir::Files);
    for (const QString& file : files) {
        const QByteArray content = TRY(readWhole(fromFolder + QLatin1Char('/') + file, kMostNvram));
        TRY(writeAtomically(toFolder + QLatin1Char('/') + file, content));
    }
    return {};
}

} // namespace vmm
