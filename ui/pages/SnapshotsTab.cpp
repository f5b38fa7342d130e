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
    panels()->showContent();
    tree()->beginFill();
    addBelow({}, nullptr, 0);
    tree()->endFill();
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
        QTreeWidgetItem* row = tree()->addRow(item, each.name,
            { each.name, Units::ago(each.created, now), Text::snapshotKind(each.kind),
                sizeText(each, !info().disks.isEmpty()) },
            icon(each.problem.isEmpty() ? Glyph::Snapshot : Glyph::Warning,
                each.problem.isEmpty() ? Tint::Text : Tint::Attention));
        row->setToolTip(1, Units::exact(each.created));
        addBelow(each.name, row, depth + 1);
        if (each.isCurrent)
            tree()->addRow(row, {}, { tr("You are here"), {}, {}, {} },
                icon(Glyph::ChevronRight, Tint::Accent));
    }
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
