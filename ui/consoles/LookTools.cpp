// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/LookTools.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/consoles/ConsoleLook.h"
#include "ui/consoles/PicturePreferences.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Icons.h"

#include <QMenu>
#include <QToolBar>

namespace ui {

using console::Scaling;

LookTools::LookTools(
    QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent)
    : QObject(parent)
    , m_view(view)
    , m_fit(addTool(tools, QStringLiteral("consoleFit"), icon(Glyph::Fit), tr("Fit")))
    , m_exact(addTool(tools, QStringLiteral("consoleOneToOne"), icon(Glyph::OneToOne), tr("1:1")))
    , m_look(new ConsoleLook(settings, view, parent))
    , m_pictures(new PicturePreferences(settings, parent))
{
    m_fit->setToolTip(tr("Scale the screen to the window"));
    m_exact->setToolTip(tr("Show every pixel of the guest as one pixel"));
    connect(m_fit, &QAction::triggered, this, [this] { m_look->setScaling(Scaling::FitWindow); });
    connect(m_exact, &QAction::triggered, this, [this] { m_look->setScaling(Scaling::OneToOne); });
    for (QAction* action : { m_fit, m_exact }) {
        action->setCheckable(true);
        showIconOnly(tools, action);
    }
    QAction* look = addTool(tools, QStringLiteral("consoleLook"), icon(Glyph::Screen), tr("View"));
    look->setToolTip(tr("Size, sharpness and view only"));
    m_look->menu()->addSeparator();
    m_look->menu()->addMenu(m_pictures->menu());
    setToolMenu(tools, look, m_look->menu());
    connect(m_look, &ConsoleLook::changed, this, &LookTools::refresh);
    refresh();
}

void LookTools::setVm(const QString& key)
{
    m_look->setVm(key);
}

void LookTools::refresh()
{
    m_fit->setChecked(m_view.scaling() == Scaling::FitWindow);
    m_exact->setChecked(m_view.scaling() == Scaling::OneToOne);
}

} // namespace ui
