// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/HostPage.h"

#include "ui/pages/DevicesTab.h"
#include "ui/pages/HostLoadTab.h"
#include "ui/pages/ImagesTab.h"
#include "ui/pages/NetworksTab.h"
#include "ui/pages/StorageTab.h"
#include "ui/pages/TrashTab.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/MetricChart.h"
#include "ui/widgets/PageHeader.h"
#include "ui/widgets/VmTable.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ui {

using hosts::ConnectionState;
using hosts::HostMetric;

namespace {

const auto kHostTabKey = QStringLiteral("host-tab");

QColor colorOf(ConnectionState state, const Colors& colors)
{
    switch (state) {
    case ConnectionState::Connected:
        return colors.running;
    case ConnectionState::Connecting:
        return colors.progress;
    case ConnectionState::Reconnecting:
        return colors.attention;
    case ConnectionState::Failed:
        return colors.failed;
    case ConnectionState::Disconnected:
        return colors.off;
    }
    return colors.off;
}

} // namespace

HostPage::HostPage(Context& context, VmActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new PageHeader(QStringLiteral("host")))
    , m_error(new ErrorPanel(QStringLiteral("hostError")))
    , m_facts(new FactList(QStringLiteral("hostFacts")))
    , m_cpu(new MetricChart(QStringLiteral("hostCpuChart"), tr("CPU"), MetricChart::Unit::Percent))
    , m_memory(new MetricChart(
          QStringLiteral("hostMemoryChart"), tr("Memory"), MetricChart::Unit::Bytes))
    , m_table(new VmTable(context, QStringLiteral("hostVms")))
    , m_empty(new EmptyPanel(QStringLiteral("hostEmpty"), Glyph::Console, tr("No machines yet"),
          tr("This host has no virtual machines. Create the first one: it takes a name, and "
             "something to boot from.")))
    , m_machines(new QStackedWidget)
    , m_load(new HostLoadTab)
    , m_images(new ImagesTab(context))
    , m_trash(new TrashTab(context))
    , m_storage(new StorageTab(context))
    , m_networks(new NetworksTab(context))
    , m_devices(new DevicesTab(context))
    , m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("hostPage"));
    m_empty->addAction(actions.newMachine());
    connect(m_error, &ErrorPanel::retryRequested, this, [this] {
        if (m_host)
            m_host->open();
    });
    layOut();

    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::hostChanged, this, [this](hosts::Host* host) {
        if (host == m_host)
            refresh();
    });
    connect(
        &inventory, &models::Inventory::changed, this, [this](const models::InventoryDelta& delta) {
            if (delta.host == m_host)
                refreshHeader();
        });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        if (host == m_host)
            setHost(nullptr);
        refreshHeader(); // what a host is called depends on the others
    });
    connect(&inventory, &models::Inventory::hostAdded, this, &HostPage::refreshHeader);
    connect(&context.workspace.metrics, &models::MetricsStore::refreshed, this,
        [this](const QSet<hosts::Host*>& hosts) {
            if (isVisible() && hosts.contains(m_host))
                refreshCharts();
        });
    m_age.setInterval(30'000);
    connect(&m_age, &QTimer::timeout, this, [this] {
        if (isVisible())
            refreshHeader();
    });
    m_age.start();
}

QWidget* HostPage::makeMachines()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 12, 8, 8);
    top->setSpacing(24);
    top->addWidget(m_facts, 7);
    top->addWidget(m_cpu, 6);
    top->addWidget(m_memory, 6);
    m_machines->setObjectName(QStringLiteral("hostMachines"));
    m_machines->setMinimumHeight(120); // the page of no machines must not squeeze the facts
    m_machines->addWidget(m_table);
    m_machines->addWidget(m_empty);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_machines, 1);
    return page;
}

