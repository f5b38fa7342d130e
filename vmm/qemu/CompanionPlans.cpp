// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Companion.h"
#include "vmm/qemu/DevicePlug.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

namespace vmm {

namespace {

constexpr QLatin1StringView kTpmFolder("tpm");

// Paths are relative to the machine's folder: swtpm's options have no way to write a comma.
CompanionPlan tpmPlan(const MachinePlaces& places)
{
    return { .name = QStringLiteral("tpm"),
        .program = QStringLiteral("swtpm"),
        .package = QStringLiteral("swtpm"),
        .arguments = { QStringLiteral("socket"), QStringLiteral("--tpm2"), QStringLiteral("--ctrl"),
            QStringLiteral("type=unixio,clientfd=%1").arg(QemuProcess::kQmpFd),
            QStringLiteral("--tpmstate"), QStringLiteral("dir=%1,mode=0600").arg(kTpmFolder),
            QStringLiteral("--terminate") },
        .folder = places.folder + QLatin1Char('/') + kTpmFolder };
}

// Where the host's virtiofsd is. Source: docs/interop/vhost-user.json of QEMU 7.2.
QString findVirtiofsd()
{
    const QDir folder(QStringLiteral("/usr/share/qemu/vhost-user"));
    const QStringList names = folder.entryList({ QStringLiteral("*.json") }, QDir::Files);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject object = QJsonDocument::fromJson(file.read(1 << 16)).object();
        if (object.value(QLatin1StringView("type")) == QLatin1StringView("fs"))
            return object.value(QLatin1StringView("binary")).toString();
    }
    return QStringLiteral("virtiofsd");
}

// The virtiofsd that comes with QEMU needs rights over namespaces; the later one in Rust doesn't.
bool needsRoot(const QString& virtiofsd)
{
    return virtiofsd.contains(QLatin1StringView("/qemu/"));
}

// As libfuse wants it in a list of options.
QString escaped(QString path)
{
    return path.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
        .replace(QLatin1Char(','), QStringLiteral("\\,"));
}

Result<CompanionPlan> virtiofsPlan(
    const FileSystem& fileSystem, const QString& name, const MachinePlaces& places)
{
    const QString program = findVirtiofsd();
    if (needsRoot(program) && ::geteuid() != 0)
        return Error { ErrorKind::HostLacksFeature, QStringLiteral("devices/filesystem/driver"),
            QStringLiteral("%1 can only be run by root; driver type \"path\" (9p) works without")
                .arg(program) };
    CompanionPlan plan { .name = name,
        .program = program,
        .package = QStringLiteral("qemu-system-common"),
        .arguments = { QStringLiteral("--fd=%1").arg(QemuProcess::kQmpFd) },
        .link = CompanionPlan::Link::Listening,
        .socket = QStringLiteral("%1/%2").arg(places.runtimeFolder, name) };
    if (needsRoot(program))
        plan.arguments << QStringLiteral("-f") << QStringLiteral("-o")
                       << QStringLiteral("source=") + escaped(fileSystem.sourceFolder);
    else
        plan.arguments << QStringLiteral("--shared-dir") << fileSystem.sourceFolder;
    return plan;
}

// "127.0.0.1/2222-2230:22-30", passt's way to write a range.
QString passtPorts(const PortForward& forward)
{
    const int last = forward.end > 0 ? forward.end : forward.start;
    const int to = forward.to > 0 ? forward.to : forward.start;
    const auto range = [](int first, int end) {
        return first == end ? QString::number(first) : QStringLiteral("%1-%2").arg(first).arg(end);
    };
    const QString address
        = forward.address.isEmpty() ? QString() : forward.address + QLatin1Char('/');
    return QStringLiteral("%1%2:%3").arg(
        address, range(forward.start, last), range(to, to + last - forward.start));
}

CompanionPlan passtPlan(const NetworkInterface& card, int index)
{
    CompanionPlan plan { .name = networkId(index),
        .program = QStringLiteral("passt"),
        .package = QStringLiteral("passt"),
        .arguments = { QStringLiteral("--foreground"), QStringLiteral("--stderr"),
            QStringLiteral("--fd"), QString::number(QemuProcess::kQmpFd) } };
    for (const PortForward& forward : card.portForwards)
        plan.arguments << (forward.protocol == QLatin1StringView("udp")
                ? QStringLiteral("--udp-ports")
                : QStringLiteral("--tcp-ports"))
                       << passtPorts(forward);
    return plan;
}

} // namespace

Result<QVector<CompanionPlan>> companionsOf(
    const Definition& definition, const MachinePlaces& places)
{
    QVector<CompanionPlan> plans;
    if (!definition.devices<Tpm>().isEmpty())
        plans.append(tpmPlan(places));
    int index = 0;
    for (const NetworkInterface& card : definition.devices<NetworkInterface>()) {
        if (card.backend == QLatin1StringView("passt"))
            plans.append(passtPlan(card, index));
        ++index;
    }
    index = 0;
    for (const FileSystem& fileSystem : definition.devices<FileSystem>()) {
        if (fileSystem.driver == QLatin1StringView("virtiofs"))
            plans.append(TRY(virtiofsPlan(fileSystem, QStringLiteral("fs-%1").arg(index), places)));
        ++index;
    }
    return plans;
}

} // namespace vmm
