// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace vmm {

/// The fields of /proc/PID/stat that matter here. Source: proc(5).
struct ProcStat {
    char state = '?'; ///< 'R' runs, 'S' sleeps, 'T' is stopped, 'Z' is a zombie, ...
    quint64 userTicks = 0; ///< CPU time in user mode, in clock ticks (sysconf(_SC_CLK_TCK))
    quint64 systemTicks = 0;
    quint64 startTicks = 0; ///< when it was started, in clock ticks since boot

    /// Nothing if `text` isn't such a line. The program's name may hold blanks and parentheses.
    static std::optional<ProcStat> parse(const QByteArray& text);
    /// Nothing if there is no such process.
    static std::optional<ProcStat> read(qint64 pid);

    bool operator==(const ProcStat&) const = default;
};

/// A process, named so that it can't be mistaken: pids are used again, but not within one boot with
/// the same start time.
struct ProcessIdentity {
    qint64 pid = 0;
    quint64 startTicks = 0;

    bool isValid() const { return pid > 0; }
    /// It lives (a zombie doesn't) and it is the one that was meant.
    bool isAlive() const;
    /// Of the live process `pid`; invalid if there is none.
    static ProcessIdentity of(qint64 pid);

    bool operator==(const ProcessIdentity&) const = default;
};

} // namespace vmm
