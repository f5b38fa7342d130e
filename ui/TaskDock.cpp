// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/TaskDock.h"

#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"
#include "ui/text/RowText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TaskDelegate.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace ui {

using models::Task;
using models::TaskModel;
using models::TaskState;

namespace {

const auto kExpandedKey = QStringLiteral("tasks-expanded");
constexpr int kBodyLines = 9;
constexpr int kRefreshMs = 50;

} // namespace

TaskDock::TaskDock(Context& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_toggle(new QToolButton)
    , m_summary(new QLabel)
    , m_body(nullptr)
    , m_list(new QListView)
    , m_headline(sectionLabel({}, QStringLiteral("taskHeadline")))
    , m_times(mutedLabel({}, QStringLiteral("taskTimes")))
    , m_error(new ErrorPanel(QStringLiteral("taskError")))
    , m_cancel(new QPushButton(tr("Cancel task")))
    , m_undo(new QPushButton(icon(Glyph::Undo), tr("Undo")))
    , m_cancelWaiting(new QPushButton(tr("Cancel all that wait")))
    , m_clear(new QPushButton(tr("Clear finished")))
{
    setObjectName(QStringLiteral("taskDock"));
    m_body = makeBody();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeLine());
    layout->addWidget(m_body);

    TaskModel& tasks = context.workspace.tasks;
    tasks.setWording(&RowText::task);
    connect(&tasks, &TaskModel::countsChanged, this, &TaskDock::updateSummary);
    connect(&tasks, &TaskModel::finished, this, &TaskDock::noteFinished);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, &TaskDock::updateDetails);
    const auto refresh = [this] {
        if (!m_refresh.isActive())
            m_refresh.start();
    };
    connect(&tasks, &QAbstractItemModel::dataChanged, this, refresh);
    connect(&tasks, &QAbstractItemModel::rowsRemoved, this, refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, refresh);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this, refresh] { selectedCount() > 1 ? refresh() : updateDetails(); });
    setExpanded(context.settings.view(kExpandedKey, false).toBool());
    updateSummary();
    updateDetails();
}

