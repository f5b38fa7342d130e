// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QWidget>

class QAction;
class QPushButton;

namespace ui {

class FactList;
class ListTree;
class MachineActions;
class PanelStack;

/// The checkpoints of one machine, and its backups since them.
class BackupsTab : public QWidget {
    Q_OBJECT

public:
    BackupsTab(Context& context, const MachineActions& actions, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* layOut(const MachineActions& actions);
    void load();
    void take(const vmm::Result<QVector<vmm::CheckpointInfo>>& checkpoints);
    void fill();
    void refreshDetails();
    void backUpSince();
    const vmm::CheckpointInfo* selected() const;

    Context& m_context;
    models::VmRef m_vm;
    hosts::VmInfo m_info;
    QVector<vmm::CheckpointInfo> m_checkpoints;
    models::LatestAnswer m_question;
    bool m_isKnown = false;

    ListTree* m_tree;
    FactList* m_facts;
    QPushButton* m_since;
    QPushButton* m_delete;
    PanelStack* m_panels;
};

} // namespace ui
