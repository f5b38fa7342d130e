// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Task.h"

#include <QAbstractListModel>

#include <deque>

namespace models {

/// All work under way and the last that ended, newest first. Observes futures; owns no operation.
class TaskModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TaskRole = Qt::UserRole + 1, ///< models::Task
        StateRole, ///< models::TaskState
        ProgressRole, ///< percent; -1: not known
        ErrorRole, ///< vmm::Error; invalid without
    };
    static constexpr int kHistory = 200; ///< finished tasks that are kept, but for failures
    static constexpr int kFailures = 1'000; ///< that are kept: successes push none out

    /// The words of a task for who can't see its row (Qt::AccessibleTextRole) are the user
    /// interface's.
    using Wording = std::function<QString(const Task& task)>;

    explicit TaskModel(QObject* parent = nullptr);
    ~TaskModel() override;

    void setWording(Wording spoken) { m_spoken = std::move(spoken); }

    /// Shows `future` as a task until it is done and a while longer.
    template <typename T>
    TaskId track(const TaskInfo& info, const vmm::Future<T>& future, TaskOptions options = {});

    /// The turn of a waiting task has come: from now on it can be cancelled only if its operation
    /// can (TaskOptions::isCancellableLater).
    void noteBegun(TaskId task);

    /// Stops a task; false if it is done, or past stopping.
    bool cancel(TaskId task);
    void cancelWaiting(); ///< all whose turn has not come
    /// Starts a failed or cancelled task again; false if there is no way to.
    bool retry(TaskId task);
    /// Takes back what a task has done, once; false if there is no way to.
    bool undo(TaskId task);
    void clearFinished();
    void clear(const QVector<TaskId>& tasks); ///< those of them that are finished
    void markFailuresSeen();

    int runningCount() const { return m_running; } ///< those that wait, too
    int waitingCount() const { return m_waiting; }
    int failedCount() const { return m_failed; } ///< in the list, seen or not
    int unseenFailureCount() const { return m_unseenFailures; }
    const Task* find(TaskId task) const; ///< valid until the next change
    const Task& at(int row) const { return m_entries[static_cast<size_t>(row)].task; } ///< as find
    QModelIndex indexOf(TaskId task) const;

    // QAbstractItemModel
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countsChanged(); ///< once per turn of the event loop, however many tasks changed
    void finished(const models::Task& task);

private:
    struct Entry {
        Task task {};
        std::function<bool()> cancel {};
        std::function<void()> retry {};
        std::function<void()> undo {};
        bool isCancellableLater = false;
    };

    TaskId begin(const TaskInfo& info, TaskOptions options);
    void setProgress(TaskId task, int percent);
    void end(TaskId task, std::optional<vmm::Error> error);
    void trimHistory();
    void removeOldest(std::deque<TaskId>& ended);
    void forgetRemoved();
    void removeFinished(int first, int last);
    static bool isUnseenFailure(const Task& task);
    int rowOf(TaskId task) const;
    Entry* entry(TaskId task);
    void announce(TaskId task);
    void announceCounts();

    std::deque<Entry> m_entries; // newest first: ids descend, so a row is found by bisection
    std::deque<TaskId> m_endedWell; ///< or were cancelled; the first to end first
    std::deque<TaskId> m_endedBadly;
    Wording m_spoken;
    TaskId m_lastId = 0;
    int m_running = 0;
    int m_waiting = 0;
    int m_finished = 0;
    int m_failed = 0;
    int m_unseenFailures = 0;
    bool m_isCountAnnounced = false;
};

template <typename T>
TaskId TaskModel::track(const TaskInfo& info, const vmm::Future<T>& future, TaskOptions options)
{
    auto* watcher = new QFutureWatcher<vmm::Result<T>>(this);
    const TaskId task = begin(info, std::move(options));
    connect(
        watcher, &QFutureWatcherBase::progressValueChanged, this, [this, task, watcher](int value) {
            const int range = watcher->progressMaximum() - watcher->progressMinimum();
            if (range > 0)
                setProgress(task, (value - watcher->progressMinimum()) * 100 / range);
        });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, task, watcher] {
        watcher->deleteLater();
        const vmm::Result<T> result = vmm::async::detail::take(watcher->future());
        end(task, result ? std::nullopt : std::optional(result.error()));
    });
    watcher->setFuture(future);
    return task;
}

} // namespace models
