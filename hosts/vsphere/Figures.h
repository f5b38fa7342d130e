// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Metrics.h"
#include "hosts/vsphere/Answers.h"
#include "hosts/vsphere/Calls.h"

namespace hosts::vsphere {

// From what the server measures to our figures. Pure; what is not measured stays NaN.

/// The counters that we read, by their ids on this server.
class Counters {
public:
    Counters() = default;
    explicit Counters(const CounterIds& ids);

    bool isEmpty() const; ///< the server measures nothing of it
    QVector<Measured> ofMachines() const;
    QVector<Measured> ofHosts() const;

    /// Sample `index` of what QueryPerf brought.
    VmValues machineValues(const EntitySamples& samples, qsizetype index) const;
    HostValues hostValues(const EntitySamples& samples, qsizetype index) const;

private:
    int m_cpuUsage = -1; ///< hundredths of a percent
    int m_memory = -1; ///< KiB
    int m_diskRead = -1; ///< KiB/s, of each virtual disk
    int m_diskWrite = -1;
    int m_networkReceive = -1; ///< KiB/s
    int m_networkSend = -1;
};

/// The properties of the same meaning in a summary, where QueryPerf has nothing.
QStringList quickPathsOfMachines();
QStringList quickPathsOfHosts();
VmValues quickMachineValues(const ManagedObject& machine);
HostValues quickHostValues(const ManagedObject& host);

} // namespace hosts::vsphere
