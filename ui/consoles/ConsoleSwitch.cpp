// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleSwitch.h"

#include "console/terminal/TerminalPanel.h"
#include "models/VmRecord.h"
#include "ui/consoles/SerialPorts.h"
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
    , m_ports(new SerialPorts(context.workspace.inventory, this))
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
    followPorts();
    m_chooser->setVisible(false);
    showTools();
}

void ConsoleSwitch::followPorts()
{
    connect(m_find, &QAction::triggered, this, [this] {
        if (m_port)
            panel()->showSearch();
    });
    connect(m_log, &QAction::triggered, this, [this] {
        if (m_port)
            panel()->askForLog();
    });
    connect(m_takeOver, &QAction::triggered, this, [this] {
        if (m_port)
            m_port->open(true);
    });
    connect(m_ports, &SerialPorts::made, this, [this](SerialPort* port) {
        connect(port, &SerialPort::changed, this, [this, port] {
            if (port != m_port)
                return;
            showTools();
            Q_EMIT changed();
        });
        Q_EMIT panelMade(port->panel());
    });
    connect(m_ports, &SerialPorts::aboutToDrop, this, [this](const SerialPort* port) {
        if (port != m_port)
            return;
        clear();
        Q_EMIT changed();
    });
}

console::TerminalPanel* ConsoleSwitch::panel() const
{
    return m_port ? m_port->panel() : nullptr;
}

std::optional<vmm::Error> ConsoleSwitch::error() const
{
    return m_port ? m_port->error() : std::nullopt;
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
    m_state = vm.info.state;
    fillMenu(vm.info.consoles);
    const QString stored = m_context.settings.view(choiceKey(m_vm), QString()).toString();
    const auto remembered = vmm::consoleChoiceFromString(stored);
    m_choice = remembered && m_choices.contains(*remembered) ? *remembered : m_choices.value(0);
    usePort();
    showChoice();
    showTools();
}

void ConsoleSwitch::usePort()
{
    SerialPort* port = isSerial() ? m_ports->use(m_vm, m_choice.port) : nullptr;
    if (port && port != m_port)
        port->noteReturn();
    m_port = port;
    if (port)
        port->take(m_state);
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
    usePort();
    showChoice();
    showTools();
    Q_EMIT switched();
}

void ConsoleSwitch::showTools()
{
    m_find->setVisible(isSerial());
    m_log->setVisible(isSerial());
    m_takeOver->setVisible(error() && error()->cause == vmm::ErrorCause::ConsoleInUse);
}

void ConsoleSwitch::clear()
{
    m_port = nullptr;
    m_vm = {};
    m_choice = {};
    m_chooser->setVisible(false);
    showTools();
}

void ConsoleSwitch::openIfDue()
{
    if (m_port)
        m_port->openIfDue();
}

void ConsoleSwitch::reopen()
{
    if (m_port)
        m_port->open(false);
}

} // namespace ui
