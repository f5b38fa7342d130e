// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/FakeHost.h"
#include "tests/support/HostContract.h"

/// The fake host in a process of its own.
class tst_RemoteHostContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        hosts::wire::RemoteHostOptions options {
            .program = QStringLiteral(VIRTDECK_TEST_BIN_DIR "/fake-host"),
            .arguments = { QStringLiteral("--sample=50") },
        };
        return std::make_unique<hosts::wire::RemoteHost>(
            hosts::HostUri::parse(QStringLiteral("test:///fake")).value(), m_thread, options);
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::FakeHost::domainXml(name, id);
    }

private:
    hosts::wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_RemoteHostContract)
#include "tst_RemoteHostContract.moc"
