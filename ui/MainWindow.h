// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/Selection.h"
#include "ui/VmActions.h"
#include "ui/pages/VmPage.h"

#include <QDialog>
#include <QMainWindow>
#include <QPointer>

#include <memory>

class QSplitter;

namespace ui {

class AppMenu;
class ConnectionFiles;
class ConsoleSessions;
class ConsoleWindows;
class HostTitles;
class ScreenWall;
class MachineActions;
class PageStack;
class Sidebar;
class TaskDock;
class Thumbnails;

/// The window: puts the parts together and wires them. What each part does is its own business.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const Context& context);
    ~MainWindow() override;

    Selection& selection() { return m_selection; }
    VmActions& actions() { return *m_actions; }
    ConsoleSessions& consoles() { return *m_sessions; }
    ConsoleWindows& consoleWindows() { return *m_windows; }
    ConnectionFiles& connectionFiles() { return *m_files; }
    Thumbnails& thumbnails() { return *m_thumbnails; }
    ScreenWall* wall() { return m_wall.get(); } ///< null until it was opened

    /// Selects a machine and, if asked to, one of its tabs.
    void showVm(const models::VmRef& vm, std::optional<VmPage::Tab> tab = std::nullopt);
    void openNewMachineDialog();
    void openAddConnectionDialog();
    void openPalette();
    void openWall(); ///< the screens of what is selected, side by side
    void saveState() const; ///< into the settings, as closing the window does

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void layOut();
    void wire();
    void wireConsoles();
    void addFileCommands();
    void addShortcuts();
    void addHostCommands();
    void updateCommands();
    QAction* addCommand(const QString& name, const QString& text,
        const QList<QKeySequence>& shortcuts, const std::function<void()>& run);
    bool isAboutMachines(const QWidget* focus) const;
    bool isMachineKey(const QKeyEvent& key) const;
    QStringList linesOfUnapplied(const hosts::Host* host = nullptr) const;
    void askToQuit(const QStringList& lost); ///< but for work under way, a line each
    void restoreState();
    void rememberConnections();
    void showContextMenu(QPoint globalPosition);

    Context m_context;
    std::unique_ptr<HostTitles> m_titles;
    std::unique_ptr<ConsoleSessions> m_sessions;
    std::unique_ptr<Thumbnails> m_thumbnails;
    std::unique_ptr<ConsoleWindows> m_windows;
    std::unique_ptr<ScreenWall> m_wall; ///< null until it is asked for
    Selection m_selection;
    VmActions* m_actions;
    MachineActions* m_more;
    AppMenu* m_menu;
    ConnectionFiles* m_files;
    QAction* m_palette = nullptr;
    QList<QAction*> m_hostCommands;
    QList<QAction*> m_vmCommands;
    Sidebar* m_sidebar;
    PageStack* m_pages;
    TaskDock* m_tasks;
    QSplitter* m_splitter;
    QPointer<QDialog> m_quitQuestion;
    bool m_isQuitting = false; ///< whatever is under way
};

} // namespace ui
