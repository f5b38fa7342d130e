// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeHost.h"
#include "tests/support/HostContract.h"

class tst_FakeHostContract : public tests::HostContract {
    Q_OBJECT

protected:
    std::unique_ptr<hosts::Host> makeHost() override
    {
        auto host = std::make_unique<tests::FakeHost>();
        host->sampleEvery(50);
        return host;
    }

    QString domainXml(const QString& name, const QUuid& id) override
    {
        return tests::FakeHost::domainXml(name, id);
    }
};

QTEST_GUILESS_MAIN(tst_FakeHostContract)
#include "tst_FakeHostContract.moc"
