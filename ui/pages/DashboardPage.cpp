// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/DashboardPage.h"

#include "ui/VmActions.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/PageHeader.h"
#include "ui/widgets/Rows.h"
#include "ui/widgets/VmTable.h"

#include <QHeaderView>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using hosts::ConnectionState;

namespace {

enum Column { HostColumn, StateColumn, RunningColumn, TotalColumn, CpuColumn, MemoryColumn };

} // namespace

DashboardPage::DashboardPage(Context& context, VmActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new PageHeader(QStringLiteral("dashboard")))
    , m_hosts(new QTreeWidget)
    , m_table(new VmTable(context, QStringLiteral("allVms")))
    , m_empty(
          new EmptyPanel(QStringLiteral("dashboardEmpty"), Glyph::Console, tr("No machines yet"),
              tr("Create the first one on a host that is connected, or add the connection to a "
                 "host that has machines.")))
    , m_machines(new QStackedWidget)
{
    setObjectName(QStringLiteral("dashboardPage"));
    m_header->setSymbol(icon(Glyph::Dashboard));
    m_header->setTitle(tr("All hosts"));
    m_header->setState({}, {});

    m_hosts->setObjectName(QStringLiteral("dashboardHosts"));
    m_hosts->setAccessibleName(tr("Hosts"));
    m_hosts->setRootIsDecorated(false);
    m_hosts->setUniformRowHeights(true);
    m_hosts->setFrameShape(QFrame::NoFrame);
    m_hosts->setAllColumnsShowFocus(true);
    m_hosts->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_hosts->setHeaderLabels(
        { tr("Host"), tr("Connection"), tr("Running"), tr("Machines"), tr("CPU"), tr("Memory") });
    m_hosts->header()->setStretchLastSection(false);
    // Not by contents: each changed cell would have its whole column measured.
    m_hosts->header()->setSectionResizeMode(QHeaderView::Fixed);
    m_hosts->header()->setSectionResizeMode(HostColumn, QHeaderView::Stretch);
    for (const int column : { RunningColumn, TotalColumn, CpuColumn, MemoryColumn })
        m_hosts->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    connect(m_hosts, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        const auto uri = hosts::HostUri::parse(item->data(HostColumn, Qt::UserRole).toString());
        if (!uri)
            return;
        if (hosts::Host* host = m_context.workspace.hosts.find(*uri))
            Q_EMIT hostActivated(host);
    });
    m_table->setHost(nullptr);
    m_empty->addAction(actions.newMachine());
    m_empty->addAction(actions.addConnection());
    m_machines->setObjectName(QStringLiteral("dashboardMachines"));
    m_machines->addWidget(m_table);
    m_machines->addWidget(m_empty);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_hosts);
    layout->addSpacing(8);
    layout->addWidget(m_machines, 1);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(250);
    connect(&m_refresh, &QTimer::timeout, this, &DashboardPage::refresh);
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &DashboardPage::scheduleRefresh);
    connect(&inventory, &models::Inventory::hostChanged, this, &DashboardPage::scheduleRefresh);
    connect(&inventory, &models::Inventory::hostAdded, this, &DashboardPage::scheduleRefresh);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this,
        &DashboardPage::scheduleRefresh);
    connect(&context.workspace.metrics, &models::MetricsStore::refreshed, this,
        &DashboardPage::scheduleRefresh);
}

void DashboardPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void DashboardPage::scheduleRefresh()
{
    if (isVisible() && !m_refresh.isActive())
        m_refresh.start();
}

void DashboardPage::refresh()
{
    const models::VmCounts counts = m_context.workspace.inventory.counts();
    QStringList parts { Text::vmCount(counts.total) };
    for (const vmm::VmState state : { vmm::VmState::Running, vmm::VmState::Paused,
             vmm::VmState::ShutOff, vmm::VmState::Crashed, vmm::VmState::Unknown }) {
        if (counts[state] > 0)
            //: A count of machines: %1 is a state, %2 a number
            parts << tr("%1: %2").arg(Text::state(state), QLocale().toString(counts[state]));
    }
    m_header->setSubtitle(parts.join(QStringLiteral("  ·  ")));
    m_machines->setCurrentWidget(isEmpty() ? static_cast<QWidget*>(m_empty) : m_table);
    refreshHosts();
}

/// Whether there are none, as far as it is known: a host that is connected has said so.
bool DashboardPage::isEmpty() const
{
    const models::Inventory& inventory = m_context.workspace.inventory;
    const QVector<hosts::Host*> hosts = inventory.hosts();
    return inventory.counts().total == 0
        && std::any_of(hosts.begin(), hosts.end(), [](const hosts::Host* host) {
               return host->connectionState() == ConnectionState::Connected;
           });
}

void DashboardPage::refreshHosts()
{
    const QVector<hosts::Host*> hosts = m_context.workspace.inventory.hosts();
    while (m_hosts->topLevelItemCount() > hosts.size())
        delete m_hosts->takeTopLevelItem(m_hosts->topLevelItemCount() - 1);
    while (m_hosts->topLevelItemCount() < hosts.size())
        m_hosts->addTopLevelItem(new QTreeWidgetItem);
    const int height = Rows::height(fontMetrics(), m_context.settings.isDense());
    const Colors& colors = Colors::of(palette());
    for (int row = 0; row < hosts.size(); ++row) {
        const hosts::Host* host = hosts[row];
        const models::MetricsStore& metrics = m_context.workspace.metrics;
        const models::VmCounts counts = m_context.workspace.inventory.counts(host);
        const bool isConnected = host->connectionState() == ConnectionState::Connected;
        const double memory = metrics.latest(host, hosts::HostMetric::MemoryUsed);
        QTreeWidgetItem* item = m_hosts->topLevelItem(row);
        const QString uri = host->uri().toString();
        if (item->data(HostColumn, Qt::UserRole).toString() != uri) {
            item->setData(HostColumn, Qt::UserRole, uri);
            item->setIcon(
                HostColumn, icon(host->uri().isEmbedded() ? Glyph::Computer : Glyph::Host));
            item->setToolTip(HostColumn, uri);
        }
        item->setText(HostColumn, Text::hostTitle(host->uri()));
        item->setText(StateColumn, Text::connection(host->connectionState()));
        item->setForeground(StateColumn, isConnected ? colors.muted : colors.attention);
        item->setText(RunningColumn, QLocale().toString(counts[vmm::VmState::Running]));
        item->setText(TotalColumn, QLocale().toString(counts.total));
        item->setText(CpuColumn,
            isConnected ? Units::percent(metrics.latest(host, hosts::HostMetric::CpuLoad))
                        : QString(QChar(0x2013)));
        //: Used and total memory
        item->setText(MemoryColumn,
            isConnected
                ? tr("%1 of %2").arg(Units::bytes(memory), Units::bytes(host->info().memory))
                : QString(QChar(0x2013)));
        for (const int column : { RunningColumn, TotalColumn, CpuColumn, MemoryColumn })
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        item->setSizeHint(HostColumn, QSize(0, height));
    }
    for (int column = StateColumn; column < m_hosts->columnCount(); ++column)
        m_hosts->resizeColumnToContents(column);
    const int shown = static_cast<int>(std::min<qsizetype>(hosts.size(), 8));
    m_hosts->setFixedHeight(m_hosts->header()->sizeHint().height() + height * shown + 2);
}

} // namespace ui
