// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Clipboard and bell over VNC: a session through the real helper against a server that says what
// the tests have it say.

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/FileTransfers.h"
#include "console/SpiceHelperTransport.h"
#include "console/helper/VncText.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/RfbTestServer.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace console;
using tests::RfbTestServer;

namespace {

const QString kHelper = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console");
constexpr int kPatience = 60'000;

constexpr quint32 kText = 1;
constexpr quint32 kCapabilities = 1u << 24;
constexpr quint32 kRequest = 1u << 25;
constexpr quint32 kPeek = 1u << 26;
constexpr quint32 kNotify = 1u << 27;
constexpr quint32 kProvide = 1u << 28;

QByteArray packed(const std::string& text)
{
    const auto bytes = helper::packText(text);
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

/// The text in an "extended" line of the server.
QString textIn(const QString& line)
{
    const QByteArray body = QByteArray::fromHex(line.section(QLatin1Char(' '), 1).toLatin1());
    const auto text = helper::unpackText(
        std::span(reinterpret_cast<const std::uint8_t*>(body.constData()), size_t(body.size())),
        1 << 20);
    return text ? QString::fromUtf8(text->data(), qsizetype(text->size())) : QStringLiteral("?");
}

QString flagsIn(quint32 flags)
{
    return QString::number(flags, 16);
}

} // namespace

class tst_VncConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QGuiApplication::clipboard()->clear();
        m_server = std::make_unique<RfbTestServer>();
        m_session = std::make_unique<ConsoleSession>(SpiceHelperTransport::factory(kHelper));
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

