// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/HostLoadTab.h"

#include "ui/text/Units.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/FigureTable.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/LoadBars.h"
#include "ui/widgets/PanelStack.h"

#include <QVBoxLayout>

namespace ui {

using hosts::Feature;

namespace {

constexpr int kPollMs = 1000;

} // namespace

HostLoadTab::HostLoadTab(QWidget* parent)
    : QScrollArea(parent)
    , m_cpus(new LoadBars(QStringLiteral("hostCpuBars"), tr("Load of each CPU")))
    , m_memory(new FactList(QStringLiteral("hostMemoryDetail")))
    , m_pressure(new FigureTable(QStringLiteral("hostPressure"), tr("How long work waits"),
          { tr("Waiting for"), tr("Some work"), tr("All work") }))
    , m_disks(new FigureTable(QStringLiteral("hostDiskLoads"), tr("Load of each disk"),
          { tr("Disk"), tr("Read"), tr("Written"), tr("Busy") }))
    , m_networks(new FigureTable(QStringLiteral("hostNetworkLoads"), tr("Load of each network"),
          { tr("Network"), tr("Received"), tr("Sent") }))
    , m_panels(
          new PanelStack(QStringLiteral("hostLoad"), layOut(), Glyph::Dashboard, tr("No figures")))
{
    setObjectName(QStringLiteral("hostLoadTab"));
    setAccessibleName(tr("Load of the host"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_panels->setBackgroundRole(QPalette::Base);
    setWidget(m_panels);
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &HostLoadTab::ask);
    connect(m_panels, &PanelStack::retryRequested, this, &HostLoadTab::ask);
}

QWidget* HostLoadTab::layOut()
{
    const auto column = [](const QString& title, const char* name, QWidget* widget) {
        auto* layout = new QVBoxLayout;
        layout->setSpacing(8);
        layout->addWidget(sectionLabel(title, QString::fromLatin1(name)));
        layout->addWidget(widget);
        layout->addStretch(1);
        return layout;
    };
    auto* top = new QHBoxLayout;
    top->setSpacing(32);
    top->addLayout(column(tr("CPUs"), "hostCpuTitle", m_cpus), 1);
    top->addLayout(column(tr("Memory and load"), "hostMemoryTitle", m_memory), 1);
    m_pressure->setToolTip(
        tr("Share of the last ten seconds in which work waited (Linux: pressure stall "
           "information)"));
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(16);
    layout->addLayout(top);
    layout->addWidget(m_pressure);
    layout->addWidget(m_disks);
    layout->addWidget(m_networks);
    layout->addStretch(1);
    return content;
}

void HostLoadTab::setHost(hosts::Host* host)
{
    if (m_host == host)
        return;
    m_host = host;
    m_isKnown = false;
    m_question.forget();
    refresh();
}

void HostLoadTab::refresh()
{
    if (!m_host)
        return;
    if (!m_host->info().has(Feature::LoadDetail)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(tr("Not offered by this host. %1")
                                .arg(m_host->info().missing.value(Feature::LoadDetail)));
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    m_panels->setEnabled(m_host->connectionState() == hosts::ConnectionState::Connected);
    ask();
}

void HostLoadTab::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    refresh();
    m_poll.start();
}

void HostLoadTab::hideEvent(QHideEvent* event)
{
    QScrollArea::hideEvent(event);
    m_poll.stop();
    m_question.forget();
}

void HostLoadTab::ask()
{
    if (!m_host || !isVisible() || m_question.isAsking()
        || !m_host->info().has(Feature::LoadDetail))
        return;
    if (m_isKnown && m_host->connectionState() != hosts::ConnectionState::Connected)
        return; // the last figures stay, dimmed
    m_question.ask(m_host, hosts::GetHostLoadDetail {}, this,
        [this](const vmm::Result<vmm::HostLoadDetail>& load) { take(load); });
}

void HostLoadTab::take(const vmm::Result<vmm::HostLoadDetail>& load)
{
    if (!load) {
        if (!m_isKnown)
            m_panels->showError(load.error());
        return;
    }
    m_isKnown = true;
    m_panels->showContent();
    m_cpus->setLoads(load->cpus);
    m_memory->setFacts({ { tr("Memory"), Units::bytes(load->memoryTotal) },
        { tr("Available"), Units::bytes(load->memoryAvailable) },
        { tr("Swap in use"),
            tr("%1 of %2").arg(Units::bytes(load->swapUsed), Units::bytes(load->swapTotal)) },
        { tr("Load average"),
            QStringList { Units::number(load->loadAverage1), Units::number(load->loadAverage5),
                Units::number(load->loadAverage15) }
                .join(QStringLiteral("   ")),
            tr("Over 1, 5 and 15 minutes") } });
    const auto pressure = [](const QString& name, const vmm::Pressure& value) {
        return QStringList { name, Units::percent(value.some), Units::percent(value.full) };
    };
    m_pressure->setRows({ pressure(tr("CPU"), load->cpuPressure),
        pressure(tr("Memory"), load->memoryPressure), pressure(tr("Disks"), load->ioPressure) });
    QVector<QStringList> disks;
    for (const vmm::HostDiskLoad& disk : load->disks) {
        disks.append({ disk.name, Units::rate(disk.readBytesPerSecond),
            Units::rate(disk.writeBytesPerSecond), Units::percent(disk.busy) });
    }
    m_disks->setRows(disks);
    QVector<QStringList> networks;
    for (const vmm::HostNetworkLoad& network : load->networks) {
        networks.append({ network.name, Units::rate(network.receivedBytesPerSecond),
            Units::rate(network.sentBytesPerSecond) });
    }
    m_networks->setRows(networks);
}

} // namespace ui
