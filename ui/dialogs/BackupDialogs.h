// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QCoreApplication>

namespace ui {

/// The dialogs of checkpoints and backups of one machine: they ask for what is needed, then begin.
class BackupDialogs {
    Q_DECLARE_TR_FUNCTIONS(ui::BackupDialogs)

public:
    /// `since`: the checkpoint that is proposed; empty: everything is.
    static void backUp(
        Context& context, const models::VmRef& vm, const QString& since, QWidget* parent);
    static void createCheckpoint(Context& context, const models::VmRef& vm, QWidget* parent);
    static void deleteCheckpoint(Context& context, const models::VmRef& vm,
        const vmm::CheckpointInfo& checkpoint, QWidget* parent);
};

} // namespace ui
