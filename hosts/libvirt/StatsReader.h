// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Counters.h"
#include "hosts/libvirt/DomainXml.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

#include <optional>
#include <vector>

namespace hosts::libvirt {

/// Reads the statistics of one connection: bulk calls where the driver has them, calls per machine
/// for what they lack (libvirt's test driver gives only the state in bulk). Blocking; lives in one
/// worker thread.
class StatsReader {
public:
    struct Request {
        QVector<VmId> visible {}; ///< running machines that are looked at: everything about them
        QVector<VmId> others {}; ///< the other running ones, if it is their turn: cheap figures
    };

    /// `width`: how many calls at a time (Overlapped.h).
    StatsReader(Connection connection, int width)
        : m_connection(std::move(connection))
        , m_width(width)
    {
    }

    /// Errors: those of the connection. A machine that is gone is just not in the result.
    vmm::Result<CounterReading> read(const Request& request);

private:
    struct Known {
        Domain domain {};
        DomainDevices devices {};
        bool hasDevices = false;
    };

    Known* known(VmId vm);
    void refreshHandles();
    vmm::Result<void> readBulk(
        const QVector<VmId>& vms, unsigned int groups, CounterReading& reading);
    void fillCpu(CounterReading& reading);
    void fillDear(VmId vm, CounterReading& reading);
    void fillMemory(const Known& vm, VmCounters& counters, CounterReading& reading);
    void fillDisks(const Known& vm, VmCounters& counters, CounterReading& reading);
    void fillNetwork(const Known& vm, VmCounters& counters, CounterReading& reading);
    void readHost(HostCounters& host);
    void readHostMemory(HostCounters& host);

    Connection m_connection;
    int m_width = 1;
    QHash<VmId, Known> m_known;
    int m_cpuFields = -1; ///< what virNodeGetCPUStats wants room for; -1: not asked yet
    int m_memoryFields = -1;
    std::optional<double> m_hostSeconds;
    bool m_hasBulk = true;
    bool m_isBulkRich = false; ///< it told more than states
    bool m_hasNoWait = true;
};

} // namespace hosts::libvirt
