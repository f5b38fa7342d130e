// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/InventoryMerge.h"

namespace hosts::wire {

void InventoryMerge::add(const InventoryChange& change)
{
    if (change.isComplete) {
        m_isComplete = true;
        m_changed.clear();
        m_removed.clear();
    }
    for (const VmId& vm : change.removed) {
        m_changed.remove(vm);
        m_removed.insert(vm);
    }
    for (const VmInfo& vm : change.changed) {
        m_removed.remove(vm.id);
        m_changed.insert(vm.id, vm);
    }
}

InventoryChange InventoryMerge::take()
{
    InventoryChange change { .isComplete = m_isComplete, .changed = m_changed.values() };
    if (!m_isComplete) // a complete inventory says by silence who is gone
        change.removed = m_removed.values();
    *this = {};
    return change;
}

} // namespace hosts::wire
