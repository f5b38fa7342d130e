// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/qemu/QmpParser.h"

#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>

namespace vmm {

/// One QMP connection over a unix socket. Commands may be sent as soon as `ready` was emitted, any
/// number at a time; answers are matched by id. Ids are never used twice, so a stale answer of an
/// earlier connection matches nothing.
///
/// Thread: that of its creator. Never blocks.
class QmpClient : public QObject {
    Q_OBJECT

public:
    using Milliseconds = std::chrono::milliseconds;
    static constexpr Milliseconds kDefaultDeadline { 5000 };

    explicit QmpClient(QObject* parent = nullptr);
    ~QmpClient() override;

    /// Connects and negotiates. Ends in `ready` or in `disconnected`. A QEMU that accepts but says
    /// nothing (it is starting, or hangs) is waited for without limit; the owner has its deadline.
    void connectTo(const QString& socketPath);

    /// Lets go without a `disconnected` signal; pending commands fail with Disconnected.
    void close();

    bool isReady() const { return m_phase == Phase::Ready; }
    bool isConnected() const { return m_socket != nullptr; } ///< or on the way
    /// "7.2.22", from the greeting; empty before it.
    const QString& qemuVersion() const { return m_version; }

    /// Completes with QEMU's `return`. Errors: Disconnected (not ready, or lost meanwhile: the
    /// outcome is unknown), TimedOut, HostLacksFeature (command not known to this QEMU),
    /// ProcessFailed (QEMU refused; its words in detail).
    Future<QJsonValue> execute(const QString& command, const QJsonObject& arguments = {},
        Milliseconds deadline = kDefaultDeadline);

    /// The same for a command that takes a file descriptor along: `getfd`, `add-fd`. QEMU gets a
    /// copy; `fd` may be closed when this returns. One such command at a time, as QEMU keeps only
    /// the last descriptor that came. Errors: also Busy (the socket is full: QEMU does not read),
    /// Io. Source: SCM_RIGHTS, unix(7).
    Future<QJsonValue> executeWithFd(const QString& command, const QJsonObject& arguments, int fd,
        Milliseconds deadline = kDefaultDeadline);

Q_SIGNALS:
    void ready();
    void eventReceived(const vmm::QmpEvent& event);
    /// The connection is gone, or never came about. Not emitted for close().
    void disconnected(const vmm::Error& error);

private:
    enum class Phase { Idle, Connecting, Negotiating, Ready };

    struct Pending {
        QString command;
        QDeadlineTimer deadline;
        Promise<QJsonValue> promise;
    };

    Result<void> sendFirstByte(const QByteArray& message, int fd);
    void send(const QString& command, const QJsonObject& arguments, qint64 id);
    Future<QJsonValue> expectAnswer(const QString& command, qint64 id, Milliseconds deadline);
    void readAvailable();
    void handle(const QmpMessage& message);
    void handleAnswer(const QmpMessage& message);
    void fail(const Error& error);
    void dropConnection(const Error& error);
    void expireOverdue();
    void armDeadline();

    Phase m_phase = Phase::Idle;
    quint64 m_generation = 0; ///< of the connection: a signal handler may have replaced it
    qint64 m_nextId = 1;
    qint64 m_negotiationId = QmpMessage::kNoId;
    QString m_path;
    QString m_version;
    QmpParser m_parser;
    std::unique_ptr<QLocalSocket> m_socket;
    std::map<qint64, Pending> m_pending;
    QTimer m_deadlineTimer;
};

} // namespace vmm
