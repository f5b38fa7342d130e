// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/qemu/QmpParser.h"

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>

namespace vmm {

/// The line to the agent in a guest: JSON lines over the unix socket of a virtio port, one command
/// at a time, further ones wait. Each connection begins by finding the agent's place in the stream
/// (guest-sync-delimited), and so does whatever follows a command that was not answered. The guest
/// is not trusted: its lines are bounded, and what is no answer ends the connection.
///
/// Thread: that of its creator. Never blocks. Source: QEMU's qga/qapi-schema.json, 7.2.
class GuestAgentChannel : public QObject {
    Q_OBJECT

public:
    using Milliseconds = std::chrono::milliseconds;
    static constexpr Milliseconds kSyncDeadline { 2000 };
    static constexpr Milliseconds kDefaultDeadline { 10'000 };

    // The agent keeps at most 16 MiB of a program's output, which is a third longer in base64.
    static constexpr qsizetype kLongestLine = 48 << 20;

    explicit GuestAgentChannel(
        QString socketPath, QObject* parent = nullptr, qsizetype longestLine = kLongestLine);
    ~GuestAgentChannel() override;

    /// Completes with the agent's `return`. Errors: HostLacksFeature (GuestAgentMissing: nobody
    /// answers the greeting; without a cause: the agent does not know the command), TimedOut,
    /// RefusedByGuest (the agent's words in detail), Disconnected, ProtocolViolation.
    Future<QJsonValue> call(const QString& command, const QJsonObject& arguments = {},
        Milliseconds deadline = kDefaultDeadline);

    /// Says something without waiting for an answer: the channel is about to go.
    void sayLast(const QString& command);

    /// How long the agent may take to answer the greeting.
    void setSyncDeadline(Milliseconds deadline) { m_syncDeadline = deadline; }

private:
    enum class Phase { Idle, Connecting, Syncing, Ready };

    struct Call {
        QString command;
        QJsonObject arguments;
        Milliseconds deadline;
        Promise<QJsonValue> promise;
        bool isSent = false;
    };

    void proceed();
    void connectToAgent();
    void sendSync();
    void readAvailable();
    void handle(const QmpMessage& message);
    void handleTimeout();
    void answer(Result<QJsonValue> result);
    void fail(const Error& error);
    void dropConnection();

    QString m_path;
    qsizetype m_longestLine;
    Milliseconds m_syncDeadline = kSyncDeadline;
    Phase m_phase = Phase::Idle;
    bool m_isInDelimited = false; ///< the sync's mark was seen: its answer follows
    qint64 m_syncId = 0;
    std::unique_ptr<QLocalSocket> m_socket;
    QmpParser m_parser;
    std::deque<Call> m_calls; ///< the first is under way
    QTimer m_deadline;
};

} // namespace vmm
