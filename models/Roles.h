// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/MetricsSeries.h"

#include <Qt>

namespace models {

enum class RowKind { Host, Vm };

/// The roles of InventoryModel and VmTableModel. Qt::DisplayRole of the first column is the name,
/// so type-ahead works. Loads are doubles in the units of hosts::VmMetric; NaN: not known.
enum Role {
    KindRole = Qt::UserRole + 1, ///< RowKind
    HostRole, ///< hosts::Host*, of a machine: where it is
    VmIdRole, ///< hosts::VmId; null for a host
    NameRole, ///< QString
    InfoRole, ///< hosts::VmInfo; machines only
    HostInfoRole, ///< hosts::HostInfo; hosts only
    StateRole, ///< vmm::VmState; machines only
    ReasonRole, ///< vmm::StateReason; machines only
    ReasonDetailRole, ///< QString; machines: last words, hosts: raw text of the last error
    ConnectionRole, ///< hosts::ConnectionState of the host
    StaleRole, ///< bool: what is shown is what was known when the connection was lost
    LastSeenRole, ///< QDateTime; invalid unless stale
    VmCountsRole, ///< models::VmCounts; hosts only
    CpuHistoryRole, ///< models::MetricsSeries: a view, cheap to fetch
    CpuRole, ///< double 0..1
    MemoryUsedRole, ///< double, bytes
    DiskReadRole, ///< double, bytes per second
    DiskWriteRole,
    NetworkReceiveRole,
    NetworkSendRole,
    ValueRole, ///< what the column sorts by: QString, double or QDateTime
};

} // namespace models

Q_DECLARE_METATYPE(models::RowKind)
