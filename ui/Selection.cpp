// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Selection.h"

namespace ui {

using models::VmRef;

Selection::Selection(models::Inventory& inventory, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
{
    connect(&inventory, &models::Inventory::changed, this, &Selection::drop);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, &Selection::dropHost);
}

const models::VmRecord* Selection::single(const QVector<VmRef>& vms) const
{
    return vms.size() == 1 ? m_inventory.find(vms.first().host, vms.first().vm) : nullptr;
}

void Selection::clear()
{
    set(nullptr, {});
}

void Selection::setHost(hosts::Host* host)
{
    set(host, {});
}

void Selection::setVms(const QVector<VmRef>& vms)
{
    hosts::Host* common = vms.isEmpty() ? m_host : vms.first().host;
    for (const VmRef& ref : vms) {
        if (ref.host != common)
            common = nullptr;
    }
    set(common, vms);
}

void Selection::mark(const QVector<VmRef>& vms)
{
    if (m_marked == vms)
        return;
    m_marked = vms;
    Q_EMIT targetsChanged();
}

void Selection::set(hosts::Host* host, const QVector<VmRef>& vms)
{
    if (m_host == host && m_vms == vms)
        return;
    m_host = host;
    m_vms = vms;
    m_marked.clear();
    Q_EMIT changed();
    Q_EMIT targetsChanged();
}

void Selection::dropHost(hosts::Host* host)
{
    QVector<VmRef> rest = m_vms;
    rest.removeIf([host](const VmRef& ref) { return ref.host == host; });
    QVector<VmRef> marked = m_marked;
    marked.removeIf([host](const VmRef& ref) { return ref.host == host; });
    mark(marked);
    if (rest.isEmpty() && m_host == host)
        clear();
    else if (rest.size() != m_vms.size())
        setVms(rest);
}

void Selection::drop(const models::InventoryDelta& delta)
{
    if (delta.removed.isEmpty() || targets().isEmpty())
        return;
    QSet<hosts::VmId> gone;
    for (const models::VmRecord* vm : delta.removed)
        gone.insert(vm->info.id);
    const auto isGone
        = [&](const VmRef& ref) { return ref.host == delta.host && gone.contains(ref.vm); };
    QVector<VmRef> marked = m_marked;
    marked.removeIf(isGone);
    mark(marked);
    QVector<VmRef> rest = m_vms;
    rest.removeIf(isGone);
    if (rest.size() == m_vms.size())
        return;
    const models::VmRecord* moved = m_vms.size() == 1
        ? m_inventory.findRunningElsewhere(delta.host, m_vms.first().vm)
        : nullptr;
    // The machine is gone; if no other host has it, its host is what remains of the choice.
    if (moved)
        setVms({ { moved->host, moved->info.id } });
    else if (rest.isEmpty())
        set(delta.host, {});
    else
        setVms(rest);
}

} // namespace ui
