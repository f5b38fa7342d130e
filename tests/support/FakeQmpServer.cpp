// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeQmpServer.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tests {

namespace {

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + "\r\n";
}

} // namespace

FakeQmpServer::FakeQmpServer()
    : m_greeting("{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, "
                 "\"package\": \"\"}, \"capabilities\": [\"oob\"]}}\r\n")
{
    connect(&m_server, &QLocalServer::newConnection, this, &FakeQmpServer::accept);
    m_server.listen(m_folder.filePath(QStringLiteral("qmp")));
}

void FakeQmpServer::accept()
{
    QLocalSocket* client = m_server.nextPendingConnection();
    m_client = client;
    m_received.clear();
    connect(client, &QLocalSocket::readyRead, this, &FakeQmpServer::read);
    connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    send(m_greeting);
}

void FakeQmpServer::read()
{
    m_received.append(m_client->readAll());
    for (qsizetype end = m_received.indexOf('\n'); end >= 0; end = m_received.indexOf('\n')) {
        const QByteArray request = m_received.first(end);
        m_received.remove(0, end + 1);
        answer(QJsonDocument::fromJson(request).object());
    }
}

void FakeQmpServer::answer(const QJsonObject& request)
{
    const QString command = request.value(QLatin1StringView("execute")).toString();
    m_commands.append(command);
    m_lastId = request.value(QLatin1StringView("id")).toInteger(-1);
    if (m_silent.contains(command))
        return;
    QJsonObject reply { { QStringLiteral("id"), request.value(QLatin1StringView("id")) } };
    if (m_refusals.contains(command))
        reply.insert(QStringLiteral("error"),
            QJsonObject { { QStringLiteral("class"), m_refusals.value(command) },
                { QStringLiteral("desc"), QStringLiteral("refused by script") } });
    else
        reply.insert(QStringLiteral("return"), m_answers.value(command, QJsonObject()));
    m_held.append(line(reply));
    if (!m_isHolding)
        flush();
}

void FakeQmpServer::flush()
{
    send(std::exchange(m_held, {}));
}

void FakeQmpServer::send(const QByteArray& bytes)
{
    if (!m_client)
        return;
    const qsizetype piece = m_pieceSize > 0 ? m_pieceSize : qMax<qsizetype>(1, bytes.size());
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        m_client->write(bytes.mid(at, piece));
        m_client->flush();
    }
}

void FakeQmpServer::sendEvent(const QString& name, const QJsonObject& data)
{
    QJsonObject event { { QStringLiteral("event"), name },
        { QStringLiteral("timestamp"),
            QJsonObject {
                { QStringLiteral("seconds"), 1 }, { QStringLiteral("microseconds"), 2 } } } };
    if (!data.isEmpty())
        event.insert(QStringLiteral("data"), data);
    send(line(event));
}

void FakeQmpServer::dropClient()
{
    if (m_client)
        m_client->disconnectFromServer();
}

} // namespace tests
