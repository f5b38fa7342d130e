// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/GuestPortWindow.h"

#include "console/GuestDevices.h"
#include "console/GuestPort.h"
#include "console/terminal/TerminalPanel.h"
#include "ui/style/Icons.h"

#include <QCloseEvent>
#include <QLabel>
#include <QToolBar>
#include <QVBoxLayout>

namespace ui {

GuestPortWindow::GuestPortWindow(
    console::GuestDevices& devices, const QString& port, const QString& machine)
    : m_devices(devices)
    , m_port(port)
    , m_state(new QLabel)
    , m_panel(new console::TerminalPanel)
{
    setAttribute(Qt::WA_QuitOnClose, false);
    setWindowIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    setObjectName(QStringLiteral("guestPortWindow"));
    //: %1 is a machine, %2 the name of one of its ports
    setWindowTitle(tr("%1 – port %2").arg(machine, port));
    m_state->setObjectName(QStringLiteral("guestPortState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setMargin(6);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    makeTools(*layout);
    layout->addWidget(m_state);
    layout->addWidget(m_panel, 1);
    setFocusProxy(m_panel);
    m_panel->session().attach(m_devices.openPort(port));
    connect(&m_devices, &console::GuestDevices::portsChanged, this, &GuestPortWindow::showState);
    showState();
    resize(m_panel->view().sizeHint().expandedTo({ 720, 440 }));
    m_panel->setFocus();
}

GuestPortWindow::~GuestPortWindow() = default;

void GuestPortWindow::makeTools(QLayout& layout)
{
    auto* tools = new QToolBar;
    tools->setObjectName(QStringLiteral("guestPortTools"));
    tools->setAccessibleName(tr("Tools of the port"));
    tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    QAction* find = tools->addAction(icon(Glyph::Search), tr("Find"));
    find->setObjectName(QStringLiteral("guestPortFind"));
    find->setToolTip(tr("Find in the terminal (Ctrl+Shift+F)"));
    connect(find, &QAction::triggered, m_panel, &console::TerminalPanel::showSearch);
    QAction* log = tools->addAction(icon(Glyph::Save), tr("Log"));
    log->setObjectName(QStringLiteral("guestPortLog"));
    log->setToolTip(tr("Write what the port says to a file, or stop"));
    connect(log, &QAction::triggered, m_panel, &console::TerminalPanel::askForLog);
    layout.addWidget(tools);
}

void GuestPortWindow::showState()
{
    const bool isThere = m_devices.ports().contains(m_port);
    const bool isOpen = m_devices.isPortOpen(m_port);
    m_state->setText(isThere
            ? tr("No program in the guest has this port open: what is typed goes nowhere.")
            : tr("The console is not connected; the port comes back with it."));
    m_state->setVisible(!isOpen);
    m_panel->view().setHeard(isOpen);
}

void GuestPortWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace ui
