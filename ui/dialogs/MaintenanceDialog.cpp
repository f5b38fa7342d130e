// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/MaintenanceDialog.h"

#include "models/Inventory.h"
#include "ui/text/HostText.h"
#include "ui/text/Text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QPointer>
#include <QSignalBlocker>

namespace ui {

using hosts::StorageCopy;
using vmm::VmAction;

namespace {

constexpr qsizetype kMostNames = 5; // in a sentence

} // namespace

MaintenanceDialog::MaintenanceDialog(Context& context, hosts::Host* host, QWidget* parent)
    : FormDialog(QStringLiteral("maintenance"), tr("Empty %1").arg(Text::hostTitle(host->uri())),
        tr("Empty"), parent)
    , m_context(context)
    , m_host(host)
    , m_way(new QComboBox)
    , m_target(new QComboBox)
    , m_storage(new QComboBox)
    , m_rest(new QComboBox)
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
    add(tr("The &others"), "Rest", m_rest);
    connect(m_way, &QComboBox::currentIndexChanged, this, &MaintenanceDialog::noteWay);
    connect(m_host, &QObject::destroyed, this, &QDialog::reject);
    connect(&context.workspace.inventory, &models::Inventory::changed, this,
        &MaintenanceDialog::noteWay);
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

VmAction MaintenanceDialog::action() const
{
    return way() == Way::Save ? VmAction::Save : VmAction::ShutDown;
}

models::BulkPlan MaintenanceDialog::plan() const
{
    return m_context.workspace.commands.plan(running(), action());
}

QVector<models::VmRef> MaintenanceDialog::leftOut() const
{
    QVector<models::VmRef> vms;
    for (const models::BulkPlan::Skipped& skipped : plan().skipped)
        vms.append(skipped.vm);
    return vms;
}

std::optional<VmAction> MaintenanceDialog::actionForRest() const
{
    const QVariant chosen = m_rest->currentData();
    return chosen.isValid() ? std::optional(static_cast<VmAction>(chosen.toInt())) : std::nullopt;
}

models::BulkPlan MaintenanceDialog::planForRest() const
{
    const std::optional<VmAction> action = actionForRest();
    return action ? m_context.workspace.commands.plan(leftOut(), *action) : models::BulkPlan {};
}

QVector<models::VmRef> MaintenanceDialog::staying() const
{
    const QVector<models::VmRef> cared = planForRest().allowed;
    QVector<models::VmRef> vms = leftOut();
    vms.removeIf([&cared](const models::VmRef& vm) { return cared.contains(vm); });
    return vms;
}

QString MaintenanceDialog::namesOf(const QVector<models::VmRef>& vms) const
{
    QStringList names;
    for (const models::VmRef& vm : vms.mid(0, kMostNames)) {
        if (const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm))
            //: %1 is a machine, %2 its state: "web (Paused)"
            names << tr("%1 (%2)").arg(record->info.name, Text::state(record->info));
    }
    if (const qsizetype more = vms.size() - kMostNames; more > 0)
        names << tr("and %Ln more", nullptr, static_cast<int>(more));
    return names.join(QStringLiteral(", "));
}

void MaintenanceDialog::noteWay()
{
    for (QComboBox* box : { m_target, m_storage })
        form()->setRowVisible(box, way() == Way::Move);
    fillRest();
    form()->setRowVisible(m_rest, way() != Way::Move && m_rest->count() > 1);
    validate();
}

void MaintenanceDialog::fillRest()
{
    const QVector<models::VmRef> vms = way() == Way::Move ? QVector<models::VmRef> {} : leftOut();
    const QVariant chosen = m_rest->currentData();
    const QSignalBlocker quiet(m_rest);
    m_rest->clear();
    m_rest->addItem(tr("stay as they are"));
    const auto offer = [&](VmAction action, const QString& text) {
        if (m_context.workspace.commands.canPerformAny(vms, action))
            m_rest->addItem(text, static_cast<int>(action));
    };
    offer(VmAction::Resume, tr("are resumed, then shut down"));
    offer(VmAction::Save, tr("are saved to disk"));
    offer(VmAction::ForceOff, tr("are forced off"));
    m_rest->setCurrentIndex(chosen.isValid() ? std::max(0, m_rest->findData(chosen)) : 0);
}

