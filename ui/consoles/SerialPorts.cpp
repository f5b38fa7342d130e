// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/SerialPorts.h"

#include "models/Inventory.h"

#include <algorithm>
#include <utility>

namespace ui {

SerialPorts::SerialPorts(models::Inventory& inventory, QObject* parent)
    : QObject(parent)
{
    connect(&inventory, &models::Inventory::changed, this, &SerialPorts::take);
    connect(&inventory, &models::Inventory::hostChanged, this, [this](const hosts::Host* host) {
        for (SerialPort* port : std::as_const(m_ports)) {
            if (port->vm().host == host)
                port->followHost();
        }
    });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        const QVector<SerialPort*> all = m_ports;
        for (SerialPort* port : all) {
            if (port->vm().host == host)
                drop(port);
        }
    });
}

SerialPort* SerialPorts::use(const models::VmRef& vm, int number)
{
    const auto found = std::find_if(m_ports.begin(), m_ports.end(),
        [&](const SerialPort* port) { return port->vm() == vm && port->number() == number; });
    const bool isKept = found != m_ports.end();
    SerialPort* port = isKept ? *found : new SerialPort(vm, number, this);
    m_ports.removeOne(port);
    m_ports.append(port);
    if (!isKept)
        Q_EMIT made(port);
    while (m_ports.size() > kMaxHidden + 1)
        drop(m_ports.first());
    return port;
}

void SerialPorts::take(const models::InventoryDelta& delta)
{
    const QVector<SerialPort*> all = m_ports;
    for (SerialPort* port : all) {
        if (port->vm().host != delta.host)
            continue;
        const auto isIt
            = [id = port->vm().vm](const models::VmRecord* vm) { return vm->info.id == id; };
        if (std::any_of(delta.removed.begin(), delta.removed.end(), isIt)) {
            drop(port);
            continue;
        }
        for (const models::VmChange& change : delta.changed) {
            if (isIt(change.vm))
                port->take(change.vm->info.state);
        }
    }
}

void SerialPorts::drop(SerialPort* port)
{
    m_ports.removeOne(port);
    Q_EMIT aboutToDrop(port);
    port->deleteLater(); // it may be what the caller was called by
}

} // namespace ui
