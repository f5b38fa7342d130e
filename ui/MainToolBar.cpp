// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainToolBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Style.h"
#include "ui/text/Text.h"

#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace ui {

using vmm::VmAction;

namespace {

// What the menu of the shut down button offers.
constexpr std::array kStopping { VmAction::ShutDown, VmAction::Reboot, VmAction::Save,
    VmAction::DiscardSave, VmAction::Reset, VmAction::ForceOff };

} // namespace

MainToolBar::MainToolBar(
    const VmActions& actions, QAction* snapshot, QAction* palette, QMenu* menu, QWidget* parent)
    : QToolBar(parent)
{
    setObjectName(QStringLiteral("mainToolBar"));
    setWindowTitle(tr("Toolbar"));
    setAccessibleName(tr("Toolbar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addNamed(actions.newMachine());
    addSeparator();
    addNamed(actions.action(VmAction::Start));
    addNamed(actions.action(VmAction::Pause));
    addNamed(actions.action(VmAction::Resume));
    addShutDown(actions);
    addSeparator();
    addNamed(actions.openConsole());
    addNamed(snapshot);
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(space);
    addPaletteField(palette);
    addMenu(menu);
}

void MainToolBar::addNamed(QAction* action)
{
    addAction(action);
    QWidget* button = widgetForAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    const auto name = [button, action] { button->setAccessibleName(action->text()); };
    name();
    connect(action, &QAction::changed, button, name);
    button->setFocusPolicy(Qt::TabFocus);
}

void MainToolBar::addShutDown(const VmActions& actions)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("shutDownMenu"));
    menu->setToolTipsVisible(true);
    menu->addAction(actions.action(VmAction::ShutDown));
    menu->addSeparator();
    menu->addAction(actions.action(VmAction::Reboot));
    menu->addAction(actions.action(VmAction::Save));
    menu->addAction(actions.action(VmAction::DiscardSave));
    menu->addSeparator();
    menu->addAction(actions.action(VmAction::Reset));
    menu->addAction(actions.action(VmAction::ForceOff));
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("actionShutDownButton"));
    button->setAccessibleName(Text::action(VmAction::ShutDown));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    button->setDefaultAction(actions.action(VmAction::ShutDown));
    button->setMenu(menu);
    button->setFocusPolicy(Qt::TabFocus);
    // The menu must be reachable when a machine hangs and only "Force off" is left, or has saved
    // memory to be forgotten; a click on the button opens it then.
    const auto reach = [button, &actions] {
        button->setPopupMode(actions.action(VmAction::ShutDown)->isEnabled()
                ? QToolButton::MenuButtonPopup
                : QToolButton::InstantPopup);
        button->setEnabled(std::any_of(kStopping.begin(), kStopping.end(),
            [&actions](VmAction each) { return actions.action(each)->isEnabled(); }));
    };
    for (const VmAction action : kStopping)
        connect(actions.action(action), &QAction::changed, button, reach, Qt::QueuedConnection);
    reach();
    addWidget(button);
}

void MainToolBar::addPaletteField(QAction* palette)
{
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("paletteButton"));
    button->setAccessibleName(palette->text());
    button->setToolTip(tr("Find a machine or a command (Ctrl+K)"));
    button->setIcon(icon(Glyph::Search, Tint::Muted));
    //: In the toolbar, with its shortcut
    button->setText(tr("Search or command") + QStringLiteral("   ")
        + palette->shortcut().toString(QKeySequence::NativeText));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setProperty(Style::kFieldProperty, true);
    button->setMinimumWidth(260);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, palette, &QAction::trigger);
    addWidget(button);
    button->setAutoRaise(false); // a toolbar raises what it is given
}

void MainToolBar::addMenu(QMenu* menu)
{
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("menuButton"));
    button->setAccessibleName(tr("Menu"));
    button->setToolTip(tr("Connections, appearance, help"));
    button->setIcon(icon(Glyph::Menu));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    addWidget(button);
}

} // namespace ui
