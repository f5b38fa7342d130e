// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Figures.h"

#include <cmath>

namespace hosts::vsphere {

namespace {

constexpr double kOfWhole = 10'000; // hundredths of a percent
constexpr double kKiB = 1024;
constexpr double kMiB = 1024 * 1024;

const QString kMachineCpu = QStringLiteral("summary.quickStats.overallCpuUsage"); // MHz
const QString kMachineMemory = QStringLiteral("summary.quickStats.hostMemoryUsage"); // MiB
const QString kMachineMaxCpu = QStringLiteral("runtime.maxCpuUsage"); // MHz
const QString kHostMemory = QStringLiteral("summary.quickStats.overallMemoryUsage"); // MiB
const QString kHostMhz = QStringLiteral("summary.hardware.cpuMhz");
const QString kHostCores = QStringLiteral("summary.hardware.numCpuCores");

/// All instances of a counter together.
double sum(const EntitySamples& samples, int counter, qsizetype index)
{
    double total = kNotOffered;
    for (const EntitySamples::Series& series : samples.series) {
        const qint64 value = series.counter == counter ? series.values.value(index, -1) : -1;
        if (value >= 0)
            total = (std::isnan(total) ? 0.0 : total) + static_cast<double>(value);
    }
    return total;
}

double load(double part)
{
    return part > 1.0 ? 1.0 : part; // NaN stays NaN
}

QVector<Measured> known(const QVector<Measured>& figures)
{
    QVector<Measured> kept;
    for (const Measured& figure : figures) {
        if (figure.counter >= 0)
            kept.append(figure);
    }
    return kept;
}

double numberOf(const ManagedObject& object, const QString& path)
{
    return object.values.value(path).toNumber().value_or(kNotOffered);
}

/// A load of nothing is none; so is one below it.
double ratio(double part, double whole)
{
    return whole > 0 && part >= 0 ? load(part / whole) : kNotOffered;
}

double scaled(double value, double factor)
{
    return value >= 0 ? value * factor : kNotOffered;
}

} // namespace

Counters::Counters(const CounterIds& ids)
{
    const auto id = [&](const char* name) { return ids.value(QLatin1StringView(name), -1); };
    m_cpuUsage = id("cpu.usage.average");
    m_memory = id("mem.consumed.average");
    m_diskRead = id("virtualDisk.read.average");
    m_diskWrite = id("virtualDisk.write.average");
    m_networkReceive = id("net.received.average");
    m_networkSend = id("net.transmitted.average");
}

bool Counters::isEmpty() const
{
    return ofMachines().isEmpty() && ofHosts().isEmpty();
}

QVector<Measured> Counters::ofMachines() const
{
    const QString each = QStringLiteral("*");
    return known({ { m_cpuUsage, {} }, { m_memory, {} }, { m_diskRead, each },
        { m_diskWrite, each }, { m_networkReceive, {} }, { m_networkSend, {} } });
}

QVector<Measured> Counters::ofHosts() const
{
    return known({ { m_cpuUsage, {} }, { m_memory, {} } });
}

VmValues Counters::machineValues(const EntitySamples& samples, qsizetype index) const
{
    VmValues values;
    values[VmMetric::CpuLoad] = load(sum(samples, m_cpuUsage, index) / kOfWhole);
    values[VmMetric::MemoryUsed] = sum(samples, m_memory, index) * kKiB;
    values[VmMetric::DiskRead] = sum(samples, m_diskRead, index) * kKiB;
    values[VmMetric::DiskWrite] = sum(samples, m_diskWrite, index) * kKiB;
    values[VmMetric::NetworkReceive] = sum(samples, m_networkReceive, index) * kKiB;
    values[VmMetric::NetworkSend] = sum(samples, m_networkSend, index) * kKiB;
    return values;
}

HostValues Counters::hostValues(const EntitySamples& samples, qsizetype index) const
{
    HostValues values;
    values[HostMetric::CpuLoad] = load(sum(samples, m_cpuUsage, index) / kOfWhole);
    values[HostMetric::MemoryUsed] = sum(samples, m_memory, index) * kKiB;
    return values;
}

QStringList quickPathsOfMachines()
{
    return { kMachineCpu, kMachineMemory, kMachineMaxCpu };
}

QStringList quickPathsOfHosts()
{
    return { kMachineCpu, kHostMemory, kHostMhz, kHostCores };
}

VmValues quickMachineValues(const ManagedObject& machine)
{
    VmValues values;
    values[VmMetric::CpuLoad]
        = ratio(numberOf(machine, kMachineCpu), numberOf(machine, kMachineMaxCpu));
    values[VmMetric::MemoryUsed] = scaled(numberOf(machine, kMachineMemory), kMiB);
    return values;
}

HostValues quickHostValues(const ManagedObject& host)
{
    HostValues values;
    values[HostMetric::CpuLoad]
        = ratio(numberOf(host, kMachineCpu), numberOf(host, kHostMhz) * numberOf(host, kHostCores));
    values[HostMetric::MemoryUsed] = scaled(numberOf(host, kHostMemory), kMiB);
    return values;
}

} // namespace hosts::vsphere
