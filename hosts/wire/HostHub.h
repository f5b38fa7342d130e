// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/HostServer.h"

namespace hosts::wire {

/// Serves one host to several peers at once: each sees the whole inventory and what the others do
/// to it; machines that any of them looks at count as visible. The host must outlive the hub.
class HostHub : public QObject {
    Q_OBJECT

public:
    explicit HostHub(Host& host, HostServerOptions options = {}, QObject* parent = nullptr);

    /// Takes the descriptors; see FdStream. `uri`: what the peer calls the host. The server says
    /// hello at once; it belongs to the hub and goes when its peer does.
    HostServer* addPeer(int readFd, int writeFd, const QString& uri = {});
    /// As if that peer had hung up. Later calls do nothing.
    void removePeer(HostServer* peer, const QString& reason);

    qsizetype peerCount() const { return m_peers.size(); }

Q_SIGNALS:
    void peerRemoved(hosts::wire::HostServer* peer); ///< only to be compared any more
    void emptied(const QString& reason); ///< the last peer is gone, for this reason

private:
    void tellVisible();

    Host& m_host;
    HostServerOptions m_options;
    QHash<HostServer*, QSet<VmId>> m_peers; ///< children, with what they look at
};

} // namespace hosts::wire
