// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sound, ports, a shared folder, a smartcard and ways to connect, through the real helper process
// against a real SPICE server; sound by a real PulseAudio in a folder of its own.

#include "console/ConsoleSession.h"
#include "console/GuestPort.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/FreePort.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SoundServer.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace console;
using tests::Listener;
using tests::SoundServer;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kWebdav = QStringLiteral("org.spice-space.webdav.0");

qint64 mappings(qint64 pid, const char* library)
{
    QFile file(QStringLiteral("/proc/%1/maps").arg(pid));
    return file.open(QIODevice::ReadOnly) ? file.readAll().count(library) : -1;
}

/// A HTTP request on the guest's side of the WebDAV channel: its frames are a client's number, a
/// size and bytes.
class GuestHttp {
public:
    explicit GuestHttp(SpiceTestServer& server)
        : m_server(server)
    {
    }
    /// The answer's first line and body.
    QByteArray ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {})
    {
        const QByteArray request = method + ' ' + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        const qint64 client = ++m_client;
        const auto size = quint16(request.size());
        QByteArray frame(reinterpret_cast<const char*>(&client), sizeof client);
        frame.append(reinterpret_cast<const char*>(&size), sizeof size);
        frame += request;
        m_server.say(
            QStringLiteral("port %1 say %2").arg(kWebdav, QString::fromLatin1(frame.toHex())));
        // Its end is an empty frame.
        const bool ended = QTest::qWaitFor([&] { return answer(client).second; }, 20000);
        return ended ? answer(client).first : QByteArray("no answer");
    }

private:
    std::pair<QByteArray, bool> answer(qint64 client)
    {
        QByteArray all;
        for (const QString& line : m_server.linesOf(QStringLiteral("PORT ") + kWebdav))
            all += QByteArray::fromHex(line.toLatin1());
        QByteArray out;
        while (all.size() >= 10) {
            qint64 whose = 0;
            quint16 size = 0;
            std::memcpy(&whose, all.constData(), sizeof whose);
            std::memcpy(&size, all.constData() + 8, sizeof size);
            if (all.size() < 10 + size)
                break;
            if (whose == client && size == 0)
                return { out, true };
            if (whose == client)
                out += all.mid(10, size);
            all.remove(0, 10 + size);
        }
        return { out, false };
    }

    SpiceTestServer& m_server;
    qint64 m_client = 0;
};

} // namespace

class tst_SpiceDevices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<SpiceTestServer>(kBin);
        m_session = std::make_unique<ConsoleSession>([this] {
            auto transport = std::make_unique<SpiceHelperTransport>(
                kBin + QStringLiteral("/virtdeck-console"));
            m_transport = transport.get();
            return transport;
        });
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
    }

    void tone_isHeardAtItsPitchAndVolume();
    void silentGuest_loadsNoSoundLibraries();
    void missingSoundServer_isToldAndTheConsoleGoesOn();
    void microphone_isClosedUntilAllowed();
    void agentThatSetsTheVolume_hearsNothing();
    void port_carriesBytesBothWays();
    void portOpenedLate_beginsWithTheLastWords();
    void floodedPort_losesNothingAndKeepsTheConsole();
    void sharedFolder_isReadAndWritten();
    void readOnlyFolder_refusesToBeWritten();
    void noFolder_servesNothing();
    void softwareCard_isReadByTheGuest();
    void saslUser_isAskedForAndLetIn();
    void proxy_carriesTheConsole();

private:
    GuestDevices& devices() { return m_session->devices(); }
    void goLive(const QStringList& options)
    {
        QVERIFY(m_server->start(options));
        m_session->open(m_server->endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, 20000);
    }
    void shareWithGuest(const FolderWish& wish)
    {
        devices().shareFolder(wish);
        goLive({ QStringLiteral("--guest-port"), kWebdav });
        QTRY_VERIFY(devices().folder().isOffered);
        m_server->say(QStringLiteral("port %1 open").arg(kWebdav));
        if (!wish.path.isEmpty())
            QTRY_VERIFY(devices().folder().isUsed);
    }

    std::unique_ptr<SpiceTestServer> m_server;
    QPointer<SpiceHelperTransport> m_transport;
    std::unique_ptr<ConsoleSession> m_session;
};

