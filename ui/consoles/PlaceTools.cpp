// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/PlaceTools.h"

#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyPanel.h"

#include <QAction>
#include <QToolBar>

namespace ui {

PlaceTools::PlaceTools(Context& context, QToolBar& tools, EmptyPanel& elsewhere, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_detach(
          addTool(tools, QStringLiteral("consoleDetach"), icon(Glyph::Detach), tr("Own window")))
{
    showIconOnly(tools, m_detach);
    m_detach->setToolTip(tr("Show this console in a window of its own"));
    connect(m_detach, &QAction::triggered, this,
        [this] { m_context.sessions->setDetached(m_console, !m_isOwnWindow); });
    auto* raise = new QAction(icon(Glyph::Console), tr("Show that window"), this);
    raise->setObjectName(QStringLiteral("consoleRaise"));
    connect(raise, &QAction::triggered, this, [this] { m_context.sessions->activate(m_console); });
    auto* attach = new QAction(icon(Glyph::Attach), tr("Show it here"), this);
    attach->setObjectName(QStringLiteral("consoleAttach"));
    connect(attach, &QAction::triggered, this,
        [this] { m_context.sessions->setDetached(m_console, false); });
    elsewhere.addAction(raise);
    elsewhere.addAction(attach);
}

void PlaceTools::setConsole(OpenConsole* console)
{
    m_console = console;
    m_detach->setEnabled(console != nullptr);
}

void PlaceTools::becomeWindow()
{
    m_isOwnWindow = true;
    m_detach->setIcon(icon(Glyph::Attach));
    m_detach->setText(tr("Into the main window"));
    m_detach->setToolTip(tr("Show this console in the main window again"));
}

bool PlaceTools::isElsewhere() const
{
    return m_console && !m_isOwnWindow && m_context.sessions->isDetached(m_console);
}

} // namespace ui
