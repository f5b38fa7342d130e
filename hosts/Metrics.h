// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <array>
#include <limits>

namespace hosts {

/// One measured quantity of a machine. Values are doubles; NaN: not offered, or not sampled this
/// time.
enum class VmMetric {
    CpuLoad, ///< 0..1, of all its vCPUs together
    MemoryUsed, ///< bytes of host memory that the machine occupies (resident)
    DiskRead, ///< bytes per second
    DiskWrite, ///< bytes per second
    NetworkReceive, ///< bytes per second, towards the guest
    NetworkSend, ///< bytes per second, from the guest
};
inline constexpr int kVmMetricCount = 6;

enum class HostMetric {
    CpuLoad, ///< 0..1, of all CPUs together
    MemoryUsed, ///< bytes, without what the kernel would give back (MemTotal - MemAvailable)
};
inline constexpr int kHostMetricCount = 2;

inline constexpr double kNotOffered = std::numeric_limits<double>::quiet_NaN();

template <typename Metric, int Count> struct MetricValues {
    std::array<double, Count> values = [] {
        std::array<double, Count> all {};
        all.fill(kNotOffered);
        return all;
    }();

    double& operator[](Metric metric) { return values[static_cast<size_t>(metric)]; }
    double operator[](Metric metric) const { return values[static_cast<size_t>(metric)]; }
};

using VmValues = MetricValues<VmMetric, kVmMetricCount>;
using HostValues = MetricValues<HostMetric, kHostMetricCount>;

struct VmSample {
    VmId id {};
    VmValues values {};
};

/// What one tick of one host brought. Machines that were not sampled are not in it.
struct MetricsBatch {
    qint64 timeMs = 0; ///< when it was measured, host's wall clock, milliseconds since 1970 UTC
    HostValues host {};
    QVector<VmSample> vms {};
};

} // namespace hosts

Q_DECLARE_METATYPE(hosts::MetricsBatch)
