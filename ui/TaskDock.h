// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace ui {

class ErrorPanel;

/// The tasks at the bottom of the window: one line while all is well, a list with progress, cause
/// and next step when it is opened. A failure opens it.
class TaskDock : public QWidget {
    Q_OBJECT

public:
    explicit TaskDock(Context& context, QWidget* parent = nullptr);

    bool isExpanded() const;
    void setExpanded(bool isExpanded);
    void saveState() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeLine();
    QWidget* makeBody();
    void updateSummary();
    void updateDetails();
    void updateMany(const QVector<models::TaskId>& tasks);
    void cancelSelected();
    void noteFinished(const models::Task& task);
    models::TaskId selectedTask() const;
    QVector<models::TaskId> selectedTasks() const; ///< oldest first
    int selectedCount() const;

    Context& m_context;
    QToolButton* m_toggle;
    QLabel* m_summary;
    QWidget* m_body;
    QListView* m_list;
    QLabel* m_headline;
    QLabel* m_times;
    ErrorPanel* m_error;
    QPushButton* m_cancel;
    QPushButton* m_undo;
    QPushButton* m_cancelWaiting;
    QPushButton* m_clear;
    QTimer m_refresh; // thousands of tasks can change in a moment
};

} // namespace ui
