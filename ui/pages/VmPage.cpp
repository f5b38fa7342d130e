// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/VmPage.h"

#include "ui/MachineActions.h"
#include "ui/VmActions.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/FullScreenTools.h"
#include "ui/consoles/KeyTools.h"
#include "ui/consoles/PictureTools.h"
#include "ui/pages/BackupsTab.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/pages/HardwareTab.h"
#include "ui/pages/OverviewTab.h"
#include "ui/pages/PerformanceTab.h"
#include "ui/pages/SnapshotsTab.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/PageHeader.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

const auto kTabKey = QStringLiteral("vm-tab");

} // namespace

VmPage::VmPage(Context& context, VmActions& actions, const MachineActions& more, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new PageHeader(QStringLiteral("vm")))
    , m_stale(new QLabel)
    , m_tabs(new QTabWidget)
    , m_overview(new OverviewTab(context, more))
    , m_console(new ConsoleTab(context, actions.action(vmm::VmAction::Start)))
    , m_performance(new PerformanceTab(context))
    , m_hardware(new HardwareTab(context))
    , m_snapshots(new SnapshotsTab(context, more.takeSnapshot()))
    , m_backups(new BackupsTab(context, more))
{
    setObjectName(QStringLiteral("vmPage"));
    m_stale->setObjectName(QStringLiteral("vmStaleLabel"));
    m_stale->setTextFormat(Qt::PlainText);
    m_stale->setContentsMargins(16, 0, 16, 8);
    m_tabs->setObjectName(QStringLiteral("vmTabs"));
    m_tabs->setAccessibleName(tr("Views of the machine"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of the machine"));
    m_tabs->tabBar()->installEventFilter(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_console, tr("Console"));
    m_tabs->addTab(m_performance, tr("Performance"));
    m_tabs->addTab(m_hardware, tr("Hardware"));
    m_tabs->addTab(m_snapshots, tr("Snapshots"));
    m_tabs->addTab(m_backups, tr("Backups"));
    m_tabs->setCurrentIndex(
        std::clamp(context.settings.view(kTabKey, 0).toInt(), 0, m_tabs->count() - 1));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stale);
    layout->addWidget(m_tabs, 1);

    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &VmPage::take);
    connect(&inventory, &models::Inventory::hostChanged, this, [this](hosts::Host* host) {
        if (host == m_vm.host)
            refresh();
    });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        if (host == m_vm.host)
            setVm({});
    });
    connect(m_overview, &OverviewTab::consoleRequested, this, &VmPage::openConsole);
    // What grows old by itself; a label that stays the same costs nothing.
    m_age.setInterval(1000);
    connect(&m_age, &QTimer::timeout, this, &VmPage::refreshAges);
    m_age.start();
}

void VmPage::setVm(const models::VmRef& vm)
{
    const bool isOther = !(vm == m_vm);
    m_vm = vm;
    if (isOther)
        m_console->clear();
    if (!vm.host) {
        m_overview->forget();
        m_performance->forget();
        m_hardware->forget();
        m_snapshots->forget();
        m_backups->forget();
    }
    if (vm.host)
        m_context.workspace.visible.show(this, vm.host, { vm.vm });
    else
        m_context.workspace.visible.hideAll(this);
    refresh();
    if (isOther)
        expectConsole();
}

void VmPage::expectConsole()
{
    const models::VmRecord* vm
        = m_vm.host ? m_context.workspace.inventory.find(m_vm.host, m_vm.vm) : nullptr;
    if (vm && vmm::isActive(vm->info.state) && vm->info.hasScreen && m_context.consoleIsNear
        && !m_context.sessions->find(m_vm))
        m_context.consoleIsNear();
}

bool VmPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn)
        expectConsole();
    return QWidget::eventFilter(watched, event);
}

void VmPage::take(const models::InventoryDelta& delta)
{
    if (delta.host != m_vm.host)
        return;
    const auto isMine = [this](const models::VmRecord* vm) { return vm->info.id == m_vm.vm; };
    if (std::any_of(delta.removed.begin(), delta.removed.end(), isMine)) {
        setVm({});
        return;
    }
    for (const models::VmChange& change : delta.changed) {
        if (isMine(change.vm)) {
            refresh();
            return;
        }
    }
}

void VmPage::refresh()
{
    const models::VmRecord* vm
        = m_vm.host ? m_context.workspace.inventory.find(m_vm.host, m_vm.vm) : nullptr;
    if (!vm)
        return;
    updateHeader(*vm);
    updateStale(*vm);
    m_overview->show(*vm);
    m_performance->show(*vm);
    m_console->show(*vm);
    m_hardware->show(*vm);
    m_snapshots->show(*vm);
    m_backups->show(*vm);
}

void VmPage::refreshAges()
{
    const models::VmRecord* vm
        = m_vm.host ? m_context.workspace.inventory.find(m_vm.host, m_vm.vm) : nullptr;
    if (!vm || !isVisible())
        return;
    updateHeader(*vm);
    updateStale(*vm);
}

void VmPage::updateHeader(const models::VmRecord& vm)
{
    const Colors& colors = Colors::of(palette());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_header->setSymbol(vmIcon(vm.info));
    m_header->setTitle(vm.info.name);
    m_header->setState(Text::state(vm.info), colors.ofState(vm.info.state),
        Text::reason(vm.info.state, vm.info.reason));
    QStringList parts { Text::hostTitle(vm.host->uri()) };
    if (vm.info.since.isValid() && vmm::isActive(vm.info.state))
        parts << tr("up %1").arg(Units::duration(std::chrono::seconds(vm.info.since.secsTo(now))));
    if (!vm.info.title.isEmpty() && vm.info.title != vm.info.name)
        parts << vm.info.title;
    m_header->setSubtitle(parts.join(QStringLiteral("  ·  ")));
}

void VmPage::updateStale(const models::VmRecord& vm)
{
    const bool isStale = m_context.workspace.inventory.isStale(vm.host);
    m_stale->setVisible(isStale);
    for (QWidget* tab : { static_cast<QWidget*>(m_overview), static_cast<QWidget*>(m_hardware),
             static_cast<QWidget*>(m_snapshots), static_cast<QWidget*>(m_backups) })
        tab->setEnabled(!isStale);
    if (!isStale)
        return;
    const QDateTime seen = m_context.workspace.inventory.lastSeen(vm.host);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_stale->setText(tr("The host does not answer. What you see is as of %1 (%2).")
                         .arg(Units::clock(seen, now), Units::ago(seen, now)));
    m_stale->setToolTip(Units::exact(seen));
    setTextColor(m_stale, Colors::of(palette()).attention);
}

void VmPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

QList<QAction*> VmPage::consoleCommands() const
{
    const PictureTools& pictures = m_console->pictures();
    return { pictures.copy(), pictures.save(), m_console->keys().typeText() };
}

void VmPage::openConsole()
{
    showTab(Tab::Console);
    m_console->focusConsole();
}

void VmPage::toggleFullScreen()
{
    if (!m_vm.host)
        return;
    openConsole();
    m_console->fullScreen().action()->toggle();
}

QStringList VmPage::unappliedHardware(const hosts::Host* host) const
{
    return m_hardware->unapplied(host);
}

void VmPage::saveState() const
{
    m_context.settings.setView(kTabKey, m_tabs->currentIndex());
}

void VmPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh(); // the colours of states are the theme's
}

} // namespace ui
