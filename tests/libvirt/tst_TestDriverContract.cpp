// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/HostContract.h"

/// What every host promises, of the libvirt host on libvirt's test driver.
class tst_TestDriverContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::libvirt::LibvirtHost>(
            hosts::HostUri::parse(QStringLiteral("test:///default")).value(), nullptr,
            hosts::libvirt::Timing { .visibleTick = std::chrono::milliseconds(100) });
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return QStringLiteral("<domain type='test'><name>%1</name><uuid>%2</uuid>"
                              "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                              "<os><type>hvm</type></os><devices>"
                              "<graphics type='spice' port='5901' listen='127.0.0.1'/>"
                              "<memballoon model='virtio'/></devices></domain>")
            .arg(name.toHtmlEscaped(), id.toString(QUuid::WithoutBraces));
    }
};

QTEST_GUILESS_MAIN(tst_TestDriverContract)
#include "tst_TestDriverContract.moc"
