// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session through the real helper process against a real SPICE server.

#include "console/ConsoleCard.h"
#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/spice-server/Pattern.h"
#include "tests/support/FreePort.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

#include <algorithm>

using namespace console;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kHelper = kBin + QStringLiteral("/virtdeck-console");

/// A factory that lets the test see the transport.
struct Spawner {
    QPointer<SpiceHelperTransport> latest;
    int made = 0;

    TransportFactory factory()
    {
        return [this] {
            auto transport = std::make_unique<SpiceHelperTransport>(kHelper);
            latest = transport.get();
            ++made;
            return transport;
        };
    }
    pid_t pid() const { return latest ? pid_t(latest->helperPid()) : 0; }
};

/// The picture after the pattern's first draws. On a 16 bit screen a fill's colour is a raw pixel.
QImage expectedAfterDraws(QSize size, quint32 count, QImage::Format format = QImage::Format_RGB32)
{
    QImage out(size, format);
    const auto fill = [&out](QRect rect, quint32 colour) {
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            if (out.depth() == 32)
                std::fill_n(reinterpret_cast<quint32*>(out.scanLine(y)) + rect.left(), rect.width(),
                    0xff000000u | colour);
            else
                std::fill_n(reinterpret_cast<quint16*>(out.scanLine(y)) + rect.left(), rect.width(),
                    quint16(colour));
        }
    };
    fill(out.rect(), tests::pattern::kBackground);
    for (quint32 n = 0; n < count; ++n) {
        const auto d = tests::pattern::draw(n, size.width(), size.height());
        fill({ d.x, d.y, d.width, d.height }, d.colour);
    }
    return out;
}

qint64 memoryKiB(pid_t pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const auto at = text.indexOf("VmRSS:");
    return text.mid(at + 6, 20).trimmed().split(' ').first().toLongLong();
}

} // namespace

class tst_SpiceConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<SpiceTestServer>(kBin);
        m_spawner = {};
        m_session = std::make_unique<ConsoleSession>(m_spawner.factory());
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
    }

    void open_becomesLiveWithThePicture();
    void manyDraws_givesTheExactPicture_data();
    void manyDraws_givesTheExactPicture();
    void fullFrames_giveTheExactPicture();
    void key_reachesTheGuestAndChangesPixels();
    void absolutePointer_reachesTheGuest();
    void relativeMotion_sumsExactly();
    void wheel_reachesTheGuest();
    void cursor_arrivesWithItsPixels();
    void hiddenCursor_isShownAgainByAMove();
    void resetCursor_isAnOrdinaryArrow();
    void ledsOfGuest_areTold();
    void ledsOfHost_reachTheGuestAsKeys();
    void connecting_leavesTheLocksAsTheyAre();
    void wrongPassword_isAuthenticationFailed();
    void rightPassword_isLive();
    void refusedSocket_isConnectFailed();
    void missingSocket_isConnectFailed();
    void refusedPort_isConnectFailed();
    void silentServer_isSeenAsAuthenticating();
    void noSpiceServer_isConnectFailed();
    void missingHelper_isHelperMissing();
    void tls_isLiveOrSaysWhyNot_data();
    void tls_isLiveOrSaysWhyNot();
    void serverKilled_isLostWithLastFrame();
    void serverKilledWhileMachineOff_isGuestOff();
    void helperKilled_isRespawnedOnce_data();
    void helperKilled_isRespawnedOnce();
    void secondClient_takesOver();
    void displayClosedAlone_isNotTakenOver();
    void hiddenView_copiesNothing();
    void resizeChurn_endsAtTheLastSize();
    void resizeRequest_reachesTheGuest();
    void longAnimation_keepsMemoryFlat();
    void close_endsTheHelper();
    void quickReconnects_allGetTheirPicture();

