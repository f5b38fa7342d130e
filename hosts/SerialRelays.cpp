// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/SerialRelays.h"

namespace hosts {

namespace {

vmm::ConsoleEndpoint endpointAt(const QString& path)
{
    return { .protocol = vmm::ConsoleEndpoint::Protocol::Serial, .unixSocket = path };
}

} // namespace

vmm::Future<SerialRelays::Endpoint> SerialRelays::open(const QString& port, const Opening& opening)
{
    const SerialRelay* standing = m_relays.value(port);
    if (standing && standing->isOpen())
        return vmm::async::ready<Endpoint>(endpointAt(standing->path()));
    if (const auto under = m_opening.constFind(port);
        under != m_opening.cend() && !under->isFinished())
        return *under;
    const vmm::Future<Endpoint> opened = opening();
    m_opening.insert(port, opened);
    return opened;
}

vmm::Result<SerialRelays::Endpoint> SerialRelays::add(const QString& port, const QString& path,
    std::unique_ptr<SerialSource> source, const QByteArray& history)
{
    SerialRelay* relay = TRY(SerialRelay::create(path, std::move(source), {})).release();
    relay->setParent(this);
    relay->remember(history);
    m_relays.insert(port, relay);
    connect(relay, &SerialRelay::ended, this, [this, relay, port] {
        if (m_relays.value(port) == relay)
            m_relays.remove(port);
        relay->deleteLater();
    });
    return endpointAt(path);
}

} // namespace hosts
