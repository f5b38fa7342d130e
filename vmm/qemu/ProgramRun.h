// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <functional>

namespace vmm {

/// How a short-lived helper program ended.
struct ProgramOutput {
    int exitCode = 0;
    bool hasCrashed = false; ///< ended by a signal of its own
    bool hasTimedOut = false; ///< was killed at the deadline
    std::chrono::milliseconds cpuTime { 0 }; ///< used until the deadline; only if that was reached
    QByteArray standardOutput {};
    QByteArray standardError {};

    bool isSuccess() const { return exitCode == 0 && !hasCrashed && !hasTimedOut; }
    /// The last lines of standard error, in one line, for an Error's detail.
    QString lastWords() const;
};

/// Runs a program (never through a shell, in the C locale) and gathers what it says. Completes when
/// it has ended, at the latest a moment after `deadline`: then it is killed. It dies with this
/// process and with `context`, whose death makes the future Cancelled; cancelling the future kills
/// it. `onOutput` hears of each piece of its standard output as it comes.
/// Errors: ProcessFailed if it can't be started. How it ended is for the caller to judge.
using OutputListener = std::function<void(const QByteArray& piece)>;
Future<ProgramOutput> runProgram(QObject* context, const QString& program,
    const QStringList& arguments, std::chrono::milliseconds deadline, OutputListener onOutput = {});

} // namespace vmm
