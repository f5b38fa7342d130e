// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui {

class FactList;

/// How a machine's move is going: what is left against what the guest writes, when it may end, and
/// what can be done about it. Closed, the move goes on as a task.
class MigrationView : public QDialog {
    Q_OBJECT

public:
    MigrationView(Context& context, const models::VmRef& vm, const QString& name,
        const models::Begun& begun, const hosts::MigrationRequest& request, QWidget* parent);

private:
    void layOut();
    void ask();
    void take(const hosts::MigrationProgress& progress);
    void finish(const vmm::Result<hosts::Answer>& answer);

    Context& m_context;
    models::VmRef m_vm;
    QString m_name;
    models::TaskId m_task;
    hosts::MigrationRequest m_request;
    models::LatestAnswer m_question;
    QTimer m_tick;
    QLabel* m_verdict;
    QProgressBar* m_bar;
    FactList* m_facts;
    QPushButton* m_postCopy;
    QPushButton* m_cancel;
    QPushButton* m_close;
};

} // namespace ui
