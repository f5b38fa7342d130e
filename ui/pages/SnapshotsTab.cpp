// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/SnapshotsTab.h"

#include "ui/dialogs/MachineDialogs.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using hosts::Feature;
using vmm::SnapshotInfo;

namespace {

constexpr int kDeepest = 500; // a host that answers a cycle must not hang the window

bool concernsSnapshots(const hosts::Operation& operation)
{
    return std::holds_alternative<hosts::CreateSnapshot>(operation)
        || std::holds_alternative<hosts::RevertSnapshot>(operation)
        || std::holds_alternative<hosts::DeleteSnapshot>(operation);
}

// What is not known is never told as nothing.
QString sizeText(const SnapshotInfo& snapshot, bool hasDisks)
{
    const bool hasMemory = snapshot.kind == vmm::SnapshotKind::Live;
    if (snapshot.diskSize && (snapshot.memorySize || !hasMemory))
        return Units::bytes(*snapshot.diskSize + snapshot.memorySize.value_or(vmm::Bytes()));
    if (snapshot.memorySize && !hasDisks)
        return Units::bytes(*snapshot.memorySize);
    if (snapshot.memorySize)
        //: %1 is a size
        return SnapshotsTab::tr("%1 and disks").arg(Units::bytes(*snapshot.memorySize));
    return SnapshotsTab::tr("not known");
}

} // namespace

SnapshotsTab::SnapshotsTab(Context& context, QAction* take, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_tree(new ListTree(QStringLiteral("snapshotTree"), tr("Snapshots"),
          { tr("Name"), tr("Taken"), tr("Keeps"), tr("Size on disk") }))
    , m_facts(new FactList(QStringLiteral("snapshotFacts")))
    , m_revert(named(
          new QPushButton(icon(Glyph::Restore), tr("Revert…")), "snapshotRevert", tr("Revert")))
    , m_delete(named(
          new QPushButton(icon(Glyph::Remove), tr("Delete…")), "snapshotDelete", tr("Delete")))
    , m_panels(new PanelStack(
          QStringLiteral("snapshots"), layOut(take), Glyph::Snapshot, tr("No snapshots")))
{
    setObjectName(QStringLiteral("snapshotsTab"));
    m_panels->addEmptyAction(take);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_tree, &ListTree::selectionMoved, this, &SnapshotsTab::refreshDetails);
    connect(m_panels, &PanelStack::retryRequested, this, &SnapshotsTab::load);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        if (const SnapshotInfo* snapshot = selected())
            MachineDialogs::revertSnapshot(m_context, m_vm, snapshot->name, window());
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const SnapshotInfo* snapshot = selected())
            MachineDialogs::deleteSnapshot(m_context, m_vm, snapshot->name, window());
    });
    connect(&context.workspace.tasks, &models::TaskModel::finished, this,
        [this](const models::Task& task) {
            const hosts::Operation& operation = task.info.operation;
            if (concernsSnapshots(operation) && hosts::vmOf(operation) == m_vm.vm)
                load();
        });
}

QWidget* SnapshotsTab::layOut(QAction* take)
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    QPushButton* takeButton = actionButton(take, QStringLiteral("snapshotTake"));
    m_tree->setButtons({ takeButton, m_revert, m_delete });
    buttons->addWidget(takeButton);
    buttons->addWidget(m_revert);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(buttons);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_facts);
    return content;
}

void SnapshotsTab::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    const bool isOther = !(ref == m_vm);
    if (isOther) {
        forget();
        m_vm = ref;
    }
    const bool isChanged
        = isOther || m_info.snapshots != vm.info.snapshots || m_info.state != vm.info.state;
    m_info = vm.info;
    if (isChanged || !m_isKnown)
        load(); // a host tells its machines before it is connected, and comes back
}

void SnapshotsTab::forget()
{
    m_question.forget();
    m_vm = {};
    m_isKnown = false;
    m_snapshots.clear();
}

void SnapshotsTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void SnapshotsTab::load()
{
    if (!m_vm.host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    const hosts::HostInfo& info = m_vm.host->info();
    if (!info.has(Feature::Snapshots)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(info.missing.value(Feature::Snapshots)));
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    if (m_vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    m_question.ask(m_vm.host, hosts::ListSnapshots { m_vm.vm }, this,
        [this](const vmm::Result<QVector<SnapshotInfo>>& all) { take(all); });
}

void SnapshotsTab::take(const vmm::Result<QVector<SnapshotInfo>>& snapshots)
{
    if (!snapshots) {
        if (!m_isKnown)
            m_panels->showError(snapshots.error());
        return;
    }
    m_isKnown = true;
    m_snapshots = *snapshots;
    if (m_snapshots.isEmpty()) {
        m_panels->showEmpty(tr("A snapshot keeps the machine as it is now, to come back to: before "
                               "an update, say."));
        return;
    }
    m_panels->showContent();
    fill();
}

void SnapshotsTab::fill()
{
    m_tree->beginFill();
    addBelow({}, nullptr, 0);
    m_tree->endFill();
}

void SnapshotsTab::addBelow(const QString& parent, QTreeWidgetItem* item, int depth)
{
    if (depth > kDeepest)
        return;
    const auto isThere = [this](const QString& name) {
        return std::any_of(m_snapshots.begin(), m_snapshots.end(),
            [&](const SnapshotInfo& each) { return each.name == name; });
    };
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const SnapshotInfo& each : std::as_const(m_snapshots)) {
        // One whose parent is gone stands on top.
        const QString above = isThere(each.parent) ? each.parent : QString();
        if (above != parent)
            continue;
        QTreeWidgetItem* row = m_tree->addRow(item, each.name,
            { each.name, Units::ago(each.created, now), Text::snapshotKind(each.kind),
                sizeText(each, !m_info.disks.isEmpty()) },
            icon(each.problem.isEmpty() ? Glyph::Snapshot : Glyph::Warning,
                each.problem.isEmpty() ? Tint::Text : Tint::Attention));
        row->setToolTip(1, Units::exact(each.created));
        addBelow(each.name, row, depth + 1);
        if (each.isCurrent)
            m_tree->addRow(row, {}, { tr("You are here"), {}, {}, {} },
                icon(Glyph::ChevronRight, Tint::Accent));
    }
}

const SnapshotInfo* SnapshotsTab::selected() const
{
    const QString name = m_tree->selectedKey();
    for (const SnapshotInfo& each : m_snapshots) {
        if (!name.isEmpty() && each.name == name)
            return &each;
    }
    return nullptr;
}

void SnapshotsTab::refreshDetails()
{
    const SnapshotInfo* snapshot = selected();
    QString whyNot = snapshot ? QString() : tr("Select a snapshot first.");
    if (const auto usable = m_vm.host ? models::HostCommands::canUse(m_vm.host, Feature::Snapshots)
                                      : vmm::Result<void> {};
        !usable)
        whyNot = ErrorText::of(usable.error()).inOneLine();
    m_delete->setEnabled(whyNot.isEmpty());
    m_delete->setToolTip(whyNot);
    if (whyNot.isEmpty() && m_info.isTemplate)
        whyNot = tr("A template stays as it is.");
    if (whyNot.isEmpty() && !snapshot->problem.isEmpty())
        whyNot = snapshot->problem;
    m_revert->setEnabled(whyNot.isEmpty());
    m_revert->setToolTip(whyNot);
    if (!snapshot) {
        m_facts->setFacts({});
        return;
    }
    QVector<Fact> facts { { tr("Taken"), Units::exact(snapshot->created) } };
    if (!snapshot->description.isEmpty())
        facts.append({ tr("Description"), snapshot->description });
    if (!m_info.disks.isEmpty()) {
        facts.append({ tr("Disks are kept"), Text::snapshotPlace(snapshot->place) });
        facts.append({ tr("Disks on disk"),
            snapshot->diskSize
                ? tr("%1 at most would be free without it").arg(Units::bytes(*snapshot->diskSize))
                : tr("not known: they share what they occupy with the disk") });
    }
    if (snapshot->memorySize)
        facts.append({ tr("Memory on disk"), Units::bytes(*snapshot->memorySize) });
    if (!snapshot->problem.isEmpty())
        facts.append({ tr("Problem"), snapshot->problem });
    m_facts->setFacts(facts);
}

} // namespace ui
