// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/SerialRelay.h"

#include <QFile>
#include <QLocalSocket>
#include <QRegularExpression>

#include <algorithm>

namespace hosts {

namespace {

/// The last `limit` bytes, from the beginning of a line where there is one near.
QByteArray tailOf(const QByteArray& bytes, qsizetype limit)
{
    if (bytes.size() <= limit)
        return bytes;
    QByteArray tail = bytes.right(limit);
    const qsizetype line = tail.indexOf('\n');
    return line >= 0 && line < limit / 2 ? tail.mid(line + 1) : tail;
}

} // namespace

vmm::Result<std::unique_ptr<SerialRelay>> SerialRelay::create(
    const QString& path, std::unique_ptr<SerialSource> source, Options options)
{
    std::unique_ptr<SerialRelay> relay(new SerialRelay(path, std::move(source), options));
    QFile::remove(path); // of one that died
    if (!relay->m_server.listen(path))
        return vmm::Error { vmm::ErrorKind::Io, path, relay->m_server.errorString() };
    return relay;
}

SerialRelay::SerialRelay(const QString& path, std::unique_ptr<SerialSource> source, Options options)
    : m_path(path)
    , m_options(options)
    , m_source(std::move(source))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SerialRelay::welcome);
    connect(m_source.get(), &SerialSource::received, this, &SerialRelay::take);
    connect(m_source.get(), &SerialSource::closed, this, &SerialRelay::end);
    m_linger.setSingleShot(true);
    m_linger.setInterval(m_options.lingerMs);
    connect(&m_linger, &QTimer::timeout, this, &SerialRelay::end);
    m_linger.start(); // somebody who asked for it may never come
    m_patience.setSingleShot(true);
    m_patience.setInterval(m_options.patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &SerialRelay::dropSlowClients);
}

SerialRelay::~SerialRelay()
{
    m_source->disconnect(this);
    for (QLocalSocket* client : m_clients)
        client->disconnect(this);
}

void SerialRelay::remember(const QByteArray& history)
{
    m_recent = tailOf(history + m_recent, m_options.remembered);
}

void SerialRelay::welcome()
{
    while (QLocalSocket* client = m_server.nextPendingConnection()) {
        m_linger.stop();
        m_clients.push_back(client);
        client->setReadBufferSize(64 << 10);
        connect(client, &QLocalSocket::readyRead, this,
            [this, client] { m_source->write(client->readAll()); });
        connect(client, &QLocalSocket::bytesWritten, this, &SerialRelay::noteFlow);
        connect(client, &QLocalSocket::disconnected, this, [this, client] { drop(client); });
        client->write(withoutQuestions(m_recent));
    }
}

void SerialRelay::take(const QByteArray& bytes)
{
    m_recent += bytes;
    if (m_recent.size() > 2 * m_options.remembered) // not for every byte
        m_recent = tailOf(m_recent, m_options.remembered);
    for (QLocalSocket* client : m_clients)
        client->write(bytes);
    noteFlow();
}

void SerialRelay::noteFlow()
{
    const bool isFull = std::any_of(m_clients.begin(), m_clients.end(),
        [this](const auto* client) { return client->bytesToWrite() > m_options.highWater; });
    if (isFull == m_patience.isActive())
        return;
    m_source->setReading(!isFull);
    if (isFull)
        m_patience.start();
    else
        m_patience.stop();
}

void SerialRelay::dropSlowClients()
{
    const auto clients = m_clients;
    for (QLocalSocket* client : clients) {
        if (client->bytesToWrite() > m_options.highWater)
            client->abort();
    }
    m_source->setReading(true);
}

void SerialRelay::drop(QLocalSocket* client)
{
    std::erase(m_clients, client);
    client->deleteLater();
    noteFlow();
    if (!m_clients.empty())
        return;
    if (m_hasEnded)
        Q_EMIT ended();
    else
        m_linger.start();
}

void SerialRelay::end()
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_server.close();
    if (m_clients.empty()) {
        Q_EMIT ended();
        return;
    }
    const auto clients = m_clients;
    for (QLocalSocket* client : clients)
        client->disconnectFromServer(); // after what it has not got yet
    QTimer::singleShot(m_options.patienceMs, this, [this] {
        const auto hanging = m_clients;
        for (QLocalSocket* client : hanging)
            client->abort();
    });
}

QByteArray withoutQuestions(const QByteArray& recording)
{
    static const QRegularExpression questions(QStringLiteral(
        // Device attributes and status, terminal parameters, modes, window operations
        "\\x1b\\[[?>=]?[0-9;]*(?:[cnx]|\\$p|t)"
        // Identify; ENQ; requests for settings and colours
        "|\\x1bZ|\\x05|\\x1bP\\$q[^\\x1b]*\\x1b\\\\|\\x1b\\][0-9;]*\\?(?:\\x07|\\x1b\\\\)"));
    return QString::fromLatin1(recording).remove(questions).toLatin1();
}

} // namespace hosts
