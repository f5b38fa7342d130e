// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MachineActions.h"

#include "ui/dialogs/BackupDialogs.h"
#include "ui/dialogs/CloneDialog.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/MachineDialogs.h"
#include "ui/dialogs/MigrateDialog.h"
#include "ui/dialogs/RunInGuestDialog.h"
#include "ui/text/HostText.h"
#include "ui/text/MoveText.h"
#include "ui/text/Text.h"

namespace ui {

using hosts::Feature;
using models::VmRef;

MachineActions::MachineActions(Context& context, Selection& selection, QWidget* window)
    : QObject(window)
    , m_context(context)
    , m_selection(selection)
    , m_window(window)
    , m_rename(make("actionRename", Glyph::Rename, tr("Rename…"), tr("Give it another name"),
          QKeySequence(Qt::Key_F2), &MachineActions::runRename))
    , m_snapshot(make("actionSnapshot", Glyph::Snapshot, tr("Take snapshot…"),
          tr("Keep the machine as it is now, to come back to"),
          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), &MachineActions::runSnapshot))
    , m_backup(make("actionBackup", Glyph::Backup, tr("Back up…"),
          tr("Write the disks of the running machine to files on its host"),
          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B), &MachineActions::runBackup))
    , m_checkpoint(make("actionCheckpoint", Glyph::Checkpoint, tr("New checkpoint…"),
          tr("Have the disks note what is written from now on, for the next backup"), {},
          &MachineActions::runCheckpoint))
    , m_clone(make("actionClone", Glyph::Clone, tr("Clone…"), tr("Make another machine like it"),
          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), &MachineActions::runClone))
    , m_template(make("actionTemplate", Glyph::Template, {}, {}, {}, &MachineActions::runTemplate))
    , m_autostart(make("actionAutostart", Glyph::Autostart, tr("Start with its host"),
          tr("Start the machine by itself when its host is opened"), {},
          &MachineActions::runAutostart))
    , m_hardware(make("actionHardware", Glyph::Hardware, tr("Hardware"),
          tr("See and change the parts of the machine"), QKeySequence(Qt::CTRL | Qt::Key_E),
          &MachineActions::runHardware))
    , m_guestRun(make("actionRunInGuest", Glyph::Guest, tr("Run in the guest…"),
          tr("Have the agent in the guest run a program"), {}, &MachineActions::runInGuest))
    , m_guestTime(make("actionSetGuestTime", Glyph::Restore, tr("Set the guest's clock"),
          tr("Set the clock of the guest to the host's"), {}, &MachineActions::runSetTime))
    , m_notes(make("actionNotes", Glyph::Info, tr("Notes and tags…"),
          tr("Write down what the machine is for"), {}, &MachineActions::runNotes))
    , m_keys(make("actionSendKeys", Glyph::Keyboard, tr("Press Ctrl+Alt+Del"),
          tr("Press the keys at the machine, without its console"), {}, &MachineActions::runKeys))
    , m_nmi(make("actionNmi", Glyph::Warning, tr("Interrupt (NMI)…"),
          tr("Raise a non-maskable interrupt: many systems write a report of themselves then"), {},
          &MachineActions::runNmi))
    , m_dump(make("actionDump", Glyph::Memory, tr("Write memory to a file…"),
          tr("Keep what is in the guest's memory, for a debugger"), {}, &MachineActions::runDump))
    , m_password(make("actionGuestPassword", Glyph::Guest, tr("Set a password in the guest…"),
          tr("Have the agent in the guest give a user another password"), {},
          &MachineActions::runPassword))
    , m_screenPassword(make("actionScreenPassword", Glyph::Screen, tr("Password of the screen…"),
          tr("Have the screen ask whoever connects for a password"), {},
          &MachineActions::runScreenPassword))
    , m_migrate(make("actionMigrate", Glyph::Migrate, tr("Move to another host…"),
          tr("Move the machine to another host, with its disks if need be"), {},
          &MachineActions::runMigrate))
{
    m_autostart->setCheckable(true);
    m_update.setSingleShot(true);
    m_update.setInterval(0);
    connect(&m_update, &QTimer::timeout, this, &MachineActions::update);
    const auto schedule = [this] { m_update.start(); };
    connect(&selection, &Selection::targetsChanged, this, &MachineActions::update);
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, schedule);
    connect(&inventory, &models::Inventory::hostChanged, this, schedule);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, schedule);
    // A refused change leaves the check mark as it was.
    connect(&context.workspace.tasks, &models::TaskModel::finished, this, schedule);
    update();
}

