// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QMetaType>
#include <QString>
#include <QVector>

#include <limits>

namespace vmm {

inline constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// Requests of one kind on one disk, since the reading before.
struct RequestLoad {
    double bytesPerSecond = kNotMeasured;
    double requestsPerSecond = kNotMeasured;
    double meanLatencyMs = kNotMeasured; ///< NaN too if there were no requests

    bool operator==(const RequestLoad&) const = default;
};

/// How many requests took how long, since counting began. `counts` has one more than `boundsMs`:
/// below bounds[0], bounds[0] to bounds[1], ..., from the last on.
struct LatencyHistogram {
    QVector<double> boundsMs {};
    QVector<qint64> counts {};

    bool operator==(const LatencyHistogram&) const = default;
};

struct DiskLoad {
    QString target {}; ///< vda
    RequestLoad read {};
    RequestLoad write {};
    RequestLoad flush {}; ///< no bytes
    LatencyHistogram readLatency {};
    LatencyHistogram writeLatency {};
    Bytes allocated {}; ///< highest offset written, where known

    bool operator==(const DiskLoad&) const = default;
};

struct NetworkLoad {
    QString mac {};
    QString device {}; ///< of the host, where there is one: tap0
    double receivedBytesPerSecond = kNotMeasured; ///< by the guest
    double sentBytesPerSecond = kNotMeasured;
    double receivedPacketsPerSecond = kNotMeasured;
    double sentPacketsPerSecond = kNotMeasured;

    bool operator==(const NetworkLoad&) const = default;
};

/// Everything that is measured of one running machine.
struct LoadDetail {
    qint64 timeMs = 0; ///< host's wall clock, since 1970 UTC
    double cpu = kNotMeasured; ///< 0..1 of all vCPUs
    QVector<double> vcpus {}; ///< 0..1 each, in order of their index
    double emulator = kNotMeasured; ///< CPUs' worth spent by QEMU outside of vCPUs
    Bytes resident {}; ///< RSS
    Bytes proportional {}; ///< PSS: shared pages divided by their users
    Bytes balloon {}; ///< what the balloon leaves to the guest; zero if not known
    Bytes guestFree {}; ///< what the guest says is unused; zero if not known
    Bytes guestAvailable {}; ///< what it could use without swapping; zero if not known
    QVector<DiskLoad> disks {};
    QVector<NetworkLoad> networkCards {};

    bool operator==(const LoadDetail&) const = default;
};

/// One line of /proc/pressure: the share of the last 10 s in which work waited, 0..1.
struct Pressure {
    double some = kNotMeasured;
    double full = kNotMeasured;

    bool operator==(const Pressure&) const = default;
};

struct HostDiskLoad {
    QString name {}; ///< nvme0n1
    double readBytesPerSecond = kNotMeasured;
    double writeBytesPerSecond = kNotMeasured;
    double busy = kNotMeasured; ///< 0..1, share of time with a request under way

    bool operator==(const HostDiskLoad&) const = default;
};

struct HostNetworkLoad {
    QString name {}; ///< eth0
    double receivedBytesPerSecond = kNotMeasured;
    double sentBytesPerSecond = kNotMeasured;

    bool operator==(const HostNetworkLoad&) const = default;
};

/// Everything that is measured of a host.
struct HostLoadDetail {
    qint64 timeMs = 0;
    QVector<double> cpus {}; ///< 0..1 each
    double loadAverage1 = kNotMeasured;
    double loadAverage5 = kNotMeasured;
    double loadAverage15 = kNotMeasured;
    Bytes memoryTotal {};
    Bytes memoryAvailable {};
    Bytes swapTotal {};
    Bytes swapUsed {};
    Pressure cpuPressure {};
    Pressure memoryPressure {};
    Pressure ioPressure {};
    QVector<HostDiskLoad> disks {};
    QVector<HostNetworkLoad> networks {};

    bool operator==(const HostLoadDetail&) const = default;
};

} // namespace vmm
