// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/BackupsTab.h"

#include "ui/MachineActions.h"
#include "ui/dialogs/BackupDialogs.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>
#include <QVBoxLayout>

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

BackupsTab::BackupsTab(Context& context, const MachineActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_tree(new ListTree(QStringLiteral("checkpointTree"), tr("Checkpoints"),
          { tr("Checkpoint"), tr("Made"), tr("Changed since"), tr("Disks") }))
    , m_facts(new FactList(QStringLiteral("checkpointFacts")))
    , m_since(named(new QPushButton(icon(Glyph::Backup), tr("Back up since…")), "checkpointBackup",
          tr("Back up what changed since the checkpoint")))
    , m_delete(named(
          new QPushButton(icon(Glyph::Remove), tr("Delete…")), "checkpointDelete", tr("Delete")))
    , m_panels(new PanelStack(
          QStringLiteral("backups"), layOut(actions), Glyph::Backup, tr("No checkpoints")))
{
    setObjectName(QStringLiteral("backupsTab"));
    m_panels->addEmptyAction(actions.backUp());
    m_panels->addEmptyAction(actions.makeCheckpoint());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_tree, &ListTree::selectionMoved, this, &BackupsTab::refreshDetails);
    connect(m_panels, &PanelStack::retryRequested, this, &BackupsTab::load);
    connect(m_since, &QPushButton::clicked, this, &BackupsTab::backUpSince);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const CheckpointInfo* checkpoint = selected())
            BackupDialogs::deleteCheckpoint(m_context, m_vm, *checkpoint, window());
    });
    connect(&context.workspace.tasks, &models::TaskModel::finished, this,
        [this](const models::Task& task) {
            const hosts::Operation& operation = task.info.operation;
            if (concernsBackups(operation) && hosts::vmOf(operation) == m_vm.vm)
                load();
        });
}

QWidget* BackupsTab::layOut(const MachineActions& actions)
{
    QPushButton* backUp = actionButton(actions.backUp(), QStringLiteral("backupStart"));
    QPushButton* create
        = actionButton(actions.makeCheckpoint(), QStringLiteral("checkpointCreate"));
    m_tree->setButtons({ backUp, m_since, create, m_delete });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : { backUp, m_since, create, m_delete })
        buttons->addWidget(button);
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

void BackupsTab::show(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    const bool isOther = !(ref == m_vm);
    if (isOther) {
        forget();
        m_vm = ref;
    }
    const bool isChanged = isOther || m_info.state != vm.info.state;
    m_info = vm.info;
    if (isChanged || !m_isKnown)
        load(); // a host tells its machines before it is connected, and comes back
}

void BackupsTab::forget()
{
    m_question.forget();
    m_vm = {};
    m_isKnown = false;
    m_checkpoints.clear();
}

void BackupsTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void BackupsTab::load()
{
    if (!m_vm.host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    const hosts::HostInfo& info = m_vm.host->info();
    if (!info.has(Feature::Checkpoints)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(info.missing.value(Feature::Checkpoints)));
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    if (m_vm.host->connectionState() != hosts::ConnectionState::Connected)
        return;
    m_question.ask(m_vm.host, hosts::ListCheckpoints { m_vm.vm }, this,
        [this](const vmm::Result<QVector<CheckpointInfo>>& all) { take(all); });
}

void BackupsTab::take(const vmm::Result<QVector<CheckpointInfo>>& checkpoints)
{
    if (!checkpoints) {
        if (!m_isKnown)
            m_panels->showError(checkpoints.error());
        return;
    }
    m_isKnown = true;
    m_checkpoints = *checkpoints;
    if (m_checkpoints.isEmpty()) {
        m_panels->showEmpty(
            tr("A backup takes the disks of a running machine as they are at one moment. With a "
               "checkpoint of that moment, the next one can take what changed since then alone."));
        return;
    }
    m_panels->showContent();
    fill();
}

void BackupsTab::fill()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_tree->beginFill();
    for (auto each = m_checkpoints.crbegin(); each != m_checkpoints.crend(); ++each) {
        const bool isSound = each->problem.isEmpty();
        QTreeWidgetItem* row = m_tree->addRow(nullptr, each->name,
            { each->name, Units::ago(each->created, now), changedText(*each),
                each->disks.join(QStringLiteral(", ")) },
            icon(isSound ? Glyph::Checkpoint : Glyph::Warning,
                isSound ? Tint::Text : Tint::Attention));
        row->setToolTip(1, Units::exact(each->created));
    }
    m_tree->endFill();
    refreshDetails();
}

const CheckpointInfo* BackupsTab::selected() const
{
    const QString name = m_tree->selectedKey();
    const auto found = std::find_if(m_checkpoints.begin(), m_checkpoints.end(),
        [&](const CheckpointInfo& each) { return each.name == name; });
    return name.isEmpty() || found == m_checkpoints.end() ? nullptr : &*found;
}

void BackupsTab::backUpSince()
{
    if (const CheckpointInfo* checkpoint = selected())
        BackupDialogs::backUp(m_context, m_vm, checkpoint->name, window());
}

void BackupsTab::refreshDetails()
{
    const CheckpointInfo* checkpoint = selected();
    QString whyNot = checkpoint ? QString() : tr("Select a checkpoint first.");
    const auto judge = [&](Feature feature) {
        const auto usable
            = m_vm.host ? models::HostCommands::canUse(m_vm.host, feature) : vmm::Result<void> {};
        return usable ? whyNot : ErrorText::of(usable.error()).inOneLine();
    };
    const QString whyNoDeletion = judge(Feature::Checkpoints);
    m_delete->setEnabled(whyNoDeletion.isEmpty());
    m_delete->setToolTip(whyNoDeletion);
    whyNot = judge(Feature::Backup);
    if (whyNot.isEmpty() && !vmm::isActive(m_info.state))
        whyNot = MachineActions::whyOff();
    if (whyNot.isEmpty() && !checkpoint->problem.isEmpty())
        whyNot = checkpoint->problem;
    m_since->setEnabled(whyNot.isEmpty());
    m_since->setToolTip(whyNot);
    if (!checkpoint) {
        m_facts->setFacts({});
        return;
    }
    QVector<Fact> facts { { tr("Made"), Units::exact(checkpoint->created) } };
    if (!checkpoint->description.isEmpty())
        facts.append({ tr("Description"), checkpoint->description });
    if (!checkpoint->parent.isEmpty())
        facts.append({ tr("After"), checkpoint->parent });
    if (!checkpoint->problem.isEmpty())
        facts.append({ tr("Problem"), checkpoint->problem });
    else if (!checkpoint->changed)
        facts.append({ tr("Changed since"), tr("told while the machine runs") });
    m_facts->setFacts(facts);
}

} // namespace ui
