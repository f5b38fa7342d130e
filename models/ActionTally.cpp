// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ActionTally.h"

#include <utility>

namespace models {

using vmm::VmAction;

ActionTally::ActionTally(const Inventory& inventory, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
{
    connect(&inventory, &Inventory::changed, this, &ActionTally::apply);
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        const QVector<const VmRecord*> vms = m_inventory.vms(host);
        for (const VmRecord* vm : vms)
            note(*vm, 0);
    });
}

void ActionTally::count(const QVector<VmRef>& vms)
{
    m_hosts.clear();
    m_marksOfSlot.clear();
    for (const VmRef& ref : vms) {
        if (const VmRecord* vm = m_inventory.find(ref.host, ref.vm))
            note(*vm, marksOf(vm->info));
    }
}

ActionTally::Marks ActionTally::marksOf(const hosts::VmInfo& vm)
{
    unsigned marks = 1u << vmm::kAllVmActions.size();
    for (const VmAction action : vmm::kAllVmActions) {
        if (HostCommands::isAllowedFor(vm, action))
            marks |= 1u << static_cast<unsigned>(action);
    }
    return static_cast<Marks>(marks);
}

void ActionTally::note(const VmRecord& vm, Marks marks)
{
    const auto slot = static_cast<size_t>(vm.slot);
    if (slot >= m_marksOfSlot.size())
        m_marksOfSlot.resize(std::max(slot + 1, m_marksOfSlot.size() * 2));
    const Marks before = std::exchange(m_marksOfSlot[slot], marks);
    if (before == marks)
        return;
    OfHost& host = m_hosts[vm.host];
    host.machines += (marks != 0 ? 1 : 0) - (before != 0 ? 1 : 0);
    for (size_t action = 0; action < host.allowed.size(); ++action)
        host.allowed[action] += ((marks >> action) & 1) - ((before >> action) & 1);
    if (host.machines == 0)
        m_hosts.remove(vm.host);
}

void ActionTally::apply(const InventoryDelta& delta)
{
    if (!m_hosts.contains(delta.host))
        return;
    const auto isCounted = [this](const VmRecord& vm) {
        const auto slot = static_cast<size_t>(vm.slot);
        return slot < m_marksOfSlot.size() && m_marksOfSlot[slot] != 0;
    };
    for (const VmRecord* vm : delta.removed)
        note(*vm, 0);
    for (const VmChange& change : delta.changed) {
        if (isCounted(*change.vm))
            note(*change.vm, marksOf(change.vm->info));
    }
}

BulkCounts ActionTally::counts(VmAction action) const
{
    BulkCounts counts;
    for (auto host = m_hosts.cbegin(); host != m_hosts.cend(); ++host) {
        const int allowed = host->allowed[static_cast<size_t>(action)];
        if (host.key()->connectionState() != hosts::ConnectionState::Connected) {
            counts.unconnected += host->machines;
        } else if (!host.key()->info().has(hosts::featureFor(action))) {
            counts.notOffered += host->machines;
        } else {
            counts.allowed += allowed;
            counts.wrongState += host->machines - allowed;
            counts.hosts += allowed > 0 ? 1 : 0;
        }
    }
    return counts;
}

} // namespace models
