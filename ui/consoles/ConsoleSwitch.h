// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QObject>

class QAction;
class QActionGroup;
class QToolBar;

namespace console {
class TerminalPanel;
}

namespace ui {

/// Which of its consoles a machine is looked at through: its screens, over SPICE or VNC, or one of
/// its serial ports, whose terminal is here. Remembered for each machine; one with a single console
/// is not asked about.
class ConsoleSwitch : public QObject {
    Q_OBJECT

public:
    /// Its tools go into `tools`, its panel where the caller likes.
    ConsoleSwitch(Context& context, QToolBar& tools, QObject* parent);

    console::TerminalPanel* panel() const { return m_panel; }
    QAction* chooser() const { return m_chooser; }
    QAction* takeOver() const { return m_takeOver; }
    bool isSerial() const { return m_choice.protocol == vmm::ConsoleEndpoint::Protocol::Serial; }
    hosts::ScreenKind screen() const;
    /// Why the port did not open.
    const std::optional<vmm::Error>& error() const { return m_error; }

    void setVm(const models::VmRecord& vm);
    void clear(); ///< no machine, no connection
    void openIfDue(); ///< the serial port, once in each run of the machine
    void reopen();

Q_SIGNALS:
    void switched(); ///< somebody chose another console
    void changed(); ///< the error

private:
    void choose(const vmm::ConsoleChoice& choice);
    void fillMenu(const QVector<vmm::ConsoleChoice>& choices);
    void showChoice();
    void showTools();
    void openSerial(bool isTakenOver);
    static QString textFor(const vmm::ConsoleChoice& choice);

    Context& m_context;
    console::TerminalPanel* m_panel;
    QAction* m_chooser;
    QActionGroup* m_group; ///< the choices of its menu
    QAction* m_find;
    QAction* m_log;
    QAction* m_takeOver;
    models::VmRef m_vm;
    QVector<vmm::ConsoleChoice> m_choices;
    vmm::ConsoleChoice m_choice;
    std::optional<vmm::Error> m_error;
    bool m_isActive = false;
    bool m_isOpened = false;
    quint64 m_generation = 0; ///< drops answers to what was asked before
};

} // namespace ui
