// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/HostLoadMeter.h"

#include "hosts/embedded/Rates.h"

#include <QDateTime>
#include <QDir>

#include <algorithm>

namespace hosts::embedded {

namespace {

QVector<double> cpuLoads(const QVector<CpuTicks>& now, const QVector<CpuTicks>& before)
{
    QVector<double> loads(now.size(), vmm::kNotMeasured);
    if (now.size() != before.size())
        return loads; // one went on or off line
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (now[i].total > before[i].total && now[i].busy >= before[i].busy)
            loads[i] = static_cast<double>(now[i].busy - before[i].busy)
                / static_cast<double>(now[i].total - before[i].total);
    }
    return loads;
}

vmm::HostDiskLoad diskLoad(
    const HostDiskCounters& now, const HostDiskCounters* before, qint64 elapsedNs)
{
    vmm::HostDiskLoad load { .name = now.name };
    if (!before)
        return load;
    load.readBytesPerSecond = rate(now.read, before->read, elapsedNs);
    load.writeBytesPerSecond = rate(now.written, before->written, elapsedNs);
    load.busy = std::min(1.0, rate(now.busyMs, before->busyMs, elapsedNs) / 1000);
    return load;
}

vmm::HostNetworkLoad networkLoad(
    const NetworkCounters& now, const NetworkCounters* before, qint64 elapsedNs)
{
    vmm::HostNetworkLoad load { .name = now.name };
    if (!before)
        return load;
    load.receivedBytesPerSecond = rate(now.receivedBytes, before->receivedBytes, elapsedNs);
    load.sentBytesPerSecond = rate(now.sentBytes, before->sentBytes, elapsedNs);
    return load;
}

template <typename T> const T* find(const QHash<QString, T>& all, const QString& name)
{
    const auto found = all.constFind(name);
    return found == all.cend() ? nullptr : &*found;
}

// What is a disk to its owner: no partition, and neither a loop nor memory.
bool isRealDisk(const HostDiskCounters& disk, const QSet<QString>& wholeDisks)
{
    return wholeDisks.contains(disk.name) && !disk.name.startsWith(QLatin1StringView("loop"))
        && !disk.name.startsWith(QLatin1StringView("ram"))
        && !disk.name.startsWith(QLatin1StringView("zram"));
}

void fillState(vmm::HostLoadDetail& detail, const HostReadings& readings)
{
    if (const auto averages = parseLoadAverages(readings.loadavg)) {
        detail.loadAverage1 = (*averages)[0];
        detail.loadAverage5 = (*averages)[1];
        detail.loadAverage15 = (*averages)[2];
    }
    if (const auto memory = parseMemory(readings.meminfo)) {
        detail.memoryTotal = memory->total;
        detail.memoryAvailable = memory->available;
    }
    if (const auto swap = parseSwap(readings.meminfo)) {
        detail.swapTotal = swap->total;
        detail.swapUsed = swap->used;
    }
    detail.cpuPressure = parsePressure(readings.cpuPressure);
    detail.memoryPressure = parsePressure(readings.memoryPressure);
    detail.ioPressure = parsePressure(readings.ioPressure);
}

} // namespace

HostReadings HostReadings::read()
{
    const QStringList disks
        = QDir(QStringLiteral("/sys/block")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    return { .stat = readProc(QStringLiteral("/proc/stat")),
        .loadavg = readProc(QStringLiteral("/proc/loadavg")),
        .meminfo = readProc(QStringLiteral("/proc/meminfo")),
        .diskstats = readProc(QStringLiteral("/proc/diskstats")),
        .netDev = readProc(QStringLiteral("/proc/net/dev")),
        .cpuPressure = readProc(QStringLiteral("/proc/pressure/cpu")),
        .memoryPressure = readProc(QStringLiteral("/proc/pressure/memory")),
        .ioPressure = readProc(QStringLiteral("/proc/pressure/io")),
        .wholeDisks = QSet<QString>(disks.begin(), disks.end()) };
}

vmm::HostLoadDetail HostLoadMeter::measure()
{
    const qint64 now = m_clock.nsecsElapsed();
    if (m_before.timeNs >= 0 && now - m_before.timeNs < kShortestIntervalNs)
        return m_last;
    HostReadings readings = HostReadings::read();
    readings.timeNs = now;
    return take(readings);
}

vmm::HostLoadDetail HostLoadMeter::take(const HostReadings& readings)
{
    vmm::HostLoadDetail detail { .timeMs = QDateTime::currentMSecsSinceEpoch() };
    fillState(detail, readings);
    const qint64 elapsed = readings.timeNs - m_before.timeNs;
    if (m_before.timeNs >= 0 && elapsed > kLongestIntervalNs)
        m_before = {};

    Counters now { .timeNs = readings.timeNs, .cpus = parseCpuTicksOfEach(readings.stat) };
    detail.cpus = cpuLoads(now.cpus, m_before.cpus);
    const QVector<HostDiskCounters> disks = parseDiskStats(readings.diskstats);
    for (const HostDiskCounters& disk : disks) {
        if (!isRealDisk(disk, readings.wholeDisks))
            continue;
        now.disks.insert(disk.name, disk);
        detail.disks.append(diskLoad(disk, find(m_before.disks, disk.name), elapsed));
    }
    const QVector<NetworkCounters> networks = parseNetworks(readings.netDev);
    for (const NetworkCounters& network : networks) {
        if (network.name == QLatin1StringView("lo"))
            continue;
        now.networks.insert(network.name, network);
        detail.networks.append(
            networkLoad(network, find(m_before.networks, network.name), elapsed));
    }
    m_before = std::move(now);
    m_last = detail;
    return detail;
}

} // namespace hosts::embedded
