// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VNC consoles of a real QEMU, held against what QEMU itself says is on the screen; and of servers
// that are none.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "console/protocol/SealedFile.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SoundServer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

using namespace console;

namespace {

constexpr int kPatience = 90'000;

bool run(const QString& program, const QStringList& arguments, const QString& folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    return process.waitForFinished(kPatience) && process.exitCode() == 0;
}

} // namespace

class tst_QemuVnc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void firmwareText_isTheSameAsQemusOwnScreenshot();
    void keysReachTheGuest();
    void text_goesThroughQemusClipboard_data();
    void text_goesThroughQemusClipboard();
    void sound_isHeardAtItsPitchAndVolume();
    void killedServer_isLostAndTheLastPictureStays();
    void stoppedServer_isToldFromAQuietScreen_data();
    void stoppedServer_isToldFromAQuietScreen();
    void killedHelper_leavesNoKeyPressed();
    void password_isNeeded_data();
    void password_isNeeded();
    void certificateAndPassword_areBothNeeded_data();
    void certificateAndPassword_areBothNeeded();
    void saslUser_isAskedForAndLetIn_data();
    void saslUser_isAskedForAndLetIn();
    void certificate_isChecked_data();
    void certificate_isChecked();
    void noServer_isNoVncServer_data();
    void noServer_isNoVncServer();

private:
    using Endpoint = vmm::ConsoleEndpoint;

    QString path(const char* name) const { return m_folder->filePath(QLatin1StringView(name)); }
    bool startQemu(const QString& vnc, const QStringList& further = {});
    QJsonObject execute(const QString& command, const QJsonObject& arguments = {});
    bool isSettledAndEqual();
    quint16 vncPort();
    bool makeCertificates();
    bool makeSaslUser(const QString& mechanisms);
    QStringList certificateOptions() const;

    QString m_qemu;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QLocalSocket> m_qmp;
    std::unique_ptr<ConsoleSession> m_session;
};

void tst_QemuVnc::initTestCase()
{
    m_qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
    if (m_qemu.isEmpty())
        QSKIP("qemu-system-x86_64 is not installed");
}

void tst_QemuVnc::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<ConsoleSession>(
        SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
}

void tst_QemuVnc::cleanup()
{
    m_session.reset();
    m_qmp.reset();
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
    }
    m_process.reset();
}

bool tst_QemuVnc::startQemu(const QString& vnc, const QStringList& further)
{
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process->start(m_qemu,
        QStringList { QStringLiteral("-accel"), QStringLiteral("tcg"), QStringLiteral("-m"),
            QStringLiteral("64"), QStringLiteral("-nodefaults"), QStringLiteral("-display"),
            QStringLiteral("none"), QStringLiteral("-device"), QStringLiteral("VGA"),
            QStringLiteral("-vnc"), vnc, QStringLiteral("-qmp"),
            QStringLiteral("unix:%1,server=on,wait=off").arg(path("qmp")) }
            + further);
    m_qmp = std::make_unique<QLocalSocket>();
    const bool isConnected = QTest::qWaitFor(
        [this] {
            if (m_qmp->state() == QLocalSocket::UnconnectedState)
                m_qmp->connectToServer(path("qmp"));
            return m_qmp->state() == QLocalSocket::ConnectedState && m_qmp->canReadLine();
        },
        kPatience);
    if (!isConnected)
        return false;
    m_qmp->readLine();
    execute(QStringLiteral("qmp_capabilities"));
    return true;
}

QJsonObject tst_QemuVnc::execute(const QString& command, const QJsonObject& arguments)
{
    m_qmp->write(QJsonDocument(QJsonObject { { QStringLiteral("execute"), command },
                                   { QStringLiteral("arguments"), arguments } })
                     .toJson(QJsonDocument::Compact));
    QJsonObject answer;
    (void)QTest::qWaitFor(
        [&] {
            while (m_qmp->canReadLine()) {
                answer = QJsonDocument::fromJson(m_qmp->readLine()).object();
                if (!answer.contains(QLatin1StringView("event")))
                    return true;
            }
            return false;
        },
        kPatience);
    return answer;
}

