// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

class QAction;
class QActionGroup;
class QToolBar;

namespace console {
class TerminalPanel;
}

namespace ui {

class SerialPort;
class SerialPorts;

/// Which of its consoles a machine is looked at through: its screens, over SPICE or VNC, or one of
/// its serial ports, whose terminal is here. Remembered for each machine; one with a single console
/// is not asked about.
class ConsoleSwitch : public QObject {
    Q_OBJECT

public:
    /// Its tools go into `tools`, its panels where the caller likes.
    ConsoleSwitch(Context& context, QToolBar& tools, QObject* parent);

    console::TerminalPanel* panel() const; ///< of the serial port; null while it is a screen
    QAction* chooser() const { return m_chooser; }
    QAction* takeOver() const { return m_takeOver; }
    bool isSerial() const { return m_choice.protocol == vmm::ConsoleEndpoint::Protocol::Serial; }
    hosts::ScreenKind screen() const;
    /// Why the port did not open.
    std::optional<vmm::Error> error() const;

    void setVm(const models::VmRecord& vm);
    void clear(); ///< no machine; its port stays connected
    void openIfDue(); ///< the serial port, once in each run of the machine
    void reopen();

Q_SIGNALS:
    void switched(); ///< somebody chose another console
    void changed(); ///< the error
    void panelMade(QWidget* panel); ///< of a port that was not looked at before

private:
    void choose(const vmm::ConsoleChoice& choice);
    void fillMenu(const QVector<vmm::ConsoleChoice>& choices);
    void showChoice();
    void showTools();
    void usePort();
    void followPorts();
    static QString textFor(const vmm::ConsoleChoice& choice);

    Context& m_context;
    SerialPorts* m_ports;
    QPointer<SerialPort> m_port; ///< the one that was chosen
    QAction* m_chooser;
    QActionGroup* m_group; ///< the choices of its menu
    QAction* m_find;
    QAction* m_log;
    QAction* m_takeOver;
    models::VmRef m_vm;
    QVector<vmm::ConsoleChoice> m_choices;
    vmm::ConsoleChoice m_choice;
    vmm::VmState m_state = vmm::VmState::Unknown;
};

} // namespace ui
