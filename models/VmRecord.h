// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QMetaType>

#include <array>

namespace models {

/// One machine as the inventory keeps it. The address is stable until the machine is gone, so rows
/// of several models point at one record.
struct VmRecord {
    hosts::Host* host = nullptr;
    hosts::VmInfo info {};
    QString sortKey {}; ///< naturalSortKey of the name
    QString searchText {}; ///< case-folded name and title
    QString tagText {}; ///< case-folded tags, a line break in front of each
    const QString* hostText = nullptr; ///< case-folded names of the host, shared by its machines
    int slot = 0; ///< dense and unique among all machines alive: an index for side tables
};

/// How many machines are in each state.
struct VmCounts {
    std::array<int, vmm::kAllVmStates.size()> byState {};
    int total = 0;

    int operator[](vmm::VmState state) const { return byState[static_cast<size_t>(state)]; }
    void add(vmm::VmState state, int count)
    {
        byState[static_cast<size_t>(state)] += count;
        total += count;
    }
    bool operator==(const VmCounts&) const = default;
};

} // namespace models

Q_DECLARE_METATYPE(models::VmCounts)
