// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MaintenanceDialog.h"

#include "models/Inventory.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"

#include <QComboBox>
#include <QFormLayout>

namespace ui {

using hosts::StorageCopy;
using vmm::VmAction;

MaintenanceDialog::MaintenanceDialog(Context& context, hosts::Host* host, QWidget* parent)
    : FormDialog(QStringLiteral("maintenance"), tr("Empty %1").arg(Text::hostTitle(host->uri())),
        tr("Empty"), parent)
    , m_context(context)
    , m_host(host)
    , m_way(new QComboBox)
    , m_target(new QComboBox)
    , m_storage(new QComboBox)
{
    m_way->addItem(tr("move to another host"), static_cast<int>(Way::Move));
    m_way->addItem(tr("are shut down"), static_cast<int>(Way::ShutDown));
    m_way->addItem(tr("are saved to disk"), static_cast<int>(Way::Save));
    for (const hosts::Host* other : context.workspace.hosts.hosts()) {
        if (other != host && other->uri().driver() == host->uri().driver())
            m_target->addItem(Text::hostTitle(other->uri()), other->uri().toString());
    }
    m_storage->addItem(tr("stay: both hosts see the same"), static_cast<int>(StorageCopy::None));
    m_storage->addItem(tr("are copied"), static_cast<int>(StorageCopy::Full));
    add(tr("Its running &machines"), "Way", m_way);
    add(tr("&To"), "Target", m_target);
    add(tr("&Disks"), "Storage", m_storage);
    connect(m_way, &QComboBox::currentIndexChanged, this, &MaintenanceDialog::noteWay);
    connect(m_host, &QObject::destroyed, this, &QDialog::reject);
    setProblem([this] { return why(); });
    setConsequence([this] { return what(); });
    setRun([this] { empty(); });
    noteWay();
}

MaintenanceDialog::Way MaintenanceDialog::way() const
{
    return static_cast<Way>(m_way->currentData().toInt());
}

QVector<models::VmRef> MaintenanceDialog::running() const
{
    QVector<models::VmRef> found;
    for (const hosts::VmInfo& vm : m_host->vms()) {
        if (vmm::isActive(vm.state) && !vm.isTemplate)
            found.append({ m_host, vm.id });
    }
    return found;
}

void MaintenanceDialog::noteWay()
{
    for (QComboBox* box : { m_target, m_storage })
        form()->setRowVisible(box, way() == Way::Move);
    validate();
}

QString MaintenanceDialog::why() const
{
    using hosts::Feature;
    const Feature feature = way() == Way::Move ? Feature::Migration
        : way() == Way::Save                   ? Feature::Save
                                               : Feature::ShutDown;
    if (const auto usable = models::HostCommands::canUse(m_host, feature); !usable)
        return ErrorText::of(usable.error()).inOneLine();
    if (running().isEmpty())
        return tr("No machine runs on this host.");
    if (way() == Way::Move && m_target->count() == 0)
        return tr("Add a connection to another host of this kind first.");
    return {};
}

QString MaintenanceDialog::what() const
{
    const int count = static_cast<int>(running().size());
    switch (way()) {
    case Way::Move:
        return tr(
            "%Ln machine(s) move, a few at a time. Those that can't move stay, and their tasks say "
            "why.",
            nullptr, count);
    case Way::ShutDown:
        return tr("%Ln guest(s) are asked to shut down; those that don't, run on.", nullptr, count);
    case Way::Save:
        return tr(
            "The memory of %Ln machine(s) is written to disk; they go on from there when they "
            "are started.",
            nullptr, count);
    }
    return {};
}

void MaintenanceDialog::empty()
{
    models::HostCommands& commands = m_context.workspace.commands;
    if (way() != Way::Move) {
        const VmAction action = way() == Way::Save ? VmAction::Save : VmAction::ShutDown;
        commands.perform(commands.plan(running(), action), action);
        return;
    }
    const hosts::MigrationRequest request { .target = m_target->currentData().toString(),
        .storage = static_cast<StorageCopy>(m_storage->currentData().toInt()) };
    for (const models::VmRef& vm : running())
        commands.runInTurn(m_host, hosts::MigrateMachine { vm.vm, request });
}

} // namespace ui
