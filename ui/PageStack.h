// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Selection.h"
#include "ui/VmActions.h"
#include "ui/pages/HostPage.h"
#include "ui/pages/VmPage.h"

#include <QStackedWidget>

namespace ui {

class DashboardPage;
class EmptyPanel;
class MachineActions;
class SelectionPage;

/// The pages; shows the one that suits the selection.
class PageStack : public QStackedWidget {
    Q_OBJECT

public:
    PageStack(Context& context, Selection& selection, VmActions& actions,
        const MachineActions& more, QWidget* parent = nullptr);

    void openConsole();
    void showTab(VmPage::Tab tab); ///< of the machine that is shown
    void showHostTab(HostPage::Tab tab); ///< of the host that is shown
    void toggleFullScreen();
    QList<QAction*> consoleCommands() const { return m_vm->consoleCommands(); }
    void setDense(bool isDense);
    void saveState() const;
    QStringList unappliedHardware(const hosts::Host* host = nullptr) const
    {
        return m_vm->unappliedHardware(host);
    }

Q_SIGNALS:
    void contextMenuRequested(QPoint globalPosition);

private:
    void connectTables();
    void follow();
    QWidget* pageForSelection();

    Context& m_context;
    Selection& m_selection;
    EmptyPanel* m_welcome;
    DashboardPage* m_dashboard;
    HostPage* m_host;
    VmPage* m_vm;
    SelectionPage* m_many;
};

} // namespace ui
