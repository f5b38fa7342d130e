// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace vmm {

/// Tells whether the kernel has lately killed a process for lack of memory: in the control group of
/// a process, or anywhere on the computer. As far as an ordinary user can know; the kernel's log
/// would say it exactly, but only to root.
class OomCount {
public:
    OomCount() = default;
    /// Of a live process, from now on. Source: /proc/PID/cgroup, cgroup v2 memory.events or v1
    /// memory.oom_control, /proc/vmstat (Linux 4.13).
    static OomCount of(qint64 pid);
    /// For tests: the files that have a line "oom_kill N".
    explicit OomCount(const QStringList& files);

    /// From now on.
    void refresh();
    bool hasRisen() const; ///< since the last refresh

private:
    QHash<QString, quint64> m_counts; ///< by file
};

} // namespace vmm
