// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Users of VNC servers that are not QEMU: those of Apple's and of Windows.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/RfbTestServer.h"

#include <QStandardPaths>
#include <QTest>

using namespace console;
using tests::RfbTestServer;

namespace {

const QString kHelper = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console");
constexpr int kPatience = 60'000;

} // namespace

class tst_VncSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
            QSKIP("openssl is not installed");
    }

    void user_isAskedForAndLetIn_data()
    {
        QTest::addColumn<int>("security");
        QTest::newRow("ARD") << 30;
        QTest::newRow("MS-Logon II") << 113;
    }
    void user_isAskedForAndLetIn()
    {
        QFETCH(int, security);
        RfbTestServer server;
        server.setSecurity(security);
        server.setUser("alice", "wonderland");
        ConsoleSession session(SpiceHelperTransport::factory(kHelper));
        auto endpoint = server.endpoint();
        session.open(endpoint);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Lost, kPatience);
        QCOMPARE(session.endReason(), EndReason::AuthenticationFailed);
        QVERIFY(session.isUserWanted());

        session.setOptions({ .user = QStringLiteral("alice") });
        endpoint.password = QStringLiteral("looking glass");
        session.open(endpoint);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Lost, kPatience);
        QCOMPARE(session.endReason(), EndReason::AuthenticationFailed);
        QVERIFY(session.isUserWanted());

        endpoint.password = QStringLiteral("wonderland");
        session.open(endpoint);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, kPatience);
    }
};

QTEST_GUILESS_MAIN(tst_VncSignIn)
#include "tst_VncSignIn.moc"
