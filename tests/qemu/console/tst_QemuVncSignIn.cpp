// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is let in by the VNC server of a real QEMU, and servers that are none.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/VncQemu.h"

#include <QFile>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

using namespace console;
using tests::VncQemu;

namespace {

constexpr int kPatience = 90'000;

} // namespace

class tst_QemuVncSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void password_isNeeded_data();
    void password_isNeeded();
    void certificate_isChecked_data();
    void certificate_isChecked();
    void certificateAndPassword_areBothNeeded_data();
    void certificateAndPassword_areBothNeeded();
    void saslUser_isAskedForAndLetIn_data();
    void saslUser_isAskedForAndLetIn();
    void noServer_isNoVncServer_data();
    void noServer_isNoVncServer();

private:
    using Endpoint = vmm::ConsoleEndpoint;

    std::unique_ptr<VncQemu> m_qemu;
    std::unique_ptr<ConsoleSession> m_session;
};

void tst_QemuVncSignIn::initTestCase()
{
    if (!VncQemu::isInstalled())
        QSKIP("qemu-system-x86_64 is not installed");
}

void tst_QemuVncSignIn::init()
{
    m_qemu = std::make_unique<VncQemu>();
    m_session = std::make_unique<ConsoleSession>(
        SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
}

void tst_QemuVncSignIn::cleanup()
{
    m_session.reset();
    m_qemu.reset();
}

void tst_QemuVncSignIn::password_isNeeded_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<SessionState>("state");
    QTest::newRow("right") << QStringLiteral("sesame") << SessionState::Live;
    QTest::newRow("wrong") << QStringLiteral("simsim") << SessionState::Lost;
    QTest::newRow("none") << QString() << SessionState::Lost;
}

void tst_QemuVncSignIn::password_isNeeded()
{
    QFETCH(QString, password);
    QFETCH(SessionState, state);
    QVERIFY(m_qemu->start(QStringLiteral("127.0.0.1:0,to=99,password=on")));
    m_qemu->execute(QStringLiteral("set_password"),
        { { QStringLiteral("protocol"), QStringLiteral("vnc") },
            { QStringLiteral("password"), QStringLiteral("sesame") } });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = m_qemu->port(),
        .password = password });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), state, kPatience);
    if (state == SessionState::Lost)
        QCOMPARE(m_session->endReason(), EndReason::AuthenticationFailed);
}

void tst_QemuVncSignIn::certificate_isChecked_data()
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

void tst_QemuVncSignIn::certificate_isChecked()
{
    QFETCH(QString, ca);
    QFETCH(QString, name);
    QFETCH(SessionState, state);
    if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("openssl is not installed");
    QVERIFY(m_qemu->makeCertificates());
    QVERIFY(m_qemu->start(
        QStringLiteral("127.0.0.1:0,to=99,tls-creds=tls0"), m_qemu->certificateOptions()));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = m_qemu->port(),
        .tlsCaFile = m_qemu->path(ca),
        .tlsSubject = name });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), state, kPatience);
    if (state == SessionState::Lost)
        QCOMPARE(m_session->endReason(), EndReason::TlsFailed);
}

void tst_QemuVncSignIn::certificateAndPassword_areBothNeeded_data()
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

void tst_QemuVncSignIn::certificateAndPassword_areBothNeeded()
{
    QFETCH(QString, ca);
    QFETCH(QString, password);
    QFETCH(EndReason, end);
    if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("openssl is not installed");
    QVERIFY(m_qemu->makeCertificates());
    QVERIFY(m_qemu->start(QStringLiteral("127.0.0.1:0,to=99,tls-creds=tls0,password=on"),
        m_qemu->certificateOptions()));
    m_qemu->execute(QStringLiteral("set_password"),
        { { QStringLiteral("protocol"), QStringLiteral("vnc") },
            { QStringLiteral("password"), QStringLiteral("sesame") } });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = m_qemu->port(),
        .password = password,
        .tlsCaFile = m_qemu->path(ca),
        .tlsSubject = QStringLiteral("localhost") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(),
        end == EndReason::None ? SessionState::Live : SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), end);
    QVERIFY(!m_session->isUserWanted());
    if (end == EndReason::None)
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
}

void tst_QemuVncSignIn::saslUser_isAskedForAndLetIn_data()
{
    QTest::addColumn<QString>("mechanisms");
    QTest::addColumn<bool>("isTls");
    // Without TLS it has to encrypt by itself.
    QTest::newRow("DIGEST-MD5") << QStringLiteral("digest-md5") << false;
    QTest::newRow("SCRAM in TLS") << QStringLiteral("scram-sha-256 scram-sha-1") << true;
}

void tst_QemuVncSignIn::saslUser_isAskedForAndLetIn()
{
    QFETCH(QString, mechanisms);
    QFETCH(bool, isTls);
    if (QStandardPaths::findExecutable(
            QStringLiteral("saslpasswd2"), { QStringLiteral("/usr/sbin") })
            .isEmpty())
        QSKIP("saslpasswd2 (sasl2-bin) is not installed");
    QVERIFY(m_qemu->makeSaslUser(mechanisms));
    QVERIFY(!isTls || m_qemu->makeCertificates());
    qputenv("SASL_CONF_PATH", QFile::encodeName(m_qemu->path(QString())));
    const bool isStarted = m_qemu->start(QStringLiteral("127.0.0.1:0,to=99,sasl=on")
            + (isTls ? QStringLiteral(",tls-creds=tls0") : QString()),
        isTls ? m_qemu->certificateOptions() : QStringList());
    qunsetenv("SASL_CONF_PATH");
    QVERIFY(isStarted);
    Endpoint endpoint { .protocol = Endpoint::Protocol::Vnc,
        .host = QStringLiteral("127.0.0.1"),
        .port = m_qemu->port() };
    if (isTls) {
        endpoint.tlsCaFile = m_qemu->path("ca-cert.pem");
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
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
}

void tst_QemuVncSignIn::noServer_isNoVncServer_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("garbage") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("cut greeting") << QByteArray("RFB 003.0");
    QTest::newRow("cut after the version") << QByteArray("RFB 003.008\n");
    QTest::newRow("unknown security") << QByteArray("RFB 003.008\n\x01\x77");
    QTest::newRow("refusal with a reason")
        << QByteArray("RFB 003.008\n\0\0\0\0\x08too many", 12 + 5 + 8);
}

void tst_QemuVncSignIn::noServer_isNoVncServer()
{
    QFETCH(QByteArray, said);
    QLocalServer server;
    QVERIFY(server.listen(m_qemu->path("garbage")));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        QLocalSocket* client = server.nextPendingConnection();
        client->write(said);
        client->flush();
        // What VNC clients answer first comes before the end.
        QTimer::singleShot(300, client, [client] { client->disconnectFromServer(); });
    });
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("garbage") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QVERIFY2(m_session->endReason() == EndReason::ConnectFailed
            || m_session->endReason() == EndReason::AuthenticationFailed,
        qPrintable(nameOf(m_session->endReason())));
    QVERIFY(!m_session->endDetail().isEmpty());
}

QTEST_MAIN(tst_QemuVncSignIn)
#include "tst_QemuVncSignIn.moc"
