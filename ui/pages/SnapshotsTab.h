// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/MachineListTab.h"

class QAction;
class QTreeWidgetItem;

namespace ui {

/// The snapshots of one machine as a tree, with what can be done to them.
class SnapshotsTab : public MachineListTab {
    Q_OBJECT

public:
    /// `take` takes a new one of the selected machine.
    SnapshotsTab(Context& context, QAction* take);

private:
    void ask() override;
    void clear() override { m_snapshots.clear(); }
    void refreshDetails() override;
    bool isChanged(const hosts::VmInfo& before, const hosts::VmInfo& now) const override;

    void fill();
    QHash<QString, QVector<const vmm::SnapshotInfo*>> snapshotsByParent() const;
    QTreeWidgetItem* addRow(QTreeWidgetItem* above, const vmm::SnapshotInfo& snapshot);
    const vmm::SnapshotInfo* selected() const;

    QVector<vmm::SnapshotInfo> m_snapshots;
    QPushButton* m_revert;
    QPushButton* m_delete;
};

} // namespace ui
