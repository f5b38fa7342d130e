// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes through the guest's agent, and several displays: a session through the real helper
// against a real SPICE server.

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/FileTransfers.h"
#include "console/SpiceHelperTransport.h"
#include "console/protocol/SealedFile.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <signal.h>

using namespace console;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kHelper = kBin + QStringLiteral("/virtdeck-console");
constexpr int kPatience = 60'000;

/// What the clipboard here has of this type.
QByteArray clipboardBytes(const QString& type)
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data ? data->data(type) : QByteArray(); // null: it was cleared
}

} // namespace

class tst_SpiceAgent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QGuiApplication::clipboard()->clear();
        m_server = std::make_unique<SpiceTestServer>(kBin);
        m_session = std::make_unique<ConsoleSession>([this] {
            auto transport = std::make_unique<SpiceHelperTransport>(kHelper);
            m_transport = transport.get();
            return transport;
        });
        m_view = std::make_unique<QLineEdit>(); // stands for the view: it has or has not the focus
        m_bridge = std::make_unique<ClipboardBridge>(*m_view);
        m_bridge->setSession(m_session.get());
    }
    void cleanup()
    {
        m_bridge.reset();
        m_view.reset();
        m_session.reset();
        m_server.reset();
    }

    void textFromGuest_isFetchedOnlyWhenTheViewIsLeft()
    {
        goLive();
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        focusView();
        m_server->say(QStringLiteral("agent-copy 0 from the guest: ä"));
        settle();
        QVERIFY(m_server->linesOf(QStringLiteral("WANT")).isEmpty());
        leaveView();
        QTRY_COMPARE_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text(), QStringLiteral("from the guest: ä"), kPatience);
    }

    void pictureFromGuest_arrives()
    {
        goLive();
        m_bridge->setSharing(ClipboardSharing::Both);
        m_server->say(QStringLiteral("agent-copy-big 0 5000 2"));
        QTRY_COMPARE_WITH_TIMEOUT(
            clipboardBytes(QStringLiteral("image/png")).size(), qsizetype(5000), kPatience);
    }

    void textToGuest_isGivenWhenItAsks()
    {
        goLive();
        QGuiApplication::clipboard()->setText(QStringLiteral("from here: ß"));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("GRAB")).contains(QStringLiteral("0 1")), kPatience);
        m_server->say(QStringLiteral("agent-paste 0 1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("PASTED")),
            QStringList({ QStringLiteral("0 1 13 from here: ß") }), kPatience);
    }

    void switchedOff_nothingLeaks()
    {
        goLive();
        QGuiApplication::clipboard()->setText(QStringLiteral("secret of the host"));
        focusView();
        m_server->say(QStringLiteral("agent-copy 0 secret of the guest"));
        m_server->say(QStringLiteral("agent-paste 0 1"));
        settle();
        leaveView();
        settle();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("secret of the host"));
        QVERIFY(m_server->linesOf(QStringLiteral("GRAB")).isEmpty());
        QVERIFY(m_server->linesOf(QStringLiteral("WANT")).isEmpty());
        for (const QString& pasted : m_server->linesOf(QStringLiteral("PASTED")))
            QVERIFY2(pasted.startsWith(QStringLiteral("0 0 ")), qPrintable(pasted));
    }

    void switchedOffLater_takesTheOfferBack()
    {
        goLive();
        QGuiApplication::clipboard()->setText(QStringLiteral("no longer"));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("GRAB")).size(), 1, kPatience);
        m_bridge->setSharing(ClipboardSharing::Off);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("RELEASE")).size(), 1, kPatience);
        m_server->say(QStringLiteral("agent-paste 0 1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("PASTED")).size(), 1, kPatience);
        QVERIFY(
            m_server->linesOf(QStringLiteral("PASTED")).first().startsWith(QStringLiteral("0 0 ")));
    }

    void copiedWhileTheViewIsNotUsed_isNotOffered()
    {
        goLive();
        QGuiApplication::clipboard()->setText(QStringLiteral("first"));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("GRAB")).size(), 1, kPatience);
        leaveView();
        QGuiApplication::clipboard()->setText(QStringLiteral("password"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("RELEASE")).size(), 1, kPatience);
        m_server->say(QStringLiteral("agent-paste 0 1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("PASTED")).size(), 1, kPatience);
        QVERIFY(!m_server->linesOf(QStringLiteral("PASTED"))
                     .first()
                     .contains(QStringLiteral("password")));
    }

    void ninetyMegabytes_goBothWays()
    {
        goLive();
        m_bridge->setSharing(ClipboardSharing::Both);
        qint64 longest = 0;
        QElapsedTimer sinceBeat;
        sinceBeat.start();
        QTimer beat;
        connect(&beat, &QTimer::timeout, this,
            [&] { longest = std::max(longest, sinceBeat.restart()); });
        beat.start(10);
        m_server->say(QStringLiteral("agent-copy-big 0 94371840 3"));
        QTRY_COMPARE_WITH_TIMEOUT(
            clipboardBytes(QStringLiteral("image/bmp")).size(), qsizetype(94371840), 4 * kPatience);
        qInfo("90 MB from the guest: the event loop's longest pause was %lld ms", longest);

        longest = 0;
        QGuiApplication::clipboard()->setText(QString(90 << 20, QLatin1Char('y')));
        focusView();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("GRAB")).contains(QStringLiteral("0 1")), kPatience);
        m_server->say(QStringLiteral("agent-paste 0 1"));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("PASTED")).size(), 1, 4 * kPatience);
        QVERIFY(m_server->linesOf(QStringLiteral("PASTED"))
                    .first()
                    .startsWith(QStringLiteral("0 1 94371840 ")));
        qInfo("90 MB to the guest: the event loop's longest pause was %lld ms", longest);
    }

    void moreThanTheLimit_isToldAndNotSent()
    {
        goLive();
        m_bridge->setSharing(ClipboardSharing::Both);
        QSignalSpy told(m_bridge.get(), &ClipboardBridge::tooLarge);
        QGuiApplication::clipboard()->setText(QString((100 << 20) + 1, QLatin1Char('z')));
        focusView();
        QTRY_VERIFY_WITH_TIMEOUT(!m_server->linesOf(QStringLiteral("GRAB")).isEmpty(), kPatience);
        m_server->say(QStringLiteral("agent-paste 0 1"));
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, kPatience);
        QCOMPARE(told.first().first().toBool(), true);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("PASTED")).size(), 1, kPatience);
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void moreThanTheLimitFromGuest_isToldAndNotTaken_data()
    {
        QTest::addColumn<int>("type"); // of the agent's
        QTest::newRow("text") << 1;
        QTest::newRow("picture") << 3;
    }

    void moreThanTheLimitFromGuest_isToldAndNotTaken()
    {
        QFETCH(int, type);
        goLive();
        QGuiApplication::clipboard()->setText(QStringLiteral("of the host"));
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        QSignalSpy told(m_bridge.get(), &ClipboardBridge::tooLarge);
        m_server->say(QStringLiteral("agent-copy-big 0 %1 %2").arg((100 << 20) + 1).arg(type));
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, 4 * kPatience);
        QCOMPARE(told.first().first().toBool(), false);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("of the host"));
        QCOMPARE(m_session->state(), SessionState::Live);

        m_server->say(QStringLiteral("agent-copy 0 less of it"));
        QTRY_COMPARE_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text(), QStringLiteral("less of it"), kPatience);
        QCOMPARE(told.size(), 1);
    }

    void secondCard_isASecondHead()
    {
        goLive({ QStringLiteral("--cards"), QStringLiteral("2") });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().on().size(), 2, kPatience);
        ConsoleHead* second = m_session->heads().at(1);
        QCOMPARE(second->frame().size(), QSize(640, 480));
        QCOMPARE(m_session->frame().size(), QSize(1024, 768));
        m_server->say(QStringLiteral("fill2 10 10 20 20 00ff00"));
        QTRY_COMPARE_WITH_TIMEOUT(second->frame().pixelColor(15, 15), QColor(0, 255, 0), kPatience);
        QVERIFY(m_session->frame().pixelColor(15, 15) != QColor(0, 255, 0));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().offered(), 2, kPatience);
    }

    void monitorsOfOneScreen_areHeadsOfTheirOwn()
    {
        goLive();
        m_server->say(QStringLiteral("heads 0 0 512 768 512 0 400 300"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().on().size(), 2, kPatience);
        ConsoleHead* second = m_session->heads().at(1);
        QCOMPARE(m_session->frame().size(), QSize(512, 768));
        QCOMPARE(second->frame().size(), QSize(400, 300));
        m_server->say(QStringLiteral("fill 520 5 10 10 ff0000"));
        QTRY_COMPARE_WITH_TIMEOUT(second->frame().pixelColor(10, 8), QColor(255, 0, 0), kPatience);
        QSignalSpy changes(m_session.get(), &ConsoleSession::headsChanged);
        m_server->say(QStringLiteral("heads 0 0 1024 768"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().on().size(), 1, kPatience);
        QVERIFY(changes.size() > 0);
        QCOMPARE(m_session->frame().size(), QSize(1024, 768));
    }

    void absurdMonitors_areNone()
    {
        goLive();
        m_server->say(QStringLiteral("heads 2000000000 2000000000 2000000000 2000000000"));
        m_server->say(QStringLiteral("heads 0 0 0 0"));
        m_server->say(QStringLiteral("draw 0 10"));
        settle();
        QCOMPARE(m_session->state(), SessionState::Live);
        QCOMPARE(m_session->frame().size(), QSize(1024, 768));
    }

    void anotherDisplay_isAskedForBesideTheFirst()
    {
        goLive({ QStringLiteral("--cards"), QStringLiteral("2") });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().offered(), 2, kPatience);
        m_session->requestGuestSize({ 800, 600 });
        m_session->requestHead(1, true);
        m_session->requestGuestSize({ 640, 480 }, 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("MONITORS"))
                                     .join(u';')
                                     .contains(QStringLiteral("640x480+")),
            kPatience);
        m_session->requestHead(1, false);
        QTRY_VERIFY_WITH_TIMEOUT(!m_server->linesOf(QStringLiteral("MONITORS"))
                                      .last()
                                      .contains(QStringLiteral("640x480+")),
            kPatience);
    }

    void pointerOnTheSecondHead_isNamedAsSuch()
    {
        goLive({ QStringLiteral("--cards"), QStringLiteral("2") });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().on().size(), 2, kPatience);
        m_session->movePointerTo({ 33, 44 }, 1);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("POINTER")).contains(QStringLiteral("33 44 1")),
            kPatience);
    }

    void files_arriveWhole()
    {
        goLive();
        const QString one = fileOf("one.bin", 300'000);
        const QString two = fileOf("zwei ü.txt", 17);
        m_session->files().send({ one, two });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        for (const FileTransfer& transfer : m_session->files().all()) {
            QCOMPARE(transfer.outcome, FileOutcome::Done);
            QCOMPARE(transfer.sent, transfer.total);
        }
        const QStringList got = m_server->linesOf(QStringLiteral("FILE-DATA"));
        QVERIFY2(got.contains(QStringLiteral("one.bin 300000 %1").arg(sumOf(one))),
            qPrintable(got.join(u'|')));
        QVERIFY2(got.contains(QStringLiteral("zwei ü.txt 17 %1").arg(sumOf(two))),
            qPrintable(got.join(u'|')));
    }

    void fileThatIsNotThere_isUnreadable()
    {
        goLive();
        m_session->files().send({ m_folder.filePath(QStringLiteral("nothing")), m_folder.path() });
        QCOMPARE(m_session->files().all().size(), 2);
        for (const FileTransfer& transfer : m_session->files().all())
            QCOMPARE(transfer.outcome, FileOutcome::Unreadable);
    }

    void fileThatVanishesOnItsWay_isUnreadable()
    {
        goLive();
        const QString path = fileOf("gone", 5000);
        // Past the look that the session takes, before that of the helper.
        m_session->agent()->sendFile(77, m_folder.filePath(QStringLiteral("vanished")));
        QSignalSpy ended(m_session->agent(), &AgentChannel::fileEnded);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatience);
        QCOMPARE(ended.first().at(1).value<FileOutcome>(), FileOutcome::Unreadable);
        QVERIFY(QFile::remove(path));
    }

    void fileTruncatedOnItsWay_failsAndTheGuestIsTold()
    {
        goLive();
        const QString path = fileOf("shrinks", 60'000'000);
        m_session->files().send({ path });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->files().all().first().sent > 0, kPatience);
        QVERIFY(QFile::resize(path, 0));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        const FileTransfer& transfer = m_session->files().all().first();
        QCOMPARE(transfer.outcome, FileOutcome::Failed);
        QVERIFY2(transfer.detail.contains(QStringLiteral("shorter")), qPrintable(transfer.detail));
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("FILE-FAILED")),
            QStringList(QStringLiteral("shrinks")), kPatience);

        m_session->files().send({ fileOf("next", 100) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        QCOMPARE(m_session->files().all().last().outcome, FileOutcome::Done);
    }

    void fileRemovedBeforeItsTurn_isUnreadable()
    {
        goLive();
        QStringList paths;
        for (int i = 0; i < 5; ++i)
            paths << fileOf(qPrintable(QStringLiteral("turn %1").arg(i)), 2'000'000);
        m_session->files().send(paths);
        QVERIFY(QFile::remove(paths.last())); // the first four are under way
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        QList<FileOutcome> outcomes;
        for (const FileTransfer& transfer : m_session->files().all())
            outcomes << transfer.outcome;
        QCOMPARE(outcomes, QList<FileOutcome>(4, FileOutcome::Done) << FileOutcome::Unreadable);
    }

    void guestThatTakesNoFiles_isRefused_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<FileOutcome>("outcome");
        QTest::newRow("refuse") << QStringLiteral("refuse") << FileOutcome::Refused;
        QTest::newRow("space") << QStringLiteral("space") << FileOutcome::NoSpace;
    }

    void guestThatTakesNoFiles_isRefused()
    {
        QFETCH(QString, mode);
        QFETCH(FileOutcome, outcome);
        goLive();
        m_server->say(QStringLiteral("agent-files ") + mode);
        settle();
        m_session->files().send({ fileOf("x", 100) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        const FileTransfer& transfer = m_session->files().all().first();
        QVERIFY2(transfer.outcome == outcome, qPrintable(transfer.detail));
    }

    void withoutAgent_filesSaySo()
    {
        QVERIFY(m_server->start());
        m_session->open(m_server->endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        m_session->files().send({ fileOf("x", 100) });
        QCOMPARE(m_session->files().all().first().outcome, FileOutcome::NoAgent);
        m_session->requestGuestSize({ 800, 600 }); // and nothing else happens
        QVERIFY(!m_session->isAgentConnected());
    }

    void cancelledFile_isCancelledOverThere()
    {
        goLive();
        m_session->files().send({ fileOf("large", 60'000'000) });
        const quint32 id = m_session->files().all().first().id;
        QTRY_VERIFY_WITH_TIMEOUT(
            m_session->files().all().first().sent > 0 || m_session->files().runningCount() == 0,
            kPatience);
        m_session->files().cancel(id);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        QCOMPARE(m_session->files().all().first().outcome, FileOutcome::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("FILE-CANCELLED")).size(), 1, kPatience);
    }

    void cancelledBeforeTheGuestAnswers_endsAllTheSame()
    {
        goLive();
        m_server->say(QStringLiteral("agent-files mute"));
        settle();
        m_session->files().send({ fileOf("unheard", 100) });
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("FILE")).size(), 1, kPatience);
        m_session->files().cancel(m_session->files().all().first().id);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        QCOMPARE(m_session->files().all().first().outcome, FileOutcome::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("FILE-CANCELLED")),
            QStringList(QStringLiteral("unheard")), kPatience);
    }

    void connectionLostWhileSending_failsTheFile()
    {
        goLive();
        m_session->files().send({ fileOf("large", 60'000'000) });
        QTRY_VERIFY_WITH_TIMEOUT(!m_server->linesOf(QStringLiteral("FILE")).isEmpty(), kPatience);
        m_server->kill();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, kPatience);
        const FileTransfer& transfer = m_session->files().all().first();
        // The library may tell of the agent's end before that of the connection.
        QVERIFY2(transfer.outcome == FileOutcome::Disconnected
                || transfer.outcome == FileOutcome::NoAgent
                || (transfer.outcome == FileOutcome::Failed && !transfer.detail.isEmpty()),
            qPrintable(transfer.detail));
    }

    void floodOfPointers_endsAtTheLastShape()
    {
        goLive();
        int told = 0;
        connect(m_session.get(), &ConsoleSession::cursorChanged, this, [&told] { ++told; });
        m_server->say(QStringLiteral("flood-cursor 5000"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->cursor().image.size(), QSize(7, 9), kPatience);
        QVERIFY2(told < 4000, qPrintable(QString::number(told)));
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void stoppedServer_isToldAsUnresponsiveAndComesBack()
    {
        goLive();
        QVERIFY(m_session->isResponsive());
        ::kill(pid_t(m_server->pid()), SIGSTOP);
        for (int i = 0; i < 20; ++i)
            m_session->movePointerTo({ 10 + i, 20 });
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isResponsive(), kPatience);
        QCOMPARE(m_session->state(), SessionState::Live);
        ::kill(pid_t(m_server->pid()), SIGCONT);
        m_session->movePointerTo({ 1, 2 });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isResponsive(), kPatience);
    }

    void helperKilledWithAKeyDown_theGuestGetsItsRelease()
    {
        pressShift();
        const qint64 helper = m_transport->helperPid();
        QVERIFY(helper > 0);
        ::kill(pid_t(helper), SIGKILL);
        const QStringList pressedAndReleased { QStringLiteral("2a"), QStringLiteral("aa") };
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("KEY")), pressedAndReleased, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_transport && m_transport->helperPid() > 0 && m_transport->helperPid() != helper,
            kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        settle();
        QCOMPARE(m_server->linesOf(QStringLiteral("KEY")), pressedAndReleased); // not pressed anew
    }

    void sessionClosedWithAKeyDown_theGuestGetsItsRelease()
    {
        pressShift();
        m_session->close();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("KEY")).contains(QStringLiteral("aa")), kPatience);
    }

