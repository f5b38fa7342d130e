// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sockets of the real helper, looked at from here: an other end that is gone without a word
// can't be had on a loopback, but what the helper asks of the system for that case can be seen.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "console/protocol/PacketSocket.h"
#include "tests/support/FreePort.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QDir>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

using namespace console;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
constexpr int kPatience = 60'000;

int optionOf(int socket, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(socket, level, name, &value, &size) == 0 ? value : -1;
}

/// Copies of the connected TCP sockets of another process.
std::vector<protocol::Fd> tcpSocketsOf(qint64 pid)
{
    const protocol::Fd process(int(::syscall(SYS_pidfd_open, pid, 0)));
    std::vector<protocol::Fd> found;
    const QDir folder(QStringLiteral("/proc/%1/fd").arg(pid));
    for (const QString& name : folder.entryList(QDir::Files | QDir::System)) {
        protocol::Fd copy(int(::syscall(SYS_pidfd_getfd, process.get(), name.toInt(), 0)));
        if (optionOf(copy.get(), SOL_SOCKET, SO_DOMAIN) == AF_INET
            && optionOf(copy.get(), SOL_SOCKET, SO_TYPE) == SOCK_STREAM)
            found.push_back(std::move(copy));
    }
    return found;
}

bool breaksOnSilence(const protocol::Fd& socket)
{
    return optionOf(socket.get(), SOL_SOCKET, SO_KEEPALIVE) == 1
        && optionOf(socket.get(), IPPROTO_TCP, TCP_KEEPIDLE) <= 30
        && optionOf(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT) == 30'000;
}

/// Each of its threads: none reads any more.
bool isStopped(qint64 pid)
{
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(pid));
    const QStringList all = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return !all.isEmpty() && std::all_of(all.begin(), all.end(), [&](const QString& task) {
        QFile file(tasks.filePath(task + QStringLiteral("/stat")));
        const QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return line.mid(line.lastIndexOf(')') + 2, 1) == "T";
    });
}

/// As an other end that answers nothing: more is sent than it takes, and soon too long ago.
void breakSoon(const protocol::Fd& socket)
{
    const int milliseconds = 100;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
    const QByteArray bytes(65536, '\0');
    while (
        ::send(socket.get(), bytes.constData(), size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL)
        > 0)
        continue;
}

bool isEachWatched(const std::vector<protocol::Fd>& sockets)
{
    return std::all_of(sockets.begin(), sockets.end(), breaksOnSilence);
}

} // namespace

class tst_DeadConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_session = std::make_unique<ConsoleSession>([this] {
            auto transport = std::make_unique<SpiceHelperTransport>(
                kBin + QStringLiteral("/virtdeck-console"));
            m_transport = transport.get();
            return transport;
        });
    }
    void cleanup() { m_session.reset(); }

    void spice_watchesAllItsSockets()
    {
        SpiceTestServer server(kBin);
        connectTo(server);
        if (QTest::currentTestFailed())
            return;
        const auto sockets = socketsOfHelper();
        QVERIFY(sockets.size() >= 4); // main, display, cursor, inputs
        QVERIFY(isEachWatched(sockets));
    }

    void networkThatBrokeIt_isNotSomebodyElse()
    {
        SpiceTestServer server(kBin);
        connectTo(server);
        if (QTest::currentTestFailed())
            return;
        const auto sockets = socketsOfHelper();
        QVERIFY(!sockets.empty());
        ::kill(pid_t(server.pid()), SIGSTOP); // it takes nothing, but can still be connected to
        QTRY_VERIFY(isStopped(server.pid()));
        for (const protocol::Fd& socket : sockets)
            breakSoon(socket);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
        QCOMPARE(m_session->endReason(), EndReason::ServerClosed);
    }

    void vnc_watchesItsSocket()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server,
            [&] { server.nextPendingConnection()->write("RFB 003.008\n"); });
        m_session->open({ .protocol = vmm::ConsoleEndpoint::Protocol::Vnc,
            .host = QStringLiteral("127.0.0.1"),
            .port = server.serverPort() });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Authenticating, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            !socketsOfHelper().empty() && isEachWatched(socketsOfHelper()), kPatience);
    }

private:
    void connectTo(SpiceTestServer& server)
    {
        const int port = tests::freePort();
        QVERIFY(server.start({ QStringLiteral("--port"), QString::number(port) }));
        m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = quint16(port) });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    }

    std::vector<protocol::Fd> socketsOfHelper() const
    {
        return m_transport ? tcpSocketsOf(m_transport->helperPid()) : std::vector<protocol::Fd>();
    }

    QPointer<SpiceHelperTransport> m_transport;
    std::unique_ptr<ConsoleSession> m_session;
};

QTEST_GUILESS_MAIN(tst_DeadConnections)
#include "tst_DeadConnections.moc"
