// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QDateTime>

#include <functional>

namespace models {

using TaskId = quint64; ///< never 0, never used twice

enum class TaskAction {
    Start,
    Pause,
    Resume,
    ShutDown,
    Reboot,
    Reset,
    ForceOff,
    Save,
    DiscardSave,
    Undefine,
    Define,
    Create,
};
enum class TaskState { Running, Succeeded, Failed, Cancelled };

TaskAction taskActionFor(vmm::VmAction action);
QString nameOf(TaskAction action);
QString nameOf(TaskState state);

/// What a task is about, as data: the user interface makes the sentence.
struct TaskInfo {
    TaskAction action = TaskAction::Start;
    hosts::HostUri host {};
    QString hostName {};
    hosts::VmId vm {}; ///< null if it isn't about one machine
    QString vmName {};
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
    bool isWaiting = false; ///< others of its host go first; it can be cancelled without a trace
    bool isSeen = false; ///< a failure that the user has looked at
};

struct TaskOptions {
    /// Stops the operation, if it still can; then its future ends with Cancelled. An operation that
    /// goes on regardless must not offer this: the task would say what isn't so.
    std::function<bool()> cancel {};
    std::function<void()> retry {}; ///< starts the same again, as a new task
    bool isWaiting = false; ///< see Task; noteBegun ends it
};

} // namespace models

Q_DECLARE_METATYPE(models::Task)
Q_DECLARE_METATYPE(models::TaskInfo)
Q_DECLARE_METATYPE(models::TaskState)