private:
    void goLive(const QStringList& options = {})
    {
        QVERIFY(m_server->start(options));
        m_session->open(m_server->endpoint());
        QTRY_COMPARE(m_session->state(), SessionState::Live);
        QTRY_VERIFY(m_session->firstFrameMs() >= 0);
    }

    std::unique_ptr<SpiceTestServer> m_server;
    Spawner m_spawner;
    std::unique_ptr<ConsoleSession> m_session;
};

#define GO_LIVE(...)                                                                               \
    goLive(__VA_ARGS__);                                                                           \
    if (QTest::currentTestFailed())                                                                \
    return

void tst_SpiceConsole::open_becomesLiveWithThePicture()
{
    QSignalSpy states(m_session.get(), &ConsoleSession::stateChanged);
    GO_LIVE();
    QList<SessionState> seen;
    for (const auto& change : states)
        seen.append(change.first().value<SessionState>());
    seen.removeOne(SessionState::Authenticating); // here it may be too short to be seen
    QCOMPARE(seen, QList({ SessionState::Connecting, SessionState::Live }));
    QCOMPARE(m_session->frame().size(), QSize(1024, 768));
    QTRY_COMPARE(
        m_session->frame().pixelColor(500, 500).rgb() & 0xffffff, tests::pattern::kBackground);
    QVERIFY(m_session->isDisplayOn());
    qInfo("first frame after %lld ms", m_session->firstFrameMs());
}

void tst_SpiceConsole::manyDraws_givesTheExactPicture_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QImage::Format>("imageFormat");
    QTest::newRow("32 xRGB") << QStringLiteral("xrgb") << QImage::Format_RGB32;
    QTest::newRow("32 ARGB") << QStringLiteral("argb") << QImage::Format_RGB32;
    QTest::newRow("16 555") << QStringLiteral("555") << QImage::Format_RGB555;
    // Not 565: libspice-server (0.15.1) itself gives up on it.
}

void tst_SpiceConsole::manyDraws_givesTheExactPicture()
{
    QFETCH(QString, format);
    QFETCH(QImage::Format, imageFormat);
    GO_LIVE({ QStringLiteral("--format"), format, QStringLiteral("--size"),
        QStringLiteral("803x601") });
    QCOMPARE(m_session->frame().format(), imageFormat);
    m_server->say(QStringLiteral("draw 0 1500"));
    const QImage expected = expectedAfterDraws({ 803, 601 }, 1500, imageFormat);
    QTRY_COMPARE(m_session->frame().copy(), expected);
}

void tst_SpiceConsole::fullFrames_giveTheExactPicture()
{
    GO_LIVE();
    m_server->say(QStringLiteral("frame 7"));
    QImage expected(1024, 768, QImage::Format_RGB32);
    for (int y = 0; y < 768; ++y) {
        for (int x = 0; x < 1024; ++x)
            expected.setPixel(x, y, 0xff000000u | tests::pattern::framePixel(7, x, y));
    }
    QTRY_COMPARE(m_session->frame().copy(), expected);
}

void tst_SpiceConsole::key_reachesTheGuestAndChangesPixels()
{
    GO_LIVE();
    m_session->key(0x1e, true);
    QTRY_COMPARE(m_session->frame().pixelColor(10, 10), QColor(Qt::white));
    m_session->key(0x1e, false);
    m_session->key(0x14d, true); // Right: e0 4d
    m_session->key(0x14d, false);
    QTRY_COMPARE(m_session->frame().pixelColor(10, 10), QColor(Qt::black));
    const QStringList expected { QStringLiteral("1e"), QStringLiteral("9e"), QStringLiteral("e0"),
        QStringLiteral("4d"), QStringLiteral("e0"), QStringLiteral("cd") };
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("KEY")), expected);
}

