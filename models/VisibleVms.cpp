// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VisibleVms.h"

namespace models {

using hosts::Host;
using hosts::VmId;

VisibleVms::VisibleVms(HostList& hosts, QObject* parent)
    : QObject(parent)
    , m_hosts(hosts)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(0);
    connect(&m_tell, &QTimer::timeout, this, &VisibleVms::tell);
    connect(&hosts, &HostList::hostAboutToBeRemoved, this, &VisibleVms::forget);
}

VisibleVms::Shown& VisibleVms::shownBy(const QObject* viewer)
{
    const auto known = m_shown.find(viewer);
    if (known != m_shown.end())
        return *known;
    connect(viewer, &QObject::destroyed, this, [this, viewer] { hideAll(viewer); });
    return *m_shown.insert(viewer, {});
}

void VisibleVms::show(const QObject* viewer, Host* host, const QSet<VmId>& vms)
{
    if (!m_hosts.contains(host))
        return;
    Shown& shown = shownBy(viewer);
    if (shown.value(host) == vms)
        return;
    if (vms.isEmpty())
        shown.remove(host);
    else
        shown.insert(host, vms);
    markDirty(host);
}

void VisibleVms::show(const QObject* viewer, const Shown& vms)
{
    const QList<Host*> before = shownBy(viewer).keys();
    for (Host* host : before) {
        if (!vms.contains(host))
            show(viewer, host, {});
    }
    for (auto of = vms.cbegin(); of != vms.cend(); ++of)
        show(viewer, of.key(), of.value());
}

void VisibleVms::hideAll(const QObject* viewer)
{
    const Shown shown = m_shown.take(viewer);
    for (auto of = shown.keyBegin(); of != shown.keyEnd(); ++of)
        markDirty(*of);
    disconnect(viewer, &QObject::destroyed, this, nullptr);
}

void VisibleVms::markDirty(Host* host)
{
    m_dirty.insert(host);
    m_tell.start();
}

void VisibleVms::forget(Host* host)
{
    for (Shown& shown : m_shown)
        shown.remove(host);
    m_told.remove(host);
    m_dirty.remove(host);
}

void VisibleVms::tell()
{
    const QSet<Host*> dirty = std::exchange(m_dirty, {});
    for (Host* host : dirty) {
        QSet<VmId> visible;
        for (const Shown& shown : std::as_const(m_shown))
            visible |= shown.value(host);
        if (m_told.value(host) == visible)
            continue;
        m_told.insert(host, visible);
        host->setVisibleVms(visible);
    }
}

} // namespace models
