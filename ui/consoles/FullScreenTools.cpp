// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/FullScreenTools.h"

#include "console/ConsoleView.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Icons.h"
#include "ui/widgets/FullScreenBar.h"
#include "ui/widgets/FullScreenConsole.h"
#include "ui/widgets/Named.h"

#include <QAction>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScreen>
#include <QToolBar>
#include <QToolButton>

namespace ui {

FullScreenTools::FullScreenTools(QToolBar& tools, console::ConsoleView& view, QWidget* parent)
    : QObject(parent)
    , m_view(view)
    , m_parent(parent)
    , m_menu(named(new QMenu(parent), "fullScreenMenu", tr("Full screen")))
    , m_action(addTool(
          tools, QStringLiteral("actionFullScreen"), icon(Glyph::FullScreen), tr("Full screen")))
{
    m_action->setToolTip(tr("Show the console on the whole screen (F11)"));
    m_action->setCheckable(true);
    connect(m_action, &QAction::toggled, this, &FullScreenTools::toggle);
    connect(m_menu, &QMenu::aboutToShow, this, &FullScreenTools::fillMenu);
    m_menu->setToolTipsVisible(true);
    m_action->setMenu(m_menu);
    if (auto* button = qobject_cast<QToolButton*>(tools.widgetForAction(m_action)))
        button->setPopupMode(QToolButton::MenuButtonPopup);
    showIconOnly(tools, m_action);
    fillMenu();
}

void FullScreenTools::fillMenu()
{
    m_menu->clear();
    const QList<QScreen*> screens = QGuiApplication::screens();
    for (qsizetype i = 0; i < screens.size(); ++i) {
        QScreen* screen = screens[i];
        const QSize size = screen->size() * screen->devicePixelRatio();
        QAction* action = m_menu->addAction(tr("On screen &%1: %2 (%3 × %4)")
                                                .arg(i + 1)
                                                .arg(screen->name())
                                                .arg(size.width())
                                                .arg(size.height()));
        action->setObjectName(QStringLiteral("fullScreenOn%1").arg(i + 1));
        connect(action, &QAction::triggered, screen, [this, screen] { enter(screen); });
    }
    m_menu->addSeparator();
    QAction* all = m_menu->addAction(
        tr("&All displays, each on a screen"), this, [this] { showAllDisplays(); });
    all->setObjectName(QStringLiteral("fullScreenAll"));
    allow(all, screens.size() > 1 ? QString() : tr("This computer has one screen only."),
        tr("Every display of the machine on a screen of its own"));
}

void FullScreenTools::toggle(bool isOn)
{
    if (isOn)
        enter(m_parent->screen());
    else
        leave();
}

void FullScreenTools::enter(QScreen* screen)
{
    if (!m_window) {
        m_window = new FullScreenConsole(m_view, m_name, m_parent->window());
        m_window->bar().setNote(m_note);
        connect(m_window, &FullScreenConsole::leaveRequested, this, &FullScreenTools::leave);
    }
    const QSignalBlocker blocker(m_action);
    m_action->setChecked(true);
    m_window->showOn(screen);
    m_view.setFocus();
}

void FullScreenTools::leave()
{
    {
        const QSignalBlocker blocker(m_action);
        m_action->setChecked(false);
    }
    if (!m_window)
        return;
    FullScreenConsole* window = std::exchange(m_window, nullptr);
    Q_EMIT left();
    window->hide();
    window->deleteLater();
    m_view.setFocus();
}

void FullScreenTools::setNote(const QString& note)
{
    m_note = note;
    if (m_window)
        m_window->bar().setNote(note);
}

void FullScreenTools::showAllDisplays()
{
    QScreen* first = m_parent->screen();
    enter(first);
    QList<QScreen*> others = QGuiApplication::screens();
    others.removeOne(first);
    Q_EMIT moreDisplaysRequested(others);
}

bool FullScreenTools::takeKey(const QKeyEvent& event)
{
    const bool isBarKey = m_window && event.modifiers() == Qt::ShiftModifier;
    if (event.key() != Qt::Key_F11 || !(event.modifiers() == Qt::NoModifier || isBarKey))
        return false;
    if (event.type() != QEvent::KeyPress || event.isAutoRepeat())
        return true;
    if (isBarKey)
        m_window->bar().reveal();
    else
        m_action->toggle();
    return true;
}

} // namespace ui