void tst_SpiceConsole::absolutePointer_reachesTheGuest()
{
    GO_LIVE();
    QTRY_VERIFY(m_session->isMouseAbsolute());
    m_session->movePointerTo({ 17, 33 });
    m_session->button(PointerButton::Left, true);
    m_session->movePointerTo({ 400, 300 });
    m_session->button(PointerButton::Left, false);
    QTRY_VERIFY(m_server->linesOf(QStringLiteral("POSITION")).contains(QStringLiteral("17 33 0")));
    // libspice-server numbers the buttons of its devices 1 left, 2 right, 4 middle.
    QTRY_VERIFY(
        m_server->linesOf(QStringLiteral("POSITION")).contains(QStringLiteral("400 300 1")));

    QTRY_COMPARE(m_server->linesOf(QStringLiteral("BUTTONS")).value(0), QStringLiteral("1"));
}

void tst_SpiceConsole::relativeMotion_sumsExactly()
{
    GO_LIVE({ QStringLiteral("--no-tablet") });
    QTRY_VERIFY(!m_session->isMouseAbsolute());
    QPoint sum;
    for (int i = 0; i < 100; ++i) {
        const QPoint step(i % 17 - 6, 5 - i % 9);
        sum += step;
        m_session->movePointerBy(step);
    }
    const auto total = [this] {
        QPoint out;
        for (const QString& line : m_server->linesOf(QStringLiteral("MOTION"))) {
            const QStringList parts = line.split(QLatin1Char(' '));
            out += QPoint(parts.value(0).toInt(), parts.value(1).toInt());
        }
        return out;
    };
    QTRY_COMPARE(total(), sum);
}

void tst_SpiceConsole::wheel_reachesTheGuest()
{
    GO_LIVE();
    QTRY_VERIFY(m_session->isMouseAbsolute());
    m_session->button(PointerButton::WheelUp, true);
    m_session->button(PointerButton::WheelUp, false);
    m_session->button(PointerButton::WheelDown, true);
    m_session->button(PointerButton::WheelDown, false);
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("WHEEL")),
        QStringList({ QStringLiteral("-1"), QStringLiteral("1") }));
}

void tst_SpiceConsole::cursor_arrivesWithItsPixels()
{
    GO_LIVE();
    m_server->say(QStringLiteral("cursor 24 16 3 5 80c04020"));
    QTRY_COMPARE(m_session->cursor().image.size(), QSize(24, 16));
    QCOMPARE(m_session->cursor().hotspot, QPoint(3, 5));
    QCOMPARE(m_session->cursor().image.pixel(1, 1), 0x80c04020u);
    m_server->say(QStringLiteral("hide-cursor"));
    QTRY_VERIFY(m_session->cursor().isSet && m_session->cursor().image.isNull());
}

/// Guests hide the pointer, and show it again by a move alone (qxl-dod, Xorg's qxl, QEMU itself).
void tst_SpiceConsole::hiddenCursor_isShownAgainByAMove()
{
    GO_LIVE();
    m_server->say(QStringLiteral("cursor 24 16 3 5 80c04020"));
    QTRY_COMPARE(m_session->cursor().image.size(), QSize(24, 16));
    const CursorShape before = m_session->cursor();
    for (int i = 0; i < 2; ++i) {
        m_server->say(QStringLiteral("hide-cursor"));
        QTRY_VERIFY(m_session->cursor().isSet && m_session->cursor().image.isNull());
        m_server->say(QStringLiteral("move-cursor %1 20").arg(10 + i));
        QTRY_COMPARE(m_session->cursor(), before);
    }
}

void tst_SpiceConsole::resetCursor_isAnOrdinaryArrow()
{
    GO_LIVE();
    m_server->say(QStringLiteral("cursor 24 16 3 5 80c04020"));
    QTRY_COMPARE(m_session->cursor().image.size(), QSize(24, 16));
    m_server->say(QStringLiteral("reset-cursor"));
    QTRY_VERIFY(!m_session->cursor().isSet);
}

