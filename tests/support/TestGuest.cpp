// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestGuest.h"

#include <QFile>
#include <QStandardPaths>

namespace tests {

std::optional<TestGuest> TestGuest::find()
{
    QString folder = qEnvironmentVariable("VIRTDECK_TEST_GUEST");
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QStringLiteral("/virtdeck/guest");
    QFile commandLine(folder + QStringLiteral("/cmdline"));
    if (!commandLine.open(QIODevice::ReadOnly))
        return std::nullopt;
    return TestGuest { .kernel = folder + QStringLiteral("/vmlinuz"),
        .initrd = folder + QStringLiteral("/initrd.gz"),
        .commandLine = QString::fromUtf8(commandLine.readAll()).trimmed(),
        .agentInitrd = folder + QStringLiteral("/initrd-agent.gz") };
}

vmm::NewMachine TestGuest::newMachine(const QString& name) const
{
    return { .name = name,
        .memory = vmm::Bytes::fromMiB(192),
        .vcpus = 1,
        .kernel = kernel,
        .initrd = initrd,
        .kernelCommandLine = commandLine };
}

QString TestGuest::agentDomainXml(const QString& name, const QString& extraDevices) const
{
    TestGuest guest = *this;
    guest.initrd = agentInitrd;
    return guest.domainXml(name, QStringLiteral("qemu"),
        QStringLiteral("<channel type='unix'><target type='virtio' "
                       "name='org.qemu.guest_agent.0'/></channel>")
            + extraDevices);
}

QString TestGuest::domainXml(
    const QString& name, const QString& domainType, const QString& extraDevices) const
{
    return QStringLiteral(R"(<domain type='%1'>
  <name>%2</name>
  <memory unit='MiB'>192</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>%3</kernel>
    <initrd>%4</initrd>
    <cmdline>%5</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <serial type='pty'/>
    <console type='pty'/>
    <graphics type='spice'><listen type='none'/><image compression='off'/><streaming mode='off'/></graphics>
    <video><model type='virtio'/></video>
    <memballoon model='virtio'/>
%6  </devices>
</domain>
)")
        .arg(domainType, name.toHtmlEscaped(), kernel.toHtmlEscaped(), initrd.toHtmlEscaped(),
            commandLine.toHtmlEscaped(), extraDevices);
}

} // namespace tests
