// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ActionTally.h"
#include "ui/Context.h"
#include "ui/Selection.h"

#include <QAction>
#include <QMenu>
#include <QTimer>

#include <array>
#include <functional>

namespace ui {

class MachineActions;

/// The actions on what is selected, for toolbar, menus and palette alike. Each is enabled by state
/// and feature, and its tool tip says why not. What can't be undone is asked first.
class VmActions : public QObject {
    Q_OBJECT

public:
    VmActions(Context& context, Selection& selection, QWidget* window);

    QAction* action(vmm::VmAction action) const { return m_actions[static_cast<size_t>(action)]; }
    QAction* openConsole() const { return m_openConsole; }
    QAction* newMachine() const { return m_newMachine; }
    QAction* addConnection() const { return m_addConnection; }
    QAction* reconnect() const { return m_reconnect; }
    QAction* maintenance() const { return m_maintenance; }
    QAction* removeConnection() const { return m_removeConnection; }

    /// What of a host was changed and not applied, in lines: it is lost with the connection.
    void setUnapplied(std::function<QStringList(const hosts::Host*)> lines)
    {
        m_unapplied = std::move(lines);
    }
    /// The actions that suit the selection, for a context menu.
    void fill(QMenu& menu, const MachineActions& more) const;

Q_SIGNALS:
    void consoleRequested();
    void newMachineRequested();
    void addConnectionRequested();

private:
    QAction* make(const QString& name, const QIcon& icon, const QKeySequence& shortcut);
    void makeVmActions();
    void makeOtherActions();
    void scheduleUpdate() { m_update.start(); }
    void takeTargets();
    void update();
    void showPauseOrResume();
    void nameStart();
    void updateOthers();
    void setUsable(QAction* action, const QString& tip, const QString& whyNot);
    QString whyNot(vmm::VmAction action) const;
    QString whyNone(vmm::VmAction action) const;
    static QString whyNoReconnect(const hosts::Host& host);
    void trigger(vmm::VmAction action);
    void removeHost();
    void removeWithDisks(const models::VmRef& vm, const QStringList& disks);

    Context& m_context;
    Selection& m_selection;
    models::ActionTally m_tally;
    QWidget* m_window;
    std::array<QAction*, vmm::kAllVmActions.size()> m_actions {};
    QAction* m_openConsole = nullptr;
    QAction* m_newMachine = nullptr;
    QAction* m_addConnection = nullptr;
    QAction* m_reconnect = nullptr;
    QAction* m_maintenance = nullptr;
    QAction* m_removeConnection = nullptr;
    std::function<QStringList(const hosts::Host*)> m_unapplied;
    QTimer m_update;
};

} // namespace ui