void tst_SpiceConsole::ledsOfGuest_areTold()
{
    GO_LIVE();
    m_server->say(QStringLiteral("leds 4"));
    QTRY_COMPARE(m_session->keyLocks(), (KeyLocks { .capsLock = true }));
    m_server->say(QStringLiteral("leds 3"));
    QTRY_COMPARE(m_session->keyLocks(), (KeyLocks { .scrollLock = true, .numLock = true }));
}

void tst_SpiceConsole::ledsOfHost_reachTheGuestAsKeys()
{
    GO_LIVE();
    m_server->say(QStringLiteral("leds 2"));
    QTRY_COMPARE(m_session->keyLocks(), (KeyLocks { .numLock = true }));
    m_session->setKeyLocks({ .numLock = true }); // as it is
    m_session->setKeyLocks({ .numLock = true, .capsLock = true });
    const QStringList capsLock { QStringLiteral("3a"), QStringLiteral("ba") };
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("KEY")), capsLock);
    m_server->say(QStringLiteral("leds 6"));
    QTRY_COMPARE(m_session->keyLocks(), (KeyLocks { .numLock = true, .capsLock = true }));
    m_session->setKeyLocks({ .scrollLock = true, .capsLock = true });
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("KEY")).size(), 6);
    const QStringList others { QStringLiteral("46"), QStringLiteral("c6"), QStringLiteral("45"),
        QStringLiteral("c5") };
    QCOMPARE(m_server->linesOf(QStringLiteral("KEY")), capsLock + others);
}

void tst_SpiceConsole::connecting_leavesTheLocksAsTheyAre()
{
    QVERIFY(m_server->start());
    m_server->say(QStringLiteral("leds 7"));
    for (int i = 0; i < 2; ++i) {
        m_session->open(m_server->endpoint());
        QTRY_COMPARE(m_session->state(), SessionState::Live);
        QTRY_COMPARE(m_session->keyLocks(),
            (KeyLocks { .scrollLock = true, .numLock = true, .capsLock = true }));
        m_session->key(0x1e, true);
        m_session->key(0x1e, false);
        QTRY_COMPARE(m_server->linesOf(QStringLiteral("KEY")).size(), 2 * (i + 1));
        QCOMPARE(m_server->linesOf(QStringLiteral("KEY")).mid(2 * i),
            QStringList({ QStringLiteral("1e"), QStringLiteral("9e") }));
    }
}

void tst_SpiceConsole::wrongPassword_isAuthenticationFailed()
{
    QVERIFY(m_server->start({ QStringLiteral("--password"), QStringLiteral("right") }));
    auto endpoint = m_server->endpoint();
    endpoint.password = QStringLiteral("wrong");
    m_session->open(endpoint);
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
    QVERIFY(!m_session->endDetail().isEmpty());
}

void tst_SpiceConsole::rightPassword_isLive()
{
    QVERIFY(m_server->start({ QStringLiteral("--password"), QStringLiteral("right") }));
    auto endpoint = m_server->endpoint();
    endpoint.password = QStringLiteral("right");
    m_session->open(endpoint);
    QTRY_COMPARE(m_session->state(), SessionState::Live);
    // Not in the helper's arguments or environment, where any process of the user can read it.
    for (const char* what : { "cmdline", "environ" }) {
        QFile file(QStringLiteral("/proc/%1/%2").arg(m_spawner.pid()).arg(QLatin1StringView(what)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("right"));
    }
}

void tst_SpiceConsole::refusedSocket_isConnectFailed()
{
    QVERIFY(m_server->start());
    m_server->kill(); // leaves its socket's file behind
    QVERIFY(QFile::exists(m_server->socketPath()));
    m_session->open(m_server->endpoint());
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::ConnectFailed);
    QVERIFY2(m_session->endDetail().contains(QStringLiteral("refused")),
        qPrintable(m_session->endDetail()));
}

void tst_SpiceConsole::missingSocket_isConnectFailed()
{
    m_session->open({ .unixSocket = QStringLiteral("/nonexistent/spice.sock") });
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::ConnectFailed);
}

