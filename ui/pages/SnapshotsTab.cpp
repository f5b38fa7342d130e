// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/SnapshotsTab.h"

#include "ui/dialogs/MachineDialogs.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>

namespace ui {

using hosts::Feature;
using vmm::SnapshotInfo;

namespace {

constexpr int kDeepest = 500; // views go down by recursion: what is deeper stands beside it

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

SnapshotsTab::SnapshotsTab(Context& context, QAction* take)
    : MachineListTab(context,
        { .feature = Feature::Snapshots,
            .name = "snapshots",
            .glyph = Glyph::Snapshot,
            .emptyTitle = tr("No snapshots") },
        new ListTree(QStringLiteral("snapshotTree"), tr("Snapshots"),
            { tr("Name"), tr("Taken"), tr("Keeps"), tr("Size on disk") }),
        new FactList(QStringLiteral("snapshotFacts")))
    , m_revert(named(
          new QPushButton(icon(Glyph::Restore), tr("Revert…")), "snapshotRevert", tr("Revert")))
    , m_delete(named(
          new QPushButton(icon(Glyph::Remove), tr("Delete…")), "snapshotDelete", tr("Delete")))
{
    setContent(
        { actionButton(take, QStringLiteral("snapshotTake")), m_revert, m_delete }, m_delete);
    panels()->addEmptyAction(take);
    follow(concernsSnapshots);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        if (const SnapshotInfo* snapshot = selected())
            MachineDialogs::revertSnapshot(this->context(), vm(), snapshot->name, window());
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const SnapshotInfo* snapshot = selected())
            MachineDialogs::deleteSnapshot(this->context(), vm(), snapshot->name, window());
    });
}

bool SnapshotsTab::isChanged(const hosts::VmInfo& before, const hosts::VmInfo& now) const
{
    return before.snapshots != now.snapshots || MachineListTab::isChanged(before, now);
}

void SnapshotsTab::ask()
{
    question().ask(vm().host, hosts::ListSnapshots { vm().vm }, this,
        [this](const vmm::Result<QVector<SnapshotInfo>>& all) {
            if (!take(all ? std::nullopt : std::optional(all.error())))
                return;
            m_snapshots = *all;
            if (!m_snapshots.isEmpty())
                return fill();
            panels()->showEmpty(tr("A snapshot keeps the machine as it is now, to come back to: "
                                   "before an update, say."));
        });
}

void SnapshotsTab::fill()
{
    struct Shown {
        QString name {};
        QTreeWidgetItem* row = nullptr;
        QTreeWidgetItem* above = nullptr;
        int depth = 0;
        bool isCurrent = false;
    };
    panels()->showContent();
    tree()->beginFill();
    QHash<QString, QVector<const SnapshotInfo*>> byParent = snapshotsByParent();
    std::vector<Shown> shown(1);
    for (size_t i = 0; i < shown.size(); ++i) {
        const Shown parent = shown[i];
        QTreeWidgetItem* above = parent.depth > kDeepest ? parent.above : parent.row;
        // Taken out: whatever a host answers, each is shown once.
        for (const SnapshotInfo* each : byParent.take(parent.name))
            shown.push_back(
                { each->name, addRow(above, *each), above, parent.depth + 1, each->isCurrent });
        if (parent.isCurrent)
            tree()->addRow(parent.row, {}, { tr("You are here"), {}, {}, {} },
                icon(Glyph::ChevronRight, Tint::Accent));
    }
    tree()->endFill();
}

/// One whose parent is gone stands on top.
QHash<QString, QVector<const SnapshotInfo*>> SnapshotsTab::snapshotsByParent() const
{
    QSet<QString> names;
    for (const SnapshotInfo& each : m_snapshots)
        names.insert(each.name);
    QHash<QString, QVector<const SnapshotInfo*>> byParent;
    for (const SnapshotInfo& each : m_snapshots)
        byParent[names.contains(each.parent) ? each.parent : QString()].append(&each);
    return byParent;
}

QTreeWidgetItem* SnapshotsTab::addRow(QTreeWidgetItem* above, const SnapshotInfo& snapshot)
{
    const bool isWell = snapshot.problem.isEmpty();
    QTreeWidgetItem* row = tree()->addRow(above, snapshot.name,
        { snapshot.name, Units::ago(snapshot.created, QDateTime::currentDateTimeUtc()),
            Text::snapshotKind(snapshot.kind), sizeText(snapshot, !info().disks.isEmpty()) },
        icon(isWell ? Glyph::Snapshot : Glyph::Warning, isWell ? Tint::Text : Tint::Attention));
    row->setToolTip(1, Units::exact(snapshot.created));
    return row;
}

const SnapshotInfo* SnapshotsTab::selected() const
{
    const QString name = tree()->selectedKey();
    for (const SnapshotInfo& each : m_snapshots) {
        if (!name.isEmpty() && each.name == name)
            return &each;
    }
    return nullptr;
}

void SnapshotsTab::refreshDetails()
{
    const SnapshotInfo* snapshot = selected();
    QString reason = snapshot ? QString() : tr("Select a snapshot first.");
    if (const QString lacks = whyNot(Feature::Snapshots); !lacks.isEmpty())
        reason = lacks;
    setUsable(m_delete, reason);
    if (reason.isEmpty() && info().isTemplate)
        reason = tr("A template stays as it is.");
    if (reason.isEmpty() && !snapshot->problem.isEmpty())
        reason = snapshot->problem;
    setUsable(m_revert, reason);
    if (!snapshot) {
        facts()->setFacts({});
        return;
    }
    QVector<Fact> shown { { tr("Taken"), Units::exact(snapshot->created) } };
    if (!snapshot->description.isEmpty())
        shown.append({ tr("Description"), snapshot->description });
    if (!info().disks.isEmpty()) {
        shown.append({ tr("Disks are kept"), Text::snapshotPlace(snapshot->place) });
        shown.append({ tr("Disks on disk"),
            snapshot->diskSize
                ? tr("%1 at most would be free without it").arg(Units::bytes(*snapshot->diskSize))
                : tr("not known: they share what they occupy with the disk") });
    }
    if (snapshot->memorySize)
        shown.append({ tr("Memory on disk"), Units::bytes(*snapshot->memorySize) });
    if (!snapshot->problem.isEmpty())
        shown.append({ tr("Problem"), snapshot->problem });
    facts()->setFacts(shown);
}

} // namespace ui
