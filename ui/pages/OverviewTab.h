// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"
#include "ui/widgets/FactList.h"

#include <QScrollArea>

class QBoxLayout;
class QLabel;

namespace ui {

class ErrorPanel;
class GuestFactsView;
class MachineActions;
class ScreenThumb;
class Sparkline;

/// One machine at a glance: its screen, its load and its facts, and why it stopped or was paused.
class OverviewTab : public QScrollArea {
    Q_OBJECT

public:
    OverviewTab(Context& context, const MachineActions& actions, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

Q_SIGNALS:
    void consoleRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override; ///< what is shown needs other room
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOutBody();
    void arrange();
    void wantScreen();
    void showScreen();
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
    QBoxLayout* m_actions; ///< buttons, with the check box beside or below
    QBoxLayout* m_body; ///< what is seen beside what is known
    QBoxLayout* m_facts;
    ScreenThumb* m_screen;
    QLabel* m_screenInfo;
    QWidget* m_load;
    Sparkline* m_cpu;
    Sparkline* m_memory;
    Sparkline* m_disk;
    Sparkline* m_network;
    GuestFactsView* m_guest;
    hosts::Host* m_host = nullptr;
    hosts::VmId m_vm;
    QLabel* m_notesTitle;
    QLabel* m_notes;
};

} // namespace ui
