// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/SelectionPage.h"

#include "models/Inventory.h"
#include "ui/dialogs/Consequences.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/PageHeader.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using models::VmRecord;
using models::VmRef;
using vmm::VmAction;

SelectionPage::SelectionPage(
    Context& context, Selection& selection, VmActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_selection(selection)
    , m_header(new PageHeader(QStringLiteral("selection")))
    , m_facts(new FactList(QStringLiteral("selectionFacts")))
    , m_tally(context.workspace.inventory)
{
    setObjectName(QStringLiteral("selectionPage"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_header->setSymbol(icon(Glyph::Tasks));
    m_header->setState({}, {});

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    for (const VmAction each : vmm::kAllVmActions) {
        QAction* action = actions.action(each);
        auto* button = new QPushButton(action->icon(), action->text());
        button->setObjectName(QStringLiteral("bulk") + action->objectName());
        button->setAccessibleName(Text::action(each));
        const auto follow = [button, action] {
            button->setEnabled(action->isEnabled());
            button->setToolTip(action->toolTip());
        };
        follow();
        connect(action, &QAction::changed, button, follow);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        QLabel* text = mutedLabel({}, button->objectName() + QStringLiteral("Text"));
        text->setWordWrap(true);
        m_consequences[static_cast<size_t>(each)] = text;
        const int row = static_cast<int>(each);
        grid->addWidget(button, row, 0);
        grid->addWidget(text, row, 1);
    }

    auto* content = new QVBoxLayout;
    content->setContentsMargins(16, 8, 16, 16);
    content->setSpacing(12);
    content->addWidget(sectionLabel(tr("What they share"), QStringLiteral("selectionFactsTitle")));
    content->addWidget(m_facts);
    content->addSpacing(8);
    content->addWidget(
        sectionLabel(tr("What can be done"), QStringLiteral("selectionActionsTitle")));
    content->addLayout(grid);
    content->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_header);
    layout->addLayout(content, 1);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(250);
    connect(&m_refresh, &QTimer::timeout, this, &SelectionPage::refresh);
    connect(&selection, &Selection::changed, this, &SelectionPage::takeSelection);
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &SelectionPage::scheduleRefresh);
    connect(&inventory, &models::Inventory::hostChanged, this, &SelectionPage::scheduleRefresh);
}

void SelectionPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void SelectionPage::takeSelection()
{
    m_isCounted = false; // that is done when it is seen
    scheduleRefresh();
}

void SelectionPage::scheduleRefresh()
{
    if (isVisible() && !m_refresh.isActive())
        m_refresh.start();
}

void SelectionPage::refresh()
{
    const QVector<VmRef>& vms = m_selection.vms();
    if (!std::exchange(m_isCounted, true))
        m_tally.count(vms);
    m_header->setTitle(tr("%Ln selected machine(s)", nullptr, static_cast<int>(vms.size())));
    QStringList titles;
    const QVector<hosts::Host*> counted = m_tally.hosts();
    for (const hosts::Host* host : counted)
        titles << Text::hostTitle(host->uri());
    titles.sort();
    m_header->setSubtitle(titles.join(QStringLiteral(", ")));
    refreshFacts();
    for (const VmAction action : vmm::kAllVmActions) {
        m_consequences[static_cast<size_t>(action)]->setText(
            Consequences::sentence(m_tally.counts(action), action));
    }
}

void SelectionPage::refreshFacts()
{
    models::VmCounts counts;
    int vcpus = 0;
    vmm::Bytes memory;
    double cpu = 0;
    double used = 0;
    for (const VmRef& ref : m_selection.vms()) {
        const VmRecord* vm = m_context.workspace.inventory.find(ref.host, ref.vm);
        if (!vm)
            continue;
        counts.add(vm->info.state, 1);
        vcpus += vm->info.vcpus;
        memory = memory + vm->info.memory;
        const models::MetricsStore& metrics = m_context.workspace.metrics;
        const double load = metrics.latest(ref.host, ref.vm, hosts::VmMetric::CpuLoad);
        const double resident = metrics.latest(ref.host, ref.vm, hosts::VmMetric::MemoryUsed);
        cpu += load == load ? load * vm->info.vcpus : 0;
        used += resident == resident ? resident : 0;
    }
    QStringList states;
    for (const vmm::VmState state : vmm::kAllVmStates) {
        if (counts[state] > 0)
            states << tr("%1: %2").arg(Text::state(state), QLocale().toString(counts[state]));
    }
    m_facts->setFacts({ { tr("States"), states.join(QStringLiteral(", ")) },
        { tr("CPUs"),
            //: %1 is a number of CPUs, %2 how many of them are busy
            tr("%1, of which %2 busy").arg(QLocale().toString(vcpus), Units::number(cpu)) },
        { tr("Memory"),
            tr("%1, of which %2 in use").arg(Units::bytes(memory), Units::bytes(used)) } });
}

} // namespace ui
