// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Selection.h"

#include "models/Inventory.h"

namespace ui {

using models::VmRef;

Selection::Selection(models::Inventory& inventory, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
{
    connect(&inventory, &models::Inventory::changed, this, &Selection::drop);
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        QVector<VmRef> rest = m_vms;
        rest.removeIf([host](const VmRef& ref) { return ref.host == host; });
        if (rest.isEmpty() && m_host == host)
            clear();
        else
            setVms(rest);
    });
}

const models::VmRecord* Selection::singleVm() const
{
    return m_vms.size() == 1 ? m_inventory.find(m_vms.first().host, m_vms.first().vm) : nullptr;
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

void Selection::set(hosts::Host* host, const QVector<VmRef>& vms)
{
    if (m_host == host && m_vms == vms)
        return;
    m_host = host;
    m_vms = vms;
    Q_EMIT changed();
}

void Selection::drop(const models::InventoryDelta& delta)
{
    if (delta.removed.isEmpty() || m_vms.isEmpty())
        return;
    QSet<hosts::VmId> gone;
    for (const models::VmRecord* vm : delta.removed)
        gone.insert(vm->info.id);
    QVector<VmRef> rest = m_vms;
    rest.removeIf(
        [&](const VmRef& ref) { return ref.host == delta.host && gone.contains(ref.vm); });
    if (rest.size() == m_vms.size())
        return;
    // The machine is gone, its host is what remains of the choice.
    if (rest.isEmpty())
        set(delta.host, {});
    else
        setVms(rest);
}

} // namespace ui
