// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/TrashTab.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Units.h"
#include "ui/widgets/ListTree.h"
#include "ui/widgets/Named.h"
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

TrashTab::TrashTab(Context& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_tree(new ListTree(QStringLiteral("trashTree"), tr("Trash"),
          { tr("Machine"), tr("Removed"), tr("Size on disk") }))
    , m_restore(named(new QPushButton(icon(Glyph::Restore), tr("Bring back")), "trashRestore",
          tr("Bring back")))
    , m_delete(
          named(new QPushButton(icon(Glyph::Remove), tr("Delete…")), "trashDelete", tr("Delete")))
    , m_empty(named(new QPushButton(icon(Glyph::Trash), tr("Empty the trash…")), "trashEmptyAll",
          tr("Empty the trash")))
    , m_panels(
          new PanelStack(QStringLiteral("trash"), layOut(), Glyph::Trash, tr("The trash is empty")))
{
    setObjectName(QStringLiteral("trashTab"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_tree, &ListTree::selectionMoved, this, &TrashTab::refreshButtons);
    connect(m_panels, &PanelStack::retryRequested, this, &TrashTab::load);
    connect(m_restore, &QPushButton::clicked, this, &TrashTab::restore);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        if (const TrashedMachine* machine = selected())
            askToDelete({ machine->id });
    });
    connect(m_empty, &QPushButton::clicked, this, [this] { askToDelete({}); });
    connect(&context.workspace.tasks, &models::TaskModel::finished, this,
        [this](const models::Task& task) {
            if (m_host && task.info.host == m_host->uri() && concernsTrash(task.info.operation))
                load();
        });
}

QWidget* TrashTab::layOut()
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (QPushButton* button : { m_restore, m_delete, m_empty })
        buttons->addWidget(button);
    m_tree->setButtons({ m_restore, m_empty, m_delete });
    buttons->addStretch(1);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(buttons);
    layout->addWidget(m_tree, 1);
    return content;
}

void TrashTab::setHost(hosts::Host* host)
{
    if (m_host == host)
        return;
    m_host = host;
    m_isKnown = false;
    m_machines.clear();
    m_question.forget();
    load();
}

void TrashTab::refresh()
{
    load();
}

void TrashTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void TrashTab::load()
{
    if (!m_host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    if (!m_host->info().has(Feature::Trash)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(m_host->info().missing.value(Feature::Trash)));
        return;
    }
    if (m_isKnown && m_host->connectionState() != hosts::ConnectionState::Connected) {
        refreshButtons(); // what was known stays
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    m_question.ask(m_host, hosts::ListTrash {}, this,
        [this](const vmm::Result<QVector<TrashedMachine>>& machines) { take(machines); });
}

void TrashTab::take(const vmm::Result<QVector<TrashedMachine>>& machines)
{
    if (!machines) {
        if (!m_isKnown)
            m_panels->showError(machines.error());
        return;
    }
    m_isKnown = true;
    m_machines = *machines;
    if (m_machines.isEmpty()) {
        m_panels->showEmpty(tr("Machines that you remove wait here until you delete them for good "
                               "or bring them back."));
        return;
    }
    m_panels->showContent();
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
    const auto usable
        = m_host ? models::HostCommands::canUse(m_host, Feature::Trash) : vmm::Result<void> {};
    const QString noHost = usable ? QString() : ErrorText::of(usable.error()).inOneLine();
    const QString noMachine = selected() ? QString() : tr("Select a machine first.");
    const auto set = [](QPushButton* button, const QString& why) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    };
    set(m_restore, noHost.isEmpty() ? noMachine : noHost);
    set(m_delete, noHost.isEmpty() ? noMachine : noHost);
    set(m_empty, noHost);
}

void TrashTab::restore()
{
    if (const TrashedMachine* machine = selected())
        m_context.workspace.commands.run(
            m_host, hosts::RestoreTrashed { machine->id }, machine->name);
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
    ConfirmDialog::ask(window(), question, [this, uri = m_host->uri(), asked] {
        if (hosts::Host* host = m_context.workspace.hosts.find(uri))
            m_context.workspace.commands.run(host, hosts::EmptyTrash { asked });
    });
}

} // namespace ui