#define GO_LIVE(...)                                                                               \
    goLive(__VA_ARGS__);                                                                           \
    if (QTest::currentTestFailed())                                                                \
    return

void tst_SpiceDevices::tone_isHeardAtItsPitchAndVolume()
{
    SoundServer sound;
    if (!sound.start())
        QSKIP("pulseaudio is not installed");
    Listener listener;
    GO_LIVE({ QStringLiteral("--sound") });
    QTRY_COMPARE(devices().playback().flow, SoundFlow::Idle);
    m_server->say(QStringLiteral("tone 1"));
    QTRY_VERIFY2_WITH_TIMEOUT(devices().playback().flow == SoundFlow::Flowing,
        qPrintable(devices().playback().problem), 20000);
    // Samples of the guest, not only any noise: its pitch and its loudness.
    QTRY_VERIFY_WITH_TIMEOUT(
        listener.peak() > 11000 && std::abs(listener.frequency() - 480) < 10, 20000);

    devices().setSound({ .volume = 50 });
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - 1500) < 200, 20000); // a half, cubed
    devices().setSound({ .isMuted = true });
    QTRY_COMPARE_WITH_TIMEOUT(listener.peak(), 0, 20000);
    devices().setSound({});
    QTRY_VERIFY_WITH_TIMEOUT(listener.peak() > 11000, 20000);
    m_server->say(QStringLiteral("volume 32768")); // the guest's own mixer counts as well
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - 1500) < 200, 20000);

    m_server->say(QStringLiteral("tone 0"));
    QTRY_COMPARE(devices().playback().flow, SoundFlow::Idle);
}

void tst_SpiceDevices::silentGuest_loadsNoSoundLibraries()
{
    GO_LIVE({ QStringLiteral("--sound") });
    QTRY_COMPARE(devices().playback().flow, SoundFlow::Idle);
    QCOMPARE(mappings(m_transport->helperPid(), "libpulse"), 0);
    QCOMPARE(mappings(m_transport->helperPid(), "libgstautodetect"), 0);
}

void tst_SpiceDevices::missingSoundServer_isToldAndTheConsoleGoesOn()
{
    qputenv("PULSE_SERVER", "unix:/nonexistent/pulse.sock");
    GO_LIVE({ QStringLiteral("--sound") });
    m_server->say(QStringLiteral("tone 1"));
    QTRY_COMPARE_WITH_TIMEOUT(devices().playback().flow, SoundFlow::Failed, 30000);
    QVERIFY(!devices().playback().problem.isEmpty());
    m_session->key(0x1e, true);
    QTRY_COMPARE(m_session->frame().pixelColor(10, 10), QColor(Qt::white));
    QCOMPARE(m_session->state(), SessionState::Live);
    qunsetenv("PULSE_SERVER");
}

void tst_SpiceDevices::microphone_isClosedUntilAllowed()
{
    SoundServer sound;
    if (!sound.start())
        QSKIP("pulseaudio is not installed");
    GO_LIVE({ QStringLiteral("--sound") });
    const auto loudest = [this] {
        int out = 0;
        for (const QString& line : m_server->linesOf(QStringLiteral("RECORDED")))
            out = std::max(out, line.section(QLatin1Char(' '), 1, 1).toInt());
        return out;
    };
    m_server->say(QStringLiteral("record 1"));
    QTRY_VERIFY(m_server->linesOf(QStringLiteral("RECORDED")).size() > 5);
    QCOMPARE(loudest(), 0);
    QCOMPARE(mappings(m_transport->helperPid(), "libpulse"), 0);

    devices().setSound({ .isMicrophoneOn = true });
    QTRY_VERIFY2_WITH_TIMEOUT(devices().microphone().flow == SoundFlow::Flowing,
        qPrintable(devices().microphone().problem), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(loudest() > 5000, 20000);

    devices().setSound({ .isMicrophoneOn = false });
    QTRY_COMPARE(devices().microphone().flow, SoundFlow::Idle);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_server->linesOf(QStringLiteral("RECORDED")).last(), QStringLiteral("0 0"), 20000);
}

