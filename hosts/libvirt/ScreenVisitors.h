// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QHash>
#include <QMutex>

namespace hosts::libvirt {

/// Who came to the screens of a host's machines since the connection was made, and has not gone:
/// libvirt tells comings and goings, but not who is there. Any thread.
/// Source: VIR_DOMAIN_EVENT_ID_GRAPHICS.
class ScreenVisitors {
public:
    /// `address` without a port: a SPICE client has one for each channel. Empty: by a unix socket.
    void came(VmId vm, const QString& address, const QDateTime& when);
    void went(VmId vm, const QString& address);
    void forget(VmId vm); ///< its screens are no more
    /// Oldest first.
    QVector<vmm::ConsoleClient> of(VmId vm) const;

private:
    struct Visit {
        int connections = 0;
        QDateTime since {};
    };

    mutable QMutex m_mutex;
    QHash<VmId, QHash<QString, Visit>> m_visits;
};

} // namespace hosts::libvirt
