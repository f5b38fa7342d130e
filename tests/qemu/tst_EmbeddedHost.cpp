// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/support/HostContract.h"
#include "tests/support/TestGuest.h"

#include <QTemporaryDir>

using hosts::embedded::EmbeddedHost;

/// The contract of all hosts, kept by the embedded core with a real QEMU.
class TestEmbeddedHost : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        const auto uri = hosts::HostUri::parse(
            QStringLiteral("embedded://") + m_home.filePath(QStringLiteral("data")));
        return std::make_unique<EmbeddedHost>(*uri,
            hosts::embedded::EmbeddedOptions {
                .runtimeFolder = m_home.filePath(QStringLiteral("run")),
                .accelerator = vmm::AcceleratorReport { .reason = QStringLiteral("a test") } });
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return QStringLiteral("<domain type='kvm'><name>%1</name><uuid>%2</uuid>"
                              "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                              "<os><type arch='x86_64' machine='q35'>hvm</type></os>"
                              "<devices><graphics type='spice'><listen type='none'/></graphics>"
                              "<video><model type='virtio'/></video></devices></domain>")
            .arg(name, id.toString(QUuid::WithoutBraces));
    }

    int patienceMs() const override { return 10'000; }
    bool guestObeysShutDown() const override { return false; } // it stays in its firmware

private:
    QTemporaryDir m_home;
};

QTEST_GUILESS_MAIN(TestEmbeddedHost)
#include "tst_EmbeddedHost.moc"