/// Two equal pictures of ours with one of QEMU's between: a screen at rest.
bool tst_QemuVnc::isSettledAndEqual()
{
    const QImage before = m_session->frame().copy();
    execute(QStringLiteral("screendump"), { { QStringLiteral("filename"), path("shot.ppm") } });
    QTest::qWait(200);
    const QImage after = m_session->frame().copy();
    const QImage shot = QImage(path("shot.ppm")).convertToFormat(QImage::Format_RGB32);
    return before == after && !after.isNull() && after.convertToFormat(QImage::Format_RGB32) == shot
        && after != QImage(after.size(), after.format());
}

quint16 tst_QemuVnc::vncPort()
{
    const QJsonObject answer = execute(QStringLiteral("query-vnc"));
    return quint16(
        answer[QLatin1StringView("return")][QLatin1StringView("service")].toString().toUShort());
}

void tst_QemuVnc::firmwareText_isTheSameAsQemusOwnScreenshot()
{
    QVERIFY(startQemu(QStringLiteral("unix:") + path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    // Not by QTRY_VERIFY, which looks once more after it succeeded: by then the cursor has blinked.
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));

    // Ctrl+Alt+Del reaches the firmware, which starts over: the screen is drawn anew.
    QSignalSpy damage(m_session.get(), &ConsoleSession::damaged);
    m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 });
    QTRY_VERIFY_WITH_TIMEOUT(damage.size() > 2, kPatience);
}