void tst_SpiceConsole::silentServer_isSeenAsAuthenticating()
{
    QTcpServer silent; // takes the connection and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = silent.serverPort() });
    QTRY_COMPARE(m_session->state(), SessionState::Authenticating);
    m_session->close();
    QCOMPARE(m_session->state(), SessionState::Closed);
}

void tst_SpiceConsole::refusedPort_isConnectFailed()
{
    m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = tests::freePort() });
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::ConnectFailed);
}

void tst_SpiceConsole::noSpiceServer_isConnectFailed()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    connect(&other, &QTcpServer::newConnection, &other, [&other] {
        QTcpSocket* socket = other.nextPendingConnection();
        socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
        socket->disconnectFromHost();
    });
    m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = other.serverPort() });
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::ConnectFailed);
}

void tst_SpiceConsole::missingHelper_isHelperMissing()
{
    ConsoleSession session(SpiceHelperTransport::factory(QStringLiteral("/nonexistent/helper")));
    session.open({ .unixSocket = QStringLiteral("/nonexistent/spice.sock") });
    QTRY_COMPARE(session.state(), SessionState::Lost);
    QCOMPARE(session.endReason(), EndReason::HelperMissing);
    QVERIFY(session.endDetail().contains(QStringLiteral("/nonexistent/helper")));
}

void tst_SpiceConsole::tls_isLiveOrSaysWhyNot_data()
{
    QTest::addColumn<bool>("withCa");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("complaint"); // empty: it is live
    const auto row = [](const char* name, bool withCa, const char* subject, const char* complaint) {
        QTest::newRow(name) << withCa << QString::fromLatin1(subject)
                            << QString::fromLatin1(complaint);
    };
    row("trusted", true, "CN=spice-test", "");
    row("unknown CA", false, "CN=spice-test", "self-signed certificate");
    row("other subject", true, "CN=other", "subject 'CN=other' verification failed");
    row("other host name", true, "", "hostname '127.0.0.1' verification failed");
}

void tst_SpiceConsole::tls_isLiveOrSaysWhyNot()
{
    QFETCH(bool, withCa);
    QFETCH(QString, subject);
    QFETCH(QString, complaint);
    QTemporaryDir folder;
    const QString certificate = folder.filePath(QStringLiteral("cert.pem"));
    QProcess openssl; // it reports its progress as errors
    openssl.setStandardErrorFile(QProcess::nullDevice());
    openssl.start(QStringLiteral("openssl"),
        { QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
            QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
            QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=spice-test"),
            QStringLiteral("-keyout"), folder.filePath(QStringLiteral("key.pem")),
            QStringLiteral("-out"), certificate });
    if (!openssl.waitForFinished())
        QSKIP("openssl is not installed");
    QVERIFY(QFile::copy(certificate, folder.filePath(QStringLiteral("ca.pem"))));
    const quint16 port = tests::freePort();
    QVERIFY(m_server->start({ QStringLiteral("--tls-port"), QString::number(port),
        QStringLiteral("--tls-folder"), folder.path() }));
    m_session->open({ .host = QStringLiteral("127.0.0.1"),
        .tlsPort = port,
        .tlsCaFile = withCa ? certificate : QString(),
        .tlsSubject = subject });
    QTRY_VERIFY(
        m_session->state() == SessionState::Live || m_session->state() == SessionState::Lost);
    QCOMPARE(m_session->state() == SessionState::Live, complaint.isEmpty());
    if (!complaint.isEmpty())
        QCOMPARE(m_session->endReason(), EndReason::TlsFailed);
    QVERIFY2(m_session->endDetail().contains(complaint), qPrintable(m_session->endDetail()));
}

void tst_SpiceConsole::serverKilled_isLostWithLastFrame()
{
    GO_LIVE();
    m_server->say(QStringLiteral("draw 0 50"));
    const QImage expected = expectedAfterDraws({ 1024, 768 }, 50);
    QTRY_COMPARE(m_session->frame().copy(), expected);
    m_server->kill();
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::ServerClosed);
    QCOMPARE(m_session->frame().copy(), expected);
    QCOMPARE(m_spawner.made, 1); // it did not try again by itself
}

