// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/embedded/HostLoadReadings.h"
#include "vmm/base/LoadDetail.h"
#include "vmm/definition/Definition.h"

#include <QJsonValue>
#include <QStringList>

namespace hosts::embedded {

/// What QEMU and the kernel tell of one machine, for its load in detail. All pure but readTaps().
/// Checked against QEMU 7.2.

/// Requests of one kind since the machine was started.
struct RequestCounters {
    quint64 bytes = 0;
    quint64 requests = 0;
    quint64 timeNs = 0; ///< all their latencies added up

    bool operator==(const RequestCounters&) const = default;
};

struct DiskCounter {
    QString target {}; ///< vda
    QString device {}; ///< QOM path, by which QMP commands name it
    RequestCounters read {};
    RequestCounters write {};
    RequestCounters flush {};
    vmm::LatencyHistogram readLatency {};
    vmm::LatencyHistogram writeLatency {};
    vmm::Bytes allocated {};

    bool operator==(const DiskCounter&) const = default;
};

/// What the guest tells through its balloon; nothing where it does not.
struct GuestMemory {
    vmm::Bytes free {};
    vmm::Bytes available {};

    bool operator==(const GuestMemory&) const = default;
};

/// One network card and the host's network device that carries its traffic.
struct CardCounter {
    QString mac {};
    QString device {}; ///< empty: QEMU carries it itself, and does not count
    std::optional<NetworkCounters> counters {};

    bool operator==(const CardCounter&) const = default;
};

/// All of it, at one time.
struct MachineReadings {
    qint64 cpuTimeNs = -1; ///< when the CPU times were read, by a clock that never goes back
    quint64 cpuTicks = 0; ///< of the whole process, in clock ticks
    QVector<quint64> vcpuTicks {}; ///< in order of their index
    qint64 diskTimeNs = -1;
    QVector<DiskCounter> disks {};
    qint64 cardTimeNs = -1;
    QVector<CardCounter> cards {};
    vmm::Bytes resident {};
    vmm::Bytes proportional {};
    vmm::Bytes balloon {};
    GuestMemory guest {};

    bool operator==(const MachineReadings&) const = default;
};

/// Answer to `query-blockstats`: the disks among its devices, in its order.
QVector<DiskCounter> parseDiskCounters(const QJsonValue& answer);
/// Answer to `query-cpus-fast`: the threads of the vCPUs by their index.
QVector<qint64> parseVcpuThreads(const QJsonValue& answer);
/// Answer to `query-balloon`; zero if there is none.
vmm::Bytes parseBalloon(const QJsonValue& answer);
/// Answer to `qom-get` of the balloon's guest-stats.
GuestMemory parseGuestMemory(const QJsonValue& answer);

/// Loads and rates between two readings; `before` may be empty.
vmm::LoadDetail loadBetween(
    const MachineReadings& before, const MachineReadings& now, double ticksPerSecond);

/// The tap device in a file of /proc/PID/fdinfo; empty if that descriptor is none.
QString parseTap(const QByteArray& fdinfo);
/// Whether the host can count a card's traffic: QEMU does not count that of its own network.
bool isCounted(const vmm::NetworkInterface& card);
bool hasCountedNetwork(const vmm::Definition& definition);
/// Which card's traffic goes through which tap device: by the name that the definition says, else
/// in the order in which both were made. Cards of QEMU's own network have none.
QVector<CardCounter> matchTaps(const QVector<vmm::NetworkInterface>& cards, QStringList taps);
/// The tap devices that a process holds, in the order in which they were made.
QStringList readTaps(qint64 pid);

} // namespace hosts::embedded
