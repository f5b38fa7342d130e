// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace console {
class TerminalPanel;
}

namespace ui {

/// A serial port of a machine for as long as it is kept: its terminal, which whoever shows it puts
/// among its widgets, and the knowledge when to connect. GUI thread.
class SerialPort : public QObject {
    Q_OBJECT

public:
    SerialPort(const models::VmRef& vm, int number, QObject* parent);
    ~SerialPort() override; ///< its panel goes with it

    const models::VmRef& vm() const { return m_vm; }
    int number() const { return m_number; }
    console::TerminalPanel* panel() const;
    /// Why the port did not open.
    const std::optional<vmm::Error>& error() const { return m_error; }

    void take(vmm::VmState state); ///< what the host says of the machine
    void noteReturn(); ///< it is shown again: what did not work, or broke, is due once more
    /// Its host was heard of. One that comes back has what broke with it opened again.
    void followHost();
    void openIfDue(); ///< once in each run of the machine
    void open(bool isTakenOver);

Q_SIGNALS:
    void changed(); ///< the error

private:
    models::VmRef m_vm;
    int m_number;
    QPointer<console::TerminalPanel> m_panel;
    std::optional<vmm::Error> m_error;
    bool m_isActive = false;
    bool m_isOpened = false;
    bool m_isHostGone = false;
    quint64 m_generation = 0; ///< drops answers to what was asked before
};

} // namespace ui
