// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/LoadDetailView.h"

#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/FigureTable.h"
#include "ui/widgets/HistogramView.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/LoadBars.h"
#include "ui/widgets/Named.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace ui {

using hosts::Feature;

namespace {

constexpr int kSecondMs = 1000;

QString milliseconds(double value)
{
    return std::isnan(value) ? QString(QChar(0x2013))
                             : LoadDetailView::tr("%1 ms").arg(Units::number(value));
}

QString perSecond(double value)
{
    return std::isnan(value) ? QString(QChar(0x2013))
                             : LoadDetailView::tr("%1/s").arg(Units::number(value));
}

} // namespace

LoadDetailView::LoadDetailView(QWidget* parent)
    : QWidget(parent)
    , m_reason(mutedLabel({}, QStringLiteral("loadDetailReason")))
    , m_content(new QWidget)
    , m_vcpus(new QWidget)
    , m_cpus(new LoadBars(QStringLiteral("vcpuBars"), tr("Load of each vCPU")))
    , m_memory(new FactList(QStringLiteral("memoryDetail")))
    , m_disks(new FigureTable(QStringLiteral("diskLoads"), tr("Load of each disk"),
          { tr("Disk"), tr("Read"), tr("Reads"), tr("Read latency"), tr("Written"), tr("Writes"),
              tr("Write latency"), tr("Flush latency") }))
    , m_latency(
          named(new QPushButton(tr("Latency in detail")), "latencyToggle", tr("Latency in detail")))
    , m_reads(new HistogramView(QStringLiteral("readHistogram"), tr("Reads by time taken")))
    , m_writes(new HistogramView(QStringLiteral("writeHistogram"), tr("Writes by time taken")))
    , m_cards(new FigureTable(QStringLiteral("cardLoads"), tr("Load of each network card"),
          { tr("Network card"), tr("Received"), tr("Sent"), tr("Packets in"), tr("Packets out") }))
{
    setObjectName(QStringLiteral("loadDetail"));
    layOut();
    m_poll.setInterval(kSecondMs);
    connect(&m_poll, &QTimer::timeout, this, &LoadDetailView::ask);
    connect(m_latency, &QPushButton::toggled, this, &LoadDetailView::fillHistograms);
    connect(m_disks, &QTableWidget::currentCellChanged, this, &LoadDetailView::fillHistograms);
}

void LoadDetailView::layOut()
{
    m_reason->setWordWrap(true);
    m_latency->setCheckable(true);
    m_latency->setToolTip(tr("How many requests of the selected disk took how long"));
    auto* memory = new QVBoxLayout;
    memory->setSpacing(8);
    memory->addWidget(sectionLabel(tr("Memory"), QStringLiteral("memoryDetailTitle")));
    memory->addWidget(m_memory);
    memory->addStretch(1);
    auto* cpus = new QVBoxLayout(m_vcpus);
    cpus->setContentsMargins(0, 0, 0, 0);
    cpus->setSpacing(8);
    cpus->addWidget(sectionLabel(tr("vCPUs"), QStringLiteral("vcpuTitle")));
    cpus->addWidget(m_cpus);
    cpus->addStretch(1);
    auto* top = new QHBoxLayout;
    top->setSpacing(32);
    top->addWidget(m_vcpus, 1);
    top->addLayout(memory, 1);
    auto* histograms = new QHBoxLayout;
    histograms->setSpacing(32);
    histograms->addWidget(m_reads);
    histograms->addWidget(m_writes);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);
    column->addLayout(top);
    column->addWidget(m_disks);
    column->addWidget(m_latency, 0, Qt::AlignLeft);
    column->addLayout(histograms);
    column->addWidget(m_cards);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_reason);
    layout->addWidget(m_content);
}

void LoadDetailView::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    if (!(ref == m_vm)) {
        m_vm = ref;
        m_load = {};
        m_question.forget();
        m_content->hide();
    }
    const QString why = whyNot(vm);
    const bool wasOffered = std::exchange(m_isOffered, why.isEmpty());
    if (!m_isOffered) {
        m_question.forget();
        setReason(why);
    } else if (!wasOffered || m_content->isHidden()) {
        ask();
    }
}

