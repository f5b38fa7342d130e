// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/HostContract.h"

/// libvirt's test driver in virtdeck-host, as the window has it.
class tst_TestDriverRemoteContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        return std::make_unique<hosts::wire::RemoteHost>(
            hosts::HostUri::parse(QStringLiteral("test:///default")).value(), m_thread,
            hosts::wire::RemoteHostOptions {
                .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return QStringLiteral("<domain type='test'><name>%1</name><uuid>%2</uuid>"
                              "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                              "<os><type>hvm</type></os><devices>"
                              "<graphics type='spice' port='5901' listen='127.0.0.1'/>"
                              "<memballoon model='virtio'/></devices></domain>")
            .arg(name, id.toString(QUuid::WithoutBraces));
    }

    int patienceMs() const override { return 10'000; }

private:
    hosts::wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_TestDriverRemoteContract)
#include "tst_TestDriverRemoteContract.moc"
