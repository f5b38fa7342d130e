// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/qemu/QmpMessage.h"

#include <QHash>
#include <QJsonObject>

namespace vmm {

class Machine;

/// Who has a machine's screen open. QEMU says who does, not since when; that is known of those who
/// came while somebody listened.
class ScreenClients {
public:
    /// As the machine's QEMU says now. Nothing if it does not say so within a moment: it is no
    /// reason to keep anybody waiting. Never fails.
    /// Source: QMP `query-spice`, `query-vnc` (QEMU 7.2).
    Future<QVector<ConsoleClient>> ask(Machine& machine, ConsoleEndpoint::Protocol protocol) const;

    /// Takes notice of who comes and goes. SPICE serves one client at a time: whoever comes takes
    /// the place of the one before. Source: QMP events SPICE_INITIALIZED, VNC_CONNECTED,
    /// VNC_DISCONNECTED.
    void note(const QmpEvent& event);
    void clear() { m_since.clear(); } ///< another QEMU, other clients

    /// One for each client, however many channels it has.
    QVector<ConsoleClient> read(
        ConsoleEndpoint::Protocol protocol, const QJsonObject& answer) const;

private:
    QHash<QString, QDateTime> m_since; ///< by what tells them apart
};

} // namespace vmm
