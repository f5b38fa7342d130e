// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QmpClient.h"

#include "vmm/base/ErrnoError.h"

#include <QJsonDocument>
#include <QLoggingCategory>

#include <sys/socket.h>

#include <cstring>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(qmpLog, "vm.qmp", QtInfoMsg)

QByteArray messageOf(const QString& command, const QJsonObject& arguments, qint64 id)
{
    QJsonObject message { { QStringLiteral("execute"), command }, { QStringLiteral("id"), id } };
    if (!arguments.isEmpty())
        message.insert(QStringLiteral("arguments"), arguments);
    return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
}

Error qmpFailure(const QString& command, const QmpMessage& message)
{
    const ErrorKind kind = message.errorClass == QLatin1StringView("CommandNotFound")
        ? ErrorKind::HostLacksFeature
        : ErrorKind::ProcessFailed;
    return { kind, command, message.text };
}

} // namespace

QmpClient::QmpClient(QObject* parent)
    : QObject(parent)
{
    m_deadlineTimer.setSingleShot(true);
    m_deadlineTimer.setTimerType(Qt::CoarseTimer);
    connect(&m_deadlineTimer, &QTimer::timeout, this, &QmpClient::expireOverdue);
}

QmpClient::~QmpClient()
{
    close();
}

void QmpClient::connectTo(const QString& socketPath)
{
    close();
    m_path = socketPath;
    m_phase = Phase::Connecting;
    m_parser = QmpParser();
    m_socket = std::make_unique<QLocalSocket>();
    QLocalSocket* socket = m_socket.get();
    connect(socket, &QLocalSocket::readyRead, this, &QmpClient::readAvailable);
    connect(socket, &QLocalSocket::disconnected, this, [this] {
        readAvailable(); // QEMU's last words: the event that says why it ends
        fail({ ErrorKind::Disconnected, m_path, QStringLiteral("QEMU closed the connection") });
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [this, socket] {
        if (m_phase == Phase::Connecting && socket->state() != QLocalSocket::ConnectedState)
            fail({ ErrorKind::Disconnected, m_path, socket->errorString() });
    });
    socket->connectToServer(socketPath);
}

void QmpClient::close()
{
    dropConnection({ ErrorKind::Disconnected, m_path, QStringLiteral("closed") });
}

Future<QJsonValue> QmpClient::execute(
    const QString& command, const QJsonObject& arguments, Milliseconds deadline)
{
    if (!isReady())
        return async::failed<QJsonValue>(
            { ErrorKind::Disconnected, m_path, command + QStringLiteral(": not connected") });
    const qint64 id = m_nextId++;
    const Future<QJsonValue> future = expectAnswer(command, id, deadline);
    send(command, arguments, id);
    return future;
}

Future<QJsonValue> QmpClient::executeWithFd(
    const QString& command, const QJsonObject& arguments, int fd, Milliseconds deadline)
{
    if (!isReady())
        return async::failed<QJsonValue>(
            { ErrorKind::Disconnected, m_path, command + QStringLiteral(": not connected") });
    const qint64 id = m_nextId++;
    const QByteArray message = messageOf(command, arguments, id);
    const Result<void> begun = sendFirstByte(message, fd);
    if (!begun)
        return async::failed<QJsonValue>(begun.error());
    const Future<QJsonValue> future = expectAnswer(command, id, deadline);
    m_socket->write(message.sliced(1));
    m_socket->flush();
    return future;
}

Result<void> QmpClient::sendFirstByte(const QByteArray& message, int fd)
{
    m_socket->flush();
    if (m_socket->bytesToWrite() > 0)
        return Error { ErrorKind::Busy, m_path, QStringLiteral("QEMU does not read its monitor") };
    iovec byte { const_cast<char*>(message.constData()), 1 };
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fd)] {};
    msghdr header {};
    header.msg_iov = &byte;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    const auto socket = static_cast<int>(m_socket->socketDescriptor());
    if (::sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT) != 1)
        return errnoError(m_path, QStringLiteral("sendmsg"));
    return {};
}

