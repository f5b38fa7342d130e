// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleSession.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/FakeTransport.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace console;
using tests::FakeTransport;

class tst_ConsoleSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
    }
    void cleanup() { m_session.reset(); }

    void open_walksThroughTheStates()
    {
        QCOMPARE(m_session->state(), SessionState::Idle);
        QSignalSpy states(m_session.get(), &ConsoleSession::stateChanged);
        m_session->open(m_endpoint);
        QCOMPARE(m_session->state(), SessionState::Connecting);
        QCOMPARE(m_fake.latest->endpoint, m_endpoint);
        QCOMPARE(m_session->firstFrameMs(), qint64(-1));
        m_fake.latest->goLive({ 640, 480 });
        QCOMPARE(m_session->state(), SessionState::Live);
        QCOMPARE(states.size(), 3);
        QCOMPARE(m_session->frame().size(), QSize(640, 480));
        QVERIFY(m_session->firstFrameMs() >= 0);
        QCOMPARE(m_fake.latest->acknowledged, 1);
    }

    void everyEnd_hasItsState_data()
    {
        QTest::addColumn<EndReason>("reason");
        QTest::addColumn<SessionState>("running");
        QTest::addColumn<SessionState>("off");
        const auto row = [](EndReason reason, SessionState running, SessionState off) {
            QTest::newRow(qPrintable(nameOf(reason))) << reason << running << off;
        };
        row(EndReason::ConnectFailed, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::AuthenticationFailed, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::TlsFailed, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::ServerClosed, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::TakenOver, SessionState::TakenOver, SessionState::GuestOff);
        row(EndReason::UnsupportedDisplay, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::DisplayDropped, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::ServerViolation, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::ProtocolViolation, SessionState::Lost, SessionState::GuestOff);
        row(EndReason::HelperMissing, SessionState::Lost, SessionState::GuestOff);
    }

    void everyEnd_hasItsState()
    {
        QFETCH(EndReason, reason);
        QFETCH(SessionState, running);
        QFETCH(SessionState, off);
        for (auto machine : { vmm::VmState::Unknown, vmm::VmState::Running, vmm::VmState::Paused,
                 vmm::VmState::ShutOff, vmm::VmState::Crashed }) {
            m_session->setMachineState(machine);
            m_session->open(m_endpoint);
            m_fake.latest->goLive();
            const int made = m_fake.made;
            Q_EMIT m_fake.latest->ended(reason, QStringLiteral("raw text"));
            const bool isOff = machine == vmm::VmState::ShutOff || machine == vmm::VmState::Crashed;
            QCOMPARE(m_session->state(), isOff ? off : running);
            QCOMPARE(m_session->endReason(), reason);
            QCOMPARE(m_session->endDetail(), QStringLiteral("raw text"));
            QVERIFY(!m_session->frame().isNull()); // the last picture stays
            QCOMPARE(m_fake.made, made); // and nobody reconnects
        }
    }

    void machineTurnedOffAfterTheEnd_isGuestOff()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        Q_EMIT m_fake.latest->ended(EndReason::ServerClosed, {});
        m_session->setMachineState(vmm::VmState::ShutOff);
        QCOMPARE(m_session->state(), SessionState::GuestOff);
        m_session->setMachineState(vmm::VmState::Running); // the card must not say "off" any more
        QCOMPARE(m_session->state(), SessionState::Idle);
    }

    void helperCrash_isRetriedOnceOnly()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        Q_EMIT m_fake.latest->ended(EndReason::HelperCrashed, QStringLiteral("signal 11"));
        QCOMPARE(m_fake.made, 2);
        QCOMPARE(m_session->state(), SessionState::Connecting);
        QCOMPARE(m_fake.latest->endpoint, m_endpoint);
        Q_EMIT m_fake.latest->ended(EndReason::HelperCrashed, QStringLiteral("signal 11"));
        QCOMPARE(m_fake.made, 2);
        QCOMPARE(m_session->state(), SessionState::HelperCrashed);
        m_session->reconnect(); // the user asked: a new allowance
        Q_EMIT m_fake.latest->ended(EndReason::HelperCrashed, {});
        QCOMPARE(m_fake.made, 4);
    }

    void takenOver_isNotTakenBackByItself()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        Q_EMIT m_fake.latest->ended(EndReason::TakenOver, {});
        QTest::qWait(0);
        QCOMPARE(m_fake.made, 1);
        m_session->reconnect();
        QCOMPARE(m_fake.made, 2);
        QCOMPARE(m_session->state(), SessionState::Connecting);
    }

    void close_isQuietAndFinal()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        QPointer<FakeTransport> transport = m_fake.latest;
        m_session->close();
        QCOMPARE(m_session->state(), SessionState::Closed);
        QCOMPARE(transport->log.last(), QStringLiteral("close"));
        Q_EMIT transport->ended(EndReason::ServerClosed, {}); // too late to matter
        QCOMPARE(m_session->state(), SessionState::Closed);
        QTRY_VERIFY(!transport);
    }

    void reconnectBeforeOpen_doesNothing()
    {
        m_session->reconnect();
        QCOMPARE(m_fake.made, 0);
        QCOMPARE(m_session->state(), SessionState::Idle);
    }

    void closeFromAnObserver_leavesNothingBehind()
    {
        connect(m_session.get(), &ConsoleSession::stateChanged, this, [this](SessionState state) {
            if (state == SessionState::Connecting)
                m_session->close();
        });
        m_session->open(m_endpoint);
        QCOMPARE(m_session->state(), SessionState::Closed);
    }

    void input_isSentOnlyWhileLive()
    {
        m_session->key(0x1e, true);
        m_session->open(m_endpoint);
        m_session->key(0x1e, true);
        m_session->movePointerTo({ 1, 1 });
        m_session->button(PointerButton::Left, true);
        m_session->requestGuestSize({ 800, 600 });
        QCOMPARE(m_fake.latest->log, QStringList(QStringLiteral("open")));
        m_fake.latest->goLive();
        m_session->key(0x1e, true);
        QCOMPARE(m_fake.latest->log.last(), QStringLiteral("key 1e down"));
    }

    void heldKeysAndButtons_areReleased()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        m_session->key(0x1d, true);
        m_session->key(0x2e, true);
        m_session->key(0x2e, false);
        m_session->button(PointerButton::Right, true);
        m_fake.latest->log.clear();
        m_session->releaseAllKeys();
        m_session->releaseAllButtons();
        QCOMPARE(m_fake.latest->log,
            QStringList({ QStringLiteral("key 1d up"), QStringLiteral("button 3 up buttons 0") }));
        m_session->releaseAllKeys();
        QCOMPARE(m_fake.latest->log.size(), 2);
    }

    void buttons_areToldWithEveryMove()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        m_session->button(PointerButton::Left, true);
        m_session->button(PointerButton::Side, true);
        m_session->movePointerTo({ 5, 6 });
        QCOMPARE(m_fake.latest->log.last(), QStringLiteral("position 5,6 buttons 33"));
        m_session->button(PointerButton::WheelUp, true); // a wheel is never held
        m_session->movePointerBy({ 1, 0 });
        QCOMPARE(m_fake.latest->log.last(), QStringLiteral("motion 1,0 buttons 33"));
    }

    void combination_isPressedAndReleasedInReverse()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        m_fake.latest->log.clear();
        m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 });
        QCOMPARE(m_fake.latest->log,
            QStringList({ QStringLiteral("key 1d down"), QStringLiteral("key 38 down"),
                QStringLiteral("key 153 down"), QStringLiteral("key 153 up"),
                QStringLiteral("key 38 up"), QStringLiteral("key 1d up") }));
    }

    void resize_needsTheAgent()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive();
        m_session->requestGuestSize({ 800, 600 });
        QVERIFY(!m_fake.latest->log.contains(QStringLiteral("size 800x600")));
        Q_EMIT m_fake.latest->agentChanged(true);
        m_session->requestGuestSize({ 800, 600 });
        QCOMPARE(m_fake.latest->log.last(), QStringLiteral("size 800x600"));
    }

    void secondDisplay_isAskedForInTheNextConnection_data()
    {
        QTest::addColumn<bool>("isAgentFirst");
        QTest::newRow("the guest starts") << false;
        QTest::newRow("the guest runs") << true;
    }
    void secondDisplay_isAskedForInTheNextConnection()
    {
        QFETCH(bool, isAgentFirst);
        m_session->open(m_endpoint);
        m_fake.latest->goLive({ 640, 480 });
        Q_EMIT m_fake.latest->agentChanged(true);
        m_session->requestHead(1, true);
        m_session->requestGuestSize({ 800, 600 }, 1);
        QCOMPARE(m_fake.latest->channel.log.last(),
            QStringLiteral("monitors 0:640x480+0+0 1:800x600+640+0"));
        Q_EMIT m_fake.latest->ended(EndReason::ServerClosed, {});
        m_session->reconnect();
        QVERIFY(m_session->isHeadRequested(1));
        if (isAgentFirst)
            Q_EMIT m_fake.latest->agentChanged(true);
        QVERIFY(m_fake.latest->channel.log.isEmpty());
        m_fake.latest->goLive({ 1280, 720 });
        if (!isAgentFirst)
            Q_EMIT m_fake.latest->agentChanged(true);
        QCOMPARE(m_fake.latest->channel.log,
            QStringList(QStringLiteral("monitors 0:1280x720+0+0 1:800x600+1280+0")));
        m_session->requestHead(1, false);
        QCOMPARE(m_fake.latest->log.last(), QStringLiteral("size 1280x720"));
    }

    void displays_areArrangedAsTheirScreensLie()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive({ 640, 480 });
        Q_EMIT m_fake.latest->agentChanged(true);
        const QStringList& asked = m_fake.latest->channel.log;
        m_session->setHeadScreen(0, { 1920, 0, 1280, 1024 });
        QVERIFY(asked.isEmpty()); // one display has no neighbours
        m_session->requestHead(1, true);
        m_session->requestGuestSize({ 800, 600 }, 1);
        QCOMPARE(asked.last(), QStringLiteral("monitors 0:640x480+0+0 1:800x600+640+0"));
        m_session->setHeadScreen(1, { 0, 0, 1920, 1080 });
        QCOMPARE(asked.last(), QStringLiteral("monitors 0:640x480+800+0 1:800x600+0+0"));
        const qsizetype before = asked.size();
        m_session->setHeadScreen(1, { 0, 0, 1920, 1200 }); // as before, seen from there
        QCOMPARE(asked.size(), before);
        m_session->setHeadScreen(1, { 1920, 1024, 1920, 1080 });
        QCOMPARE(asked.last(), QStringLiteral("monitors 0:640x480+0+0 1:800x600+0+480"));
        // And so in the next connection.
        m_session->reconnect();
        m_fake.latest->goLive({ 640, 480 });
        Q_EMIT m_fake.latest->agentChanged(true);
        QCOMPARE(m_fake.latest->channel.log,
            QStringList(QStringLiteral("monitors 0:640x480+0+0 1:800x600+0+480")));
    }

    void sizeOfADisplayThatIsNotOn_changesNothing()
    {
        m_session->open(m_endpoint);
        m_fake.latest->goLive({ 640, 480 });
        Q_EMIT m_fake.latest->agentChanged(true);
        m_session->requestGuestSize({ 800, 600 }, 1);
        QVERIFY(m_fake.latest->channel.log.isEmpty());
        QVERIFY(m_fake.latest->log.filter(QStringLiteral("size")).isEmpty());
    }

    void visibility_outlivesTheTransport()
    {
        m_session->setVisible(false);
        m_session->open(m_endpoint);
        QVERIFY(!m_fake.latest->visible);
        m_session->reconnect();
        QVERIFY(!m_fake.latest->visible);
        m_session->setVisible(true);
        QVERIFY(m_fake.latest->visible);
    }

private:
    const vmm::ConsoleEndpoint m_endpoint { .unixSocket = QStringLiteral("/run/x.sock") };
    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
};

QTEST_GUILESS_MAIN(tst_ConsoleSession)
#include "tst_ConsoleSession.moc"