QString MaintenanceDialog::why() const
{
    using hosts::Feature;
    const Feature feature = way() == Way::Move ? Feature::Migration : hosts::featureFor(action());
    if (const QString why = HostText::whyNot(*m_host, feature); !why.isEmpty())
        return why;
    if (running().isEmpty())
        return tr("No machine runs on this host.");
    if (way() == Way::Move)
        return m_target->count() == 0 ? tr("Add a connection to another host of this kind first.")
                                      : QString();
    if (plan().allowed.isEmpty() && planForRest().allowed.isEmpty())
        return tr("None of the machines is in a state for that: %1.").arg(namesOf(leftOut()));
    return {};
}

QString MaintenanceDialog::what() const
{
    QStringList sentences { wayInWords(), restInWords() };
    if (const QVector<models::VmRef> vms
        = way() == Way::Move ? QVector<models::VmRef> {} : staying();
        !vms.isEmpty())
        //: %1 are machines: "web (Paused), db (Starting)"
        sentences << tr("These stay, since that can't be done to them now: %1.").arg(namesOf(vms));
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString MaintenanceDialog::wayInWords() const
{
    if (way() == Way::Move) {
        return tr(
            "%Ln machine(s) move, a few at a time. Those that can't move stay, and their tasks say "
            "why.",
            nullptr, static_cast<int>(running().size()));
    }
    const int count = static_cast<int>(plan().allowed.size());
    if (count == 0)
        return {};
    return way() == Way::ShutDown
        ? tr("%Ln guest(s) are asked to shut down; those that don't, run on.", nullptr, count)
        : tr("The memory of %Ln machine(s) is written to disk; they go on from there when they "
             "are started.",
            nullptr, count);
}

QString MaintenanceDialog::restInWords() const
{
    const int count = static_cast<int>(planForRest().allowed.size());
    if (way() == Way::Move || count == 0)
        return {};
    if (actionForRest() == VmAction::Resume)
        return tr("%Ln machine(s) are resumed, then asked to shut down.", nullptr, count);
    return actionForRest() == VmAction::Save
        ? tr("%Ln machine(s) are saved to disk.", nullptr, count)
        : tr("%Ln machine(s) are forced off: what their guests have not written to their disks is "
             "lost.",
            nullptr, count);
}

void MaintenanceDialog::empty()
{
    if (way() == Way::Move)
        return move();
    models::HostCommands& commands = m_context.workspace.commands;
    const std::optional<VmAction> forRest = actionForRest();
    const models::BulkPlan rest = planForRest();
    commands.perform(plan(), action());
    if (forRest == VmAction::Resume)
        resumeThenShutDown(rest);
    else if (forRest)
        commands.perform(rest, *forRest);
}

void MaintenanceDialog::move()
{
    const hosts::MigrationRequest request { .target = m_target->currentData().toString(),
        .storage = static_cast<StorageCopy>(m_storage->currentData().toInt()) };
    for (const models::VmRef& vm : running())
        m_context.workspace.commands.runInTurn(m_host, hosts::MigrateMachine { vm.vm, request });
}

void MaintenanceDialog::resumeThenShutDown(const models::BulkPlan& plan)
{
    models::HostCommands& commands = m_context.workspace.commands;
    for (const models::VmRef& ref : plan.allowed) {
        const models::Begun resumed
            = commands.run(ref.host, hosts::Perform { ref.vm, VmAction::Resume });
        vmm::async::onFinished(resumed.answer, &commands,
            [&commands, host = QPointer(ref.host), vm = ref.vm](
                const vmm::Result<hosts::Answer>& done) {
                if (done && host)
                    commands.runInTurn(host, hosts::Perform { vm, VmAction::ShutDown });
            });
    }
}

} // namespace ui