/// The lights prove it: QEMU's keyboard turns Caps Lock on, and says so.
void tst_QemuVnc::keysReachTheGuest()
{
    // The firmware sets them only while it asks for keys: as long as it offers its menu.
    QVERIFY(startQemu(QStringLiteral("unix:") + path("vnc"),
        { QStringLiteral("-boot"), QStringLiteral("menu=on,splash-time=60000") }));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
    const bool wasOn = m_session->keyLocks().capsLock;
    const auto hasChanged = [&] { return m_session->keyLocks().capsLock != wasOn; };
    // A screen at rest does not yet mean that somebody listens: as a user would, once more.
    bool isHeard = false;
    for (int tries = 0; tries < 20 && !isHeard; ++tries) {
        m_session->key(0x3a, true);
        m_session->key(0x3a, false);
        isHeard = QTest::qWaitFor(hasChanged, 3'000);
    }
    QVERIFY(isHeard);
}

void tst_QemuVnc::text_goesThroughQemusClipboard_data()
{
    QTest::addColumn<bool>("isTcp");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("unix socket") << false << false; // Hextile
    QTest::newRow("TCP") << true << false; // Tight
    QTest::newRow("TLS") << true << true;
}

/// QEMU's clipboard is one for all its clients: what one offers another can have.
void tst_QemuVnc::text_goesThroughQemusClipboard()
{
    QFETCH(bool, isTcp);
    QFETCH(bool, isTls);
    QStringList further;
    if (isTls) {
        QVERIFY(makeCertificates());
        further = certificateOptions();
    }
    const QString tcp = QStringLiteral("127.0.0.1:0,to=99%1")
                            .arg(isTls ? QStringLiteral(",tls-creds=tls0") : QString());
    QVERIFY(startQemu(isTcp ? tcp : QStringLiteral("unix:") + path("vnc"), further));
    Endpoint endpoint { .protocol = Endpoint::Protocol::Vnc };
    if (isTcp) {
        endpoint.host = QStringLiteral("127.0.0.1");
        endpoint.port = vncPort();
    } else {
        endpoint.unixSocket = path("vnc");
    }
    if (isTls) {
        endpoint.tlsCaFile = path("ca-cert.pem");
        endpoint.tlsSubject = QStringLiteral("localhost");
    }
    ConsoleSession other(
        SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
    for (ConsoleSession* session : { m_session.get(), &other }) {
        session->open(endpoint);
        QTRY_VERIFY_WITH_TIMEOUT(session->firstFrameMs() >= 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(session->isAgentConnected(), kPatience);
    }
    // Pictures go on meanwhile, in whichever encoding.
    m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 });

    const QByteArray text = QByteArray("5 \xe2\x82\xac, ") + QByteArray(90'000, 'x');
    AgentChannel* giver = m_session->agent();
    giver->setClipboardSharing(ClipboardSharing::ToGuest);
    connect(giver, &AgentChannel::clipboardWanted, giver,
        [&](ClipboardSelection, ClipboardType, quint32 request) {
            const auto file = protocol::SealedFile::write(
                std::as_bytes(std::span(text.constData(), size_t(text.size()))));
            giver->answerClipboard(request, file.get(), quint64(text.size()));
        });
    AgentChannel* taker = other.agent();
    taker->setClipboardSharing(ClipboardSharing::FromGuest);
    connect(taker, &AgentChannel::clipboardOffered, taker,
        [&](ClipboardSelection selection, const ClipboardTypes& types) {
            if (types.contains(ClipboardType::Text))
                taker->requestClipboard(selection, ClipboardType::Text, 7);
        });
    QByteArray arrived;
    connect(taker, &AgentChannel::clipboardArrived, taker,
        [&](quint32, const ClipboardData& data, quint64) {
            if (data)
                arrived = QByteArray(reinterpret_cast<const char*>(data->bytes().data()),
                    qsizetype(data->bytes().size()));
        });
    for (int round = 0; round < 3; ++round) { // both streams stay understood
        arrived.clear();
        giver->offerClipboard(ClipboardSelection::Clipboard, { ClipboardType::Text });
        QTRY_COMPARE_WITH_TIMEOUT(arrived, text, kPatience);
        QTest::qWait(300); // the screen goes on
    }
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
}

/// The guest's own loudspeaker, played on from outside: 480 Hz.
void tst_QemuVnc::sound_isHeardAtItsPitchAndVolume()
{
    tests::SoundServer sound;
    if (!sound.start())
        QSKIP("pulseaudio is not installed");
    tests::Listener listener;
    QVERIFY(startQemu(QStringLiteral("unix:%1,audiodev=sound").arg(path("vnc")),
        { QStringLiteral("-audiodev"), QStringLiteral("none,id=sound"), QStringLiteral("-machine"),
            QStringLiteral("pc,pcspk-audiodev=sound"), QStringLiteral("-qtest"),
            QStringLiteral("unix:%1,server=on,wait=off").arg(path("ports")) }));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
    GuestDevices& devices = m_session->devices();
    QTRY_COMPARE_WITH_TIMEOUT(devices.playback().flow, SoundFlow::Idle, kPatience);
    QCOMPARE(devices.microphone().flow, SoundFlow::Absent);

    QLocalSocket ports;
    ports.connectToServer(path("ports"));
    QVERIFY(ports.waitForConnected());
    ports.write("outb 0x43 0xb6\noutb 0x42 0xb5\noutb 0x42 0x09\noutb 0x61 0x03\n");
    QTRY_VERIFY2_WITH_TIMEOUT(devices.playback().flow == SoundFlow::Flowing,
        qPrintable(devices.playback().problem), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(
        listener.peak() > 5000 && std::abs(listener.frequency() - 480) < 10, kPatience);
    const int loud = listener.peak();
    devices.setSound({ .volume = 50 });
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - loud / 8) < loud / 30, kPatience); // cubed
    devices.setSound({ .isMuted = true });
    QTRY_COMPARE_WITH_TIMEOUT(listener.peak(), 0, kPatience);
    devices.setSound({});
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - loud) < loud / 10, kPatience);

    ports.write("outb 0x61 0x00\n");
    QTRY_COMPARE_WITH_TIMEOUT(devices.playback().flow, SoundFlow::Idle, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
}

