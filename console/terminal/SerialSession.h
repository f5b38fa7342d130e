// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/terminal/TerminalScreen.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QTimer>

#include <memory>

namespace console {

/// A serial port on a unix socket, or another stream, and the terminal at its end. GUI thread: what
/// comes is parsed in slices of a few milliseconds, between which the window paints and takes
/// input; a guest that says more waits.
class SerialSession : public QObject {
    Q_OBJECT

public:
    enum class State { Idle, Connecting, Live, Ended };
    enum class LogEnd { LimitReached, WriteFailed };

    explicit SerialSession(QObject* parent = nullptr);
    ~SerialSession() override;

    /// What the port said before stays, scrolled off, and a log goes on: it is the same port.
    void open(const vmm::ConsoleEndpoint& endpoint);
    /// The same over a stream that is open: live until it closes.
    void attach(std::unique_ptr<QIODevice> stream);
    void close(); ///< and forgets what the port said; ends the log

    State state() const { return m_state; }
    const QString& endDetail() const { return m_endDetail; } ///< raw text; empty: it just ended
    TerminalScreen& screen() { return m_screen; }

    /// From now on all that comes is also written to `path`, up to `limit` bytes. Returns why not.
    QString startLog(const QString& path, qint64 limit = qint64(64) << 20);
    void stopLog();
    bool isLogging() const { return m_log.isOpen(); }

Q_SIGNALS:
    void stateChanged(console::SerialSession::State state);
    /// By itself; `detail`, why it can't be written, is raw text.
    void logEnded(console::SerialSession::LogEnd why, const QString& detail);

private:
    QIODevice& stream();
    void parseSlice();
    void take(const QByteArray& bytes);
    void writeLog(const QByteArray& bytes);
    void hangUp();
    void setState(State state);
    void end(const QString& detail);

    TerminalScreen m_screen;
    QLocalSocket m_socket;
    std::unique_ptr<QIODevice> m_attached; ///< instead of the socket
    QTimer m_slice;
    State m_state = State::Idle;
    QString m_endDetail;
    QFile m_log;
    qint64 m_logLeft = 0; ///< bytes
};

} // namespace console
