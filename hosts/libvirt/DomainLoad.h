// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/LoadDetail.h"
#include "vmm/base/Result.h"

#include <QHash>

#include <chrono>

namespace hosts::libvirt {

/// What libvirt has counted of one disk since it started, by kind of request. NaN: not offered.
struct RequestCounts {
    double bytes = vmm::kNotMeasured;
    double requests = vmm::kNotMeasured;
    double seconds = vmm::kNotMeasured; ///< that they took, all together
};

struct DiskCounts {
    RequestCounts read {};
    RequestCounts write {};
    RequestCounts flush {};
    vmm::Bytes allocated {};
};

struct NetworkCounts {
    QString mac {};
    double receivedBytes = vmm::kNotMeasured;
    double sentBytes = vmm::kNotMeasured;
    double receivedPackets = vmm::kNotMeasured;
    double sentPackets = vmm::kNotMeasured;
};

/// One reading of all counters of a machine.
struct LoadCounts {
    std::chrono::steady_clock::time_point time {};
    double cpuSeconds = vmm::kNotMeasured;
    int vcpus = 0; ///< where each is not told
    QVector<double> vcpuSeconds {};
    vmm::Bytes resident {};
    vmm::Bytes balloon {};
    vmm::Bytes guestFree {};
    vmm::Bytes guestAvailable {};
    QVector<QPair<QString, DiskCounts>> disks {}; ///< by target
    QVector<QPair<QString, NetworkCounts>> cards {}; ///< by the host's device
};

struct HostCounts {
    std::chrono::steady_clock::time_point time {};
    QVector<QPair<double, double>> cpus {}; ///< busy and all seconds
    vmm::Bytes memoryTotal {};
    vmm::Bytes memoryAvailable {};
};

// Blocking, for worker threads. Errors: NotFound, WrongState (off), HostLacksFeature.

/// Source: virDomainListGetStats of the one machine; calls for each part where a driver has only
/// states in bulk. Does not wait for a QEMU that somebody else waits for. Has the balloon tell
/// about the guest's memory from now on.
vmm::Result<LoadCounts> readLoad(const Connection& connection, VmId vm);
/// `width`: calls at a time (Overlapped.h). Source: virNodeGetCPUStats of each CPU,
/// virNodeGetMemoryStats.
vmm::Result<HostCounts> readHostLoad(const Connection& connection, int width);

/// Makes rates of readings: each is compared with the one before of the same machine. Pure.
class LoadMeter {
public:
    vmm::LoadDetail measure(VmId vm, const LoadCounts& counts);
    vmm::HostLoadDetail measureHost(const HostCounts& counts);
    void clear();

private:
    QHash<VmId, LoadCounts> m_before;
    HostCounts m_hostBefore;
};

} // namespace hosts::libvirt