void tst_SpiceConsole::serverKilledWhileMachineOff_isGuestOff()
{
    GO_LIVE();
    m_session->setMachineState(vmm::VmState::Running);
    m_server->kill();
    m_session->setMachineState(vmm::VmState::ShutOff);
    QTRY_COMPARE(m_session->state(), SessionState::GuestOff);
}

void tst_SpiceConsole::helperKilled_isRespawnedOnce_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGKILL") << SIGKILL;
    QTest::newRow("SIGSEGV") << SIGSEGV;
}

void tst_SpiceConsole::helperKilled_isRespawnedOnce()
{
    QFETCH(int, signal);
    GO_LIVE();
    const QImage before = m_session->frame().copy();
    const pid_t first = m_spawner.pid();
    QVERIFY(first > 0);
    ::kill(first, signal);
    QTRY_VERIFY(m_spawner.pid() > 0 && m_spawner.pid() != first);
    QCOMPARE(m_session->frame().copy(), before);
    QTRY_VERIFY2(m_session->state() == SessionState::Live, qPrintable(m_session->endDetail()));
    QTRY_VERIFY(m_session->firstFrameMs() >= 0);

    ::kill(m_spawner.pid(), signal);
    QTRY_COMPARE(m_session->state(), SessionState::HelperCrashed);
    QCOMPARE(m_spawner.made, 2);
    QVERIFY2(m_session->endDetail().contains(QStringLiteral("signal %1").arg(signal)),
        qPrintable(m_session->endDetail()));
    QVERIFY(!m_session->frame().isNull());
    QVERIFY(m_session->frame().pixelColor(5, 5).isValid()); // still mapped

    m_session->reconnect();
    QTRY_COMPARE(m_session->state(), SessionState::Live);
}

void tst_SpiceConsole::secondClient_takesOver()
{
    GO_LIVE();
    ConsoleSession second(SpiceHelperTransport::factory(kHelper));
    second.open(m_server->endpoint());
    QTRY_COMPARE(second.state(), SessionState::Live);
    QTRY_COMPARE(m_session->state(), SessionState::TakenOver);
    QCOMPARE(m_spawner.made, 1); // it did not take back
    QCOMPARE(second.state(), SessionState::Live);
}

/// As libspice-server does when a display with OpenGL meets a client that is not on its machine.
void tst_SpiceConsole::displayClosedAlone_isNotTakenOver()
{
    const quint16 port = tests::freePort();
    QVERIFY(m_server->start({ QStringLiteral("--port"), QString::number(port) }));
    m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = port });
    QTRY_COMPARE(m_session->state(), SessionState::Live);
    m_server->say(QStringLiteral("texture"));
    QTRY_COMPARE(m_session->state(), SessionState::Lost);
    QCOMPARE(m_session->endReason(), EndReason::DisplayDropped);
    const ConsoleCard::Content card
        = ConsoleCard::describe(m_session->state(), m_session->endReason(), m_session->endDetail());
    QVERIFY2(card.reason.contains(QStringLiteral("OpenGL")), qPrintable(card.reason));
}

void tst_SpiceConsole::hiddenView_copiesNothing()
{
    GO_LIVE();
    m_server->say(QStringLiteral("draw 0 20"));
    const QImage before = expectedAfterDraws({ 1024, 768 }, 20);
    QTRY_COMPARE(m_session->frame().copy(), before);
    m_session->setVisible(false);
    // The echo of a key is damage too: when its line is here, the hiding arrived before it.
    m_session->key(0x1e, true);
    m_session->key(0x1e, false);
    m_server->say(QStringLiteral("draw 20 500"));
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("KEY")).size(), 2);
    m_server->say(QStringLiteral("leds 4")); // comes after the drawing, over the same helper
    QTRY_VERIFY(m_session->keyLocks().capsLock);
    QCOMPARE(m_session->frame().copy(), before);

    m_session->setVisible(true);
    QTRY_VERIFY(m_session->frame().copy() != before);
    QTRY_COMPARE(m_session->frame().pixelColor(10, 10), QColor(Qt::white));
}

