// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QDateTime>

#include <functional>

namespace models {

using TaskId = quint64; ///< never 0, never used twice

enum class TaskState { Running, Succeeded, Failed, Cancelled };

QString nameOf(TaskState state);

/// What a task is about, as data: the user interface makes the sentence.
struct TaskInfo {
    hosts::Operation operation {};
    hosts::HostUri host {};
    QString hostName {};
    QString vmName {}; ///< of the machine that it is about; empty if about none
    /// The host that this program itself carries the machine to; not set if hosts do the work.
    std::optional<hosts::HostUri> carriedTo {};
};

struct Task {
    TaskId id = 0;
    TaskInfo info {};
    TaskState state = TaskState::Running;
    int progress = -1; ///< percent; -1: not known
    QDateTime started {}; ///< UTC
    QDateTime finished {}; ///< invalid while it runs
    std::optional<vmm::Error> error {}; ///< of a Failed one
    bool canCancel = false;
    bool canRetry = false;
    bool canUndo = false; ///< it succeeded, and there is a way back
    bool isWaiting = false; ///< others of its host go first; it can be cancelled without a trace
    bool isSeen = false; ///< a failure that the user has looked at
};

struct TaskOptions {
    /// Stops the operation, if it still can; then its future ends with Cancelled. An operation that
    /// goes on regardless must not offer this: the task would say what isn't so.
    std::function<bool()> cancel {};
    std::function<void()> retry {}; ///< starts the same again, as a new task
    std::function<void()> undo {}; ///< takes it back once it succeeded, as a new task
    bool isWaiting = false; ///< see Task; noteBegun ends it
    bool isCancellableLater = false; ///< `cancel` works on after noteBegun, too
};

} // namespace models

Q_DECLARE_METATYPE(models::Task)
Q_DECLARE_METATYPE(models::TaskInfo)
Q_DECLARE_METATYPE(models::TaskState)
