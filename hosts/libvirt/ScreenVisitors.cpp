// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ScreenVisitors.h"

#include <algorithm>

namespace hosts::libvirt {

void ScreenVisitors::came(VmId vm, const QString& address, const QDateTime& when)
{
    const QMutexLocker lock(&m_mutex);
    Visit& visit = m_visits[vm][address];
    if (visit.connections++ == 0)
        visit.since = when;
}

void ScreenVisitors::went(VmId vm, const QString& address)
{
    const QMutexLocker lock(&m_mutex);
    const auto visits = m_visits.find(vm);
    if (visits == m_visits.end() || !visits->contains(address))
        return; // it came before we looked
    if (--(*visits)[address].connections <= 0)
        visits->remove(address);
}

void ScreenVisitors::forget(VmId vm)
{
    const QMutexLocker lock(&m_mutex);
    m_visits.remove(vm);
}

QVector<vmm::ConsoleClient> ScreenVisitors::of(VmId vm) const
{
    const QMutexLocker lock(&m_mutex);
    QVector<vmm::ConsoleClient> clients;
    const auto visits = m_visits.value(vm);
    for (auto visit = visits.begin(); visit != visits.end(); ++visit)
        clients.append({ .address = visit.key(), .since = visit->since });
    std::sort(clients.begin(), clients.end(),
        [](const auto& left, const auto& right) { return left.since < right.since; });
    return clients;
}

} // namespace hosts::libvirt
