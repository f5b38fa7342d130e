// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/PageStack.h"

#include "ui/pages/DashboardPage.h"
#include "ui/pages/HostPage.h"
#include "ui/pages/SelectionPage.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/VmTable.h"

namespace ui {

PageStack::PageStack(Context& context, Selection& selection, VmActions& actions,
    const MachineActions& more, QWidget* parent)
    : QStackedWidget(parent)
    , m_context(context)
    , m_selection(selection)
    , m_welcome(
          new EmptyPanel(QStringLiteral("welcomePage"), Glyph::Host, tr("Welcome to VirtDeck"),
              tr("VirtDeck runs virtual machines on this computer and on other hosts, all in one "
                 "window. Begin by adding a connection: this computer needs no preparation, other "
                 "hosts are reached through libvirt.")))
    , m_dashboard(new DashboardPage(context, actions))
    , m_host(new HostPage(context, actions))
    , m_vm(new VmPage(context, actions, more))
    , m_many(new SelectionPage(context, selection, actions))
{
    setObjectName(QStringLiteral("pages"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    // Pages scroll, or shrink their charts and lists; the task dock must find room below them.
    setMinimumSize(420, 240);
    m_welcome->addAction(actions.addConnection());
    for (QWidget* page : { static_cast<QWidget*>(m_welcome), static_cast<QWidget*>(m_dashboard),
             static_cast<QWidget*>(m_host), static_cast<QWidget*>(m_vm),
             static_cast<QWidget*>(m_many) })
        addWidget(page);
    connectTables();
    connect(m_dashboard, &DashboardPage::hostActivated, &selection, &Selection::setHost);
    connect(&selection, &Selection::changed, this, &PageStack::follow);
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::hostAdded, this, &PageStack::follow);
    // Asked after the host has gone.
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, &PageStack::follow,
        Qt::QueuedConnection);
    follow();
}

void PageStack::connectTables()
{
    for (VmTable* table : { m_dashboard->table(), m_host->table() }) {
        connect(table, &VmTable::opened, this, [this](const models::VmRef& vm) {
            m_selection.setVms({ vm });
            openConsole();
        });
        connect(table, &VmTable::marked, &m_selection, &Selection::mark);
        connect(&m_selection, &Selection::targetsChanged, table, [this, table] {
            if (!m_selection.hasMarks())
                table->clearMarks();
        });
        connect(table, &VmTable::contextMenuRequested, this, &PageStack::contextMenuRequested);
    }
}

QWidget* PageStack::pageForSelection()
{
    if (m_selection.vms().size() > 1)
        return m_many;
    if (m_selection.vms().size() == 1)
        return m_vm;
    if (m_selection.isHost())
        return m_host;
    return m_context.workspace.inventory.hosts().isEmpty() ? static_cast<QWidget*>(m_welcome)
                                                           : m_dashboard;
}

void PageStack::follow()
{
    QWidget* page = pageForSelection();
    m_vm->setVm(page == m_vm ? m_selection.vms().first() : models::VmRef {});
    if (page == m_host)
        m_host->setHost(m_selection.host());
    setCurrentWidget(page);
}

void PageStack::openConsole()
{
    if (currentWidget() == m_vm)
        m_vm->openConsole();
}

void PageStack::showTab(VmPage::Tab tab)
{
    if (currentWidget() == m_vm)
        m_vm->showTab(tab);
}

void PageStack::showHostTab(HostPage::Tab tab)
{
    if (currentWidget() == m_host)
        m_host->showTab(tab);
}

void PageStack::toggleFullScreen()
{
    if (currentWidget() == m_vm)
        m_vm->toggleFullScreen();
}

void PageStack::setDense(bool isDense)
{
    m_dashboard->table()->setDense(isDense);
    m_host->table()->setDense(isDense);
}

void PageStack::saveState() const
{
    m_vm->saveState();
    m_dashboard->table()->saveState();
    m_host->table()->saveState();
    m_host->saveState();
}

} // namespace ui
