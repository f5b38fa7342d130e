// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/MetricsSampler.h"

#include "hosts/embedded/MachineLoadReadings.h"
#include "hosts/embedded/Rates.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <unistd.h>

#include <algorithm>

namespace hosts::embedded {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kMostOfNetDev = 1 << 20;
constexpr auto kDiskDeadline = 200ms; ///< of one tick; the answer itself may come later

QHash<QString, NetworkCounters> readNetworks()
{
    QHash<QString, NetworkCounters> byName;
    const auto all = parseNetworks(readProc(QStringLiteral("/proc/net/dev"), kMostOfNetDev));
    for (const NetworkCounters& network : all)
        byName.insert(network.name, network);
    return byName;
}

} // namespace

std::optional<DiskCounters> parseBlockStats(const QJsonValue& answer)
{
    if (!answer.isArray())
        return std::nullopt;
    DiskCounters counters;
    const QJsonArray devices = answer.toArray();
    for (const QJsonValue& device : devices) {
        const QJsonObject stats = device.toObject().value(QLatin1StringView("stats")).toObject();
        counters.read += static_cast<quint64>(
            std::max<qint64>(0, stats.value(QLatin1StringView("rd_bytes")).toInteger()));
        counters.written += static_cast<quint64>(
            std::max<qint64>(0, stats.value(QLatin1StringView("wr_bytes")).toInteger()));
    }
    return counters;
}

MetricsSampler::MetricsSampler(vmm::Core& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
    m_clock.start();
    m_answersTimer.setSingleShot(true);
    m_answersTimer.setInterval(kDiskDeadline);
    connect(&m_answersTimer, &QTimer::timeout, this, &MetricsSampler::emitBatch);
    connect(&m_timer, &QTimer::timeout, this, &MetricsSampler::tick);
    m_timer.start(kIntervalMs);
    measureHost(); // the first value needs one before it
}

void MetricsSampler::tick()
{
    m_batch = { .timeMs = QDateTime::currentMSecsSinceEpoch() };
    ++m_batchNumber;
    m_unanswered = 0;
    m_networks.clear();
    measureHost();
    const bool isForAll = m_ticks++ % kTicksForHidden == 0;
    const QVector<vmm::Machine*> machines = m_core.machines();
    for (vmm::Machine* machine : machines) {
        if (machine->process().isValid() && (isForAll || m_visible.contains(machine->id())))
            measureMachine(*machine, isForAll);
    }
    if (isForAll)
        forgetGone();
    if (m_unanswered == 0)
        emitBatch();
    else
        m_answersTimer.start();
}

void MetricsSampler::measureHost()
{
    if (const auto ticks = parseCpuTicks(readProc(QStringLiteral("/proc/stat")))) {
        if (m_hostTicks.total > 0 && ticks->total > m_hostTicks.total
            && ticks->busy >= m_hostTicks.busy)
            m_batch.host[HostMetric::CpuLoad] = static_cast<double>(ticks->busy - m_hostTicks.busy)
                / static_cast<double>(ticks->total - m_hostTicks.total);
        m_hostTicks = *ticks;
    }
    if (const auto memory = parseMemory(readProc(QStringLiteral("/proc/meminfo"))))
        m_batch.host[HostMetric::MemoryUsed]
            = static_cast<double>((memory->total - memory->available).count());
}

void MetricsSampler::measureMachine(vmm::Machine& machine, bool isThorough)
{
    const vmm::ProcessIdentity process = machine.process();
    const auto stat = vmm::ProcStat::read(process.pid);
    if (!stat || stat->startTicks != process.startTicks)
        return; // it has just ended
    Previous& previous = m_previous[machine.id()];
    if (previous.process != process)
        previous = { .process = process };
    if (isThorough)
        previous.isTapsKnown = false;

    VmSample sample { .id = machine.id() };
    sample.values[VmMetric::CpuLoad]
        = cpuLoad(previous, *stat, machine.runningDefinition().currentVcpus());
    static const auto pageSize = static_cast<quint64>(::sysconf(_SC_PAGESIZE));
    if (const auto resident
        = parseResident(readProc(QStringLiteral("/proc/%1/statm").arg(process.pid)), pageSize))
        sample.values[VmMetric::MemoryUsed] = static_cast<double>(resident->count());
    measureNetwork(machine, sample.values);
    m_batch.vms.append(sample);
    askDisks(machine, m_batch.vms.size() - 1);
}

