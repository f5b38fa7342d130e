// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections that are cut, or spoilt, at a random byte between a real server and the real helper,
// with a key down; and single channels that are cut while the others are not.
// VIRTDECK_CUTS says how often (40); VIRTDECK_SEED repeats a run.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ChannelProxy.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/CuttingProxy.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <spice/enums.h>

#include <memory>
#include <random>

using namespace console;
using tests::ChannelProxy;
using tests::CuttingProxy;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
constexpr int kShift = 0x2a;
constexpr qint64 kPatience
    = 5000; ///< ms without news after which a live session is taken to stay so

/// The scan codes that the guest has been told to be down, and not up again.
QSet<QString> pressedKeys(SpiceTestServer& server)
{
    QSet<QString> out;
    for (const QString& code : server.linesOf(QStringLiteral("KEY"))) {
        const int byte = code.toInt(nullptr, 16);
        if (byte & 0x80)
            out.remove(QString::number(byte & 0x7f, 16));
        else
            out.insert(QString::number(byte, 16));
    }
    return out;
}

} // namespace

class tst_SpiceCuts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Only a server that ends its main channel has taken another client.
    void oneChannelThatEnds_isToldAsWhatItIs_data()
    {
        QTest::addColumn<int>("channel");
        QTest::addColumn<ChannelProxy::End>("how");
        QTest::addColumn<EndReason>("reason");
        using End = ChannelProxy::End;
        const auto row = [](const char* name, int channel, End how, EndReason reason) {
            QTest::newRow(name) << channel << how << reason;
        };
        row("main, closed", SPICE_CHANNEL_MAIN, End::Closed, EndReason::TakenOver);
        row("main, reset", SPICE_CHANNEL_MAIN, End::Reset, EndReason::ServerClosed);
        row("display, closed", SPICE_CHANNEL_DISPLAY, End::Closed, EndReason::DisplayDropped);
        row("display, reset", SPICE_CHANNEL_DISPLAY, End::Reset, EndReason::ServerClosed);
        row("inputs, closed", SPICE_CHANNEL_INPUTS, End::Closed, EndReason::ServerClosed);
        row("inputs, reset", SPICE_CHANNEL_INPUTS, End::Reset, EndReason::ServerClosed);
        row("cursor, closed", SPICE_CHANNEL_CURSOR, End::Closed, EndReason::ServerClosed);
        row("cursor, reset", SPICE_CHANNEL_CURSOR, End::Reset, EndReason::ServerClosed);
    }
    void oneChannelThatEnds_isToldAsWhatItIs()
    {
        QFETCH(int, channel);
        QFETCH(ChannelProxy::End, how);
        QFETCH(EndReason, reason);
        SpiceTestServer server(kBin);
        QVERIFY(server.start());
        ChannelProxy proxy(server.socketPath());
        ConsoleSession session(
            SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
        session.open({ .host = QStringLiteral("127.0.0.1"), .port = proxy.port() });
        QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(proxy.ofChannel(SPICE_CHANNEL_CURSOR) >= 0, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, 60'000);
        QSignalSpy states(&session, &ConsoleSession::stateChanged);
        proxy.end(proxy.ofChannel(channel), how);
        QTRY_VERIFY_WITH_TIMEOUT(session.state() != SessionState::Live, 60'000);
        QCOMPARE(states.size(), 1); // and no other helper
        QCOMPARE(session.endReason(), reason);
        QVERIFY2(!session.endDetail().isEmpty(), qPrintable(session.endDetail()));
        QVERIFY(server.isRunning());
    }

    void everyCut_endsInAStateWithAReason()
    {
        const auto [count, seed] = tests::CutPlan(20261128u);
        std::mt19937 random(seed);
        std::unique_ptr<SpiceTestServer> server;
        QTemporaryDir folder;
        const QString through = folder.filePath(QStringLiteral("proxy"));
        CuttingProxy proxy(through, {});
        QVERIFY(proxy.isListening());

        int servers = 0;
        const auto isServed = [&] {
            if (server && server->isRunning())
                return true;
            ++servers; // libspice-server 0.15 dies of a cut now and then
            server = std::make_unique<SpiceTestServer>(kBin);
            if (!server->start({ QStringLiteral("--agent") }))
                return false;
            server->say(QStringLiteral("animate 30"));
            proxy.setTarget(server->socketPath());
            return true;
        };
        int crashes = 0;
        int released = 0;
        for (int i = 0; i < count; ++i) {
            QVERIFY(isServed());
            const qsizetype keysBefore = server->linesOf(QStringLiteral("KEY")).size();
            // Half of them in the greetings, where each byte counts; the others anywhere.
            const qint64 at = random() % 2 ? random() % 3000 : random() % 4'000'000;
            const bool spoils = random() % 3 == 0;
            proxy.arm(at, spoils, random());
            ConsoleSession session(
                SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
            connect(&session, &ConsoleSession::stateChanged, &session, [&](SessionState state) {
                if (state == SessionState::Live)
                    session.key(kShift, true);
            });
            session.open({ .unixSocket = through });
            const auto isOver = [&session] {
                return session.state() == SessionState::Lost
                    || session.state() == SessionState::TakenOver
                    || session.state() == SessionState::HelperCrashed;
            };
            // What is spoilt may be a pixel: then it goes on, and that is right, too. And of a
            // length that is spoilt all is awaited: no picture, but the rest works.
            QElapsedTimer struck;
            const auto goesOn = [&] {
                if (!spoils || !proxy.hasStruck())
                    return false;
                if (!struck.isValid())
                    struck.start();
                return session.firstFrameMs() >= 0
                    || (session.state() == SessionState::Live && struck.hasExpired(kPatience));
            };
            const bool isDecided = QTest::qWaitFor([&] { return isOver() || goesOn(); }, 60'000);
            QVERIFY2(isDecided,
                qPrintable(QStringLiteral("seed %1, cut %2 at byte %3%4: still %5")
                               .arg(seed)
                               .arg(i)
                               .arg(at)
                               .arg(spoils ? QStringLiteral(" (spoilt)") : QString(),
                                   nameOf(session.state()))));
            if (isOver())
                QVERIFY(session.endReason() != EndReason::None);
            // Bytes that lie may crash the library, but in the helper only; a mere cut never.
            if (session.state() == SessionState::HelperCrashed) {
                ++crashes;
                QVERIFY2(spoils,
                    qPrintable(QStringLiteral("seed %1, cut %2: %3")
                                   .arg(seed)
                                   .arg(i)
                                   .arg(session.endDetail())));
            }
            session.close();
            QTRY_VERIFY2_WITH_TIMEOUT(pressedKeys(*server).isEmpty() || !server->isRunning(),
                qPrintable(QStringLiteral("seed %1, cut %2: Shift stays down").arg(seed).arg(i)),
                60'000);
            if (server->linesOf(QStringLiteral("KEY")).size() > keysBefore)
                ++released;
            if ((i + 1) % 100 == 0)
                qInfo("%d cuts", i + 1);
        }
        qInfo(
            "%d cuts, %d with a key down, seed %u, %d helpers crashed of spoilt bytes, %d servers",
            count, released, seed, crashes, servers);
        QVERIFY(released > 0);
        ConsoleSession last(
            SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
        QVERIFY(isServed());
        last.open(server->endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(last.state(), SessionState::Live, 60'000);
    }
};

QTEST_MAIN(tst_SpiceCuts)
#include "tst_SpiceCuts.moc"