void tst_QemuVnc::killedServer_isLostAndTheLastPictureStays()
{
    QVERIFY(startQemu(QStringLiteral("unix:") + path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    m_process->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), EndReason::ServerClosed);
    QVERIFY(!m_session->frame().isNull());
}

void tst_QemuVnc::stoppedServer_isToldFromAQuietScreen_data()
{
    QTest::addColumn<bool>("isGuestPaused");
    QTest::newRow("running guest") << false;
    QTest::newRow("paused guest") << true;
}

void tst_QemuVnc::stoppedServer_isToldFromAQuietScreen()
{
    QFETCH(bool, isGuestPaused);
    QVERIFY(startQemu(QStringLiteral("unix:") + path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
    if (isGuestPaused)
        execute(QStringLiteral("stop"));
    QSignalSpy changed(m_session.get(), &ConsoleSession::responsiveChanged);
    const auto press = [this] {
        m_session->key(0x2a, true); // Shift: nothing happens on the screen
        m_session->key(0x2a, false);
    };
    press();
    QTest::qWait(7'000);
    press();
    QTest::qWait(7'000);
    QVERIFY(changed.isEmpty());
    ::kill(pid_t(m_process->processId()), SIGSTOP);
    press();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), false, kPatience);
    ::kill(pid_t(m_process->processId()), SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), true, kPatience);
}

/// Nobody is left to release it; what QEMU tells its keyboard proves that it does.
void tst_QemuVnc::killedHelper_leavesNoKeyPressed()
{
    QVERIFY(startQemu(QStringLiteral("unix:") + path("vnc"),
        { QStringLiteral("-trace"), QStringLiteral("input_event_key_qcode"), QStringLiteral("-D"),
            path("trace") }));
    const auto heard = [this](const char* key) {
        QFile trace(path("trace"));
        return trace.open(QIODevice::ReadOnly) && trace.readAll().contains(key);
    };
    QPointer<SpiceHelperTransport> first;
    ConsoleSession session([&first]() -> std::unique_ptr<ConsoleTransport> {
        auto transport = std::make_unique<SpiceHelperTransport>(
            QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console"));
        if (!first)
            first = transport.get();
        return transport;
    });
    session.open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, kPatience);
    session.key(0x2a, true);
    session.key(0x1e, true);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode shift, down 1"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode a, down 1"), kPatience);
    QVERIFY(!heard("down 0"));
    QSignalSpy changed(&session, &ConsoleSession::stateChanged);
    ::kill(pid_t(first->helperPid()), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode shift, down 0"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode a, down 0"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, kPatience); // another helper
    QVERIFY(changed.size() > 1);
}

void tst_QemuVnc::password_isNeeded_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<SessionState>("state");
    QTest::newRow("right") << QStringLiteral("sesame") << SessionState::Live;
    QTest::newRow("wrong") << QStringLiteral("simsim") << SessionState::Lost;
    QTest::newRow("none") << QString() << SessionState::Lost;
}

void tst_QemuVnc::password_isNeeded()
{
    QFETCH(QString, password);
    QFETCH(SessionState, state);
    QVERIFY(startQemu(QStringLiteral("127.0.0.1:0,to=99,password=on")));
    execute(QStringLiteral("set_password"),
        { { QStringLiteral("protocol"), QStringLiteral("vnc") },
            { QStringLiteral("password"), QStringLiteral("sesame") } });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = vncPort(),
        .password = password });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), state, kPatience);
    if (state == SessionState::Lost)
        QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
}

/// A CA, a certificate of its for "localhost", and another CA.
bool tst_QemuVnc::makeCertificates()
{
    const QString folder = m_folder->path();
    const auto openssl = [&](const QString& arguments) {
        return run(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')), folder);
    };
    QFile extensions(path("names.txt"));
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=DNS:localhost\n");
    extensions.close();
    return openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=CA -keyout "
                                  "ca-key.pem -out ca-cert.pem"))
        && openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other "
                                  "-keyout other-key.pem -out other-ca.pem"))
        && openssl(QStringLiteral("req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "
                                  "server-key.pem -out server.csr"))
        && openssl(QStringLiteral("x509 -req -in server.csr -CA ca-cert.pem -CAkey ca-key.pem "
                                  "-CAcreateserial -days 2 -extfile names.txt -out "
                                  "server-cert.pem"));
}

