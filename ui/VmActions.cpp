// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/VmActions.h"

#include "ui/MachineActions.h"
#include "ui/RunningWork.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/Consequences.h"
#include "ui/dialogs/MaintenanceDialog.h"
#include "ui/style/Icons.h"
#include "ui/text/ErrorText.h"
#include "ui/text/HostText.h"
#include "ui/text/Text.h"

namespace ui {

using hosts::ConnectionState;
using vmm::VmAction;

namespace {

struct ActionLook {
    const char* name;
    Glyph glyph;
    QKeySequence shortcut;
};

ActionLook lookOf(VmAction action)
{
    switch (action) {
    case VmAction::Start:
        return { "actionStart", Glyph::Start, QKeySequence(Qt::CTRL | Qt::Key_R) };
    case VmAction::Pause:
        return { "actionPause", Glyph::Pause, QKeySequence(Qt::CTRL | Qt::Key_P) };
    case VmAction::Resume:
        return { "actionResume", Glyph::Resume, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P) };
    case VmAction::ShutDown:
        return { "actionShutDown", Glyph::ShutDown, QKeySequence(Qt::CTRL | Qt::Key_D) };
    case VmAction::Reboot:
        return { "actionReboot", Glyph::Reboot, {} };
    case VmAction::Reset:
        return { "actionReset", Glyph::Reset, {} };
    case VmAction::ForceOff:
        return { "actionForceOff", Glyph::ForceOff, {} };
    case VmAction::Save:
        return { "actionSave", Glyph::Save, {} };
    case VmAction::DiscardSave:
        return { "actionDiscardSave", Glyph::DiscardSave, {} };
    case VmAction::Undefine:
        return { "actionRemove", Glyph::Remove, QKeySequence(QKeySequence::Delete) };
    }
    return {};
}

bool needsQuestion(VmAction action, qsizetype count)
{
    switch (action) {
    case VmAction::Start:
    case VmAction::Pause:
    case VmAction::Resume:
        return false;
    case VmAction::ShutDown:
    case VmAction::Reboot:
    case VmAction::Save:
        return count > 1;
    case VmAction::Reset:
    case VmAction::ForceOff:
    case VmAction::DiscardSave:
    case VmAction::Undefine:
        return true;
    }
    return true;
}

} // namespace

VmActions::VmActions(Context& context, Selection& selection, QWidget* window)
    : QObject(window)
    , m_context(context)
    , m_selection(selection)
    , m_tally(context.workspace.inventory)
    , m_window(window)
{
    makeVmActions();
    makeOtherActions();
    m_update.setSingleShot(true);
    m_update.setInterval(0);
    connect(&m_update, &QTimer::timeout, this, &VmActions::update);
    connect(&selection, &Selection::targetsChanged, this, &VmActions::takeTargets);
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &VmActions::scheduleUpdate);
    connect(&inventory, &models::Inventory::hostChanged, this, &VmActions::scheduleUpdate);
    connect(&inventory, &models::Inventory::hostAdded, this, &VmActions::scheduleUpdate);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, &VmActions::scheduleUpdate);
    update();
}

QAction* VmActions::make(const QString& name, const QIcon& icon, const QKeySequence& shortcut)
{
    auto* action = new QAction(icon, QString(), this);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    m_window->addAction(action);
    return action;
}

void VmActions::makeVmActions()
{
    for (const VmAction action : vmm::kAllVmActions) {
        const ActionLook look = lookOf(action);
        QAction* made = make(QString::fromLatin1(look.name), icon(look.glyph), look.shortcut);
        made->setText(Text::action(action));
        connect(made, &QAction::triggered, this, [this, action] { trigger(action); });
        m_actions[static_cast<size_t>(action)] = made;
    }
    // Del belongs to the text in a line edit; only lists and pages hand it on.
    action(VmAction::Undefine)->setText(tr("Remove…"));
}

