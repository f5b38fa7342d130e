// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"

#include <QHash>
#include <QString>

#include <memory>

namespace vmm {

/// Who the kernel is known to have killed for lack of memory.
enum class OomVictim {
    None,
    Somebody, ///< anybody on this computer
    OfItsGroup, ///< a process of the same control group
    Itself, ///< the kernel's log names it
};

/// Tells whether the kernel has lately killed a process for lack of memory: that process, where we
/// may read the kernel's log; else somebody in its control group, or anywhere on the computer,
/// which is as far as an ordinary user can know.
class OomCount {
public:
    OomCount() = default;
    /// Of a live process, from now on. Source: /dev/kmsg, /proc/PID/cgroup, cgroup v2 memory.events
    /// or v1 memory.oom_control, /proc/vmstat (Linux 4.13).
    static OomCount of(qint64 pid);
    /// For tests: files that have a line "oom_kill N", one of the group and one of the computer,
    /// and one that stands for the kernel's log.
    OomCount(qint64 pid, const QString& groupFile, const QString& computerFile,
        const QString& kernelLog = {});

    /// From now on.
    void refresh();
    OomVictim victim() const; ///< since the last refresh

private:
    bool isNamedByKernel() const;

    qint64 m_pid = 0;
    QString m_groupFile;
    QString m_computerFile;
    QHash<QString, quint64> m_counts; ///< by file
    std::shared_ptr<FileDescriptor> m_kernelLog; ///< read up to when it was opened; null: forbidden
};

} // namespace vmm
