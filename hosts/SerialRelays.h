// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/SerialRelay.h"
#include "vmm/base/Async.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QHash>

#include <functional>
#include <optional>

namespace hosts {

/// The serial ports of one host that somebody has open, each with its relay.
class SerialRelays : public QObject {
    Q_OBJECT

public:
    using Endpoint = vmm::ConsoleEndpoint;
    using Opening = std::function<vmm::Future<Endpoint>()>;

    using QObject::QObject;

    /// The port's relay if it has one, or that which is being opened; else what `opening` brings.
    vmm::Future<Endpoint> open(const QString& port, const Opening& opening);
    /// Relays a port at the socket `path`. Errors: Io.
    vmm::Result<Endpoint> add(const QString& port, const QString& path,
        std::unique_ptr<SerialSource> source, const QByteArray& history = {});

private:
    QHash<QString, SerialRelay*> m_relays; // children
    QHash<QString, vmm::Future<Endpoint>> m_opening; ///< those under way, and the last ones
};

} // namespace hosts
