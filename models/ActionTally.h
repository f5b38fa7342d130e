// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/Inventory.h"

namespace models {

/// What actions on some machines would come to. Follows the inventory by difference: a change costs
/// the same whether one machine is counted or 10,000.
class ActionTally : public QObject {
    Q_OBJECT

public:
    explicit ActionTally(const Inventory& inventory, QObject* parent = nullptr);

    void count(const QVector<VmRef>& vms); ///< these from now on; O(machines)
    QVector<hosts::Host*> hosts() const { return m_hosts.keys(); } ///< of those counted
    BulkCounts counts(vmm::VmAction action) const; ///< O(hosts)

private:
    struct OfHost {
        int machines = 0;
        std::array<int, vmm::kAllVmActions.size()> allowed {}; ///< by their state
    };
    /// A bit for each action that the state allows, and one for being counted.
    using Marks = quint16;
    static_assert(vmm::kAllVmActions.size() < 16);

    static Marks marksOf(const hosts::VmInfo& vm);
    void note(const VmRecord& vm, Marks marks);
    void apply(const InventoryDelta& delta);

    const Inventory& m_inventory;
    QHash<hosts::Host*, OfHost> m_hosts;
    std::vector<Marks> m_marksOfSlot;
};

} // namespace models
