// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Metrics.h"

#include <chrono>

namespace hosts::libvirt {

/// What a hypervisor counts for one machine since it started. NaN: not offered, or not read.
struct VmCounters {
    double cpuSeconds = kNotOffered; ///< of all its vCPUs
    double memoryUsed = kNotOffered; ///< bytes; no counter, as it is
    double diskRead = kNotOffered; ///< bytes
    double diskWrite = kNotOffered;
    double networkReceive = kNotOffered; ///< bytes, towards the guest
    double networkSend = kNotOffered;
};

struct HostCounters {
    double busySeconds = kNotOffered; ///< of all CPUs
    double allSeconds = kNotOffered; ///< of all CPUs, idle ones too
    double memoryUsed = kNotOffered; ///< bytes; no counter
};

/// One reading of a host's statistics.
struct CounterReading {
    std::chrono::steady_clock::time_point time {}; ///< what rates are computed with
    qint64 timeMs = 0; ///< wall clock, for the charts
    HostCounters host {};
    QHash<VmId, VmCounters> vms {};
    QHash<Feature, QString> missing {}; ///< what the driver turned out not to offer
};

} // namespace hosts::libvirt
