// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"

#include <QDir>
#include <QFile>

namespace tests::golden {

namespace {

QString folder()
{
    return QStringLiteral(VIRTDECK_SOURCE_DIR "/tests/golden");
}

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QStringList machines()
{
    QStringList names;
    for (const QString& file : QDir(folder()).entryList({ QStringLiteral("*.xml") }, QDir::Files))
        names.append(file.chopped(4));
    return names;
}

QStringList libvirtMachines()
{
    QStringList names;
    const QDir libvirt(folder() + QStringLiteral("/libvirt"));
    for (const QString& file : libvirt.entryList({ QStringLiteral("*.xml") }, QDir::Files))
        names.append(QStringLiteral("libvirt/") + file.chopped(4));
    for (const QString& name : virtInstallMachines()) {
        if (!name.contains(QLatin1StringView("/refused-")))
            names.append(name);
    }
    return names;
}

QStringList virtInstallMachines()
{
    QStringList names;
    const QDir data(folder() + QStringLiteral("/../data/virt-install"));
    for (const QString& file : data.entryList({ QStringLiteral("*.xml") }, QDir::Files))
        names.append(QStringLiteral("../data/virt-install/") + file.chopped(4));
    return names;
}

QString xml(const QString& machine)
{
    return contentOf(QStringLiteral("%1/%2.xml").arg(folder(), machine));
}

vmm::LaunchContext context(const QString& machine, const QString& root)
{
    const bool isKvm = machine.startsWith(QLatin1StringView("kvm-"));
    const auto definition = vmm::Definition::fromXml(xml(machine));
    const QString firmware = QStringLiteral("/usr/share/OVMF/OVMF_CODE_4M%1.fd");
    const bool isEfi = definition && definition->value("os@firmware") == QLatin1StringView("efi");
    const bool hasFlash = definition && vmm::hasFirmware(*definition);
    return vmm::LaunchContext {
        .accelerator = isKvm ? QStringLiteral("kvm") : QStringLiteral("tcg"),
        .qmpFd = 3,
        .machineFolder = root + QStringLiteral("/machine"),
        .spiceSocket = root + QStringLiteral("/run/spice.sock"),
        .vncSocket = root + QStringLiteral("/run/vnc.sock"),
        .serialSocket = root + QStringLiteral("/run/serial.sock"),
        .serialLog = root + QStringLiteral("/machine/serial.log"),
        .socketFolder = root + QStringLiteral("/run"),
        .isStartPaused = true,
        .firmware
        = { .code = hasFlash ? firmware.arg(isEfi ? QStringLiteral(".ms") : QString()) : QString(),
            .variables = root + QStringLiteral("/machine/nvram.fd"),
            .needsSmm = isEfi },
        .fds = { { QStringLiteral("tpm"), 4 }, { QStringLiteral("net-1"), 5 },
            { QStringLiteral("net-2"), 6 }, { QStringLiteral("net-3"), 7 } },
    };
}

QString difference(const QString& file, const QString& actual)
{
    const QString path = folder() + QLatin1Char('/') + file;
    if (qEnvironmentVariableIntValue("UPDATE_GOLDEN") == 1) {
        QFile golden(path);
        if (!golden.open(QIODevice::WriteOnly) || golden.write(actual.toUtf8()) < 0)
            return QStringLiteral("can't write ") + path;
        return {};
    }
    const QStringList expectedLines = contentOf(path).split(QLatin1Char('\n'));
    const QStringList actualLines = actual.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < qMax(expectedLines.size(), actualLines.size()); ++i) {
        const QString expected = expectedLines.value(i);
        if (expected != actualLines.value(i) || i >= expectedLines.size())
            return QStringLiteral(
                "%1:%2\n  expected: %3\n  actual:   %4\n(UPDATE_GOLDEN=1 accepts)")
                .arg(file)
                .arg(i + 1)
                .arg(expected, actualLines.value(i));
    }
    return {};
}

} // namespace tests::golden