QStringList tst_QemuVnc::certificateOptions() const
{
    return { QStringLiteral("-object"),
        QStringLiteral("tls-creds-x509,id=tls0,dir=%1,endpoint=server,verify-peer=off")
            .arg(m_folder->path()) };
}

void tst_QemuVnc::certificateAndPassword_areBothNeeded_data()
{
    QTest::addColumn<QString>("ca");
    QTest::addColumn<QString>("password");
    QTest::addColumn<EndReason>("end");
    const QString ca = QStringLiteral("ca-cert.pem");
    QTest::newRow("right") << ca << QStringLiteral("sesame") << EndReason::None;
    QTest::newRow("wrong password")
        << ca << QStringLiteral("simsim") << EndReason::AuthenticationFailed;
    QTest::newRow("no password") << ca << QString() << EndReason::AuthenticationFailed;
    QTest::newRow("another CA") << QStringLiteral("other-ca.pem") << QStringLiteral("sesame")
                                << EndReason::TlsFailed;
}

void tst_QemuVnc::certificateAndPassword_areBothNeeded()
{
    QFETCH(QString, ca);
    QFETCH(QString, password);
    QFETCH(EndReason, end);
    if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("openssl is not installed");
    QVERIFY(makeCertificates());
    QVERIFY(startQemu(
        QStringLiteral("127.0.0.1:0,to=99,tls-creds=tls0,password=on"), certificateOptions()));
    execute(QStringLiteral("set_password"),
        { { QStringLiteral("protocol"), QStringLiteral("vnc") },
            { QStringLiteral("password"), QStringLiteral("sesame") } });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = vncPort(),
        .password = password,
        .tlsCaFile = m_folder->filePath(ca),
        .tlsSubject = QStringLiteral("localhost") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(),
        end == EndReason::None ? SessionState::Live : SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), end);
    QVERIFY(!m_session->isUserWanted());
    if (end == EndReason::None)
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
}

/// Alice, whose password is "wonderland"; QEMU finds her by SASL_CONF_PATH.
bool tst_QemuVnc::makeSaslUser(const QString& mechanisms)
{
    const QString tool = QStandardPaths::findExecutable(
        QStringLiteral("saslpasswd2"), { QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin") });
    QProcess add;
    add.start(tool,
        { QStringLiteral("-p"), QStringLiteral("-c"), QStringLiteral("-f"), path("users.db"),
            QStringLiteral("-u"), QSysInfo::machineHostName(), QStringLiteral("alice") });
    add.write("wonderland\n");
    add.closeWriteChannel();
    QFile config(path("qemu.conf"));
    return add.waitForFinished() && add.exitCode() == 0 && config.open(QIODevice::WriteOnly)
        && config.write("mech_list: " + mechanisms.toLatin1()
               + "\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: "
               + QFile::encodeName(path("users.db")) + '\n')
        > 0;
}

void tst_QemuVnc::saslUser_isAskedForAndLetIn_data()
{
    QTest::addColumn<QString>("mechanisms");
    QTest::addColumn<bool>("isTls");
    // Without TLS it has to encrypt by itself.
    QTest::newRow("DIGEST-MD5") << QStringLiteral("digest-md5") << false;
    QTest::newRow("SCRAM in TLS") << QStringLiteral("scram-sha-256 scram-sha-1") << true;
}

void tst_QemuVnc::saslUser_isAskedForAndLetIn()
{
    QFETCH(QString, mechanisms);
    QFETCH(bool, isTls);
    if (QStandardPaths::findExecutable(
            QStringLiteral("saslpasswd2"), { QStringLiteral("/usr/sbin") })
            .isEmpty())
        QSKIP("saslpasswd2 (sasl2-bin) is not installed");
    QVERIFY(makeSaslUser(mechanisms));
    QVERIFY(!isTls || makeCertificates());
    qputenv("SASL_CONF_PATH", QFile::encodeName(m_folder->path()));
    const bool isStarted = startQemu(QStringLiteral("127.0.0.1:0,to=99,sasl=on")
            + (isTls ? QStringLiteral(",tls-creds=tls0") : QString()),
        isTls ? certificateOptions() : QStringList());
    qunsetenv("SASL_CONF_PATH");
    QVERIFY(isStarted);
    Endpoint endpoint {
        .protocol = Endpoint::Protocol::Vnc, .host = QStringLiteral("127.0.0.1"), .port = vncPort()
    };
    if (isTls) {
        endpoint.tlsCaFile = path("ca-cert.pem");
        endpoint.tlsSubject = QStringLiteral("localhost");
    }
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
    QVERIFY(m_session->isUserWanted());

    m_session->setOptions({ .user = QStringLiteral("alice") });
    endpoint.password = QStringLiteral("looking glass");
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
    QVERIFY(m_session->isUserWanted());

    endpoint.password = QStringLiteral("wonderland");
    m_session->open(endpoint);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return isSettledAndEqual(); }, kPatience));
}

