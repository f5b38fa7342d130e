// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/SerialRelays.h"
#include "vmm/qemu/Machine.h"

namespace hosts::embedded {

/// The serial ports of machines that somebody has open. QEMU serves one client of each, which is a
/// SerialRelay; it goes when its clients have, so that other programs can come to QEMU's socket
/// too. What was said while nobody listened is read from the log that QEMU writes by itself.
class SerialPorts : public QObject {
    Q_OBJECT

public:
    using Endpoint = vmm::ConsoleEndpoint;

    using QObject::QObject;

    /// As hosts::OpenSerial says.
    vmm::Future<Endpoint> open(vmm::Machine& machine, int port);

private:
    vmm::Future<Endpoint> connectTo(const QString& name, const vmm::SerialPlace& place);

    SerialRelays m_relays;
};

} // namespace hosts::embedded