QAction* MachineActions::make(const char* name, Glyph glyph, const QString& text,
    const QString& tip, const QKeySequence& shortcut, Run run)
{
    auto* action = new QAction(icon(glyph), text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(shortcut);
    action->setData(tip);
    m_window->addAction(action);
    connect(action, &QAction::triggered, this, [this, run] {
        if (const models::VmRecord* vm = m_selection.singleTarget())
            (this->*run)({ vm->host, vm->info.id });
    });
    return action;
}

void MachineActions::fill(QMenu& menu) const
{
    if (m_selection.targets().size() != 1)
        return;
    menu.addActions({ m_snapshot, m_backup, m_checkpoint, m_clone, m_template });
    menu.addSeparator();
    menu.addActions({ m_hardware, m_rename, m_notes, m_autostart });
    menu.addSeparator();
    menu.addActions({ m_guestRun, m_guestTime, m_password });
    menu.addSeparator();
    menu.addActions({ m_keys, m_nmi, m_dump, m_screenPassword });
    menu.addAction(m_migrate);
}

void MachineActions::setUsable(QAction* action, const QString& whyNot)
{
    action->setEnabled(whyNot.isEmpty());
    QString text = whyNot.isEmpty() ? action->data().toString() : whyNot;
    if (whyNot.isEmpty() && !action->shortcut().isEmpty())
        text += QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
    action->setToolTip(text);
    action->setStatusTip(text);
}

QString MachineActions::whyNot(Feature feature) const
{
    const models::VmRecord* vm = m_selection.singleTarget();
    if (!vm)
        return tr("Select one machine first.");
    return HostText::whyNot(*vm->host, feature);
}

void MachineActions::update()
{
    const models::VmRecord* vm = m_selection.singleTarget();
    const hosts::VmInfo info = vm ? vm->info : hosts::VmInfo {};
    m_template->setText(info.isTemplate ? tr("Make it a machine again") : tr("Make template…"));
    m_template->setData(info.isTemplate
            ? tr("Let it be started and changed again, as nothing stands on it")
            : tr("Keep it as it is, to make clones of"));
    m_autostart->setChecked(info.isAutostart);
    const QString noTemplateChange = info.isTemplate ? tr("A template stays as it is.") : QString();
    const auto first
        = [](const QString& one, const QString& other) { return one.isEmpty() ? other : one; };
    const bool isRunning = info.state == vmm::VmState::Running;
    const QString noGuest = isRunning ? QString() : tr("The machine does not run.");
    setUsable(m_rename,
        first(whyNot(Feature::Rename),
            vmm::isActive(info.state) && !info.isTemplate
                ? tr("Switch the machine off to rename it.")
                : noTemplateChange));
    setUsable(m_snapshot, first(whyNot(Feature::Snapshots), noTemplateChange));
    const QString isOff = vmm::isActive(info.state) ? QString() : whyOff();
    setUsable(m_backup, first(whyNot(Feature::Backup), isOff));
    setUsable(m_checkpoint, first(whyNot(Feature::Checkpoints), isOff));
    setUsable(m_clone, first(whyNot(Feature::Clone), whyNoClone(info)));
    setUsable(m_template, first(whyNot(Feature::Templates), whyNoTemplate(info)));
    setUsable(m_autostart, first(whyNot(Feature::Autostart), noTemplateChange));
    setUsable(m_hardware, vm ? QString() : tr("Select one machine first."));
    setUsable(m_guestRun, first(whyNot(Feature::GuestAgent), noGuest));
    setUsable(m_guestTime, first(whyNot(Feature::GuestAgent), noGuest));
    setUsable(m_password, first(whyNot(Feature::GuestAgent), noGuest));
    setUsable(m_notes, whyNot(Feature::Notes));
    setUsable(m_keys, first(whyNot(Feature::SendKeys), noGuest));
    setUsable(m_nmi, first(whyNot(Feature::InjectNmi), noGuest));
    setUsable(m_dump, first(whyNot(Feature::DumpMemory), noGuest));
    setUsable(m_screenPassword,
        first(whyNot(Feature::HotPlug),
            vm && !info.hasScreen ? tr("This machine has no screen.") : noTemplateChange));
    setUsable(m_migrate, first(whyNoMove(), noTemplateChange));
}

QString MachineActions::whyOff()
{
    return tr("The machine is switched off; start it first (it may be paused).");
}

/// A host that can't have running machines move may still hand over those that are off.
QString MachineActions::whyNoMove() const
{
    const models::VmRecord* vm = m_selection.singleTarget();
    if (vm && vm->host->uri().isRemoteCore()) {
        const MoveText text = MoveText::of({ .kind = hosts::moving::Obstacle::Kind::RemoteCore,
            .subject = Text::hostTitle(vm->host->uri()) });
        return text.what + QLatin1Char(' ') + text.remedy;
    }
    return whyNot(vm && vm->host->uri().isEmbedded() ? Feature::Create : Feature::Migration);
}

QString MachineActions::whyNoTemplate(const hosts::VmInfo& vm) const
{
    if (vm.isTemplate || !vmm::isActive(vm.state))
        return {};
    const QString why = whyNot(Feature::InstantClone);
    return why.isEmpty() ? QString()
                         : tr("Switch the machine off first: this host has no instant clones, "
                              "which a running template is for.");
}

QString MachineActions::whyNoClone(const hosts::VmInfo& vm) const
{
    return vmm::isActive(vm.state) && !vm.isTemplate
        ? tr("Switch the machine off first: its disks change while it runs.")
        : QString();
}

void MachineActions::runRename(const VmRef& vm)
{
    MachineDialogs::rename(m_context, vm, m_window);
}

void MachineActions::runSnapshot(const VmRef& vm)
{
    MachineDialogs::takeSnapshot(m_context, vm, m_window);
}

void MachineActions::runBackup(const VmRef& vm)
{
    BackupDialogs::backUp(m_context, vm, {}, m_window);
}

void MachineActions::runCheckpoint(const VmRef& vm)
{
    BackupDialogs::createCheckpoint(m_context, vm, m_window);
}

void MachineActions::runClone(const VmRef& vm)
{
    if (const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm))
        (new CloneDialog(m_context, *record, m_window))->start();
}

