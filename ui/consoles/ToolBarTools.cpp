// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ToolBarTools.h"

#include "ui/widgets/Named.h"

#include <QAction>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

namespace ui {

QAction* addTool(QToolBar& tools, const QString& name, const QIcon& icon, const QString& text)
{
    QAction* action = tools.addAction(icon, text);
    action->setObjectName(name);
    QWidget* button = named(tools.widgetForAction(action), name + QStringLiteral("Button"), text);
    button->setFocusPolicy(Qt::TabFocus);
    return action;
}

void showIconOnly(QToolBar& tools, QAction* tool)
{
    if (auto* button = qobject_cast<QToolButton*>(tools.widgetForAction(tool)))
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void setToolMenu(QToolBar& tools, QAction* tool, QMenu* menu)
{
    menu->setToolTipsVisible(true);
    tool->setMenu(menu);
    if (auto* button = qobject_cast<QToolButton*>(tools.widgetForAction(tool)))
        button->setPopupMode(QToolButton::InstantPopup);
}

void allow(QAction* action, const QString& reason, const QString& otherwise)
{
    action->setEnabled(reason.isEmpty());
    action->setToolTip(reason.isEmpty() ? otherwise : reason);
}

} // namespace ui