void tst_SpiceConsole::resizeChurn_endsAtTheLastSize()
{
    GO_LIVE();
    QSignalSpy sizes(m_session.get(), &ConsoleSession::frameSized);
    m_server->say(QStringLiteral("animate 60"));
    for (int i = 0; i < 60; ++i) {
        m_server->say(QStringLiteral("mode %1 %2 %3")
                          .arg(640 + 16 * (i % 23))
                          .arg(480 + 10 * (i % 17))
                          .arg(i % 5 == 0 ? QStringLiteral("555") : QStringLiteral("xrgb")));
        if (i % 6 == 0) // in between, so that screens also come and go unseen
            QVERIFY(sizes.wait(60'000));
    }
    m_server->say(QStringLiteral("animate 0"));
    m_server->say(QStringLiteral("mode 801 603 xrgb"));
    m_server->say(QStringLiteral("draw 0 100"));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(801, 603), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_session->frame().copy(), expectedAfterDraws({ 801, 603 }, 100), 60'000);
    QCOMPARE(m_session->state(), SessionState::Live);
    QCOMPARE(m_spawner.made, 1);
}

void tst_SpiceConsole::resizeRequest_reachesTheGuest()
{
    GO_LIVE({ QStringLiteral("--agent") });
    QTRY_VERIFY(m_session->isAgentConnected());
    m_session->requestGuestSize({ 1280, 800 });
    QTRY_VERIFY(m_server->linesOf(QStringLiteral("MONITOR")).contains(QStringLiteral("1280 800")));
}

void tst_SpiceConsole::longAnimation_keepsMemoryFlat()
{
    GO_LIVE();
    int flushes = 0;
    connect(m_session.get(), &ConsoleSession::damaged, this, [&flushes] { ++flushes; });
    m_server->say(QStringLiteral("animate 120"));
    QTRY_VERIFY_WITH_TIMEOUT(flushes > 120, 20000);
    const qint64 helperBefore = memoryKiB(m_spawner.pid());
    const qint64 ownBefore = memoryKiB(::getpid());
    flushes = 0;
    QTRY_VERIFY_WITH_TIMEOUT(flushes > 360, 30000);
    const qint64 helperGrowth = memoryKiB(m_spawner.pid()) - helperBefore;
    const qint64 ownGrowth = memoryKiB(::getpid()) - ownBefore;
    qInfo("after 360 frames: helper %lld %+lld KiB, window %lld %+lld KiB", helperBefore,
        helperGrowth, ownBefore, ownGrowth);
    QVERIFY(helperBefore > 0);
    QVERIFY(helperGrowth < 8192);
    QVERIFY(ownGrowth < 4096);
}

void tst_SpiceConsole::close_endsTheHelper()
{
    GO_LIVE();
    const pid_t pid = m_spawner.pid();
    QVERIFY(pid > 0);
    m_session->close();
    QCOMPARE(m_session->state(), SessionState::Closed);
    QTRY_COMPARE(::kill(pid, 0), -1); // ended, and reaped
}

void tst_SpiceConsole::quickReconnects_allGetTheirPicture()
{
    GO_LIVE();
    for (int i = 0; i < 12; ++i) {
        m_session->reconnect();
        QTRY_VERIFY2(m_session->firstFrameMs() >= 0, qPrintable(m_session->endDetail()));
        QTRY_VERIFY2(m_session->state() == SessionState::Live, qPrintable(m_session->endDetail()));
    }
}

QTEST_MAIN(tst_SpiceConsole)
#include "tst_SpiceConsole.moc"
