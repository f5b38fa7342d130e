// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/HostContract.h"
#include "tests/support/TempHome.h"

#include <QDir>

/// The embedded core with a real QEMU in virtdeck-host, as the window has it.
class tst_EmbeddedRemoteContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        // virtdeck-host knows a home only from the environment, and that is inherited.
        QDir().mkpath(m_home.runtimeFolder());
        QFile::setPermissions(m_home.runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home.runtimeFolder().toLocal8Bit());
        return std::make_unique<hosts::wire::RemoteHost>(
            hosts::HostUri::parse(QStringLiteral("embedded://") + m_home.dataFolder()).value(),
            m_thread,
            hosts::wire::RemoteHostOptions {
                .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::smallDomainXml(name, id);
    }

    // The first start waits for the trial of hardware virtualization.
    int patienceMs() const override { return 20'000; }
    bool guestObeysShutDown() const override { return false; } // it stays in its firmware

private:
    tests::TempHome m_home;
    hosts::wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_EmbeddedRemoteContract)
#include "tst_EmbeddedRemoteContract.moc"
