// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QTabWidget;

namespace models {
struct InventoryDelta;
}

namespace ui {

class BackupsTab;
class ConsoleTab;
class HardwareTab;
class MachineActions;
class OverviewTab;
class PageHeader;
class PerformanceTab;
class SnapshotsTab;
class VmActions;

/// One machine: its head with name and state, and its tabs.
class VmPage : public QWidget {
    Q_OBJECT

public:
    enum class Tab { Overview, Console, Performance, Hardware, Snapshots, Backups };

    VmPage(Context& context, VmActions& actions, const MachineActions& more,
        QWidget* parent = nullptr);

    /// Null shows nothing and lets go of the console.
    void setVm(const models::VmRef& vm);
    void showTab(Tab tab);
    void openConsole(); ///< and gives it the keyboard
    void toggleFullScreen();
    QList<QAction*> consoleCommands() const; ///< for the command palette
    void saveState() const;
    /// Of which machines changes are not applied; null: of all hosts.
    QStringList unappliedHardware(const hosts::Host* host = nullptr) const;

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void expectConsole(); ///< it may be opened soon
    void take(const models::InventoryDelta& delta);
    void refresh();
    void refreshAges();
    void updateHeader(const models::VmRecord& vm);
    void updateStale(const models::VmRecord& vm);

    Context& m_context;
    models::VmRef m_vm;
    PageHeader* m_header;
    QLabel* m_stale;
    QTabWidget* m_tabs;
    OverviewTab* m_overview;
    ConsoleTab* m_console;
    PerformanceTab* m_performance;
    HardwareTab* m_hardware;
    SnapshotsTab* m_snapshots;
    BackupsTab* m_backups;
    QTimer m_age;
};

} // namespace ui
