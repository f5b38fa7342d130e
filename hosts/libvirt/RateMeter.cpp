// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/RateMeter.h"

#include <algorithm>
#include <cmath>

namespace hosts::libvirt {

namespace {

double rate(double now, double before, double seconds)
{
    const double difference = now - before; // NaN if either is
    return difference >= 0 && seconds > 0 ? difference / seconds : kNotOffered;
}

} // namespace

MetricsBatch RateMeter::measure(const CounterReading& reading, const QHash<VmId, int>& vcpus)
{
    MetricsBatch batch { .timeMs = reading.timeMs, .host = measureHost(reading.host) };
    batch.vms.reserve(reading.vms.size());
    for (auto vm = reading.vms.constBegin(); vm != reading.vms.constEnd(); ++vm) {
        Seen& before = m_vms[vm.key()];
        batch.vms.append(
            { vm.key(), measureVm(vm.value(), before, reading.time, vcpus.value(vm.key(), 0)) });
    }
    return batch;
}

void RateMeter::clear()
{
    m_vms.clear();
    m_host = {};
}

VmValues RateMeter::measureVm(const VmCounters& now, Seen& before,
    std::chrono::steady_clock::time_point time, int vcpus) const
{
    VmValues values;
    const double seconds = std::chrono::duration<double>(time - before.time).count();
    const VmCounters& then = before.counters;
    if (vcpus > 0)
        values[VmMetric::CpuLoad]
            = rate(now.cpuSeconds, then.cpuSeconds, seconds) / static_cast<double>(vcpus);
    // Reading takes time itself, so a busy machine may seem to have used a little more than it had.
    // (Written so that NaN stays NaN.)
    if (values[VmMetric::CpuLoad] > 1.0)
        values[VmMetric::CpuLoad] = 1.0;
    values[VmMetric::MemoryUsed] = now.memoryUsed;
    values[VmMetric::DiskRead] = rate(now.diskRead, then.diskRead, seconds);
    values[VmMetric::DiskWrite] = rate(now.diskWrite, then.diskWrite, seconds);
    values[VmMetric::NetworkReceive] = rate(now.networkReceive, then.networkReceive, seconds);
    values[VmMetric::NetworkSend] = rate(now.networkSend, then.networkSend, seconds);
    before = { time, now };
    return values;
}

HostValues RateMeter::measureHost(const HostCounters& now)
{
    HostValues values;
    values[HostMetric::CpuLoad]
        = rate(now.busySeconds, m_host.busySeconds, now.allSeconds - m_host.allSeconds);
    if (values[HostMetric::CpuLoad] > 1.0)
        values[HostMetric::CpuLoad] = 1.0;
    values[HostMetric::MemoryUsed] = now.memoryUsed;
    m_host = now;
    return values;
}

} // namespace hosts::libvirt
