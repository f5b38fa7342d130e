// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/MachineLoadReadings.h"

#include "hosts/embedded/Rates.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <map>

namespace hosts::embedded {

namespace {

constexpr double kNsPerMs = 1e6;

quint64 counterAt(const QJsonObject& stats, const QString& key)
{
    return static_cast<quint64>(std::max<qint64>(0, stats.value(key).toInteger()));
}

RequestCounters requestsAt(const QJsonObject& stats, const QString& kind)
{
    return { .bytes = counterAt(stats, kind + QStringLiteral("_bytes")),
        .requests = counterAt(stats, kind + QStringLiteral("_operations")),
        .timeNs = counterAt(stats, kind + QStringLiteral("_total_time_ns")) };
}

vmm::LatencyHistogram histogramAt(const QJsonObject& stats, const char* key)
{
    const QJsonObject object = stats.value(QLatin1StringView(key)).toObject();
    const QJsonArray bounds = object.value(QLatin1StringView("boundaries")).toArray();
    const QJsonArray bins = object.value(QLatin1StringView("bins")).toArray();
    if (bins.size() != bounds.size() + 1)
        return {};
    vmm::LatencyHistogram histogram;
    for (const QJsonValue& bound : bounds)
        histogram.boundsMs.append(bound.toDouble() / kNsPerMs);
    for (const QJsonValue& bin : bins)
        histogram.counts.append(bin.toInteger());
    return histogram;
}

// "/machine/peripheral/disk-vda/virtio-backend" -> "vda"
QString targetOf(const QString& device)
{
    const QStringList parts = device.split(QLatin1Char('/'));
    for (const QString& part : parts) {
        if (part.startsWith(QLatin1StringView("disk-")))
            return part.mid(5);
    }
    return {};
}

vmm::RequestLoad requestLoad(
    const RequestCounters& now, const RequestCounters& before, qint64 elapsedNs)
{
    vmm::RequestLoad load { .bytesPerSecond = rate(now.bytes, before.bytes, elapsedNs),
        .requestsPerSecond = rate(now.requests, before.requests, elapsedNs) };
    if (now.requests > before.requests && now.timeNs >= before.timeNs)
        load.meanLatencyMs = static_cast<double>(now.timeNs - before.timeNs)
            / static_cast<double>(now.requests - before.requests) / kNsPerMs;
    return load;
}

vmm::DiskLoad diskLoad(const DiskCounter& now, const DiskCounter* before, qint64 elapsedNs)
{
    vmm::DiskLoad load { .target = now.target,
        .readLatency = now.readLatency,
        .writeLatency = now.writeLatency,
        .allocated = now.allocated };
    if (!before)
        return load;
    load.read = requestLoad(now.read, before->read, elapsedNs);
    load.write = requestLoad(now.write, before->write, elapsedNs);
    load.flush = requestLoad(now.flush, before->flush, elapsedNs);
    load.flush.bytesPerSecond = vmm::kNotMeasured;
    return load;
}

// The host sends what the guest receives.
vmm::NetworkLoad cardLoad(const CardCounter& now, const CardCounter* before, qint64 elapsedNs)
{
    vmm::NetworkLoad load { .mac = now.mac, .device = now.device };
    if (!before || !before->counters || !now.counters)
        return load;
    const NetworkCounters& later = *now.counters;
    const NetworkCounters& earlier = *before->counters;
    load.receivedBytesPerSecond = rate(later.sentBytes, earlier.sentBytes, elapsedNs);
    load.sentBytesPerSecond = rate(later.receivedBytes, earlier.receivedBytes, elapsedNs);
    load.receivedPacketsPerSecond = rate(later.sentPackets, earlier.sentPackets, elapsedNs);
    load.sentPacketsPerSecond = rate(later.receivedPackets, earlier.receivedPackets, elapsedNs);
    return load;
}

template <typename T, typename Key>
const T* findBy(const QVector<T>& all, Key T::*key, const Key& wanted)
{
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const T& candidate) { return candidate.*key == wanted; });
    return found == all.end() ? nullptr : &*found;
}

void fillCpu(vmm::LoadDetail& detail, const MachineReadings& before, const MachineReadings& now,
    double ticksPerSecond)
{
    detail.vcpus.fill(vmm::kNotMeasured, now.vcpuTicks.size());
    const qint64 elapsed = now.cpuTimeNs - before.cpuTimeNs;
    if (before.cpuTimeNs < 0 || elapsed <= 0 || before.vcpuTicks.size() != now.vcpuTicks.size())
        return;
    const double all = rate(now.cpuTicks, before.cpuTicks, elapsed) / ticksPerSecond;
    double ofVcpus = 0;
    for (qsizetype i = 0; i < now.vcpuTicks.size(); ++i) {
        // The kernel counts in ticks: a busy CPU may seem to do a little more than it can.
        detail.vcpus[i]
            = std::min(1.0, rate(now.vcpuTicks[i], before.vcpuTicks[i], elapsed) / ticksPerSecond);
        ofVcpus += detail.vcpus[i];
    }
    if (!detail.vcpus.isEmpty())
        detail.cpu = ofVcpus / static_cast<double>(detail.vcpus.size());
    detail.emulator = std::max(0.0, all - ofVcpus);
}

