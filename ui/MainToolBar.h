// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/VmActions.h"

#include <QToolBar>

namespace ui {

/// What the toolbar offers: the actions on the selection, the way to every command, and the
/// program's own menu.
class MainToolBar : public QToolBar {
    Q_OBJECT

public:
    MainToolBar(const VmActions& actions, QAction* snapshot, QAction* palette, QMenu* menu,
        QWidget* parent);

private:
    void addNamed(QAction* action);
    void addShutDown(const VmActions& actions);
    void addPaletteField(QAction* palette);
    void addMenu(QMenu* menu);
};

} // namespace ui
