// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/HostHub.h"

namespace hosts::wire {

HostHub::HostHub(Host& host, HostServerOptions options, QObject* parent)
    : QObject(parent)
    , m_host(host)
    , m_options(std::move(options))
{
}

HostServer* HostHub::addPeer(int readFd, int writeFd, const QString& uri)
{
    HostServerOptions options = m_options;
    if (!uri.isEmpty())
        options.uri = uri;
    auto peer = std::make_shared<HostServer*>(nullptr);
    options.setVisible = [this, peer](const QSet<VmId>& vms) {
        m_peers[*peer] = vms;
        tellVisible();
    };
    auto* server = new HostServer(m_host, readFd, writeFd, std::move(options), this);
    *peer = server;
    m_peers.insert(server, {});
    connect(server, &HostServer::finished, this,
        [this, server](const QString& reason) { removePeer(server, reason); });
    server->start();
    return server;
}

void HostHub::removePeer(HostServer* peer, const QString& reason)
{
    const auto found = m_peers.constFind(peer);
    if (found == m_peers.cend())
        return;
    const bool lookedAtSome = !found->isEmpty();
    m_peers.erase(found);
    peer->disconnect(this);
    peer->leave();
    peer->deleteLater(); // it may be the sender
    if (lookedAtSome)
        tellVisible();
    Q_EMIT peerRemoved(peer);
    if (m_peers.isEmpty())
        Q_EMIT emptied(reason);
}

void HostHub::tellVisible()
{
    QSet<VmId> all;
    for (const QSet<VmId>& vms : std::as_const(m_peers))
        all.unite(vms);
    m_host.setVisibleVms(all);
}

} // namespace hosts::wire