/// The library has a sound of its own for such an agent, which asks nobody.
void tst_SpiceDevices::agentThatSetsTheVolume_hearsNothing()
{
    SoundServer sound;
    if (!sound.start())
        QSKIP("pulseaudio is not installed");
    GO_LIVE({ QStringLiteral("--sound"), QStringLiteral("--agent") });
    m_server->say(QStringLiteral("record 1"));
    QTRY_VERIFY(m_session->isAgentConnected());
    // Asked for after the agent's abilities are known, which they are once its size is asked for.
    m_session->requestGuestSize({ 900, 700 });
    QTRY_VERIFY(!m_server->linesOf(QStringLiteral("MONITORS")).isEmpty());
    QTRY_VERIFY(m_server->linesOf(QStringLiteral("RECORDED")).size() > 20);
    for (const QString& line : m_server->linesOf(QStringLiteral("RECORDED")))
        QCOMPARE(line.section(QLatin1Char(' '), 1, 1).toInt(), 0);
    QCOMPARE(mappings(m_transport->helperPid(), "libpulse"), 0);
}

void tst_SpiceDevices::port_carriesBytesBothWays()
{
    GO_LIVE({ QStringLiteral("--guest-port"), QStringLiteral("org.example.one"),
        QStringLiteral("--guest-port"), QStringLiteral("org.example.two") });
    QTRY_COMPARE(devices().ports().size(), 2); // known also while nobody has them open
    QVERIFY(!devices().isPortOpen(QStringLiteral("org.example.one")));
    const auto port = devices().openPort(QStringLiteral("org.example.one"));
    const auto other = devices().openPort(QStringLiteral("org.example.two"));
    QCOMPARE(port->write("too early"), -1);

    m_server->say(QStringLiteral("port org.example.one open"));
    QTRY_VERIFY(devices().isPortOpen(QStringLiteral("org.example.one")));
    m_server->say(QStringLiteral("port org.example.one say 68656c6c6f00ff"));
    QTRY_COMPARE(port->bytesAvailable(), 7);
    QCOMPARE(port->readAll(), QByteArray::fromHex("68656c6c6f00ff"));
    QCOMPARE(other->bytesAvailable(), 0);

    QCOMPARE(port->write(QByteArray::fromHex("00017fff")), 4);
    QTRY_COMPARE(m_server->linesOf(QStringLiteral("PORT org.example.one")),
        QStringList(QStringLiteral("00017fff")));
    m_server->say(QStringLiteral("port org.example.one close"));
    QTRY_VERIFY(!devices().isPortOpen(QStringLiteral("org.example.one")));
}

void tst_SpiceDevices::portOpenedLate_beginsWithTheLastWords()
{
    GO_LIVE({ QStringLiteral("--guest-port"), QStringLiteral("org.example.one") });
    m_server->say(QStringLiteral("port org.example.one open"));
    QTRY_VERIFY(devices().isPortOpen(QStringLiteral("org.example.one")));
    m_server->say(QStringLiteral("port org.example.one say 6c6f67696e3a20"));
    QTRY_COMPARE(
        devices().openPort(QStringLiteral("org.example.one"))->readAll(), QByteArray("login: "));
}

void tst_SpiceDevices::floodedPort_losesNothingAndKeepsTheConsole()
{
    constexpr int kFlood = 3'000'000;
    GO_LIVE({ QStringLiteral("--guest-port"), QStringLiteral("org.example.one") });
    m_server->say(QStringLiteral("port org.example.one open"));
    QTRY_VERIFY(devices().isPortOpen(QStringLiteral("org.example.one")));
    const auto port = devices().openPort(QStringLiteral("org.example.one"));
    m_server->say(QStringLiteral("port org.example.one flood %1").arg(kFlood));
    QTRY_COMPARE_WITH_TIMEOUT(port->bytesAvailable(), kFlood, 60000);
    const QByteArray all = port->readAll();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (quint8(all[i]) != quint8(i))
            QFAIL(qPrintable(QStringLiteral("wrong byte at %1").arg(i)));
    }
    QCOMPARE(m_session->state(), SessionState::Live);
}