    void plainServer_getsLatin1()
    {
        goLive();
        QSignalSpy replaced(m_bridge.get(), &ClipboardBridge::replaced);
        QGuiApplication::clipboard()->setText(QStringLiteral("Grüße\nfür 5 €"));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("cut")),
            QStringList(QString::fromLatin1(QByteArray("Gr\xfc\xdf"
                                                       "e\nf\xfcr 5 ?")
                                                .toHex())),
            kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(replaced.size(), 1, kPatience);
        QCOMPARE(replaced[0][0].toInt(), 1);
    }

    void plainServersText_isFetchedWhenTheViewIsLeft()
    {
        goLive();
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        focusView();
        settle();
        m_server->cutText("sch\xf6n\r\nda");
        settle();
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
        leaveView();
        QTRY_COMPARE_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text(), QStringLiteral("schön\nda"), kPatience);
    }

    void switchedOff_nothingCrossesNorIsKept_data()
    {
        QTest::addColumn<bool>("isExtended");
        QTest::newRow("plain") << false;
        QTest::newRow("extended") << true;
    }
    void switchedOff_nothingCrossesNorIsKept()
    {
        QFETCH(bool, isExtended);
        goLive();
        if (isExtended)
            offerExtended(0);
        QGuiApplication::clipboard()->setText(QStringLiteral("secret here"));
        focusView();
        if (isExtended) {
            m_server->extendedCutText(kNotify | kText);
            m_server->extendedCutText(kRequest | kText);
        } else {
            m_server->cutText("secret there");
        }
        settle();
        leaveView();
        settle();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("secret here"));
        QVERIFY(m_server->linesOf(QStringLiteral("cut")).isEmpty());
        for (const QString& said : m_server->linesOf(QStringLiteral("extended")))
            QVERIFY2(
                said.startsWith(flagsIn(kCapabilities | kRequest | kNotify | kProvide | kText)),
                qPrintable(said));
        if (isExtended)
            return;
        m_bridge->setSharing(ClipboardSharing::FromGuest); // what came before this is forgotten
        settle();
        leaveView();
        settle();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("secret here"));
    }

    void extendedServer_asksAndGetsUtf8_data()
    {
        QTest::addColumn<quint32>("further");
        QTest::addColumn<QString>("text");
        QTest::newRow("as QEMU") << 0u << QStringLiteral("5 €\n😀");
        QTest::newRow("as TigerVNC") << kPeek << QStringLiteral("5 €\r\n😀") + QChar(0);
    }
    void extendedServer_asksAndGetsUtf8()
    {
        QFETCH(quint32, further);
        QFETCH(QString, text);
        goLive();
        offerExtended(further);
        QGuiApplication::clipboard()->setText(QStringLiteral("5 €\n😀"));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_VERIFY_WITH_TIMEOUT(lastExtended().startsWith(flagsIn(kNotify | kText)), kPatience);
        settle();
        QVERIFY(lastExtended().startsWith(flagsIn(kNotify | kText))); // not before it asks
        m_server->extendedCutText(kRequest | kText);
        QTRY_VERIFY_WITH_TIMEOUT(lastExtended().startsWith(flagsIn(kProvide | kText)), kPatience);
        QCOMPARE(textIn(lastExtended()), text);

        m_bridge->setSharing(ClipboardSharing::Off);
        QTRY_COMPARE_WITH_TIMEOUT(lastExtended().trimmed(), flagsIn(kNotify), kPatience);
    }

    void extendedServersText_isAskedForWhenTheViewIsLeft()
    {
        goLive();
        offerExtended(0);
        m_bridge->setSharing(ClipboardSharing::Both);
        focusView();
        m_server->extendedCutText(kNotify | kText);
        settle();
        QVERIFY(!lastExtended().startsWith(flagsIn(kRequest)));
        leaveView();
        QTRY_COMPARE_WITH_TIMEOUT(lastExtended().trimmed(), flagsIn(kRequest | kText), kPatience);
        m_server->extendedCutText(kProvide | kText, packed(std::string("da\r\n\u20ac\0", 9)));
        QTRY_COMPARE_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text(), QStringLiteral("da\n€"), kPatience);
    }

    void muchText_isRefusedWithItsLimit()
    {
        goLive();
        offerExtended(0);
        QSignalSpy refused(m_bridge.get(), &ClipboardBridge::refused);
        QGuiApplication::clipboard()->setText(QString(1 << 20, QLatin1Char('x')));
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        focusView();
        QTRY_VERIFY_WITH_TIMEOUT(lastExtended().startsWith(flagsIn(kNotify | kText)), kPatience);
        m_server->extendedCutText(kRequest | kText);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
        QVERIFY(refused[0][0].toULongLong() > 1'000'000);
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void brokenExtendedText_isNothing()
    {
        goLive();
        offerExtended(0);
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
        m_server->extendedCutText(kNotify | kText);
        QTRY_COMPARE_WITH_TIMEOUT(lastExtended().trimmed(), flagsIn(kRequest | kText), kPatience);
        m_server->extendedCutText(kProvide | kText, QByteArray(50, '\x99'));
        settle();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("mine"));
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void files_areRefusedAtOnce()
    {
        goLive();
        m_session->files().send({ QCoreApplication::applicationFilePath() });
        QCOMPARE(m_session->files().all().size(), 1);
        QCOMPARE(m_session->files().all().first().outcome, FileOutcome::NoAgent);
        QVERIFY(!m_session->files().all().first().isRunning);
    }

    void refusal_tellsWhetherAUserIsWanted_data()
    {
        QTest::addColumn<int>("security");
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("isUserWanted");
        QTest::newRow("password") << 2 << QStringLiteral("wrong") << false;
        QTest::newRow("no password") << 2 << QString() << false;
        QTest::newRow("user") << 30 << QStringLiteral("wrong") << true;
        QTest::newRow("no user") << 30 << QString() << true;
    }
    void refusal_tellsWhetherAUserIsWanted()
    {
        QFETCH(int, security);
        QFETCH(QString, password);
        QFETCH(bool, isUserWanted);
        m_server->setSecurity(security);
        auto endpoint = m_server->endpoint();
        endpoint.password = password;
        m_session->open(endpoint);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
        QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
        QCOMPARE(m_session->isUserWanted(), isUserWanted);
    }

    /// A server that never says how they are: each key would be a guess, and half of them wrong.
    void unknownLights_areNotChanged()
    {
        const KeyLocks num { .numLock = true };
        constexpr auto kNumLock = 0xff7f;
        const QString pressed = QString::number(kNumLock);
        goLive();
        m_session->setKeyLocks(num);
        settle();
        QVERIFY(m_server->linesOf(QStringLiteral("key")).filter(pressed).isEmpty());
        m_server->setLights(4);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_session->keyLocks(), (KeyLocks { .capsLock = true }), kPatience);
        m_session->setKeyLocks({ .numLock = true, .capsLock = true });
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("key")).filter(pressed).size(), 2, kPatience);
    }

    void silentServer_isToldFromAQuietOne()
    {
        goLive();
        QSignalSpy changed(m_session.get(), &ConsoleSession::responsiveChanged);
        settle();
        QTest::qWait(6000); // nothing happens on the screen
        QVERIFY(changed.isEmpty());
        m_server->setSilent(true);
        settle();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), false, kPatience);
        QCOMPARE(m_session->state(), SessionState::Live);
        m_server->setSilent(false);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), true, kPatience);
    }

    void bell_isHeardAndSeen()
    {
        ConsoleView view;
        view.setSession(m_session.get());
        view.resize(300, 200);
        view.show();
        goLive();
        const auto* hint = view.findChild<QLabel*>(QStringLiteral("consoleHint"));
        QVERIFY(hint->isHidden());
        QSignalSpy rang(m_session.get(), &ConsoleSession::rang);
        m_server->ring();
        QTRY_COMPARE_WITH_TIMEOUT(rang.size(), 1, kPatience);
        QVERIFY(hint->isVisible());
        QVERIFY(hint->text().contains(QStringLiteral("bell")));
        view.setSession(nullptr);
    }

private:
    void goLive()
    {
        m_session->open(m_server->endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isAgentConnected(), kPatience);
        QVERIFY(m_server->linesOf(QStringLiteral("encodings"))
                    .value(0)
                    .contains(QString::number(qint32(0xc0a1e5ceu))));
    }
    /// The server says that it knows the extended clipboard, and is understood.
    void offerExtended(quint32 further)
    {
        m_server->extendedCutText(
            kCapabilities | kRequest | kNotify | kProvide | kText | further, QByteArray(4, '\0'));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("extended")).size(), 1, kPatience);
    }
    QString lastExtended() const
    {
        const QStringList said = m_server->linesOf(QStringLiteral("extended"));
        return said.isEmpty() ? QString() : said.last();
    }
    void focusView()
    {
        m_view->show();
        m_view->activateWindow();
        m_view->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(m_view->hasFocus(), kPatience);
    }
    void leaveView() { m_view->clearFocus(); }
    /// What was said before this has had its effect: a key that comes out at the other end.
    void settle()
    {
        const auto before = m_server->linesOf(QStringLiteral("key")).size();
        for (int i = 0; i < 2; ++i) {
            m_session->key(0x1e, i == 0);
            QTest::qWait(50);
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("key")).size() >= before + 2, kPatience);
    }

    std::unique_ptr<RfbTestServer> m_server;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QLineEdit> m_view;
    std::unique_ptr<ClipboardBridge> m_bridge;
};

QTEST_MAIN(tst_VncConsole)
#include "tst_VncConsole.moc"
