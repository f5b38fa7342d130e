// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/PacketSocket.h"
#include "vmm/base/Result.h"

#include <QDeadlineTimer>
#include <QObject>

#include <chrono>
#include <memory>

class QSocketNotifier;

namespace console {

/// A child process that was given one end of a socket pair. Its end is noticed through a pidfd, so
/// no signal handler is involved. Started from the GUI thread: the child dies with that thread.
class HelperProcess : public QObject {
    Q_OBJECT

public:
    /// Runs `program FD PARENT_PID`; `theirs` is open there as FD. Errors: NotFound (no such
    /// program), ProcessFailed.
    static vmm::Result<std::unique_ptr<HelperProcess>> start(
        const QString& program, protocol::Fd theirs);
    ~HelperProcess() override; ///< kills it if it still runs

    /// Gives a process that was told to end (its socket was closed) 3 s to do so, then kills it.
    /// Nothing is emitted any more, and nobody has to wait.
    static void retire(std::unique_ptr<HelperProcess> process);
    /// The same for one that has films to close: 10 s, also at the end of the application, which
    /// would take it along. `exited` tells of its end. Null: it has ended already.
    static HelperProcess* retireFilming(std::unique_ptr<HelperProcess> process);

    qint64 pid() const { return m_pid; } ///< 0 once it has ended

Q_SIGNALS:
    void exited(bool crashed, const QString& how); ///< "was killed by signal 11 (...)"

private:
    HelperProcess(qint64 pid, protocol::Fd pidFd);
    static HelperProcess* retireWithin(
        std::unique_ptr<HelperProcess> process, std::chrono::milliseconds patience);
    void waitForFilms();
    void reap();

    qint64 m_pid;
    protocol::Fd m_pidFd;
    std::unique_ptr<QSocketNotifier> m_ended;
    bool m_retired = false;
    bool m_hasFilms = false;
    QDeadlineTimer m_patience; ///< once retired
};

} // namespace console