void HostPage::layOut()
{
    m_tabs->setObjectName(QStringLiteral("hostTabs"));
    m_tabs->setAccessibleName(tr("Views of the host"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of the host"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeMachines(), tr("Machines"));
    m_tabs->addTab(m_load, tr("Performance"));
    m_tabs->addTab(m_images, tr("Images"));
    m_tabs->addTab(m_trash, tr("Trash"));
    m_tabs->addTab(m_storage, tr("Storage"));
    m_tabs->addTab(m_networks, tr("Networks"));
    m_tabs->addTab(m_devices, tr("Devices"));
    m_tabs->setCurrentIndex(
        std::clamp(m_context.settings.view(kHostTabKey, 0).toInt(), 0, m_tabs->count() - 1));
    auto* error = new QVBoxLayout;
    error->setContentsMargins(16, 0, 16, 8);
    error->addWidget(m_error);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(error);
    layout->addWidget(m_tabs, 1);
}

QVector<ResourceTab*> HostPage::resources() const
{
    return { m_storage, m_networks, m_devices };
}

void HostPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void HostPage::saveState() const
{
    m_context.settings.setView(kHostTabKey, m_tabs->currentIndex());
}

void HostPage::setHost(hosts::Host* host)
{
    if (m_host == host)
        return;
    m_host = host;
    m_table->setHost(host);
    m_load->setHost(host);
    m_images->setHost(host);
    m_trash->setHost(host);
    for (ResourceTab* tab : resources())
        tab->setHost(host);
    refresh();
}

void HostPage::refresh()
{
    if (!m_host)
        return;
    refreshTabs();
    refreshHeader();
    refreshError();
    refreshFacts();
    refreshCharts();
    m_load->refresh();
    m_images->refresh();
    m_trash->refresh();
    for (ResourceTab* tab : resources())
        tab->refresh();
}

/// The embedded core has images and a trash, libvirt pools of volumes instead: where a host has the
/// one, pages about the other would only say that they are not offered.
void HostPage::refreshTabs()
{
    const hosts::HostInfo& info = m_host->info();
    const bool hasImages = info.has(hosts::Feature::Images);
    const bool hasPools = info.has(hosts::Feature::Storage);
    for (const Tab tab : { Tab::Images, Tab::Trash })
        m_tabs->setTabVisible(static_cast<int>(tab), hasImages || !hasPools);
    for (const Tab tab : { Tab::Storage, Tab::Networks, Tab::Devices })
        m_tabs->setTabVisible(static_cast<int>(tab), hasPools || !hasImages);
}

void HostPage::refreshHeader()
{
    if (!m_host)
        return;
    const models::Inventory& inventory = m_context.workspace.inventory;
    m_header->setSymbol(icon(m_host->uri().isEmbedded() ? Glyph::Computer : Glyph::Host));
    m_header->setTitle(Text::hostTitle(m_host->uri()));
    const ConnectionState state = m_host->connectionState();
    m_header->setState(Text::connection(state), colorOf(state, Colors::of(palette())));
    const models::VmCounts counts = inventory.counts(m_host);
    QStringList parts { m_host->uri().toString(), Text::vmCount(counts.total),
        tr("%Ln running", nullptr, counts[vmm::VmState::Running]) };
    if (inventory.isStale(m_host)) {
        const QDateTime seen = inventory.lastSeen(m_host);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        parts << tr("as of %1 (%2)").arg(Units::clock(seen, now), Units::ago(seen, now));
    }
    m_header->setSubtitle(parts.join(QStringLiteral("  ·  ")));
    const bool isEmpty = counts.total == 0 && state == ConnectionState::Connected;
    m_machines->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_empty) : m_table);
}

void HostPage::refreshError()
{
    const std::optional<vmm::Error> error = m_host->lastError();
    const bool isBad = m_host->connectionState() == ConnectionState::Failed
        || m_host->connectionState() == ConnectionState::Reconnecting;
    m_error->setVisible(isBad && error.has_value());
    if (error)
        m_error->setError(*error);
}

void HostPage::refreshFacts()
{
    const hosts::HostInfo& info = m_host->info();
    const QString unknown(QChar(0x2013));
    QVector<Fact> facts;
    if (!info.name.isEmpty())
        facts.append({ tr("Name"), info.name });
    facts.append({ tr("Hypervisor"), info.hypervisor.isEmpty() ? unknown : info.hypervisor });
    if (!info.accelerator.isEmpty()) {
        QString text = Text::accelerator(info.accelerator);
        if (!info.acceleratorReason.isEmpty())
            text += QLatin1Char('\n') + info.acceleratorReason;
        facts.append({ tr("Acceleration"), text });
    }
    facts.append({ tr("CPUs"),
        info.cpus == 0 ? unknown
                       : QLocale().toString(info.cpus) + QStringLiteral("  ") + info.cpuModel,
        info.architecture });
    facts.append({ tr("Memory"), info.memory.count() == 0 ? unknown : Units::bytes(info.memory) });
    if (!info.dataFolder.isEmpty())
        facts.append({ tr("Data folder"), info.dataFolder });
    m_facts->setFacts(facts);
    m_facts->setEnabled(!m_context.workspace.inventory.isStale(m_host));
}

void HostPage::refreshCharts()
{
    const hosts::HostInfo& info = m_host->info();
    const bool hasLoad = info.has(hosts::Feature::HostLoad);
    //: %1 is a reason in a sentence
    const QString reason = hasLoad
        ? QString()
        : tr("Not offered by this host. %1").arg(info.missing.value(hosts::Feature::HostLoad));
    const models::MetricsStore& metrics = m_context.workspace.metrics;
    m_cpu->setReason(reason);
    m_cpu->setLines({ { tr("CPU"), metrics.series(m_host, HostMetric::CpuLoad) } });
    m_memory->setReason(reason);
    m_memory->setLines({ { tr("Memory"), metrics.series(m_host, HostMetric::MemoryUsed) } },
        static_cast<double>(info.memory.count()));
}

void HostPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshHeader();
}

} // namespace ui