void tst_SpiceDevices::sharedFolder_isReadAndWritten()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("hello.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("from this computer") > 0);
    file.close();
    shareWithGuest({ .path = folder.path(), .isReadOnly = false });
    if (QTest::currentTestFailed())
        return;
    GuestHttp http(*m_server);
    const QByteArray answer = http.ask("GET", "/hello.txt");
    QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
    QVERIFY(answer.endsWith("from this computer"));

    QVERIFY(http.ask("PUT", "/reply.txt", "from the guest").startsWith("HTTP/1.1 201"));
    QFile reply(folder.filePath(QStringLiteral("reply.txt")));
    QVERIFY(reply.open(QIODevice::ReadOnly));
    QCOMPARE(reply.readAll(), QByteArray("from the guest"));

    // Taken away while the guest is connected: nothing is served any more.
    devices().shareFolder({});
    QTRY_VERIFY(!http.ask("GET", "/hello.txt").contains("from this computer"));
}

void tst_SpiceDevices::readOnlyFolder_refusesToBeWritten()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("hello.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("as it was") > 0);
    file.close();
    shareWithGuest({ .path = folder.path(), .isReadOnly = true });
    if (QTest::currentTestFailed())
        return;
    GuestHttp http(*m_server);
    QVERIFY(http.ask("GET", "/hello.txt").endsWith("as it was"));
    const QByteArray refusal = http.ask("PUT", "/hello.txt", "changed");
    QVERIFY2(refusal.startsWith("HTTP/1.1 4"), refusal.constData());
    QVERIFY(http.ask("PUT", "/new.txt", "new").startsWith("HTTP/1.1 4"));
    QVERIFY(http.ask("DELETE", "/hello.txt").startsWith("HTTP/1.1 4"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("as it was"));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("new.txt"))));
}

void tst_SpiceDevices::noFolder_servesNothing()
{
    shareWithGuest({});
    if (QTest::currentTestFailed())
        return;
    QTest::qWait(200);
    QVERIFY(!devices().folder().isUsed);
}

/// Of certificates in files, as libcacard makes one.
void tst_SpiceDevices::softwareCard_isReadByTheGuest()
{
    const QString certutil = QStandardPaths::findExecutable(QStringLiteral("certutil"));
    if (certutil.isEmpty())
        QSKIP("certutil is missing (package libnss3-tools)");
    QTemporaryDir cards;
    const QString database = QStringLiteral("sql:") + cards.path();
    const auto run = [&](const QStringList& arguments) {
        return QProcess::execute(
            certutil, QStringList { QStringLiteral("-d"), database } + arguments);
    };
    QCOMPARE(run({ QStringLiteral("-N"), QStringLiteral("--empty-password") }), 0);
    const QString noise = cards.filePath(QStringLiteral("noise"));
    QFile file(noise);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(512, 'x')) == 512);
    file.close();
    for (const QString& name :
        { QStringLiteral("id"), QStringLiteral("sign"), QStringLiteral("seal") })
        QCOMPARE(run({ QStringLiteral("-S"), QStringLiteral("-x"), QStringLiteral("-t"),
                     QStringLiteral("u,u,u"), QStringLiteral("-s"), QStringLiteral("CN=") + name,
                     QStringLiteral("-n"), name, QStringLiteral("-m"),
                     QString::number(1 + name.size() + name[1].unicode()), QStringLiteral("-z"),
                     noise }),
            0);
    const auto alone = qScopeGuard([] {
        qunsetenv("LD_PRELOAD");
        qunsetenv("VIRTDECK_TEST_CARD");
    });
    qputenv("LD_PRELOAD", VIRTDECK_TEST_BIN_DIR "/libsoftware-card.so");
    qputenv("VIRTDECK_TEST_CARD",
        "db=\"" + QFile::encodeName(cards.path())
            + "\" use_hw=no soft=(,Test Reader,CAC,,id,sign,seal)");

    goLive({ QStringLiteral("--card-reader") });
    const auto heard = [this] { return m_server->linesOf(QStringLiteral("CARD")); };
    QTRY_VERIFY(devices().smartcards().isOffered);
    QVERIFY(heard().isEmpty()); // until it is allowed
    devices().useSmartcards(true);
    QTRY_COMPARE(devices().smartcards().readers, 1);
    QTRY_VERIFY2(!heard().filter(QStringLiteral("atr 3b")).isEmpty(),
        qPrintable(heard().join(QLatin1Char('|'))));
    // Is there an applet for certificates? Yes.
    m_server->say(QStringLiteral("ask-card 00a4040007a000000079010000"));
    QTRY_VERIFY2(!heard().filter(QStringLiteral("answer")).isEmpty(),
        qPrintable(heard().join(QLatin1Char('|'))));
    const QString answer = heard().filter(QStringLiteral("answer")).first();
    QVERIFY2(answer.endsWith(QStringLiteral("9000")), qPrintable(answer));
}

