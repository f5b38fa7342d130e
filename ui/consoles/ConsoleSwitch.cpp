// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleSwitch.h"

#include "console/terminal/TerminalPanel.h"
#include "models/VmRecord.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Icons.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QToolBar>

namespace ui {

namespace {

using vmm::ConsoleChoice;
using Protocol = vmm::ConsoleEndpoint::Protocol;

QString choiceKey(const models::VmRef& vm)
{
    return QStringLiteral("console-choice-") + vm.vm.toString(QUuid::WithoutBraces);
}

} // namespace

ConsoleSwitch::ConsoleSwitch(Context& context, QToolBar& tools, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_panel(new console::TerminalPanel)
    , m_chooser(
          addTool(tools, QStringLiteral("consoleSwitch"), icon(Glyph::Console), tr("Console")))
    , m_group(new QActionGroup(this))
    , m_find(addTool(tools, QStringLiteral("terminalFind"), icon(Glyph::Search), tr("Find")))
    , m_log(addTool(tools, QStringLiteral("terminalLog"), icon(Glyph::Save), tr("Log")))
    , m_takeOver(
          addTool(tools, QStringLiteral("terminalTakeOver"), icon(Glyph::Attach), tr("Take over")))
{
    m_chooser->setToolTip(tr("Choose between the machine's screens and serial ports"));
    auto* menu = new QMenu(&tools);
    menu->setObjectName(QStringLiteral("consoleSwitchMenu"));
    setToolMenu(tools, m_chooser, menu);
    m_find->setToolTip(tr("Find in the terminal (Ctrl+Shift+F)"));
    m_log->setToolTip(tr("Write what the serial port says to a file, or stop"));
    m_takeOver->setToolTip(tr("Take the serial port from whoever has it open"));
    connect(m_find, &QAction::triggered, m_panel, &console::TerminalPanel::showSearch);
    connect(m_log, &QAction::triggered, m_panel, &console::TerminalPanel::askForLog);
    connect(m_takeOver, &QAction::triggered, this, [this] { openSerial(true); });
    connect(m_panel, &console::TerminalPanel::reconnectRequested, this, &ConsoleSwitch::reopen);
    m_chooser->setVisible(false);
    showTools();
}

QString ConsoleSwitch::textFor(const ConsoleChoice& choice)
{
    switch (choice.protocol) {
    case Protocol::Spice:
        return tr("Screen (SPICE)");
    case Protocol::Vnc:
        return tr("Screen (VNC)");
    case Protocol::Serial:
        return tr("Serial port %1").arg(choice.port + 1);
    }
    return {};
}

hosts::ScreenKind ConsoleSwitch::screen() const
{
    return m_choice.protocol == Protocol::Vnc ? hosts::ScreenKind::Vnc : hosts::ScreenKind::Best;
}

void ConsoleSwitch::setVm(const models::VmRecord& vm)
{
    const models::VmRef ref { vm.host, vm.info.id };
    if (!(ref == m_vm)) {
        clear();
        m_vm = ref;
    }
    // While it starts nobody serves its port yet; another run is another one.
    const bool isActive = vmm::isActive(vm.info.state) && vm.info.state != vmm::VmState::Starting;
    if (isActive != m_isActive)
        m_isOpened = false;
    m_isActive = isActive;
    fillMenu(vm.info.consoles);
    const QString stored = m_context.settings.view(choiceKey(m_vm), QString()).toString();
    const auto remembered = vmm::consoleChoiceFromString(stored);
    m_choice = remembered && m_choices.contains(*remembered) ? *remembered : m_choices.value(0);
    showChoice();
    showTools();
}

void ConsoleSwitch::fillMenu(const QVector<ConsoleChoice>& choices)
{
    m_chooser->setVisible(choices.size() > 1);
    if (choices == m_choices)
        return;
    m_choices = choices;
    qDeleteAll(m_group->actions());
    for (const ConsoleChoice& choice : choices) {
        QAction* action = m_chooser->menu()->addAction(textFor(choice));
        action->setCheckable(true);
        m_group->addAction(action);
        action->setObjectName(QStringLiteral("console-") + vmm::nameOf(choice));
        connect(action, &QAction::triggered, this, [this, choice] { choose(choice); });
    }
}

void ConsoleSwitch::showChoice()
{
    m_chooser->setText(textFor(m_choice));
    const QList<QAction*> actions = m_group->actions();
    if (const auto at = m_choices.indexOf(m_choice); at >= 0)
        actions[at]->setChecked(true);
}

void ConsoleSwitch::choose(const ConsoleChoice& choice)
{
    if (choice == m_choice)
        return;
    m_context.settings.setView(choiceKey(m_vm), vmm::nameOf(choice));
    m_choice = choice;
    showChoice();
    m_panel->session().close();
    m_isOpened = false;
    m_error.reset();
    ++m_generation;
    showTools();
    Q_EMIT switched();
}

void ConsoleSwitch::showTools()
{
    m_find->setVisible(isSerial());
    m_log->setVisible(isSerial());
    m_takeOver->setVisible(
        isSerial() && m_error && m_error->cause == vmm::ErrorCause::ConsoleInUse);
}

void ConsoleSwitch::clear()
{
    ++m_generation;
    m_panel->session().close();
    m_vm = {};
    m_choice = {};
    m_error.reset();
    m_isActive = false;
    m_isOpened = false;
    m_chooser->setVisible(false);
    showTools();
}

void ConsoleSwitch::openIfDue()
{
    if (isSerial() && m_isActive && !m_isOpened)
        openSerial(false);
}

void ConsoleSwitch::reopen()
{
    openSerial(false);
}

void ConsoleSwitch::openSerial(bool isTakenOver)
{
    if (!m_vm.host)
        return;
    m_isOpened = true;
    m_error.reset();
    showTools();
    const quint64 generation = ++m_generation;
    const hosts::OpenSerial operation {
        .vm = m_vm.vm, .port = m_choice.port, .isTakenOver = isTakenOver
    };
    vmm::async::onFinished(m_vm.host->call(operation), this,
        [this, generation](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (endpoint)
                m_panel->session().open(*endpoint);
            else
                m_error = endpoint.error();
            showTools();
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace ui