QWidget* TaskDock::makeLine()
{
    auto* line = new QWidget;
    m_toggle->setObjectName(QStringLiteral("taskToggle"));
    m_toggle->setText(tr("Tasks"));
    m_toggle->setAccessibleName(tr("Show or hide the tasks"));
    m_toggle->setToolTip(tr("Show or hide the tasks"));
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setAutoRaise(true);
    connect(m_toggle, &QToolButton::clicked, this, [this] { setExpanded(!isExpanded()); });
    m_summary->setObjectName(QStringLiteral("taskSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_clear->setObjectName(QStringLiteral("taskClear"));
    m_clear->setAccessibleName(m_clear->text());
    m_clear->setFlat(true);
    connect(m_clear, &QPushButton::clicked, &m_context.workspace.tasks, &TaskModel::clearFinished);
    m_cancelWaiting->setObjectName(QStringLiteral("taskCancelWaiting"));
    m_cancelWaiting->setAccessibleName(m_cancelWaiting->text());
    m_cancelWaiting->setToolTip(tr("Take back all tasks whose turn has not come yet"));
    m_cancelWaiting->setFlat(true);
    connect(m_cancelWaiting, &QPushButton::clicked, &m_context.workspace.tasks,
        &TaskModel::cancelWaiting);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(12);
    layout->addWidget(m_toggle);
    layout->addWidget(m_summary, 1);
    layout->addWidget(m_cancelWaiting);
    layout->addWidget(m_clear);
    return line;
}

QWidget* TaskDock::makeBody()
{
    m_list->setObjectName(QStringLiteral("taskList"));
    m_list->setAccessibleName(tr("Tasks"));
    m_list->setModel(&m_context.workspace.tasks);
    m_list->setItemDelegate(new TaskDelegate(this));
    m_list->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_headline->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("taskCancel"));
    connect(m_cancel, &QPushButton::clicked, this, &TaskDock::cancelSelected);
    m_undo->setObjectName(QStringLiteral("taskUndo"));
    m_undo->setAccessibleName(m_undo->text());
    m_undo->setToolTip(tr("Bring it back from the trash"));
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_context.workspace.tasks.undo(selectedTask());
        updateDetails();
    });
    connect(m_error, &ErrorPanel::retryRequested, this, [this] {
        m_context.workspace.tasks.retry(selectedTask());
        updateDetails();
    });
    auto* details = new QWidget;
    auto* column = new QVBoxLayout(details);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    column->addWidget(m_headline);
    column->addWidget(m_times);
    column->addWidget(m_error);
    column->addWidget(m_cancel, 0, Qt::AlignLeft);
    column->addWidget(m_undo, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("taskDetails"));
    scroll->setAccessibleName(tr("Details of the task"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(details);

    auto* body = new QSplitter;
    body->setObjectName(QStringLiteral("taskSplitter"));
    body->setChildrenCollapsible(false);
    body->addWidget(m_list);
    body->addWidget(scroll);
    body->setStretchFactor(0, 1);
    body->setStretchFactor(1, 1);
    body->setFixedHeight(fontMetrics().lineSpacing() * kBodyLines + 24);
    return body;
}

bool TaskDock::isExpanded() const
{
    return !m_body->isHidden();
}

void TaskDock::setExpanded(bool isExpanded)
{
    m_body->setVisible(isExpanded);
    m_toggle->setIcon(icon(isExpanded ? Glyph::ChevronDown : Glyph::ChevronUp));
    if (isExpanded && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_context.workspace.tasks.index(0, 0));
    updateSummary();
    updateDetails();
}

void TaskDock::saveState() const
{
    m_context.settings.setView(kExpandedKey, isExpanded());
}

models::TaskId TaskDock::selectedTask() const
{
    const QVector<models::TaskId> tasks = selectedTasks();
    return tasks.size() == 1 ? tasks.first() : 0;
}

void TaskDock::cancelSelected()
{
    const QVector<models::TaskId> tasks = selectedTasks();
    for (const models::TaskId task : tasks)
        m_context.workspace.tasks.cancel(task);
    updateDetails();
}

int TaskDock::selectedCount() const
{
    const QItemSelection ranges = m_list->selectionModel()->selection();
    return std::accumulate(ranges.begin(), ranges.end(), 0,
        [](int sum, const QItemSelectionRange& range) { return sum + range.height(); });
}

QVector<models::TaskId> TaskDock::selectedTasks() const
{
    QVector<models::TaskId> tasks;
    const QItemSelection ranges = m_list->selectionModel()->selection();
    for (const QItemSelectionRange& range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            tasks.append(m_context.workspace.tasks.at(row).id);
    }
    std::sort(tasks.begin(), tasks.end());
    return tasks;
}

bool TaskDock::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        m_context.workspace.tasks.clear(selectedTasks());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void TaskDock::updateSummary()
{
    const TaskModel& tasks = m_context.workspace.tasks;
    const int waiting = tasks.waitingCount();
    const int running = tasks.runningCount() - waiting;
    const int failed = tasks.failedCount();
    QStringList parts;
    if (running > 0)
        parts << tr("%Ln running", nullptr, running);
    if (waiting > 0)
        parts << tr("%Ln waiting", nullptr, waiting);
    if (failed > 0)
        parts << tr("%Ln failed", nullptr, failed);
    if (parts.isEmpty()) {
        parts << (tasks.rowCount() > 0
                ? tr("Done: %1")
                      .arg(Text::task(
                          tasks.index(0, 0).data(TaskModel::TaskRole).value<Task>().info))
                : tr("No tasks"));
    }
    m_summary->setText(parts.join(QStringLiteral("  ·  ")));
    m_cancelWaiting->setVisible(waiting > 0);
    m_clear->setVisible(isExpanded() && tasks.rowCount() > running + waiting);
    const Colors& colors = Colors::of(palette());
    setTextColor(m_summary,
        failed > 0                  ? colors.failed
            : running + waiting > 0 ? colors.progress
                                    : colors.muted);
}

void TaskDock::updateMany(const QVector<models::TaskId>& tasks)
{
    m_headline->setText(tr("Tasks selected: %L1").arg(tasks.size()));
    m_cancel->setVisible(std::any_of(tasks.begin(), tasks.end(), [this](models::TaskId id) {
        const Task* task = m_context.workspace.tasks.find(id);
        return task && task->canCancel;
    }));
}

void TaskDock::updateDetails()
{
    if (isExpanded() && m_context.workspace.tasks.unseenFailureCount() > 0)
        m_context.workspace.tasks.markFailuresSeen(); // the line need not warn any longer
    const QVector<models::TaskId> selected = selectedTasks();
    const bool areMany = selected.size() > 1;
    const Task* task = areMany ? nullptr : m_context.workspace.tasks.find(selected.value(0));
    m_headline->setText(task ? Text::task(task->info) : tr("No task selected"));
    m_times->setVisible(task != nullptr);
    m_error->setVisible(task && task->error);
    m_cancel->setText(areMany ? tr("Cancel tasks") : tr("Cancel task"));
    m_cancel->setAccessibleName(m_cancel->text());
    m_cancel->setVisible(task && task->state == TaskState::Running && task->canCancel);
    m_undo->setVisible(task && task->canUndo);
    if (areMany)
        updateMany(selected);
    if (!task)
        return;
    const QDateTime end
        = task->finished.isValid() ? task->finished : QDateTime::currentDateTimeUtc();
    //: %1 is a state ("Failed"), %2 a host, %3 a time, %4 a duration
    m_times->setText(tr("%1 on %2, begun %3, took %4")
                         .arg(Text::taskState(*task), Text::hostTitle(task->info.host),
                             Units::exact(task->started),
                             Units::duration(std::chrono::seconds(task->started.secsTo(end)))));
    if (task->error) {
        m_error->setError(*task->error);
        m_error->setRetryVisible(task->canRetry);
    }
}

void TaskDock::noteFinished(const Task& task)
{
    // Another one that fails does not take away what is being looked at.
    const bool isNews = !isExpanded() || !m_list->selectionModel()->hasSelection();
    if (task.state != TaskState::Failed || !isNews)
        return;
    m_list->setCurrentIndex(m_context.workspace.tasks.indexOf(task.id));
    setExpanded(true);
    m_list->scrollTo(m_list->currentIndex());
}

void TaskDock::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_body)
        updateSummary();
}

} // namespace ui
