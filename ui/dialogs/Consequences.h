// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/dialogs/ConfirmDialog.h"

#include <QCoreApplication>

namespace models {
class Inventory;
}

namespace ui {

/// What an action on one or many machines will do, in words, before it is done.
class Consequences {
    Q_DECLARE_TR_FUNCTIONS(ui::Consequences)

public:
    /// "Start: 12 machines on 3 hosts; 2 left out, not in a state for it"
    static QString sentence(const models::BulkCounts& counts, vmm::VmAction action);
    /// Why none of several machines can be asked; empty if one can.
    static QString whyNone(const models::BulkCounts& counts);
    static Question question(
        const models::Inventory& inventory, const models::BulkPlan& plan, vmm::VmAction action);

private:
    static QStringList leftOut(const models::BulkCounts& counts);
    static QString title(const QString& name, qsizetype count, vmm::VmAction action);
    static QString effect(vmm::VmAction action, bool hasTrash);
    static QStringList items(
        const models::Inventory& inventory, const models::BulkPlan& plan, vmm::VmAction action);
};

} // namespace ui
