// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <QSet>

namespace hosts::wire {

/// Several changes of an inventory as one: what a reader that was slow gets instead of each. A
/// machine's last state is told; the ones between are not.
class InventoryMerge {
public:
    void add(const InventoryChange& change);
    bool isEmpty() const { return !m_isComplete && m_changed.isEmpty() && m_removed.isEmpty(); }
    /// The sum of what was added; empties this.
    InventoryChange take();

private:
    bool m_isComplete = false;
    QHash<VmId, VmInfo> m_changed;
    QSet<VmId> m_removed;
};

} // namespace hosts::wire