void tst_QemuVnc::certificate_isChecked_data()
{
    QTest::addColumn<QString>("ca");
    QTest::addColumn<QString>("name");
    QTest::addColumn<SessionState>("state");
    QTest::newRow("right") << QStringLiteral("ca-cert.pem") << QStringLiteral("localhost")
                           << SessionState::Live;
    QTest::newRow("another CA") << QStringLiteral("other-ca.pem") << QStringLiteral("localhost")
                                << SessionState::Lost;
    QTest::newRow("another name") << QStringLiteral("ca-cert.pem") << QStringLiteral("elsewhere")
                                  << SessionState::Lost;
}

void tst_QemuVnc::certificate_isChecked()
{
    QFETCH(QString, ca);
    QFETCH(QString, name);
    QFETCH(SessionState, state);
    if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("openssl is not installed");
    QVERIFY(makeCertificates());
    QVERIFY(startQemu(QStringLiteral("127.0.0.1:0,to=99,tls-creds=tls0"), certificateOptions()));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = vncPort(),
        .tlsCaFile = m_folder->filePath(ca),
        .tlsSubject = name });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), state, kPatience);
    if (state == SessionState::Lost)
        QCOMPARE(m_session->endReason(), EndReason::TlsFailed);
}

void tst_QemuVnc::noServer_isNoVncServer_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("garbage") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("cut greeting") << QByteArray("RFB 003.0");
    QTest::newRow("cut after the version") << QByteArray("RFB 003.008\n");
    QTest::newRow("unknown security") << QByteArray("RFB 003.008\n\x01\x77");
    QTest::newRow("refusal with a reason")
        << QByteArray("RFB 003.008\n\0\0\0\0\x08too many", 12 + 5 + 8);
}

void tst_QemuVnc::noServer_isNoVncServer()
{
    QFETCH(QByteArray, said);
    QLocalServer server;
    QVERIFY(server.listen(path("garbage")));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        QLocalSocket* client = server.nextPendingConnection();
        client->write(said);
        client->flush();
        // What VNC clients answer first comes before the end.
        QTimer::singleShot(300, client, [client] { client->disconnectFromServer(); });
    });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = path("garbage") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QVERIFY2(m_session->endReason() == EndReason::ConnectFailed
            || m_session->endReason() == EndReason::AuthenticationFailed,
        qPrintable(nameOf(m_session->endReason())));
    QVERIFY(!m_session->endDetail().isEmpty());
}

QTEST_MAIN(tst_QemuVnc)
#include "tst_QemuVnc.moc"
