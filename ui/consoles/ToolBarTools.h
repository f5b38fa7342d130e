// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QAction;
class QMenu;
class QToolBar;

namespace ui {

/// A tool of a console's tool bar, with a button that is named for tests and screen readers and is
/// reached by Tab.
QAction* addTool(QToolBar& tools, const QString& name, const QIcon& icon, const QString& text);
/// Its text is the tool tip's matter: the tools must fit beside each other.
void showIconOnly(QToolBar& tools, QAction* tool);
/// The button opens the menu at once.
void setToolMenu(QToolBar& tools, QAction* tool, QMenu* menu);
/// Usable if there is no reason against it; the reason is its tool tip then.
void allow(QAction* action, const QString& reason, const QString& otherwise);

} // namespace ui
