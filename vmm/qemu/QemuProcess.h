// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"
#include "vmm/qemu/ProcessIdentity.h"

#include <QObject>
#include <QSocketNotifier>
#include <QStringList>
#include <QVector>

#include <memory>

namespace vmm {

/// How a process ended.
struct ProcessExit {
    bool isKnown = false; ///< false: not our child, so its status went to somebody else
    int code = 0; ///< exit code, if it ended by itself
    int signal = 0; ///< the signal that ended it, or 0

    bool isClean() const { return isKnown && code == 0 && signal == 0; }
    /// "exited with code 1", "killed by signal 9 (Killed)", "ended, its exit status is not known".
    QString describe() const;

    bool operator==(const ProcessExit&) const = default;
};

/// One QEMU, which lives on when this object or this whole program dies: a session of its own, no
/// descriptor of ours, a log file instead of a pipe. Started here or found running.
///
/// Thread: that of its creator. Destroying it lets go of the process, it does not end it.
class QemuProcess : public QObject {
    Q_OBJECT

public:
    /// The number under which QEMU finds its listening QMP socket, whatever it is here.
    static constexpr int kQmpFd = 3;

    struct Launch {
        QString program {};
        QStringList arguments {};
        int qmpListenFd = -1; ///< borrowed; becomes kQmpFd over there
        QVector<int> furtherFds {}; ///< borrowed; become kQmpFd + 1 and up over there
        int logFd = -1; ///< borrowed; becomes stdout and stderr
        QString workingFolder {};
    };

    /// Returns once the program was executed (not: once it is ready). Errors: NotFound
    /// (QemuMissing), PermissionDenied, ProcessFailed.
    static Result<std::unique_ptr<QemuProcess>> start(const Launch& launch);

    /// Watches a process that runs already. Errors: NotFound if it is gone, or if its pid belongs
    /// to another one now.
    static Result<std::unique_ptr<QemuProcess>> adopt(const ProcessIdentity& identity);

    const ProcessIdentity& identity() const { return m_identity; }

    /// Pulls the plug (SIGKILL); `exited` follows.
    void kill();

Q_SIGNALS:
    /// Once, when it has ended, whoever ended it.
    void exited(const vmm::ProcessExit& exit);

private:
    QemuProcess(const ProcessIdentity& identity, FileDescriptor pidFd);

    void reap();

    ProcessIdentity m_identity;
    FileDescriptor m_pidFd;
    QSocketNotifier m_notifier;
};

} // namespace vmm