QString LoadDetailView::whyNot(const models::VmRecord& vm) const
{
    if (!vm.host->info().has(Feature::LoadDetail)) {
        //: %1 is a reason in a sentence
        return tr("More detail is not offered by this host. %1")
            .arg(vm.host->info().missing.value(Feature::LoadDetail));
    }
    return vmm::isActive(vm.info.state) ? QString() : tr("The machine is off.");
}

void LoadDetailView::setReason(const QString& reason)
{
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_content->setVisible(reason.isEmpty());
}

void LoadDetailView::forget()
{
    m_question.forget();
    m_vm = {};
    m_isOffered = false;
}

void LoadDetailView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
    m_poll.start();
}

void LoadDetailView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
    m_question.forget();
}

void LoadDetailView::ask()
{
    // A host that is slow is not asked again before it has answered.
    if (!isVisible() || !m_isOffered || m_question.isAsking()
        || m_vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    m_question.ask(m_vm.host, hosts::GetLoadDetail { m_vm.vm }, this,
        [this](const vmm::Result<vmm::LoadDetail>& load) { take(load); });
}

void LoadDetailView::take(const vmm::Result<vmm::LoadDetail>& load)
{
    if (!load) {
        setReason(ErrorText::of(load.error()).inOneLine());
        return;
    }
    m_load = *load;
    setReason({});
    fill(m_load);
}

void LoadDetailView::fill(const vmm::LoadDetail& load)
{
    m_cpus->setLoads(load.vcpus);
    m_vcpus->setVisible(!load.vcpus.isEmpty()); // not every hypervisor tells them apart
    const auto amount = [](vmm::Bytes bytes) {
        return bytes.count() == 0 ? QString(QChar(0x2013)) : Units::bytes(bytes);
    };
    m_memory->setFacts({ { tr("Left by the balloon"), amount(load.balloon) },
        { tr("Unused in the guest"), amount(load.guestFree) },
        { tr("Available in the guest"), amount(load.guestAvailable),
            tr("What programs could use without swapping") },
        { tr("Occupied on the host"), amount(load.resident), tr("Resident set size (RSS)") },
        { tr("Without what is shared"), amount(load.proportional),
            tr("Proportional set size (PSS): shared pages divided by their users") },
        { tr("CPU outside of vCPUs"), Units::percent(load.emulator) } });
    fillDisks(load.disks);
    QVector<QStringList> cards;
    for (const vmm::NetworkLoad& card : load.networkCards) {
        cards.append(
            { card.device.isEmpty() ? card.mac : card.mac + QStringLiteral("  ·  ") + card.device,
                Units::rate(card.receivedBytesPerSecond), Units::rate(card.sentBytesPerSecond),
                perSecond(card.receivedPacketsPerSecond), perSecond(card.sentPacketsPerSecond) });
    }
    m_cards->setRows(cards);
    m_cards->setVisible(!cards.isEmpty());
}

void LoadDetailView::fillDisks(const QVector<vmm::DiskLoad>& disks)
{
    QVector<QStringList> rows;
    for (const vmm::DiskLoad& disk : disks) {
        rows.append({ disk.target, Units::rate(disk.read.bytesPerSecond),
            perSecond(disk.read.requestsPerSecond), milliseconds(disk.read.meanLatencyMs),
            Units::rate(disk.write.bytesPerSecond), perSecond(disk.write.requestsPerSecond),
            milliseconds(disk.write.meanLatencyMs), milliseconds(disk.flush.meanLatencyMs) });
    }
    m_disks->setRows(rows);
    m_disks->setVisible(!rows.isEmpty());
    if (m_disks->currentRow() < 0 && !rows.isEmpty())
        m_disks->setCurrentCell(0, 0);
    fillHistograms();
}

void LoadDetailView::fillHistograms()
{
    const vmm::DiskLoad disk = m_load.disks.value(std::max(0, m_disks->currentRow()));
    const bool isOffered
        = !disk.readLatency.counts.isEmpty() || !disk.writeLatency.counts.isEmpty();
    m_latency->setVisible(!m_load.disks.isEmpty());
    m_latency->setEnabled(isOffered);
    m_latency->setToolTip(isOffered ? tr("How many requests of the selected disk took how long")
                                    : tr("The host counts no latencies of this disk."));
    const bool isShown = isOffered && m_latency->isChecked();
    m_reads->setVisible(isShown);
    m_writes->setVisible(isShown);
    m_reads->setHistogram(disk.readLatency);
    m_writes->setHistogram(disk.writeLatency);
}

} // namespace ui