void MachineActions::runTemplate(const VmRef& vm)
{
    MachineDialogs::setTemplate(m_context, vm, m_window);
}

void MachineActions::runAutostart(const VmRef& vm)
{
    const bool isOn = m_autostart->isChecked();
    m_context.workspace.commands.run(vm.host, hosts::SetAutostart { vm.vm, isOn });
}

void MachineActions::runInGuest(const VmRef& vm)
{
    if (const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm))
        (new RunInGuestDialog(m_context, *record, m_window))->open();
}

void MachineActions::runSetTime(const VmRef& vm)
{
    m_context.workspace.commands.run(vm.host, hosts::SetGuestTime { vm.vm });
}

void MachineActions::runNotes(const VmRef& vm)
{
    MachineDialogs::editNotes(m_context, vm, m_window);
}

void MachineActions::runKeys(const VmRef& vm)
{
    m_context.workspace.commands.run(vm.host,
        hosts::SendKeys {
            vm.vm, { QStringLiteral("ctrl"), QStringLiteral("alt"), QStringLiteral("delete") } });
}

void MachineActions::runNmi(const VmRef& vm)
{
    const models::VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm);
    if (!record)
        return;
    const Question question { .title = tr("Interrupt %1?").arg(record->info.name),
        .text = tr("What the guest does then is its own choice: many systems stop with a report of "
                   "themselves."),
        .verb = tr("Interrupt") };
    ConfirmDialog::ask(m_window, question, [this, vm] {
        if (m_context.workspace.inventory.find(vm.host, vm.vm))
            m_context.workspace.commands.run(vm.host, hosts::InjectNmi { vm.vm });
    });
}

void MachineActions::runDump(const VmRef& vm)
{
    MachineDialogs::dumpMemory(m_context, vm, m_window);
}

void MachineActions::runPassword(const VmRef& vm)
{
    MachineDialogs::guestPassword(m_context, vm, m_window);
}

void MachineActions::runScreenPassword(const VmRef& vm)
{
    MachineDialogs::screenPassword(m_context, vm, m_window);
}

void MachineActions::runMigrate(const VmRef& vm)
{
    (new MigrateDialog(m_context, vm, m_window))->start();
}

void MachineActions::runHardware(const VmRef& vm)
{
    m_selection.setVms({ vm });
    Q_EMIT hardwareRequested();
}

} // namespace ui
