// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/PerformanceTab.h"

#include "ui/pages/LoadDetailView.h"
#include "ui/text/Text.h"
#include "ui/widgets/MetricChart.h"

#include <QGridLayout>

namespace ui {

using hosts::Feature;
using hosts::VmMetric;

namespace {

constexpr int kChartHeight = 190;

} // namespace

PerformanceTab::PerformanceTab(Context& context, QWidget* parent)
    : QScrollArea(parent)
    , m_context(context)
    , m_cpu(new MetricChart(QStringLiteral("cpuChart"), tr("CPU"), MetricChart::Unit::Percent))
    , m_memory(
          new MetricChart(QStringLiteral("memoryChart"), tr("Memory"), MetricChart::Unit::Bytes))
    , m_disk(new MetricChart(
          QStringLiteral("diskChart"), tr("Disk"), MetricChart::Unit::BytesPerSecond))
    , m_network(new MetricChart(
          QStringLiteral("networkChart"), tr("Network"), MetricChart::Unit::BytesPerSecond))
    , m_detail(new LoadDetailView)
{
    setObjectName(QStringLiteral("performanceTab"));
    setAccessibleName(tr("Performance"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(8, 12, 8, 8);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(16);
    grid->addWidget(m_cpu, 0, 0);
    grid->addWidget(m_memory, 0, 1);
    grid->addWidget(m_disk, 1, 0);
    grid->addWidget(m_network, 1, 1);
    grid->addWidget(m_detail, 2, 0, 1, 2);
    grid->setRowStretch(3, 1);
    for (QWidget* chart : { m_cpu, m_memory, m_disk, m_network })
        chart->setMinimumHeight(kChartHeight);
    setWidget(content);
    connect(&context.workspace.metrics, &models::MetricsStore::refreshed, this,
        &PerformanceTab::refresh);
}

QString PerformanceTab::reason(const models::VmRecord& vm, Feature feature) const
{
    if (!vm.host->info().has(feature)) {
        //: %1 is a reason in a sentence
        return tr("Not offered by this host. %1").arg(vm.host->info().missing.value(feature));
    }
    if (!vmm::isActive(vm.info.state))
        return tr("The machine is off.");
    return {};
}

void PerformanceTab::show(const models::VmRecord& vm)
{
    m_host = vm.host;
    m_detail->show(vm);
    m_vm = vm.info.id;
    const models::MetricsStore& metrics = m_context.workspace.metrics;
    const auto line = [&](VmMetric metric) {
        return MetricChart::Line { Text::metric(metric),
            metrics.series(vm.host, vm.info.id, metric) };
    };
    m_cpu->setReason(reason(vm, Feature::VmCpuLoad));
    m_cpu->setLines({ line(VmMetric::CpuLoad) });
    m_memory->setReason(reason(vm, Feature::VmMemoryUse));
    m_memory->setLines({ line(VmMetric::MemoryUsed) }, static_cast<double>(vm.info.memory.count()));
    m_disk->setReason(reason(vm, Feature::VmDiskRates));
    m_disk->setLines({ line(VmMetric::DiskRead), line(VmMetric::DiskWrite) });
    m_network->setReason(reason(vm, Feature::VmNetworkRates));
    m_network->setLines({ line(VmMetric::NetworkReceive), line(VmMetric::NetworkSend) });
}

void PerformanceTab::forget()
{
    m_host = nullptr;
    m_detail->forget();
}

void PerformanceTab::refresh(const QSet<hosts::Host*>& hosts)
{
    if (!isVisible() || !hosts.contains(m_host))
        return;
    // Asked for anew: before its first sample a machine has no series that could grow.
    if (const models::VmRecord* vm = m_context.workspace.inventory.find(m_host, m_vm))
        show(*vm);
}

} // namespace ui
