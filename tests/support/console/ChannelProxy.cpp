// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/ChannelProxy.h"

#include <QLocalSocket>
#include <QTcpSocket>

#include <sys/socket.h>

namespace tests {

namespace {

/// Of a SPICE greeting: after magic, version and size (16), and the session's number (4).
constexpr qsizetype kChannelType = 20;

} // namespace

ChannelProxy::ChannelProxy(const QString& server)
    : m_target(server)
{
    m_listener.listen(QHostAddress::LocalHost);
    connect(&m_listener, &QTcpServer::newConnection, this, &ChannelProxy::accept);
}

ChannelProxy::~ChannelProxy()
{
    for (const Connection& each : std::as_const(m_connections)) {
        if (each.server)
            each.server->disconnect();
    }
}

void ChannelProxy::accept()
{
    QTcpSocket* client = m_listener.nextPendingConnection();
    auto* server = new QLocalSocket(this);
    const qsizetype number = m_connections.size();
    m_connections.append({ .client = client, .server = server, .greeting = {} });
    connect(client, &QTcpSocket::readyRead, this, [this, client, number] {
        const QByteArray bytes = client->readAll();
        Connection& connection = m_connections[number];
        if (connection.greeting.size() <= kChannelType)
            connection.greeting += bytes;
        connection.server->write(bytes);
    });
    connect(server, &QLocalSocket::readyRead, client,
        [client, server] { client->write(server->readAll()); });
    connect(
        server, &QLocalSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    server->connectToServer(m_target);
}

int ChannelProxy::ofChannel(int type) const
{
    for (int i = count() - 1; i >= 0; --i) {
        const QByteArray& greeting = m_connections[i].greeting;
        if (greeting.startsWith("REDQ") && greeting.size() > kChannelType
            && greeting[kChannelType] == type)
            return i;
    }
    return -1;
}

void ChannelProxy::end(int connection, End how)
{
    QTcpSocket* client = m_connections[connection].client;
    client->disconnect(this);
    if (how == End::Reset) {
        const linger none { .l_onoff = 1, .l_linger = 0 };
        ::setsockopt(int(client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        client->abort();
    } else {
        client->disconnectFromHost();
    }
}

} // namespace tests