private:
    void goLive(QStringList options = {})
    {
        QVERIFY(m_server->start(options << QStringLiteral("--agent")));
        m_session->open(m_server->endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isAgentConnected(), kPatience);
        settle(); // its capabilities follow
    }
    void pressShift()
    {
        goLive();
        m_session->key(0x2a, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("KEY")),
            QStringList({ QStringLiteral("2a") }), kPatience);
    }
    void focusView()
    {
        m_view->show();
        m_view->activateWindow();
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
    }
    void leaveView()
    {
        m_view->hide();
        QTRY_VERIFY(!m_view->hasFocus());
    }
    /// Until what was said before has gone there and come back: over the same channels.
    void settle()
    {
        m_server->say(QStringLiteral("leds %1").arg(m_leds = 3 - m_leds));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->keyLocks().numLock, m_leds == 2, kPatience);
        QTest::qWait(300);
    }
    QString fileOf(const char* name, int size)
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (file.open(QIODevice::WriteOnly)) {
            QByteArray bytes(size, 'a');
            for (int i = 0; i < size; ++i)
                bytes[i] = char('a' + i % 23);
            file.write(bytes);
        }
        return file.fileName();
    }
    static quint32 sumOf(const QString& path)
    {
        QFile file(path);
        quint32 sum = 0;
        if (file.open(QIODevice::ReadOnly)) {
            const QByteArray bytes = file.readAll();
            for (char byte : bytes)
                sum = sum * 31 + quint8(byte);
        }
        return sum;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<SpiceTestServer> m_server;
    QPointer<SpiceHelperTransport> m_transport;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QLineEdit> m_view;
    std::unique_ptr<ClipboardBridge> m_bridge;
    int m_leds = 1;
};

QTEST_MAIN(tst_SpiceAgent)
#include "tst_SpiceAgent.moc"
