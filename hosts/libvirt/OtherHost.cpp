// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/OtherHost.h"

#include <QUrl>

namespace hosts::libvirt {

QString keyNameOf(const HostUri& uri)
{
    const QString user = uri.userName().isEmpty() ? QString() : uri.userName() + QLatin1Char('@');
    const QString port = uri.port() > 0 ? QStringLiteral(":%1").arg(uri.port()) : QString();
    return uri.driver() + QStringLiteral("://") + user + uri.hostName() + port;
}

QByteArray addressThrough(const HostUri& uri, const QString& socket)
{
    return (uri.driver() + QStringLiteral("+unix://") + uri.path() + QStringLiteral("?socket="))
               .toUtf8()
        + QUrl::toPercentEncoding(socket, "/");
}

OtherHost::OtherHost(HostUri uri, wire::SshOptions ssh, const Asker& asker)
    : m_uri(std::move(uri))
    , m_credentials(std::make_shared<Credentials>(keyNameOf(m_uri), m_uri.userName()))
{
    m_credentials->setAsker(asker);
    if (!m_uri.isSshTunnel())
        return;
    m_tunnel = std::make_unique<wire::SshTunnel>(m_uri, std::move(ssh));
    QObject::connect(m_tunnel.get(), &wire::SshTunnel::lost, m_tunnel.get(),
        [this](const vmm::Error&) { m_socket.clear(); });
}

vmm::Future<Target> OtherHost::reach()
{
    const auto target = [uri = m_uri, credentials = m_credentials](const QByteArray& address) {
        return Target { .uri = uri, .address = address, .credentials = credentials };
    };
    if (!m_tunnel)
        return vmm::async::ready<Target>(target(m_uri.toString().toUtf8()));
    if (!m_socket.isEmpty())
        return vmm::async::ready<Target>(target(addressThrough(m_uri, m_socket)));
    // A promise of its own: who cancels waits no longer, and others go on waiting for the tunnel.
    const auto promise = std::make_shared<vmm::Promise<Target>>();
    auto* cancellation = new QFutureWatcher<vmm::Result<Target>>(m_tunnel.get());
    QObject::connect(cancellation, &QFutureWatcherBase::canceled, cancellation,
        [promise] { promise->finish(vmm::Error { vmm::ErrorKind::Cancelled }); });
    QObject::connect(
        cancellation, &QFutureWatcherBase::finished, cancellation, &QObject::deleteLater);
    cancellation->setFuture(promise->future());
    vmm::async::onFinished(m_tunnel->open(), m_tunnel.get(),
        [this, target, promise](const vmm::Result<QString>& socket) {
            if (!socket)
                return promise->finish(socket.error());
            m_socket = *socket;
            promise->finish(target(addressThrough(m_uri, m_socket)));
        });
    return promise->future();
}

} // namespace hosts::libvirt
