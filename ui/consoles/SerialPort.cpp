// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/SerialPort.h"

#include "console/terminal/TerminalPanel.h"

#include <utility>

namespace ui {

SerialPort::SerialPort(const models::VmRef& vm, int number, QObject* parent)
    : QObject(parent)
    , m_vm(vm)
    , m_number(number)
    , m_panel(new console::TerminalPanel)
{
    connect(m_panel, &console::TerminalPanel::reconnectRequested, this, [this] { open(false); });
}

SerialPort::~SerialPort()
{
    delete m_panel;
}

console::TerminalPanel* SerialPort::panel() const
{
    return m_panel;
}

void SerialPort::take(vmm::VmState state)
{
    // While it starts nobody serves its port yet; another run is another one.
    const bool isActive = vmm::isActive(state) && state != vmm::VmState::Starting;
    if (std::exchange(m_isActive, isActive) != isActive)
        m_isOpened = false;
}

void SerialPort::noteReturn()
{
    if (m_error || m_panel->session().state() == console::SerialSession::State::Ended)
        m_isOpened = false;
}

void SerialPort::followHost()
{
    const bool isGone = m_vm.host->connectionState() != hosts::ConnectionState::Connected;
    if (std::exchange(m_isHostGone, isGone) == isGone || isGone)
        return;
    if (m_error && m_error->cause == vmm::ErrorCause::ConsoleInUse)
        return; // that was the user's to decide
    noteReturn();
    openIfDue();
}

void SerialPort::openIfDue()
{
    if (m_isActive && !m_isOpened)
        open(false);
}

void SerialPort::open(bool isTakenOver)
{
    m_isOpened = true;
    m_error.reset();
    const quint64 generation = ++m_generation;
    const hosts::OpenSerial operation {
        .vm = m_vm.vm, .port = m_number, .isTakenOver = isTakenOver
    };
    vmm::async::onFinished(m_vm.host->call(operation), this,
        [this, generation](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (endpoint)
                m_panel->session().open(*endpoint);
            else
                m_error = endpoint.error();
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace ui