void tst_SpiceDevices::saslUser_isAskedForAndLetIn()
{
    const QString tool = QStandardPaths::findExecutable(
        QStringLiteral("saslpasswd2"), { QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin") });
    if (tool.isEmpty())
        QSKIP("saslpasswd2 (sasl2-bin) is not installed");
    QTemporaryDir folder;
    const QString database = folder.filePath(QStringLiteral("users.db"));
    QProcess add;
    add.start(tool,
        { QStringLiteral("-p"), QStringLiteral("-c"), QStringLiteral("-f"), database,
            QStringLiteral("-u"), QStringLiteral("localhost"), QStringLiteral("alice") });
    add.write("wonderland\n");
    add.closeWriteChannel();
    QVERIFY(add.waitForFinished() && add.exitCode() == 0);
    QFile config(folder.filePath(QStringLiteral("virtdeck-test.conf")));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("mech_list: scram-sha-1 digest-md5\npwcheck_method: auxprop\n"
                 "auxprop_plugin: sasldb\nsasldb_path: "
        + QFile::encodeName(database) + '\n');
    config.close();
    qputenv("SASL_CONF_PATH", QFile::encodeName(folder.path()));
    // By TCP: libspice-server has no SASL on unix sockets.
    const quint16 port = tests::freePort();
    QVERIFY(m_server->start(
        { QStringLiteral("--sasl"), QStringLiteral("--port"), QString::number(port) }));
    vmm::ConsoleEndpoint endpoint { .host = QStringLiteral("127.0.0.1"), .port = port };
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, 20000);
    QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
    QVERIFY(m_session->isUserWanted());

    endpoint.password = QStringLiteral("looking glass");
    m_session->setOptions({ .user = QStringLiteral("alice@localhost") });
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->endReason(), EndReason::AuthenticationFailed, 20000);

    endpoint.password = QStringLiteral("wonderland");
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, 20000);
    qunsetenv("SASL_CONF_PATH");
}

void tst_SpiceDevices::proxy_carriesTheConsole()
{
    const quint16 port = tests::freePort();
    QVERIFY(m_server->start({ QStringLiteral("--port"), QString::number(port) }));

    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArrayList asked;
    connect(&proxy, &QTcpServer::newConnection, &proxy, [&] {
        QTcpSocket* client = proxy.nextPendingConnection();
        auto* server = new QTcpSocket(client);
        connect(client, &QTcpSocket::readyRead, server, [&asked, client, server, port] {
            if (server->state() != QAbstractSocket::UnconnectedState) {
                server->write(client->readAll());
                return;
            }
            asked.append(client->readAll().split('\r').first());
            connect(server, &QTcpSocket::connected, client,
                [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
            connect(server, &QTcpSocket::readyRead, client,
                [client, server] { client->write(server->readAll()); });
            server->connectToHost(QHostAddress::LocalHost, port);
        });
    });
    m_session->setOptions({ .proxy = QStringLiteral("http://127.0.0.1:%1").arg(proxy.serverPort()),
        .compression = ImageCompression::Lz4,
        .codecs = { VideoCodec::Mjpeg } });
    m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = port });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, 20000);
    QTRY_VERIFY(m_session->firstFrameMs() >= 0);
    QVERIFY(asked.size() >= 3); // one for each channel
    QCOMPARE(
        asked.first(), QByteArray("CONNECT 127.0.0.1:") + QByteArray::number(port) + " HTTP/1.0");
}

QTEST_GUILESS_MAIN(tst_SpiceDevices)
#include "tst_SpiceDevices.moc"
