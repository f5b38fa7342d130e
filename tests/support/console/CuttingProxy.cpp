// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/CuttingProxy.h"

#include <QLocalSocket>

#include <algorithm>

namespace tests {

CutPlan::CutPlan(quint32 usualSeed)
    : seed(qEnvironmentVariableIsSet("VIRTDECK_SEED")
            ? quint32(qEnvironmentVariableIntValue("VIRTDECK_SEED"))
            : usualSeed)
{
    if (qEnvironmentVariableIsSet("VIRTDECK_CUTS"))
        count = std::max(1, qEnvironmentVariableIntValue("VIRTDECK_CUTS"));
}

CuttingProxy::CuttingProxy(const QString& listenAt, const QString& server)
    : m_target(server)
{
    QLocalServer::removeServer(listenAt);
    m_listening = m_server.listen(listenAt);
    connect(&m_server, &QLocalServer::newConnection, this, &CuttingProxy::accept);
}

void CuttingProxy::arm(qint64 bytes, bool spoils, quint32 seed)
{
    m_left = bytes;
    m_spoils = spoils;
    m_random.seed(seed);
}

void CuttingProxy::accept()
{
    QLocalSocket* client = m_server.nextPendingConnection();
    auto* server = new QLocalSocket(client);
    connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    connect(
        server, &QLocalSocket::disconnected, client, [client] { client->disconnectFromServer(); });
    connect(client, &QLocalSocket::readyRead, server,
        [client, server] { server->write(client->readAll()); });
    connect(
        server, &QLocalSocket::readyRead, client, [this, client, server] { pass(client, server); });
    server->connectToServer(m_target);
}

void CuttingProxy::pass(QLocalSocket* client, QLocalSocket* server)
{
    QByteArray bytes = server->readAll();
    const bool strikes = bytes.size() > m_left;
    if (strikes && m_spoils) {
        for (qsizetype i = std::max<qint64>(m_left, 0); i < bytes.size(); i += 1 + m_random() % 200)
            bytes[i] = char(m_random());
    } else if (strikes) {
        bytes.truncate(std::max<qint64>(m_left, 0));
    }
    m_left -= strikes ? m_left + 1 : bytes.size();
    client->write(bytes);
    client->flush();
    if (strikes && !m_spoils)
        client->abort();
}

} // namespace tests
