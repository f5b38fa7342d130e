// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/OverviewTab.h"

#include "ui/MachineActions.h"
#include "ui/pages/GuestFactsView.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using hosts::VmInfo;
using vmm::StateReason;
using vmm::VmState;

namespace {

bool isTrouble(StateReason reason)
{
    switch (reason) {
    case StateReason::GuestPanicked:
    case StateReason::ProcessDied:
    case StateReason::IoError:
    case StateReason::DiskFull:
    case StateReason::OutOfMemory:
    case StateReason::Watchdog:
    case StateReason::StartFailed:
        return true;
    case StateReason::None:
    case StateReason::GuestRequest:
    case StateReason::HostRequest:
    case StateReason::Adopted:
    case StateReason::Saving:
    case StateReason::Saved:
    case StateReason::Restored:
    case StateReason::Snapshot:
    case StateReason::Other:
        return false;
    }
    return false;
}

QVBoxLayout* column(const QString& title, const QString& name, FactList* facts)
{
    auto* layout = new QVBoxLayout;
    layout->setSpacing(12);
    layout->addWidget(sectionLabel(title, name));
    layout->addWidget(facts);
    layout->addStretch(1);
    return layout;
}

} // namespace

OverviewTab::OverviewTab(Context& context, const MachineActions& actions, QWidget* parent)
    : QScrollArea(parent)
    , m_context(context)
    , m_reason(new ErrorPanel(QStringLiteral("vmReason")))
    , m_plainReason(mutedLabel({}, QStringLiteral("vmPlainReason")))
    , m_pending(wrappedLabel(tr("Changes of its definition wait for its next start; see Hardware."),
          QStringLiteral("vmPending")))
    , m_left(new FactList(QStringLiteral("machineFacts")))
    , m_right(new FactList(QStringLiteral("hardwareFacts")))
    , m_loadTitle(sectionLabel(tr("Load now"), QStringLiteral("loadTitle")))
    , m_load(new FactList(QStringLiteral("loadFacts")))
    , m_guest(new GuestFactsView)
    , m_notesTitle(sectionLabel(tr("Notes"), QStringLiteral("notesTitle")))
    , m_notes(wrappedLabel({}, QStringLiteral("notes")))
{
    setObjectName(QStringLiteral("overviewTab"));
    setAccessibleName(tr("Overview"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reason->setRetryVisible(false);
    m_plainReason->setWordWrap(true);
    layOut(actions);
    connect(&context.workspace.metrics, &models::MetricsStore::refreshed, this,
        [this](const QSet<hosts::Host*>& hosts) {
            if (isVisible() && hosts.contains(m_host))
                showLoad();
        });
}

void OverviewTab::layOut(const MachineActions& actions)
{
    auto* columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addLayout(column(tr("Machine"), QStringLiteral("machineTitle"), m_left), 1);
    columns->addLayout(column(tr("Hardware"), QStringLiteral("hardwareTitle"), m_right), 1);
    auto* left = static_cast<QVBoxLayout*>(columns->itemAt(0)->layout());
    left->insertSpacing(2, 8);
    left->insertWidget(3, m_loadTitle);
    left->insertWidget(4, m_load);
    auto* right = static_cast<QVBoxLayout*>(columns->itemAt(1)->layout());
    right->insertSpacing(2, 8);
    right->insertWidget(3, m_guest);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QAction* action :
        { actions.takeSnapshot(), actions.clone(), actions.makeTemplate(), actions.rename() })
        buttons->addWidget(actionButton(action, QStringLiteral("overview") + action->objectName()));
    buttons->addSpacing(8);
    buttons->addWidget(actionCheckBox(actions.autostart(), QStringLiteral("overviewAutostart")));
    buttons->addStretch(1);

    auto* content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(m_reason);
    layout->addWidget(m_plainReason);
    layout->addWidget(m_pending);
    layout->addLayout(buttons);
    layout->addLayout(columns);
    layout->addWidget(m_notesTitle);
    layout->addWidget(m_notes);
    layout->addStretch(1);
    setWidget(content);
}

void OverviewTab::show(const models::VmRecord& vm)
{
    m_host = vm.host;
    m_vm = vm.info.id;
    m_loadTitle->setVisible(vmm::isActive(vm.info.state));
    m_load->setVisible(vmm::isActive(vm.info.state));
    showLoad();
    showReason(vm.info);
    m_pending->setVisible(vm.info.hasPendingChanges && vmm::isActive(vm.info.state));
    setTextColor(m_pending, Colors::of(palette()).attention);
    m_guest->show(vm);
    showFacts(vm);
    m_notes->setText(vm.info.description);
    m_notesTitle->setVisible(!vm.info.description.isEmpty());
    m_notes->setVisible(!vm.info.description.isEmpty());
}

void OverviewTab::forget()
{
    m_host = nullptr;
    m_guest->forget();
}

void OverviewTab::showReason(const VmInfo& info)
{
    const QString sentence = Text::reason(info.state, info.reason);
    const bool isBad = isTrouble(info.reason) && info.state != VmState::Running;
    m_reason->setVisible(isBad);
    m_plainReason->setVisible(!isBad && !sentence.isEmpty() && info.state != VmState::Running);
    m_plainReason->setText(sentence);
    if (isBad) {
        QString details = info.reasonDetail.trimmed();
        if (details.size() > 600)
            details = QChar(0x2026) + details.right(600);
        m_reason->setNotice(sentence, details, info.reasonDetail, Text::remedy(info.reason));
    }
}

void OverviewTab::showFacts(const models::VmRecord& vm)
{
    m_left->setFacts(machineFacts(vm));
    m_right->setFacts(hardwareFacts(vm.info));
}

void OverviewTab::showLoad()
{
    const models::MetricsStore& metrics = m_context.workspace.metrics;
    const auto value = [&](hosts::VmMetric metric) { return metrics.latest(m_host, m_vm, metric); };
    m_load->setFacts({ { tr("CPU"), Units::percent(value(hosts::VmMetric::CpuLoad)) },
        { tr("Memory in use"), Units::bytes(value(hosts::VmMetric::MemoryUsed)) },
        { tr("Disk"),
            tr("%1 read, %2 written")
                .arg(Units::rate(value(hosts::VmMetric::DiskRead)),
                    Units::rate(value(hosts::VmMetric::DiskWrite))) },
        { tr("Network"),
            tr("%1 received, %2 sent")
                .arg(Units::rate(value(hosts::VmMetric::NetworkReceive)),
                    Units::rate(value(hosts::VmMetric::NetworkSend))) } });
}

QVector<Fact> OverviewTab::machineFacts(const models::VmRecord& vm) const
{
    const VmInfo& info = vm.info;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVector<Fact> facts { { tr("State"), Text::state(info.state), vmm::nameOf(info.state) } };
    if (info.since.isValid()) {
        facts.append({ tr("Up for"), Units::duration(std::chrono::seconds(info.since.secsTo(now))),
            Units::exact(info.since) });
    }
    facts.append({ tr("Host"), Text::hostTitle(vm.host->uri()), vm.host->uri().toString() });
    if (!info.title.isEmpty())
        facts.append({ tr("Title"), info.title });
    if (!info.tags.isEmpty())
        facts.append({ tr("Tags"), info.tags.join(QStringLiteral(", ")) });
    if (info.isTemplate)
        facts.append({ tr("Template"), tr("yes, to make clones of") });
    if (!info.parentName.isEmpty())
        facts.append(
            { tr("Stands on"), info.parentName, tr("Its disks keep only the difference") });
    if (info.hasSavedMemory)
        facts.append({ tr("Saved memory"), tr("yes; the next start goes on from there") });
    if (info.snapshots > 0)
        facts.append({ tr("Snapshots"), QLocale().toString(info.snapshots) });
    facts.append({ tr("UUID"), info.id.toString(QUuid::WithoutBraces) });
    return facts;
}

QVector<Fact> OverviewTab::hardwareFacts(const VmInfo& info) const
{
    QVector<Fact> facts { { tr("CPUs"), QLocale().toString(info.vcpus), tr("libvirt: vcpu") },
        { tr("Memory"), Units::bytes(info.memory), tr("libvirt: memory") } };
    if (!info.machineType.isEmpty())
        facts.append({ tr("Machine type"), info.machineType });
    facts.append(
        { tr("Disks"), info.disks.isEmpty() ? tr("none") : info.disks.join(QLatin1Char('\n')) });
    facts.append({ tr("Network cards"),
        info.networkCards == 0 ? tr("none") : QLocale().toString(info.networkCards) });
    facts.append({ tr("Screen"), info.hasScreen ? tr("yes") : tr("none") });
    return facts;
}

} // namespace ui
