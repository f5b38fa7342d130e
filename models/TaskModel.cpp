// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/TaskModel.h"

#include <algorithm>
#include <utility>

namespace models {

TaskModel::TaskModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

TaskModel::~TaskModel() = default;

TaskId TaskModel::begin(const TaskInfo& info, TaskOptions options)
{
    Entry started { .task = { .id = ++m_lastId,
                        .info = info,
                        .started = QDateTime::currentDateTimeUtc(),
                        .canCancel = static_cast<bool>(options.cancel),
                        .isWaiting = options.isWaiting },
        .cancel = std::move(options.cancel),
        .retry = std::move(options.retry),
        .undo = std::move(options.undo),
        .isCancellableLater = options.isCancellableLater };
    beginInsertRows({}, 0, 0);
    m_entries.push_front(std::move(started));
    endInsertRows();
    ++m_running;
    if (options.isWaiting)
        ++m_waiting;
    announceCounts();
    return m_lastId;
}

void TaskModel::setProgress(TaskId task, int percent)
{
    Entry* of = entry(task);
    percent = std::clamp(percent, 0, 100);
    if (!of || of->task.state != TaskState::Running || of->task.progress == percent)
        return;
    of->task.progress = percent;
    announce(task);
}

void TaskModel::end(TaskId task, std::optional<vmm::Error> error)
{
    Entry* of = entry(task);
    if (!of)
        return;
    Task& ended = of->task;
    ended.finished = QDateTime::currentDateTimeUtc();
    ended.canCancel = false;
    if (std::exchange(ended.isWaiting, false))
        --m_waiting;
    of->cancel = {};
    if (!error) {
        ended.state = TaskState::Succeeded;
        ended.progress = 100;
        of->retry = {};
        ended.canUndo = static_cast<bool>(of->undo);
    } else if (error->kind == vmm::ErrorKind::Cancelled) {
        ended.state = TaskState::Cancelled;
    } else {
        ended.state = TaskState::Failed;
        ++m_failed;
        ++m_unseenFailures;
    }
    ended.error = std::move(error);
    ended.canRetry = static_cast<bool>(of->retry);
    (ended.state == TaskState::Failed ? m_endedBadly : m_endedWell).push_back(task);
    --m_running;
    ++m_finished;
    const Task told = ended;
    announce(task);
    trimHistory();
    announceCounts();
    Q_EMIT finished(told);
}

/// Takes away what ended longest ago; running ones stay, however old.
void TaskModel::trimHistory()
{
    while (m_finished - m_failed > kHistory)
        removeOldest(m_endedWell);
    while (m_failed > kFailures)
        removeOldest(m_endedBadly);
}

void TaskModel::removeOldest(std::deque<TaskId>& ended)
{
    const int row = rowOf(ended.front());
    ended.pop_front();
    removeFinished(row, row);
}

void TaskModel::forgetRemoved()
{
    const auto isGone = [this](TaskId task) { return rowOf(task) < 0; };
    std::erase_if(m_endedWell, isGone);
    std::erase_if(m_endedBadly, isGone);
}

void TaskModel::removeFinished(int first, int last)
{
    beginRemoveRows({}, first, last);
    const auto begin = m_entries.begin() + first;
    const auto end = m_entries.begin() + last + 1;
    m_unseenFailures -= static_cast<int>(
        std::count_if(begin, end, [](const Entry& of) { return isUnseenFailure(of.task); }));
    m_failed -= static_cast<int>(std::count_if(
        begin, end, [](const Entry& of) { return of.task.state == TaskState::Failed; }));
    m_finished -= last - first + 1;
    m_entries.erase(begin, end);
    endRemoveRows();
}

void TaskModel::clearFinished()
{
    for (int last = rowCount() - 1; last >= 0; --last) {
        const auto isRunning = [this](int row) {
            return m_entries[static_cast<size_t>(row)].task.state == TaskState::Running;
        };
        if (isRunning(last))
            continue;
        int first = last;
        while (first > 0 && !isRunning(first - 1))
            --first;
        removeFinished(first, last);
        last = first;
    }
    forgetRemoved();
    announceCounts();
}

void TaskModel::clear(const QVector<TaskId>& tasks)
{
    for (const TaskId task : tasks) {
        const int row = rowOf(task);
        if (row >= 0 && at(row).state != TaskState::Running)
            removeFinished(row, row);
    }
    forgetRemoved();
    announceCounts();
}

void TaskModel::markFailuresSeen()
{
    if (m_unseenFailures == 0)
        return;
    for (Entry& of : m_entries) {
        if (!isUnseenFailure(of.task))
            continue;
        of.task.isSeen = true;
        announce(of.task.id);
    }
    m_unseenFailures = 0;
    announceCounts();
}

void TaskModel::noteBegun(TaskId task)
{
    Entry* of = entry(task);
    if (!of || !of->task.isWaiting)
        return;
    of->task.isWaiting = false;
    --m_waiting;
    announceCounts();
    if (!of->isCancellableLater) {
        of->task.canCancel = false;
        of->cancel = {};
    }
    announce(task);
}

bool TaskModel::cancel(TaskId task)
{
    Entry* of = entry(task);
    if (!of || !of->cancel)
        return false;
    const auto stop = std::exchange(of->cancel, {}); // asked once; it ends when its future does
    of->task.canCancel = false;
    announce(task);
    return stop();
}

void TaskModel::cancelWaiting()
{
    QVector<TaskId> waiting;
    waiting.reserve(m_waiting);
    for (const Entry& of : m_entries) {
        if (of.task.isWaiting)
            waiting.append(of.task.id);
    }
    // The oldest first, as they would have begun: the others are found behind them at once.
    std::for_each(waiting.crbegin(), waiting.crend(), [this](TaskId task) { cancel(task); });
}

bool TaskModel::retry(TaskId task)
{
    Entry* of = entry(task);
    if (!of || !of->task.canRetry)
        return false;
    of->task.canRetry = false; // the new task has its own
    const auto again = std::exchange(of->retry, {});
    if (isUnseenFailure(of->task)) {
        of->task.isSeen = true;
        --m_unseenFailures;
    }
    announce(task);
    again();
    return true;
}

bool TaskModel::undo(TaskId task)
{
    Entry* of = entry(task);
    if (!of || !of->task.canUndo)
        return false;
    of->task.canUndo = false;
    const auto takeBack = std::exchange(of->undo, {});
    announce(task);
    takeBack();
    return true;
}

bool TaskModel::isUnseenFailure(const Task& task)
{
    return task.state == TaskState::Failed && !task.isSeen;
}

int TaskModel::rowOf(TaskId task) const
{
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), task,
        [](const Entry& of, TaskId id) { return of.task.id > id; });
    if (found == m_entries.end() || found->task.id != task)
        return -1;
    return static_cast<int>(found - m_entries.begin());
}

