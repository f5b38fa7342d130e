// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/embedded/ProcReadings.h"
#include "vmm/base/LoadDetail.h"

#include <array>

namespace hosts::embedded {

/// More readings of this computer, for its load in detail. Pure; what the kernel does not say, or
/// says in another form, is left out. Source: proc(5), Documentation/accounting/psi.rst and
/// Documentation/admin-guide/iostats.rst of Linux.

struct HostDiskCounters {
    QString name {};
    quint64 read = 0; ///< bytes
    quint64 written = 0; ///< bytes
    quint64 busyMs = 0; ///< time with a request under way

    bool operator==(const HostDiskCounters&) const = default;
};

struct NetworkCounters {
    QString name {};
    quint64 receivedBytes = 0; ///< by the host
    quint64 receivedPackets = 0;
    quint64 sentBytes = 0;
    quint64 sentPackets = 0;

    bool operator==(const NetworkCounters&) const = default;
};

struct SwapState {
    vmm::Bytes total {};
    vmm::Bytes used {};

    bool operator==(const SwapState&) const = default;
};

/// One entry per CPU that is on line, in their order.
QVector<CpuTicks> parseCpuTicksOfEach(const QByteArray& procStat);
/// Over one, five and fifteen minutes.
std::optional<std::array<double, 3>> parseLoadAverages(const QByteArray& procLoadavg);
std::optional<SwapState> parseSwap(const QByteArray& procMeminfo);
vmm::Pressure parsePressure(const QByteArray& procPressure);
/// Partitions are among them.
QVector<HostDiskCounters> parseDiskStats(const QByteArray& procDiskstats);
QVector<NetworkCounters> parseNetworks(const QByteArray& procNetDev);

} // namespace hosts::embedded