Future<QJsonValue> QmpClient::expectAnswer(const QString& command, qint64 id, Milliseconds deadline)
{
    Promise<QJsonValue> promise;
    Future<QJsonValue> future = promise.future();
    m_pending.emplace(id, Pending { command, QDeadlineTimer(deadline), std::move(promise) });
    armDeadline();
    return future;
}

void QmpClient::send(const QString& command, const QJsonObject& arguments, qint64 id)
{
    qCDebug(qmpLog) << m_path << "->" << command << id;
    m_socket->write(messageOf(command, arguments, id));
    m_socket->flush();
}

void QmpClient::readAvailable()
{
    if (!m_socket)
        return;
    const quint64 generation = m_generation;
    const QVector<QmpMessage> messages = m_parser.feed(m_socket->readAll());
    for (const QmpMessage& message : messages) {
        handle(message);
        // A handler may have closed or replaced the connection: the rest is no longer ours.
        if (generation != m_generation)
            return;
    }
}

void QmpClient::handle(const QmpMessage& message)
{
    switch (message.kind) {
    case QmpMessage::Kind::Greeting:
        if (m_phase != Phase::Connecting) {
            qCWarning(qmpLog) << m_path << "a second greeting, ignored";
            return;
        }
        m_version = message.text;
        m_phase = Phase::Negotiating;
        m_negotiationId = m_nextId++;
        send(QStringLiteral("qmp_capabilities"), {}, m_negotiationId);
        return;
    case QmpMessage::Kind::Return:
    case QmpMessage::Kind::Failure:
        handleAnswer(message);
        return;
    case QmpMessage::Kind::Event:
        Q_EMIT eventReceived(message.event);
        return;
    case QmpMessage::Kind::Unknown:
        qCWarning(qmpLog) << m_path << "unknown message" << message.text;
        return;
    case QmpMessage::Kind::Malformed:
        fail({ ErrorKind::ProtocolViolation, m_path, message.text });
        return;
    }
}

void QmpClient::handleAnswer(const QmpMessage& message)
{
    const bool isFailure = message.kind == QmpMessage::Kind::Failure;
    if (m_phase == Phase::Negotiating && message.id == m_negotiationId) {
        if (isFailure) {
            fail({ ErrorKind::ProtocolViolation, m_path, message.text });
            return;
        }
        m_phase = Phase::Ready;
        Q_EMIT ready();
        return;
    }
    const auto found = m_pending.find(message.id);
    if (found == m_pending.end()) {
        // Normal after a deadline passed; anything else is worth a line too.
        qCInfo(qmpLog) << m_path << "answer to nobody's question, id" << message.id;
        return;
    }
    Pending pending = std::move(found->second);
    m_pending.erase(found);
    armDeadline();
    if (isFailure)
        pending.promise.finish(qmpFailure(pending.command, message));
    else
        pending.promise.finish(message.value);
}

void QmpClient::fail(const Error& error)
{
    if (m_phase == Phase::Idle)
        return;
    dropConnection(error);
    Q_EMIT disconnected(error);
}

void QmpClient::dropConnection(const Error& error)
{
    m_phase = Phase::Idle;
    ++m_generation;
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket.release()->deleteLater(); // we may be in one of its signals
    }
    m_deadlineTimer.stop();
    for (auto& [id, pending] : std::exchange(m_pending, {}))
        pending.promise.finish(
            Error { ErrorKind::Disconnected, pending.command, error.toString() });
}

void QmpClient::expireOverdue()
{
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (!it->second.deadline.hasExpired()) {
            ++it;
            continue;
        }
        Pending overdue = std::move(it->second);
        it = m_pending.erase(it);
        overdue.promise.finish(Error {
            ErrorKind::TimedOut, overdue.command, QStringLiteral("QEMU did not answer in time") });
    }
    armDeadline();
}

void QmpClient::armDeadline()
{
    qint64 earliest = -1;
    for (const auto& [id, pending] : m_pending) {
        const qint64 remaining = pending.deadline.remainingTime();
        if (remaining >= 0 && (earliest < 0 || remaining < earliest))
            earliest = remaining;
    }
    if (earliest < 0)
        m_deadlineTimer.stop();
    else
        m_deadlineTimer.start(std::chrono::milliseconds(earliest));
}

} // namespace vmm
