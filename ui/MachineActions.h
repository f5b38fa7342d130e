// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/Selection.h"
#include "ui/style/Icons.h"

#include <QAction>
#include <QMenu>
#include <QTimer>

namespace ui {

/// What can be done to one selected machine besides its life cycle (VmActions), for menus, palette
/// and pages alike: enabled by state and feature, with the reason in the tool tip.
class MachineActions : public QObject {
    Q_OBJECT

public:
    MachineActions(Context& context, Selection& selection, QWidget* window);

    QAction* rename() const { return m_rename; }
    QAction* takeSnapshot() const { return m_snapshot; }
    QAction* backUp() const { return m_backup; }
    QAction* makeCheckpoint() const { return m_checkpoint; }
    QAction* clone() const { return m_clone; }
    QAction* makeTemplate() const { return m_template; }
    QAction* autostart() const { return m_autostart; }
    QAction* hardware() const { return m_hardware; }

    /// Why no backup of a machine can be made that is off.
    static QString whyOff();

    /// Adds them to a context menu.
    void fill(QMenu& menu) const;

Q_SIGNALS:
    void hardwareRequested();
    void snapshotsRequested();

private:
    using Run = void (MachineActions::*)(const models::VmRef& vm);

    QAction* make(const char* name, Glyph glyph, const QString& text, const QString& tip,
        const QKeySequence& shortcut, Run run);
    void update();
    void setUsable(QAction* action, const QString& whyNot);
    QString whyNot(hosts::Feature feature) const;
    QString whyNoTemplate(const hosts::VmInfo& vm) const;
    QString whyNoClone(const hosts::VmInfo& vm) const;
    QString whyNoMove() const;
    void runRename(const models::VmRef& vm);
    void runSnapshot(const models::VmRef& vm);
    void runBackup(const models::VmRef& vm);
    void runCheckpoint(const models::VmRef& vm);
    void runClone(const models::VmRef& vm);
    void runTemplate(const models::VmRef& vm);
    void runAutostart(const models::VmRef& vm);
    void runInGuest(const models::VmRef& vm);
    void runSetTime(const models::VmRef& vm);
    void runHardware(const models::VmRef& vm);
    void runNotes(const models::VmRef& vm);
    void runKeys(const models::VmRef& vm);
    void runNmi(const models::VmRef& vm);
    void runDump(const models::VmRef& vm);
    void runPassword(const models::VmRef& vm);
    void runScreenPassword(const models::VmRef& vm);
    void runMigrate(const models::VmRef& vm);

    Context& m_context;
    Selection& m_selection;
    QWidget* m_window;
    QAction* m_rename;
    QAction* m_snapshot;
    QAction* m_backup;
    QAction* m_checkpoint;
    QAction* m_clone;
    QAction* m_template;
    QAction* m_autostart;
    QAction* m_hardware;
    QAction* m_guestRun;
    QAction* m_guestTime;
    QAction* m_notes;
    QAction* m_keys;
    QAction* m_nmi;
    QAction* m_dump;
    QAction* m_password;
    QAction* m_screenPassword;
    QAction* m_migrate;
    QTimer m_update;
};

} // namespace ui
