// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/VmActions.h"

#include <QMenu>

namespace ui {

/// The program's own menu: connections, appearance, help.
class AppMenu : public QMenu {
    Q_OBJECT

public:
    AppMenu(Context& context, const VmActions& actions, QWidget* window);

    /// Puts what opens something below the new machine and the new connection.
    void addFileAction(QAction* action) { insertAction(m_afterFiles, action); }

Q_SIGNALS:
    void denseChanged(bool isDense);
    void aboutRequested();
    void quitRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addThemes();
    void addLanguages();

    Context& m_context;
    QWidget* m_window;
    QAction* m_afterFiles = nullptr;
};

} // namespace ui