TaskModel::Entry* TaskModel::entry(TaskId task)
{
    const int row = rowOf(task);
    return row < 0 ? nullptr : &m_entries[static_cast<size_t>(row)];
}

const Task* TaskModel::find(TaskId task) const
{
    const int row = rowOf(task);
    return row < 0 ? nullptr : &m_entries[static_cast<size_t>(row)].task;
}

QModelIndex TaskModel::indexOf(TaskId task) const
{
    const int row = rowOf(task);
    return row < 0 ? QModelIndex() : index(row);
}

void TaskModel::announce(TaskId task)
{
    const QModelIndex changed = indexOf(task);
    Q_EMIT dataChanged(changed, changed);
}

void TaskModel::announceCounts()
{
    if (std::exchange(m_isCountAnnounced, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isCountAnnounced = false;
            Q_EMIT countsChanged();
        },
        Qt::QueuedConnection);
}

int TaskModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant TaskModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Task& task = m_entries[static_cast<size_t>(index.row())].task;
    switch (role) {
    case Qt::DisplayRole: // plain, for type-ahead; the sentence is the delegate's
        return task.info.vmName.isEmpty() ? task.info.hostName : task.info.vmName;
    case Qt::AccessibleTextRole:
        return m_spoken ? m_spoken(task) : QVariant();
    case TaskRole:
        return QVariant::fromValue(task);
    case StateRole:
        return QVariant::fromValue(task.state);
    case ProgressRole:
        return task.progress;
    case ErrorRole:
        return task.error ? QVariant::fromValue(*task.error) : QVariant();
    }
    return {};
}

QHash<int, QByteArray> TaskModel::roleNames() const
{
    return { { Qt::DisplayRole, "display" }, { TaskRole, "task" }, { StateRole, "state" },
        { ProgressRole, "progress" }, { ErrorRole, "error" } };
}

} // namespace models
