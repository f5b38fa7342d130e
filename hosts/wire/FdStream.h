// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <deque>
#include <memory>

namespace hosts::wire {

/// Bytes to and from two file descriptors (pipes or sockets; the same one may serve both ways),
/// without ever waiting for them. Owns and closes the descriptors, and makes them non-blocking.
class FdStream : public QObject {
    Q_OBJECT

public:
    FdStream(int readFd, int writeFd, QObject* parent = nullptr);
    ~FdStream() override;

    /// Sends now what the peer takes, keeps the rest.
    void write(const QByteArray& bytes);
    qsizetype unsent() const { return m_unsent; }
    /// Stops reading, so that the peer in its turn has to wait.
    void setReading(bool isReading);

Q_SIGNALS:
    void received(const QByteArray& bytes);
    void sent(); ///< some of what was kept has gone; see unsent()
    void ended(const QString& reason); ///< end of file or a failure; once; nothing comes after

private:
    void readSome();
    void writeSome();
    void end(const QString& reason);

    int m_readFd;
    int m_writeFd;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    std::deque<QByteArray> m_queue;
    qsizetype m_headTaken = 0; // of the first in the queue
    qsizetype m_unsent = 0;
    bool m_hasEnded = false;
};

} // namespace hosts::wire
