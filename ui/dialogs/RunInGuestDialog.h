// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {

/// Runs a program in the guest by its agent and shows what it wrote.
class RunInGuestDialog : public QDialog {
    Q_OBJECT

public:
    RunInGuestDialog(Context& context, const models::VmRecord& vm, QWidget* parent);

private:
    void layOut();
    void validate();
    void run();
    void show(const vmm::Result<vmm::GuestCommandResult>& result);

    Context& m_context;
    models::VmRef m_vm;
    QLineEdit* m_program;
    QPlainTextEdit* m_arguments;
    QPlainTextEdit* m_output;
    QLabel* m_verdict;
    QPushButton* m_run;
    bool m_isRunning = false;
};

} // namespace ui
