// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QWidget>

class QAction;
class QPushButton;
class QTreeWidgetItem;

namespace ui {

class FactList;
class ListTree;
class PanelStack;

/// The snapshots of one machine as a tree, with what can be done to them.
class SnapshotsTab : public QWidget {
    Q_OBJECT

public:
    /// `take` takes a new one of the selected machine.
    SnapshotsTab(Context& context, QAction* take, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* layOut(QAction* take);
    void load();
    void take(const vmm::Result<QVector<vmm::SnapshotInfo>>& snapshots);
    void fill();
    void addBelow(const QString& parent, QTreeWidgetItem* item, int depth);
    void refreshDetails();
    const vmm::SnapshotInfo* selected() const;

    Context& m_context;
    models::VmRef m_vm;
    hosts::VmInfo m_info;
    QVector<vmm::SnapshotInfo> m_snapshots;
    models::LatestAnswer m_question;
    bool m_isKnown = false;

    ListTree* m_tree;
    FactList* m_facts;
    QPushButton* m_revert;
    QPushButton* m_delete;
    PanelStack* m_panels;
};

} // namespace ui
