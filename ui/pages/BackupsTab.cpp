// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/BackupsTab.h"

#include "ui/MachineActions.h"
#include "ui/dialogs/BackupDialogs.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>

#include <algorithm>

namespace ui {

using hosts::Feature;
using vmm::CheckpointInfo;

namespace {

bool concernsBackups(const hosts::Operation& operation)
{
    return std::holds_alternative<hosts::CreateCheckpoint>(operation)
        || std::holds_alternative<hosts::DeleteCheckpoint>(operation)
        || std::holds_alternative<hosts::BackUpMachine>(operation)
        || std::holds_alternative<hosts::RevertSnapshot>(operation);
}

QString changedText(const CheckpointInfo& checkpoint)
{
    if (!checkpoint.problem.isEmpty())
        return BackupsTab::tr("lost");
    return checkpoint.changed ? Units::bytes(*checkpoint.changed) : BackupsTab::tr("not known");
}

} // namespace

BackupsTab::BackupsTab(Context& context, const MachineActions& actions)
    : MachineListTab(context,
        { .feature = Feature::Checkpoints,
            .name = "backups",
            .glyph = Glyph::Backup,
            .emptyTitle = tr("No checkpoints") },
        new ListTree(QStringLiteral("checkpointTree"), tr("Checkpoints"),
            { tr("Checkpoint"), tr("Made"), tr("Changed since"), tr("Disks") }),
        new FactList(QStringLiteral("checkpointFacts")))
    , m_since(named(new QPushButton(icon(Glyph::Backup), tr("Back up since…")), "checkpointBackup",
          tr("Back up what changed since the checkpoint")))
    , m_delete(named(
          new QPushButton(icon(Glyph::Remove), tr("Delete…")), "checkpointDelete", tr("Delete")))
{
    setContent(
        { actionButton(actions.backUp(), QStringLiteral("backupStart")), m_since,
            actionButton(actions.makeCheckpoint(), QStringLiteral("checkpointCreate")), m_delete },
        m_delete);
    panels()->addEmptyAction(actions.backUp());
    panels()->addEmptyAction(actions.makeCheckpoint());
    follow(concernsBackups);
    connect(m_since, &QPushButton::clicked, this, [this] {
        if (const CheckpointInfo* checkpoint = selected())
            BackupDialogs::backUp(this->context(), vm(), checkpoint->name, window());
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const CheckpointInfo* checkpoint = selected())
            BackupDialogs::deleteCheckpoint(this->context(), vm(), *checkpoint, window());
    });
}

void BackupsTab::ask()
{
    question().ask(vm().host, hosts::ListCheckpoints { vm().vm }, this,
        [this](const vmm::Result<QVector<CheckpointInfo>>& all) {
            if (!take(all ? std::nullopt : std::optional(all.error())))
                return;
            m_checkpoints = *all;
            if (!m_checkpoints.isEmpty())
                return fill();
            panels()->showEmpty(tr(
                "A backup takes the disks of a running machine as they are at one moment. With a "
                "checkpoint of that moment, the next one can take what changed since then alone."));
        });
}

void BackupsTab::fill()
{
    panels()->showContent();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    tree()->beginFill();
    for (auto each = m_checkpoints.crbegin(); each != m_checkpoints.crend(); ++each) {
        const bool isSound = each->problem.isEmpty();
        QTreeWidgetItem* row = tree()->addRow(nullptr, each->name,
            { each->name, Units::ago(each->created, now), changedText(*each),
                each->disks.join(QStringLiteral(", ")) },
            icon(isSound ? Glyph::Checkpoint : Glyph::Warning,
                isSound ? Tint::Text : Tint::Attention));
        row->setToolTip(1, Units::exact(each->created));
    }
    tree()->endFill();
    refreshDetails();
}

const CheckpointInfo* BackupsTab::selected() const
{
    const QString name = tree()->selectedKey();
    const auto found = std::find_if(m_checkpoints.begin(), m_checkpoints.end(),
        [&](const CheckpointInfo& each) { return each.name == name; });
    return name.isEmpty() || found == m_checkpoints.end() ? nullptr : &*found;
}

void BackupsTab::refreshDetails()
{
    const CheckpointInfo* checkpoint = selected();
    const QString none = checkpoint ? QString() : tr("Select a checkpoint first.");
    const auto judge = [&](Feature feature) {
        const QString lacks = whyNot(feature);
        return lacks.isEmpty() ? none : lacks;
    };
    setUsable(m_delete, judge(Feature::Checkpoints));
    QString reason = judge(Feature::Backup);
    if (reason.isEmpty() && !vmm::isActive(info().state))
        reason = MachineActions::whyOff();
    if (reason.isEmpty())
        reason = checkpoint->problem;
    setUsable(m_since, reason);
    if (!checkpoint) {
        facts()->setFacts({});
        return;
    }
    QVector<Fact> shown { { tr("Made"), Units::exact(checkpoint->created) } };
    if (!checkpoint->description.isEmpty())
        shown.append({ tr("Description"), checkpoint->description });
    if (!checkpoint->parent.isEmpty())
        shown.append({ tr("After"), checkpoint->parent });
    if (!checkpoint->problem.isEmpty())
        shown.append({ tr("Problem"), checkpoint->problem });
    else if (!checkpoint->changed)
        shown.append({ tr("Changed since"), tr("told while the machine runs") });
    facts()->setFacts(shown);
}

} // namespace ui