vmm::Bytes guestBytes(const QJsonObject& stats, const char* key)
{
    // What the guest has not told is -1, as an unsigned number.
    const double value = stats.value(QLatin1StringView(key)).toDouble(-1);
    return value < 0 || value >= 1e18 ? vmm::Bytes()
                                      : vmm::Bytes::fromBytes(static_cast<quint64>(value));
}

} // namespace

QVector<DiskCounter> parseDiskCounters(const QJsonValue& answer)
{
    QVector<DiskCounter> disks;
    const QJsonArray devices = answer.toArray();
    for (const QJsonValue& value : devices) {
        const QJsonObject object = value.toObject();
        const QString device = object.value(QLatin1StringView("qdev")).toString();
        const QString target = targetOf(device);
        if (target.isEmpty())
            continue;
        const QJsonObject stats = object.value(QLatin1StringView("stats")).toObject();
        disks.append({ .target = target,
            .device = device,
            .read = requestsAt(stats, QStringLiteral("rd")),
            .write = requestsAt(stats, QStringLiteral("wr")),
            .flush = requestsAt(stats, QStringLiteral("flush")),
            .readLatency = histogramAt(stats, "rd_latency_histogram"),
            .writeLatency = histogramAt(stats, "wr_latency_histogram"),
            .allocated
            = vmm::Bytes::fromBytes(counterAt(stats, QStringLiteral("wr_highest_offset"))) });
    }
    return disks;
}

QVector<qint64> parseVcpuThreads(const QJsonValue& answer)
{
    std::map<qint64, qint64> threads;
    const QJsonArray vcpus = answer.toArray();
    for (const QJsonValue& vcpu : vcpus) {
        const QJsonObject object = vcpu.toObject();
        threads[object.value(QLatin1StringView("cpu-index")).toInteger()]
            = object.value(QLatin1StringView("thread-id")).toInteger();
    }
    QVector<qint64> ordered;
    for (const auto& [index, thread] : threads)
        ordered.append(thread);
    return ordered;
}

vmm::Bytes parseBalloon(const QJsonValue& answer)
{
    const qint64 actual = answer.toObject().value(QLatin1StringView("actual")).toInteger();
    return vmm::Bytes::fromBytes(static_cast<quint64>(std::max<qint64>(0, actual)));
}

GuestMemory parseGuestMemory(const QJsonValue& answer)
{
    const QJsonObject stats = answer.toObject().value(QLatin1StringView("stats")).toObject();
    return { .free = guestBytes(stats, "stat-free-memory"),
        .available = guestBytes(stats, "stat-available-memory") };
}

vmm::LoadDetail loadBetween(
    const MachineReadings& before, const MachineReadings& now, double ticksPerSecond)
{
    vmm::LoadDetail detail { .resident = now.resident,
        .proportional = now.proportional,
        .balloon = now.balloon,
        .guestFree = now.guest.free,
        .guestAvailable = now.guest.available };
    fillCpu(detail, before, now, ticksPerSecond);
    for (const DiskCounter& disk : now.disks)
        detail.disks.append(diskLoad(disk, findBy(before.disks, &DiskCounter::target, disk.target),
            now.diskTimeNs - before.diskTimeNs));
    for (const CardCounter& card : now.cards)
        detail.networkCards.append(cardLoad(card, findBy(before.cards, &CardCounter::mac, card.mac),
            now.cardTimeNs - before.cardTimeNs));
    return detail;
}

QString parseTap(const QByteArray& fdinfo)
{
    const QList<QByteArray> lines = fdinfo.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith("iff:"))
            return QString::fromUtf8(line.mid(4).trimmed());
    }
    return {};
}

bool isCounted(const vmm::NetworkInterface& card)
{
    return card.type != QLatin1StringView("user");
}

bool hasCountedNetwork(const vmm::Definition& definition)
{
    const auto cards = definition.devices<vmm::NetworkInterface>();
    return std::any_of(cards.begin(), cards.end(), isCounted);
}

QVector<CardCounter> matchTaps(const QVector<vmm::NetworkInterface>& cards, QStringList taps)
{
    QVector<CardCounter> matched;
    for (const vmm::NetworkInterface& card : cards) {
        const bool isSaid = isCounted(card) && taps.removeAll(card.targetDevice) > 0;
        matched.append({ .mac = card.mac, .device = isSaid ? card.targetDevice : QString() });
    }
    for (qsizetype i = 0; i < cards.size(); ++i) {
        if (isCounted(cards[i]) && matched[i].device.isEmpty() && !taps.isEmpty())
            matched[i].device = taps.takeFirst();
    }
    return matched;
}

QStringList readTaps(qint64 pid)
{
    // The kernel's numbers of network devices only rise, so they tell the order.
    std::map<int, QString> taps;
    const QString folder = QStringLiteral("/proc/%1/fdinfo").arg(pid);
    const QStringList files = QDir(folder).entryList(QDir::Files | QDir::NoDotAndDotDot);
    for (const QString& file : files) {
        const QString tap = parseTap(readProc(folder + QLatin1Char('/') + file));
        const QString index = QStringLiteral("/sys/class/net/%1/ifindex").arg(tap);
        if (!tap.isEmpty())
            taps[readProc(index).trimmed().toInt()] = tap;
    }
    QStringList ordered;
    for (const auto& [index, tap] : taps)
        ordered.append(tap);
    return ordered;
}

} // namespace hosts::embedded
