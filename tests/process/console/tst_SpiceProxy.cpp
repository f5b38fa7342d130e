// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Consoles through an HTTP proxy, as Proxmox VE has them: a connection file, a proxy that connects,
// TLS by the file's own certificates, a real SPICE server behind it.

#include "console/ConnectionFile.h"
#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/Await.h"
#include "tests/support/FreePort.h"
#include "tests/support/TestNames.h"
#include "tests/support/TestPki.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace console;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
constexpr int kPatience = 60'000;

/// Connects whoever asks for one certain name to a port of this computer, and nobody else.
class ConnectProxy {
public:
    ConnectProxy(const QByteArray& name, quint16 port)
        : m_name(name)
        , m_port(port)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { serve(); });
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    int served() const { return m_served; }

private:
    void serve()
    {
        QTcpSocket* client = m_server.nextPendingConnection();
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        auto* server = new QTcpSocket(client);
        QObject::connect(
            server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        QObject::connect(server, &QTcpSocket::readyRead, client,
            [client, server] { client->write(server->readAll()); });
        QObject::connect(server, &QTcpSocket::connected, client,
            [client] { client->write("HTTP/1.1 200 OK\r\nServer: test\r\n\r\n"); });
        QObject::connect(
            server, &QTcpSocket::errorOccurred, client, [client] { client->disconnectFromHost(); });
        QObject::connect(client, &QTcpSocket::readyRead, server, [this, client, server] {
            if (server->state() == QAbstractSocket::ConnectedState)
                server->write(client->readAll());
            else if (server->state() == QAbstractSocket::UnconnectedState)
                answer(*client, *server);
        });
    }
    void answer(QTcpSocket& client, QTcpSocket& server)
    {
        if (!client.peek(8192).contains("\r\n\r\n"))
            return;
        const QByteArray asked = client.readAll();
        if (!asked.startsWith("CONNECT " + m_name + " HTTP/")) {
            client.write("HTTP/1.1 403 Forbidden\r\n\r\n");
            client.disconnectFromHost();
            return;
        }
        ++m_served;
        server.connectToHost(QHostAddress::LocalHost, m_port);
    }

    QTcpServer m_server;
    QByteArray m_name;
    quint16 m_port;
    int m_served = 0;
};

} // namespace

class tst_SpiceProxy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (const QString why = tests::TestPki::missing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        m_server = std::make_unique<SpiceTestServer>(kBin);
        m_session = std::make_unique<ConsoleSession>(
            SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
        startServer();
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
        m_proxy.reset();
        m_pki.reset();
    }

    void proxmoxFile_connects_data()
    {
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<bool>("hasCertificates");
        QTest::addColumn<SessionState>("state");
        QTest::newRow("as it is") << QByteArray("CN=test server") << true << SessionState::Live;
        QTest::newRow("of another server")
            << QByteArray("CN=elsewhere") << true << SessionState::Lost;
        QTest::newRow("without certificates")
            << QByteArray("CN=test server") << false << SessionState::Lost;
    }
    void proxmoxFile_connects()
    {
        QFETCH(QByteArray, subject);
        QFETCH(bool, hasCertificates);
        QFETCH(SessionState, state);
        open(subject, hasCertificates);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), state, kPatience);
        QVERIFY(m_proxy->served() > 0);
        if (state == SessionState::Lost) {
            QCOMPARE(m_session->endReason(), EndReason::TlsFailed);
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        QVERIFY(m_proxy->served() >= 3); // one for each channel
    }

    void takenOverBehindAProxy_isTold()
    {
        open("CN=test server", true);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        ConsoleSession second(
            SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
        second.setOptions(m_session->options());
        second.open(m_session->endpoint());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::TakenOver, kPatience);
    }

    void serverThatDied_isNotTakenOver()
    {
        open("CN=test server", true);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        // A channel that is still on its way when the server dies could not be connected.
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        m_server->say(QStringLiteral("cursor 24 16 3 5 80c04020"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->cursor().isSet, kPatience);
        m_server->kill();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
        QCOMPARE(m_session->endReason(), EndReason::ServerClosed);
    }

    void proxyThatRefuses_isConnectFailed()
    {
        m_proxy = std::make_unique<ConnectProxy>("somebody.else:1", 1);
        open("CN=test server", true);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
        QCOMPARE(m_session->endReason(), EndReason::ConnectFailed);
    }

private:
    void startServer()
    {
        m_pki = std::make_unique<tests::TestPki>();
        const QString made = m_pki->makeServer(QStringLiteral("DNS:localhost"));
        const auto copy = [&](const QString& from, const char* to) {
            return QFile::copy(from, m_folder.filePath(QLatin1StringView(to)));
        };
        for (const char* old : { "ca.pem", "cert.pem", "key.pem" })
            QFile::remove(m_folder.filePath(QLatin1StringView(old)));
        QVERIFY(copy(m_pki->caFile(), "ca.pem"));
        QVERIFY(copy(made + QStringLiteral("/servercert.pem"), "cert.pem"));
        QVERIFY(copy(made + QStringLiteral("/serverkey.pem"), "key.pem"));
        const quint16 port = tests::freePort();
        QVERIFY(m_server->start(
            { QStringLiteral("--tls-port"), QString::number(port), QStringLiteral("--tls-folder"),
                m_folder.path(), QStringLiteral("--password"), QStringLiteral("0f1e2d") }));
        m_proxy = std::make_unique<ConnectProxy>(kHost + ":61000", port);
    }
    /// What Proxmox VE hands out, and what the program makes of it.
    void open(const QByteArray& subject, bool hasCertificates)
    {
        QFile certificates(m_pki->caFile());
        QVERIFY(certificates.open(QIODevice::ReadOnly));
        const QByteArray ca = certificates.readAll().replace("\n", "\\n");
        const auto file = parseConnectionFile("[virt-viewer]\ntype=spice\nhost=" + kHost
                + "\ntls-port=61000\npassword=0f1e2d\ndelete-this-file=1\nproxy="
                + m_proxy->url().toLatin1() + "\nhost-subject=" + subject
                + (hasCertificates ? "\nca=" + ca : QByteArray()) + '\n',
            QStringLiteral("pve.vv"));
        VERIFY_OK(file);
        vmm::ConsoleEndpoint endpoint = file->endpoint;
        if (hasCertificates) {
            QFile own(m_folder.filePath(QStringLiteral("from-file.pem")));
            QVERIFY(own.open(QIODevice::WriteOnly));
            own.write(file->certificates);
            endpoint.tlsCaFile = own.fileName();
        }
        m_session->setOptions({ .proxy = file->proxy });
        m_session->open(endpoint);
    }

    static inline const QByteArray kHost = "pvespiceproxy:65a1b2c3:100:pve::0123456789abcdef";
    QTemporaryDir m_folder;
    std::unique_ptr<tests::TestPki> m_pki;
    std::unique_ptr<SpiceTestServer> m_server;
    std::unique_ptr<ConnectProxy> m_proxy;
    std::unique_ptr<ConsoleSession> m_session;
};

QTEST_GUILESS_MAIN(tst_SpiceProxy)
#include "tst_SpiceProxy.moc"
