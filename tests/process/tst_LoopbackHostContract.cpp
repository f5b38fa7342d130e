// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HostContract.h"
#include "tests/support/LoopbackHost.h"

/// The fake host through a whole wire, within this process.
class tst_LoopbackHostContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        m_servers.push_back(std::make_unique<tests::LoopbackServer>());
        m_servers.back()->host().sampleEvery(50);
        return std::make_unique<hosts::wire::RemoteHost>(m_servers.back()->host().uri(), m_thread,
            hosts::wire::RemoteHostOptions { .makeCarrier = m_servers.back()->carrierFactory() });
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::FakeHost::domainXml(name, id);
    }

private:
    std::vector<std::unique_ptr<tests::LoopbackServer>> m_servers;
    hosts::wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_LoopbackHostContract)
#include "tst_LoopbackHostContract.moc"
