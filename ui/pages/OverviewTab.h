// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"
#include "ui/widgets/FactList.h"

#include <QScrollArea>

class QLabel;

namespace ui {

class ErrorPanel;
class GuestFactsView;
class MachineActions;

/// The facts of one machine in two columns, and why it stopped or was paused.
class OverviewTab : public QScrollArea {
    Q_OBJECT

public:
    OverviewTab(Context& context, const MachineActions& actions, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

private:
    void layOut(const MachineActions& actions);
    void showReason(const hosts::VmInfo& info);
    void showFacts(const models::VmRecord& vm);
    QVector<Fact> machineFacts(const models::VmRecord& vm) const;
    QVector<Fact> hardwareFacts(const hosts::VmInfo& info) const;
    void showLoad();

    Context& m_context;
    ErrorPanel* m_reason;
    QLabel* m_plainReason;
    QLabel* m_pending;
    FactList* m_left;
    FactList* m_right;
    QLabel* m_loadTitle;
    FactList* m_load;
    GuestFactsView* m_guest;
    hosts::Host* m_host = nullptr;
    hosts::VmId m_vm;
    QLabel* m_notesTitle;
    QLabel* m_notes;
};

} // namespace ui
