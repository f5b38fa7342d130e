// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/DefinitionChecks.h"

#include "vmm/definition/Definition.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>

namespace vmm {

namespace {

Error invalid(const char* subject, const QString& why)
{
    return Error { ErrorKind::InvalidConfig, QString::fromLatin1(subject), why };
}

Result<void> checkPath(const char* subject, const QString& path)
{
    if (!path.isEmpty() && !path.startsWith(QLatin1Char('/')))
        return invalid(subject, QStringLiteral("\"%1\" is not an absolute path").arg(path));
    return {};
}

Result<void> checkDisks(const QVector<Disk>& disks)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z][A-Za-z0-9]{0,15}$"));
    QSet<QString> targets;
    for (const Disk& disk : disks) {
        if (disk.target.isEmpty())
            return invalid("devices/disk/target", QStringLiteral("a disk has no target"));
        if (!plain.match(disk.target).hasMatch())
            return invalid("devices/disk/target",
                QStringLiteral("\"%1\" is not like vda, sda or hda").arg(disk.target));
        if (targets.contains(disk.target))
            return invalid(
                "devices/disk/target", QStringLiteral("two disks are \"%1\"").arg(disk.target));
        targets.insert(disk.target);
        const bool isLocal
            = disk.type == QLatin1StringView("file") || disk.type == QLatin1StringView("block");
        if (isLocal && disk.sourcePath().isEmpty() && disk.device == QLatin1StringView("disk"))
            return invalid(
                "devices/disk/source", QStringLiteral("disk \"%1\" has no file").arg(disk.target));
        TRY(checkPath("devices/disk/source", disk.sourcePath()));
    }
    return {};
}

Result<void> checkScreens(const QVector<Graphics>& screens)
{
    for (const Graphics& screen : screens) {
        const bool isVnc = screen.type == QLatin1StringView("vnc");
        TRY(checkScreenPassword(
            isVnc ? ConsoleEndpoint::Protocol::Vnc : ConsoleEndpoint::Protocol::Spice,
            screen.password));
        if (!screen.passwordValidTo.isEmpty()
            && !QDateTime::fromString(screen.passwordValidTo, Qt::ISODate).isValid())
            return invalid("devices/graphics@passwdValidTo",
                QStringLiteral("\"%1\" is no time like 2026-12-31T18:00:00")
                    .arg(screen.passwordValidTo));
    }
    return {};
}

} // namespace

Result<void> checkScreenPassword(ConsoleEndpoint::Protocol protocol, const QString& password)
{
    const int most = maxPasswordBytes(protocol);
    if (password.toUtf8().size() <= most)
        return {};
    const bool isVnc = protocol == ConsoleEndpoint::Protocol::Vnc;
    return invalid("devices/graphics@passwd",
        QStringLiteral("longer than the %1 bytes that %2 looks at")
            .arg(most)
            .arg(isVnc ? QStringLiteral("VNC") : QStringLiteral("SPICE")));
}

Result<void> Definition::validate() const
{
    if (const QString problem = nameProblem(name()); !problem.isEmpty())
        return invalid("name", problem);
    if (memory().toKiB() == 0)
        return invalid("memory", QStringLiteral("no amount of memory that can be read"));
    if (currentMemory().toKiB() == 0 || currentMemory() > memory())
        return invalid("currentMemory", QStringLiteral("not between nothing and <memory>"));
    if (vcpus() < 1)
        return invalid("vcpu", QStringLiteral("\"%1\" is no number of CPUs").arg(value("vcpu")));
    if (currentVcpus() < 1 || currentVcpus() > vcpus())
        return invalid("vcpu@current", QStringLiteral("not between 1 and %1").arg(vcpus()));
    if (kernel().isEmpty() && !initrd().isEmpty())
        return invalid("os/initrd", QStringLiteral("an initrd needs a kernel"));
    TRY(checkPath("os/kernel", kernel()));
    TRY(checkPath("os/initrd", initrd()));
    TRY(checkPath("devices/emulator", emulator()));
    TRY(checkScreens(devices<Graphics>()));
    return checkDisks(devices<Disk>());
}

QString nameProblem(const QString& name)
{
    if (name.isEmpty())
        return QStringLiteral("the name is empty");
    if (name.toUtf8().size() > 100)
        return QStringLiteral("the name is longer than 100 bytes");
    if (name.trimmed() != name)
        return QStringLiteral("the name begins or ends with a blank");
    if (name == QLatin1StringView(".") || name == QLatin1StringView(".."))
        return QStringLiteral("\"%1\" is no name").arg(name);
    for (const QChar c : name) {
        if (c == QLatin1Char('/'))
            return QStringLiteral("the name contains a slash");
        if (c.category() == QChar::Other_Control)
            return QStringLiteral("the name contains a control character");
    }
    return {};
}

QString randomMac()
{
    const quint32 bits = QRandomGenerator::system()->generate();
    return QString::asprintf(
        "52:54:00:%02x:%02x:%02x", (bits >> 16) & 0xff, (bits >> 8) & 0xff, bits & 0xff);
}

} // namespace vmm
