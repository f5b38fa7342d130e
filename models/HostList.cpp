// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostList.h"

#include <algorithm>

namespace models {

using hosts::Host;
using hosts::HostUri;

HostList::HostList(HostFactory factory, QObject* parent)
    : QObject(parent)
    , m_factory(std::move(factory))
{
}

HostList::~HostList()
{
    while (!m_hosts.empty()) {
        Q_EMIT hostAboutToBeRemoved(m_hosts.back().get());
        m_hosts.pop_back();
    }
}

vmm::Result<Host*> HostList::connectTo(const QString& text)
{
    const HostUri uri = TRY(HostUri::parse(text));
    if (find(uri))
        return vmm::Error { vmm::ErrorKind::AlreadyExists, uri.toString() };
    std::unique_ptr<Host> host = make(uri);
    if (!host)
        return vmm::Error { vmm::ErrorKind::InvalidConfig, uri.toString(),
            QStringLiteral("no kind of host here speaks to this address") };
    Host* added = add(std::move(host));
    added->open();
    return added;
}

std::unique_ptr<Host> HostList::make(const HostUri& uri) const
{
    return m_factory ? m_factory(uri) : nullptr;
}

Host* HostList::add(std::unique_ptr<Host> host)
{
    Q_ASSERT(host);
    m_hosts.push_back(std::move(host));
    Host* added = m_hosts.back().get();
    Q_EMIT hostAdded(added);
    return added;
}

void HostList::remove(Host* host)
{
    if (!contains(host))
        return;
    Q_EMIT hostAboutToBeRemoved(host);
    const auto found = std::find_if(
        m_hosts.begin(), m_hosts.end(), [host](const auto& owned) { return owned.get() == host; });
    if (found == m_hosts.end())
        return; // a listener removed it
    std::unique_ptr<Host> taken = std::move(*found);
    m_hosts.erase(found);
    taken->close();
    taken.release()->deleteLater();
}

QVector<Host*> HostList::hosts() const
{
    QVector<Host*> all;
    all.reserve(static_cast<qsizetype>(m_hosts.size()));
    for (const auto& host : m_hosts)
        all.append(host.get());
    return all;
}

Host* HostList::find(const HostUri& uri) const
{
    for (const auto& host : m_hosts) {
        if (host->uri() == uri)
            return host.get();
    }
    return nullptr;
}

bool HostList::contains(const Host* host) const
{
    return std::any_of(
        m_hosts.begin(), m_hosts.end(), [host](const auto& owned) { return owned.get() == host; });
}

} // namespace models
