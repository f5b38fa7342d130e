// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/DomainXml.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

#include <QHash>
#include <QSet>

#include <chrono>
#include <optional>
#include <vector>

namespace hosts::libvirt {

/// What one reading brought of one machine. Fields of the definition only if `details` is set.
struct DomainRecord {
    VmId id {};
    QString name {};
    vmm::VmState state = vmm::VmState::Unknown;
    vmm::StateReason reason = vmm::StateReason::None;
    std::optional<DomainDetails> details {};
};

/// Which machines have something that their definition does not tell, asked for all at once: a
/// filtered list is one round trip however many they are. Unset where the driver does not filter.
struct StoredFacts {
    using Machines = std::optional<QSet<VmId>>;

    Machines persistent {};
    Machines startedWithHost {};
    Machines savedInMemory {};
    Machines snapshotted {};
};

/// All machines of a connection, with the handles by which to ask for more (same order).
struct DomainListing {
    QVector<DomainRecord> records {};
    std::vector<Domain> domains {};
    StoredFacts facts {};
};

/// The handles that were seen last, by which to ask without looking up; a reader thread's own.
using DomainTable = QHash<VmId, Domain>;

struct DomainReading {
    QVector<DomainRecord> records {};
    QVector<VmId> gone {}; ///< asked for, and not there any more
};

// Blocking functions for worker threads. Errors are those of the connection; a machine that
// vanishes between two calls is no error.

VmId idOf(virDomainPtr domain);
vmm::Result<Domain> findDomain(const Connection& connection, VmId id);

/// State of one domain: virDomainGetState, which takes no job, so a hung QEMU doesn't delay it.
vmm::Result<DomainRecord> readState(const Domain& domain);

/// All machines with their states, no details. One call: virConnectGetAllDomainStats(STATE) where
/// the driver has it, else virConnectListAllDomains and virDomainGetState for each, `width` at a
/// time (Overlapped.h).
vmm::Result<DomainListing> listDomains(const Connection& connection, int width);

/// The same with the facts, asked for meanwhile.
vmm::Result<DomainListing> listWithFacts(const Connection& connection, int width);

/// State and details of the given machines: states in one call where the driver has it, details
/// `width` at a time (Overlapped.h). `known`: handles; renewed.
vmm::Result<DomainReading> readDomains(
    const Connection& connection, const QVector<VmId>& ids, int width, DomainTable& known);

/// Asks for the facts of all machines. Source: virConnectListAllDomains, one call for each fact.
StoredFacts readFacts(const Connection& connection);

/// Fills in the details of the records from `first` on until `budget` is spent; returns the index
/// of the first one that was not reached. Source: virDomainGetXMLDesc, `width` at a time, and
/// where listing.facts are not known a call for each.
vmm::Result<int> readDetails(
    DomainListing& listing, int first, int width, std::chrono::milliseconds budget);

} // namespace hosts::libvirt