void VmActions::makeOtherActions()
{
    m_openConsole = make(QStringLiteral("actionConsole"), icon(Glyph::Console),
        QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_openConsole->setText(tr("Console"));
    connect(m_openConsole, &QAction::triggered, this, [this] {
        m_selection.setVms(m_selection.targets());
        Q_EMIT consoleRequested();
    });
    m_newMachine = make(QStringLiteral("actionNewMachine"), icon(Glyph::New), QKeySequence::New);
    m_newMachine->setText(tr("New"));
    connect(m_newMachine, &QAction::triggered, this, &VmActions::newMachineRequested);
    m_addConnection = make(QStringLiteral("actionAddConnection"), icon(Glyph::AddHost),
        QKeySequence(Qt::CTRL | Qt::Key_O));
    m_addConnection->setText(tr("Add connection…"));
    m_addConnection->setToolTip(tr("Manage the machines of another host"));
    connect(m_addConnection, &QAction::triggered, this, &VmActions::addConnectionRequested);
    m_reconnect
        = make(QStringLiteral("actionReconnect"), icon(Glyph::Retry), QKeySequence::Refresh);
    m_reconnect->setText(tr("Connect again"));
    connect(m_reconnect, &QAction::triggered, this, [this] {
        if (hosts::Host* host = m_selection.host())
            host->open();
    });
    m_maintenance = make(QStringLiteral("actionMaintenance"), icon(Glyph::Migrate), {});
    m_maintenance->setText(tr("Empty the host…"));
    connect(m_maintenance, &QAction::triggered, this, [this] {
        if (hosts::Host* host = m_selection.host())
            (new MaintenanceDialog(m_context, host, m_window))->start();
    });
    m_removeConnection
        = make(QStringLiteral("actionRemoveConnection"), icon(Glyph::Disconnect), {});
    m_removeConnection->setText(tr("Remove connection…"));
    connect(m_removeConnection, &QAction::triggered, this, &VmActions::removeHost);
}

void VmActions::fill(QMenu& menu, const MachineActions& more) const
{
    if (m_selection.isEmpty() && m_selection.targets().isEmpty()) {
        menu.addActions({ m_newMachine, m_addConnection });
        return;
    }
    if (m_selection.targets().isEmpty()) {
        menu.addActions({ m_newMachine, m_reconnect, m_maintenance });
        menu.addSeparator();
        menu.addAction(m_removeConnection);
        return;
    }
    menu.addAction(m_openConsole);
    menu.addSeparator();
    menu.addActions({ action(VmAction::Start), action(VmAction::Pause), action(VmAction::Resume),
        action(VmAction::ShutDown) });
    menu.addSeparator();
    menu.addActions(
        { action(VmAction::Reboot), action(VmAction::Reset), action(VmAction::ForceOff) });
    menu.addSeparator();
    menu.addActions({ action(VmAction::Save), action(VmAction::DiscardSave) });
    menu.addSeparator();
    more.fill(menu);
    menu.addSeparator();
    menu.addAction(action(VmAction::Undefine));
}

void VmActions::takeTargets()
{
    m_tally.count(m_selection.targets());
    update();
}

void VmActions::update()
{
    showPauseOrResume();
    for (const VmAction each : vmm::kAllVmActions)
        setUsable(action(each), Text::actionTip(each), whyNot(each));
    nameStart();
    updateOthers();
}

// One place for both: what can't be done to the selection is not shown beside what can. Before they
// are enabled, since Qt keeps what is invisible disabled.
void VmActions::showPauseOrResume()
{
    const bool canPause = whyNot(VmAction::Pause).isEmpty();
    const bool canResume = whyNot(VmAction::Resume).isEmpty();
    action(VmAction::Resume)->setVisible(canResume);
    action(VmAction::Pause)->setVisible(canPause || !canResume);
}

// Of a machine with saved memory, a start is something else.
void VmActions::nameStart()
{
    const models::VmRecord* vm = m_selection.singleTarget();
    const bool isRestore = vm && vm->info.hasSavedMemory;
    QAction* start = action(VmAction::Start);
    start->setText(isRestore ? tr("Resume from disk") : Text::action(VmAction::Start));
    if (isRestore && start->isEnabled())
        setUsable(start, tr("Go on from the memory that was saved to disk"), {});
}

void VmActions::setUsable(QAction* action, const QString& tip, const QString& whyNot)
{
    action->setEnabled(whyNot.isEmpty());
    QString text = whyNot.isEmpty() ? tip : whyNot;
    if (whyNot.isEmpty() && !action->shortcut().isEmpty())
        text += QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
    action->setToolTip(text);
    action->setStatusTip(text);
}

QString VmActions::whyNot(VmAction action) const
{
    const models::HostCommands& commands = m_context.workspace.commands;
    if (m_selection.targets().isEmpty())
        return tr("Select a machine first.");
    if (m_selection.targets().size() > 1)
        return whyNone(action);
    const models::VmRef ref = m_selection.targets().first();
    const auto verdict = commands.canPerform(ref.host, ref.vm, action);
    if (verdict)
        return {};
    if (const QString why = HostText::whyNot(*ref.host, hosts::featureFor(action)); !why.isEmpty())
        return why;
    const models::VmRecord* vm = m_selection.singleTarget();
    return vm ? Text::whyNot(action, vm->info) : ErrorText::of(verdict.error()).inOneLine();
}

QString VmActions::whyNone(VmAction action) const
{
    const QString why = Consequences::whyNone(m_tally.counts(action));
    const QVector<hosts::Host*> hosts = m_tally.hosts();
    const QString ofHost = why.isEmpty() || hosts.size() != 1
        ? QString()
        : HostText::whyNot(*hosts.first(), hosts::featureFor(action));
    return ofHost.isEmpty() ? why : ofHost;
}

void VmActions::updateOthers()
{
    QString noConsole;
    const models::VmRecord* vm = m_selection.singleTarget();
    if (!vm) {
        noConsole = tr("Select one machine first.");
    } else if (!vm->host->info().has(hosts::Feature::Console)) {
        noConsole = vm->host->info().missing.value(hosts::Feature::Console);
    } else if (!vm->info.hasScreen && vm->info.consoles.isEmpty()) {
        noConsole = tr("This machine has no screen.");
    }
    setUsable(m_openConsole, tr("Show the machine's screen"), noConsole);

    QString noNew = tr("No host that can create machines is connected: add a connection, or "
                       "connect one again.");
    for (const hosts::Host* host : m_context.workspace.hosts.hosts()) {
        if (host->connectionState() == ConnectionState::Connected
            && host->info().has(hosts::Feature::Create))
            noNew.clear();
    }
    setUsable(m_newMachine, tr("Create a machine"), noNew);

    const hosts::Host* host = m_selection.host();
    const QString noHost = host ? QString() : tr("Select a host first.");
    setUsable(
        m_reconnect, tr("Try to connect to the host now"), host ? whyNoReconnect(*host) : noHost);
    setUsable(m_maintenance, tr("Move, shut down or save all its machines, to work on it"),
        host ? HostText::whyNotConnected(*host) : noHost);
    setUsable(m_removeConnection, tr("Forget this host; its machines go on running"), noHost);
}

QString VmActions::whyNoReconnect(const hosts::Host& host)
{
    switch (host.connectionState()) {
    case ConnectionState::Connected:
        return tr("The host is connected.");
    case ConnectionState::Connecting:
        return HostText::whyNotConnected(host);
    case ConnectionState::Disconnected:
    case ConnectionState::Reconnecting:
    case ConnectionState::Failed:
        return {};
    }
    return {};
}

void VmActions::trigger(VmAction action)
{
    models::HostCommands& commands = m_context.workspace.commands;
    const models::BulkPlan plan = commands.plan(m_selection.targets(), action);
    if (plan.allowed.isEmpty())
        return;
    if (!needsQuestion(action, plan.allowed.size())) {
        commands.perform(plan, action);
        return;
    }
    const Question question = Consequences::question(m_context.workspace.inventory, plan, action);
    ConfirmDialog::ask(m_window, question, [this, plan, action](const QStringList& ticked) {
        if (!ticked.isEmpty())
            return removeWithDisks(plan.allowed.first(), ticked);
        // What was asked about is done, whatever is selected by now; states may have changed.
        m_context.workspace.commands.perform(
            m_context.workspace.commands.plan(plan.allowed, action), action);
    });
}

void VmActions::removeWithDisks(const models::VmRef& vm, const QStringList& disks)
{
    if (m_context.workspace.inventory.find(vm.host, vm.vm))
        m_context.workspace.commands.run(vm.host, hosts::RemoveWithDisks { vm.vm, disks });
}

void VmActions::removeHost()
{
    hosts::Host* host = m_selection.host();
    if (!host)
        return;
    const QStringList work = RunningWork::lines(m_context.workspace.tasks, host);
    const QStringList unapplied = m_unapplied ? m_unapplied(host) : QStringList();
    const Question question { .title
        = tr("Remove the connection to %1?").arg(Text::hostTitle(host->uri())),
        .text = !work.isEmpty()
            ? tr("The host and its machines vanish from this window. Its machines go on running, "
                 "and you can add the connection again. This work goes through the connection; "
                 "what becomes of it:")
            : !unapplied.isEmpty()
            ? tr("The host and its machines vanish from this window. Its machines go on running, "
                 "and you can add the connection again. What was changed of these is not stored "
                 "anywhere:")
            : tr("The host and its machines vanish from this window. Nothing on the host is "
                 "changed: its machines go on running, and you can add the connection again."),
        .items = work + unapplied,
        .verb = tr("Remove connection"),
        .isDangerous = !(work + unapplied).isEmpty() };
    ConfirmDialog::ask(m_window, question, [this, uri = host->uri()] {
        if (hosts::Host* found = m_context.workspace.hosts.find(uri))
            m_context.workspace.hosts.remove(found);
    });
}

} // namespace ui
