// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tests {

QString TempHome::write(const QString& name, const QByteArray& content) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write %s", qPrintable(path(name)));
    return path(name);
}

vmm::CoreOptions TempHome::options() const
{
    return { .dataFolder = dataFolder(),
        .runtimeFolder = runtimeFolder(),
        .accelerator = vmm::AcceleratorReport { .reason = QStringLiteral("this is a test") } };
}

vmm::CoreOptions TempHome::fakeOptions(const QString& mode) const
{
    const QString link = path(QStringLiteral("fake-qemu-") + mode);
    // Beside the folder of the test's layer.
    QFile::link(
        QFileInfo(QCoreApplication::applicationDirPath() + QStringLiteral("/../bin/fake-qemu"))
            .canonicalFilePath(),
        link);
    vmm::CoreOptions options = this->options();
    options.qemu = vmm::QemuInstallation {
        .emulator = link, .version = QStringLiteral("7.2.0"), .hasSpice = true
    };
    return options;
}

QString smallDomainXml(const QString& name, const QUuid& id, const QString& extraDevices)
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><uuid>%2</uuid>"
                          "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                          "<os><type arch='x86_64' machine='q35'>hvm</type></os>"
                          "<devices><graphics type='spice'><listen type='none'/></graphics>"
                          "<video><model type='virtio'/></video>%3</devices></domain>")
        .arg(name.toHtmlEscaped(), id.toString(QUuid::WithoutBraces), extraDevices);
}

} // namespace tests
