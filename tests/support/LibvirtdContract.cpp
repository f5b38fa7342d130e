// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/LibvirtdContract.h"

#include "tests/support/SkipFor.h"

namespace tests {

/// No operating system: these checks want the process, and its BIOS screen is a screen.
QString LibvirtdContract::domainXml(const QString& name, const QUuid& id)
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><uuid>%2</uuid>"
                          "<memory unit='MiB'>32</memory><vcpu>1</vcpu>"
                          "<os><type arch='x86_64' machine='pc'>hvm</type></os>"
                          "<features><acpi/></features><devices>"
                          "<graphics type='spice' autoport='yes' listen='127.0.0.1'/>"
                          "<video><model type='vga'/></video>"
                          "<memballoon model='virtio'/></devices></domain>")
        .arg(name.toHtmlEscaped(), id.toString(QUuid::WithoutBraces));
}

void LibvirtdContract::initTestCase()
{
    SKIP_FOR(LibvirtdFixture::missing(), whyMissing());
    QVERIFY(prepare(m_libvirtd));
    QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
    QVERIFY(furnish(m_libvirtd));
}

} // namespace tests
