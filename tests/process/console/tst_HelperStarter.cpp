// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleSession.h"
#include "console/HelperStarter.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/TestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QPointer>
#include <QTest>

#include <csignal>

using namespace console;
using namespace std::chrono_literals;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kHelper = kBin + QStringLiteral("/virtdeck-console");

bool isThere(qint64 pid)
{
    return ::kill(pid_t(pid), 0) == 0;
}

} // namespace

/// The process that waits for a console which may be opened soon.
class tst_HelperStarter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spare_becomesTheConsolesProcess()
    {
        tests::SpiceTestServer server(kBin);
        QVERIFY(server.start());
        const auto starter = std::make_shared<HelperStarter>(kHelper);
        starter->prepare();
        const qint64 spare = starter->sparePid();
        QVERIFY(spare > 0);
        starter->prepare();
        QCOMPARE(starter->sparePid(), spare); // one is enough

        QPointer<SpiceHelperTransport> transport;
        ConsoleSession session([&] {
            auto made = std::make_unique<SpiceHelperTransport>(starter);
            transport = made.get();
            return made;
        });
        session.open(server.endpoint());
        QTRY_COMPARE(session.state(), SessionState::Live);
        QCOMPARE(transport->helperPid(), spare);
        QCOMPARE(starter->sparePid(), 0);
        session.close();
        QTRY_VERIFY(!isThere(spare));
    }

    void spareThatNobodyWants_ends()
    {
        HelperStarter starter(kHelper, 200ms);
        starter.prepare();
        const qint64 spare = starter.sparePid();
        QTRY_COMPARE(starter.sparePid(), 0);
        QTRY_VERIFY(!isThere(spare));
    }

    void spareThatDied_isReplaced()
    {
        HelperStarter starter(kHelper);
        starter.prepare();
        const qint64 dead = starter.sparePid();
        ::kill(pid_t(dead), SIGKILL);
        QTRY_COMPARE(starter.sparePid(), 0);
        const auto started = starter.start();
        QVERIFY(started.has_value());
        QVERIFY(started->process->pid() != dead);
        QVERIFY(isThere(started->process->pid()));
    }

    void missingProgram_isToldWhenItIsNeeded()
    {
        HelperStarter starter(QStringLiteral("/nonexistent/helper"));
        starter.prepare();
        QCOMPARE(starter.sparePid(), 0);
        const auto started = starter.start();
        QVERIFY(!started.has_value());
        QCOMPARE(started.error().kind, vmm::ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_HelperStarter)
#include "tst_HelperStarter.moc"