double MetricsSampler::cpuLoad(Previous& previous, const vmm::ProcStat& stat, int vcpus)
{
    static const auto ticksPerSecond = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const qint64 now = m_clock.nsecsElapsed();
    const quint64 ticks = stat.userTicks + stat.systemTicks;
    double load = kNotOffered;
    if (previous.cpuTimeNs >= 0)
        // QEMU's own threads may add to those of the vCPUs: no more than all of them.
        load = std::min(1.0,
            rate(ticks, previous.cpuTicks, now - previous.cpuTimeNs) / ticksPerSecond
                / std::max(1, vcpus));
    previous.cpuTimeNs = now;
    previous.cpuTicks = ticks;
    return load;
}

void MetricsSampler::measureNetwork(vmm::Machine& machine, VmValues& values)
{
    Previous& previous = m_previous[machine.id()];
    if (!std::exchange(previous.isTapsKnown, true))
        previous.taps = hasCountedNetwork(machine.runningDefinition())
            ? readTaps(previous.process.pid)
            : QStringList();
    if (previous.taps.isEmpty())
        return;
    if (m_networks.isEmpty())
        m_networks = readNetworks();
    NetworkCounters sum;
    for (const QString& tap : std::as_const(previous.taps)) {
        const NetworkCounters counters = m_networks.value(tap);
        sum.receivedBytes += counters.receivedBytes;
        sum.sentBytes += counters.sentBytes;
    }
    const qint64 now = m_clock.nsecsElapsed();
    if (previous.networkTimeNs >= 0) {
        const qint64 elapsed = now - previous.networkTimeNs;
        // What the host sends the guest receives.
        values[VmMetric::NetworkReceive] = rate(sum.sentBytes, previous.network.sentBytes, elapsed);
        values[VmMetric::NetworkSend]
            = rate(sum.receivedBytes, previous.network.receivedBytes, elapsed);
    }
    previous.networkTimeNs = now;
    previous.network = sum;
}

void MetricsSampler::askDisks(vmm::Machine& machine, qsizetype sample)
{
    Previous& previous = m_previous[machine.id()];
    if (previous.isDiskAsked)
        return; // it hangs: don't pile up questions
    previous.isDiskAsked = true;
    ++m_unanswered;
    vmm::async::onFinished(machine.execute(QStringLiteral("query-blockstats")), this,
        [this, id = machine.id(), sample, batch = m_batchNumber](
            const vmm::Result<QJsonValue>& answer) {
            takeDisks(id, sample, batch, answer.value_or({}));
        });
}

void MetricsSampler::takeDisks(
    const VmId& id, qsizetype sample, quint64 batch, const QJsonValue& answer)
{
    const auto previous = m_previous.find(id);
    if (previous != m_previous.end()) {
        previous->isDiskAsked = false;
        const qint64 now = m_clock.nsecsElapsed();
        const auto counters = parseBlockStats(answer);
        if (counters && previous->diskTimeNs >= 0 && batch == m_batchNumber) {
            VmValues& values = m_batch.vms[sample].values;
            const qint64 elapsed = now - previous->diskTimeNs;
            values[VmMetric::DiskRead] = rate(counters->read, previous->disk.read, elapsed);
            values[VmMetric::DiskWrite] = rate(counters->written, previous->disk.written, elapsed);
        }
        if (counters) {
            previous->diskTimeNs = now;
            previous->disk = *counters;
        }
    }
    if (batch == m_batchNumber && --m_unanswered == 0 && m_answersTimer.isActive())
        emitBatch();
}

void MetricsSampler::forgetGone()
{
    erase_if(m_previous, [this](const auto& entry) { return !m_core.machine(entry.key()); });
}

void MetricsSampler::emitBatch()
{
    m_answersTimer.stop();
    ++m_batchNumber; // later answers come too late for it
    Q_EMIT sampled(m_batch);
}

} // namespace hosts::embedded
