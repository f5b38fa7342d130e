// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/TrashTab.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/text/Units.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/PanelStack.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using hosts::Feature;
using vmm::TrashedMachine;

namespace {

bool concernsTrash(const hosts::Operation& operation)
{
    const auto* perform = std::get_if<hosts::Perform>(&operation);
    return (perform && perform->action == vmm::VmAction::Undefine)
        || std::holds_alternative<hosts::RestoreTrashed>(operation)
        || std::holds_alternative<hosts::EmptyTrash>(operation);
}

} // namespace

TrashTab::TrashTab(Context& context)
    : ResourceTab(context, Feature::Trash, "trash")
    , m_tree(new ListTree(QStringLiteral("trashTree"), tr("Trash"),
          { tr("Machine"), tr("Removed"), tr("Size on disk") }))
{
    m_restore
        = makeButton("trashRestore", Glyph::Restore, tr("Bring back"), {}, [this] { restore(); });
    m_delete = makeButton("trashDelete", Glyph::Remove, tr("Delete…"), {}, [this] {
        if (const TrashedMachine* machine = selected())
            askToDelete({ machine->id });
    });
    m_empty = makeButton(
        "trashEmptyAll", Glyph::Trash, tr("Empty the trash…"), {}, [this] { askToDelete({}); });
    m_tree->setButtons({ m_restore, m_empty, m_delete });
    m_tree->setDeleteButton(m_delete);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(rowOf({ m_restore, m_delete, m_empty }));
    layout->addWidget(m_tree, 1);
    setContent(content, Glyph::Trash, tr("The trash is empty"));
    connect(m_tree, &ListTree::selectionMoved, this, &TrashTab::refreshButtons);
    follow(concernsTrash);
}

void TrashTab::ask()
{
    question().ask(host(), hosts::ListTrash {}, this,
        [this](const vmm::Result<QVector<TrashedMachine>>& machines) {
            if (!take(machines ? std::nullopt : std::optional(machines.error())))
                return;
            m_machines = *machines;
            fill();
        });
}

void TrashTab::forget()
{
    m_machines.clear();
}

void TrashTab::fill()
{
    if (m_machines.isEmpty()) {
        panels()->showEmpty(tr("Machines that you remove wait here until you delete them for good "
                               "or bring them back."));
        return;
    }
    panels()->showContent();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_tree->beginFill();
    for (const TrashedMachine& each : std::as_const(m_machines)) {
        QTreeWidgetItem* row = m_tree->addRow(nullptr, each.id.toString(),
            { each.name, Units::ago(each.removed, now), Units::bytes(each.size) },
            icon(Glyph::Computer));
        row->setToolTip(1, Units::exact(each.removed));
    }
    m_tree->endFill();
}

const TrashedMachine* TrashTab::selected() const
{
    const QString key = m_tree->selectedKey();
    for (const TrashedMachine& each : m_machines) {
        if (each.id.toString() == key)
            return &each;
    }
    return nullptr;
}

void TrashTab::refreshButtons()
{
    const QString noHost = whyNot(Feature::Trash);
    const QString noMachine = selected() ? QString() : tr("Select a machine first.");
    setUsable(m_restore, noHost.isEmpty() ? noMachine : noHost);
    setUsable(m_delete, noHost.isEmpty() ? noMachine : noHost);
    setUsable(m_empty, noHost);
}

void TrashTab::restore()
{
    if (const TrashedMachine* machine = selected())
        context().workspace.commands.run(
            host(), hosts::RestoreTrashed { machine->id }, machine->name);
}

void TrashTab::askToDelete(const QVector<hosts::VmId>& vms)
{
    Question question { .title = tr("Empty the trash?"),
        .text = tr("These machines are deleted with their disks. This can't be undone."),
        .verb = tr("Delete for good") };
    for (const TrashedMachine& each : std::as_const(m_machines)) {
        if (!vms.isEmpty() && !vms.contains(each.id))
            continue;
        question.items << each.name + QStringLiteral("  ·  ") + Units::bytes(each.size);
        if (!vms.isEmpty())
            question.title = tr("Delete %1 for good?").arg(each.name);
    }
    // What stood in the question is deleted, not what came to the trash meanwhile.
    QVector<hosts::VmId> asked = vms;
    if (asked.isEmpty()) {
        for (const TrashedMachine& each : std::as_const(m_machines))
            asked.append(each.id);
    }
    ConfirmDialog::ask(window(), question, [this, uri = host()->uri(), asked] {
        if (hosts::Host* host = context().workspace.hosts.find(uri))
            context().workspace.commands.run(host, hosts::EmptyTrash { asked });
    });
}

} // namespace ui
