// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Counters.h"

namespace hosts::libvirt {

/// Turns successive counters into rates, by the time that really passed. Pure.
class RateMeter {
public:
    /// `vcpus`: by which the CPU time of a machine is divided; a machine without an entry gets no
    /// CPU load. The first reading of a machine, and one after its counters went backwards (it was
    /// restarted), give no rates.
    MetricsBatch measure(const CounterReading& reading, const QHash<VmId, int>& vcpus);

    void forget(VmId vm) { m_vms.remove(vm); }
    void clear();

private:
    struct Seen {
        std::chrono::steady_clock::time_point time {};
        VmCounters counters {};
    };
    VmValues measureVm(const VmCounters& now, Seen& before,
        std::chrono::steady_clock::time_point time, int vcpus) const;
    HostValues measureHost(const HostCounters& now);

    QHash<VmId, Seen> m_vms;
    HostCounters m_host;
};

} // namespace hosts::libvirt
