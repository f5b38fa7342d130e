// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"
#include "ui/dialogs/FormDialog.h"

class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace ui {

/// Asks how a machine is to be cloned, and tells what each way means and why it is not possible.
class CloneDialog : public FormDialog {
    Q_OBJECT

public:
    CloneDialog(Context& context, const models::VmRecord& vm, QWidget* parent);

    vmm::CloneRequest request() const;
    /// Why a way of cloning isn't possible; empty if it is.
    QString whyNot(vmm::CloneKind kind) const;

private:
    void addKind(vmm::CloneKind kind, const char* name, const QString& explanation);
    vmm::CloneKind kind() const;
    QString what() const;

    Context& m_context;
    models::VmRef m_vm;
    hosts::VmInfo m_info;
    QLineEdit* m_name;
    QVector<QRadioButton*> m_kinds; ///< in the order of vmm::CloneKind
    QCheckBox* m_start;
};

} // namespace ui
