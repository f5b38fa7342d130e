// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/GuestAgentChannel.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QRandomGenerator>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(agentLog, "vm.agent", QtInfoMsg)

// Resets the agent's parser, and marks where its answer to the greeting begins.
constexpr char kMark = '\xff';

QByteArray lineOf(const QString& command, const QJsonObject& arguments)
{
    QJsonObject message { { QStringLiteral("execute"), command } };
    if (!arguments.isEmpty())
        message.insert(QStringLiteral("arguments"), arguments);
    return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
}

Error missing(const QString& path, const QString& detail)
{
    return { ErrorKind::HostLacksFeature, path, detail, ErrorCause::GuestAgentMissing };
}

} // namespace

GuestAgentChannel::GuestAgentChannel(QString socketPath, QObject* parent, qsizetype longestLine)
    : QObject(parent)
    , m_path(std::move(socketPath))
    , m_longestLine(longestLine)
    , m_parser(longestLine)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &GuestAgentChannel::handleTimeout);
}

GuestAgentChannel::~GuestAgentChannel()
{
    dropConnection();
}

Future<QJsonValue> GuestAgentChannel::call(
    const QString& command, const QJsonObject& arguments, Milliseconds deadline)
{
    m_calls.push_back({ command, arguments, deadline, {} });
    Future<QJsonValue> future = m_calls.back().promise.future();
    proceed();
    return future;
}

void GuestAgentChannel::sayLast(const QString& command)
{
    if (m_phase != Phase::Ready)
        return;
    m_socket->write(lineOf(command, {}));
    m_socket->flush();
}

void GuestAgentChannel::proceed()
{
    if (m_calls.empty())
        return;
    if (m_phase == Phase::Idle) {
        connectToAgent();
        return;
    }
    Call& call = m_calls.front();
    if (m_phase != Phase::Ready || call.isSent)
        return;
    call.isSent = true;
    qCDebug(agentLog) << m_path << "->" << call.command;
    m_socket->write(lineOf(call.command, call.arguments));
    m_deadline.start(call.deadline);
}

void GuestAgentChannel::connectToAgent()
{
    m_phase = Phase::Connecting;
    m_parser = QmpParser(m_longestLine);
    m_socket = std::make_unique<QLocalSocket>();
    QLocalSocket* socket = m_socket.get();
    connect(socket, &QLocalSocket::readyRead, this, &GuestAgentChannel::readAvailable);
    connect(socket, &QLocalSocket::connected, this, &GuestAgentChannel::sendSync);
    connect(socket, &QLocalSocket::disconnected, this, [this] {
        fail({ ErrorKind::Disconnected, m_path, QStringLiteral("QEMU closed the channel") });
    });
    connect(socket, &QLocalSocket::errorOccurred, this, [this, socket] {
        if (m_phase == Phase::Connecting)
            fail(missing(m_path, socket->errorString()));
    });
    m_deadline.start(m_syncDeadline);
    socket->connectToServer(m_path);
}

void GuestAgentChannel::sendSync()
{
    m_phase = Phase::Syncing;
    m_isInDelimited = false;
    m_syncId = QRandomGenerator::global()->bounded(1, 1 << 30);
    m_socket->write(kMark
        + lineOf(QStringLiteral("guest-sync-delimited"), { { QStringLiteral("id"), m_syncId } }));
}

void GuestAgentChannel::readAvailable()
{
    if (!m_socket)
        return;
    QByteArray bytes = m_socket->readAll();
    if (m_phase == Phase::Syncing) {
        // Whatever the agent said to somebody else comes before its mark.
        const qsizetype mark = bytes.lastIndexOf(kMark);
        if (mark >= 0) {
            m_isInDelimited = true;
            m_parser = QmpParser(m_longestLine);
            bytes = bytes.sliced(mark + 1);
        }
        if (!m_isInDelimited)
            return;
    }
    const QVector<QmpMessage> messages = m_parser.feed(bytes);
    const QLocalSocket* socket = m_socket.get();
    for (const QmpMessage& message : messages) {
        handle(message);
        if (socket != m_socket.get())
            return; // the rest came over a line that is no more
    }
}

void GuestAgentChannel::handle(const QmpMessage& message)
{
    const bool isAnswer
        = message.kind == QmpMessage::Kind::Return || message.kind == QmpMessage::Kind::Failure;
    if (m_phase == Phase::Syncing) {
        // Not ours: the answer to a greeting before this one.
        if (message.kind != QmpMessage::Kind::Return || message.value.toInteger() != m_syncId)
            return;
        m_phase = Phase::Ready;
        m_deadline.stop();
        proceed();
        return;
    }
    if (!isAnswer || m_calls.empty() || !m_calls.front().isSent) {
        fail({ ErrorKind::ProtocolViolation, m_path,
            QStringLiteral("the agent says what was not asked: ") + message.text });
        return;
    }
    if (message.kind == QmpMessage::Kind::Return) {
        answer(message.value);
        return;
    }
    const bool isUnknown = message.errorClass == QLatin1StringView("CommandNotFound")
        || message.text.contains(QLatin1StringView("has been disabled"));
    answer(Error { isUnknown ? ErrorKind::HostLacksFeature : ErrorKind::RefusedByGuest,
        m_calls.front().command, message.text });
}

void GuestAgentChannel::handleTimeout()
{
    if (m_phase == Phase::Ready)
        fail({ ErrorKind::TimedOut, m_calls.empty() ? m_path : m_calls.front().command,
            QStringLiteral("the agent in the guest did not answer in time") });
    else
        fail(missing(m_path, QStringLiteral("no agent in the guest answers")));
}

void GuestAgentChannel::answer(Result<QJsonValue> result)
{
    m_deadline.stop();
    Call call = std::move(m_calls.front());
    m_calls.pop_front();
    call.promise.finish(std::move(result));
    proceed();
}

/// Ends the connection. The command under way has failed; if there is no agent all that wait have.
void GuestAgentChannel::fail(const Error& error)
{
    dropConnection();
    if (error.cause == ErrorCause::GuestAgentMissing) {
        for (Call& call : std::exchange(m_calls, {}))
            call.promise.finish(error);
    } else if (!m_calls.empty()) {
        answer(error);
    }
}

void GuestAgentChannel::dropConnection()
{
    m_phase = Phase::Idle;
    m_deadline.stop();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater(); // we may be in one of its signals
}

} // namespace vmm
