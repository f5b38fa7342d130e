// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/EmbeddedHome.h"
#include "tests/support/HostContract.h"

/// The contract of all hosts, kept by the embedded core with a real QEMU.
class TestEmbeddedHost : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override { return tests::embeddedHostIn(m_home); }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::smallDomainXml(name, id);
    }

    int patienceMs() const override { return 10'000; }
    bool guestObeysShutDown() const override { return false; } // it stays in its firmware

private:
    tests::TempHome m_home;
};

QTEST_GUILESS_MAIN(TestEmbeddedHost)
#include "tst_EmbeddedHost.moc"
