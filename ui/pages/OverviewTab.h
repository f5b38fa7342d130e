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

/// The facts of one machine in two columns, and why it stopped or was paused.
class OverviewTab : public QScrollArea {
    Q_OBJECT

public:
    explicit OverviewTab(Context& context, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);

private:
    void showReason(const hosts::VmInfo& info);
    void showFacts(const models::VmRecord& vm);
    QVector<Fact> machineFacts(const models::VmRecord& vm) const;
    QVector<Fact> hardwareFacts(const hosts::VmInfo& info) const;
    void showLoad();

    Context& m_context;
    ErrorPanel* m_reason;
    QLabel* m_plainReason;
    FactList* m_left;
    FactList* m_right;
    QLabel* m_loadTitle;
    FactList* m_load;
    hosts::Host* m_host = nullptr;
    hosts::VmId m_vm;
    QLabel* m_notesTitle;
    QLabel* m_notes;
};

} // namespace ui
