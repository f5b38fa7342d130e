// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainLoad.h"

#include "hosts/libvirt/DomainXml.h"
#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Overlapped.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <pugixml.hpp>

namespace hosts::libvirt {

using vmm::Result;

namespace {

constexpr double kNanoseconds = 1e9;
constexpr unsigned int kGroups = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL
    | VIR_DOMAIN_STATS_BALLOON | VIR_DOMAIN_STATS_VCPU | VIR_DOMAIN_STATS_INTERFACE
    | VIR_DOMAIN_STATS_BLOCK;
constexpr int kBalloonSeconds = 5;
constexpr int kTriesWhileBusy = 3; // a monitor command takes milliseconds
constexpr std::chrono::milliseconds kPauseWhileBusy { 50 };
constexpr unsigned int kMostParts = 1000;
constexpr int kMostCpus = 512;

/// The parameters of one machine by name.
class Figures {
public:
    explicit Figures(const virDomainStatsRecord& record)
        : m_record(record)
    {
    }
    double number(const std::string& name) const
    {
        unsigned long long value = 0;
        const int found
            = virTypedParamsGetULLong(m_record.params, m_record.nparams, name.c_str(), &value);
        return found > 0 ? static_cast<double>(value) : vmm::kNotMeasured;
    }
    QString text(const std::string& name) const
    {
        const char* value = nullptr;
        virTypedParamsGetString(m_record.params, m_record.nparams, name.c_str(), &value);
        return QString::fromUtf8(value);
    }
    unsigned int count(const std::string& name) const
    {
        unsigned int value = 0;
        virTypedParamsGetUInt(m_record.params, m_record.nparams, name.c_str(), &value);
        return std::min(value, kMostParts);
    }
    vmm::Bytes kibi(const std::string& name) const
    {
        const double value = number(name);
        return vmm::Bytes::fromKiB(std::isnan(value) ? 0 : static_cast<quint64>(value));
    }

private:
    const virDomainStatsRecord& m_record;
};

RequestCounts requestsOf(const Figures& figures, const std::string& prefix)
{
    return { .bytes = figures.number(prefix + ".bytes"),
        .requests = figures.number(prefix + ".reqs"),
        .seconds = figures.number(prefix + ".times") / kNanoseconds };
}

/// The network cards by the host's device, each with its MAC.
QHash<QString, QString> macsOf(const QByteArray& xml)
{
    pugi::xml_document document;
    QHash<QString, QString> macs;
    if (!document.load_buffer(xml.constData(), static_cast<size_t>(xml.size())))
        return macs;
    for (const auto& card : document.child("domain").child("devices").children("interface"))
        macs.insert(QString::fromUtf8(card.child("target").attribute("dev").value()),
            QString::fromUtf8(card.child("mac").attribute("address").value()));
    return macs;
}

void takeBulk(const Figures& figures, const QHash<QString, QString>& macs, LoadCounts& counts)
{
    counts.cpuSeconds = figures.number("cpu.time") / kNanoseconds;
    const unsigned int vcpus = figures.count("vcpu.maximum");
    for (unsigned int i = 0; i < vcpus; ++i) {
        const double time = figures.number("vcpu." + std::to_string(i) + ".time");
        if (!std::isnan(time))
            counts.vcpuSeconds.append(time / kNanoseconds);
    }
    counts.resident = figures.kibi("balloon.rss");
    counts.balloon = figures.kibi("balloon.current");
    counts.guestFree = figures.kibi("balloon.unused");
    counts.guestAvailable = figures.kibi("balloon.usable");
    const unsigned int disks = figures.count("block.count");
    for (unsigned int i = 0; i < disks; ++i) {
        const std::string prefix = "block." + std::to_string(i);
        const double allocated = figures.number(prefix + ".allocation");
        counts.disks.append({ figures.text(prefix + ".name"),
            { .read = requestsOf(figures, prefix + ".rd"),
                .write = requestsOf(figures, prefix + ".wr"),
                .flush = requestsOf(figures, prefix + ".fl"),
                .allocated = vmm::Bytes::fromBytes(
                    std::isnan(allocated) ? 0 : static_cast<quint64>(allocated)) } });
    }
    const unsigned int cards = figures.count("net.count");
    for (unsigned int i = 0; i < cards; ++i) {
        const std::string prefix = "net." + std::to_string(i);
        const QString device = figures.text(prefix + ".name");
        counts.cards.append({ device,
            { .mac = macs.value(device),
                .receivedBytes = figures.number(prefix + ".rx.bytes"),
                .sentBytes = figures.number(prefix + ".tx.bytes"),
                .receivedPackets = figures.number(prefix + ".rx.pkts"),
                .sentPackets = figures.number(prefix + ".tx.pkts") } });
    }
}

double offered(long long value)
{
    return value < 0 ? vmm::kNotMeasured : static_cast<double>(value);
}

void takeMemory(const Subject& subject, LoadCounts& counts)
{
    virDomainMemoryStatStruct stats[VIR_DOMAIN_MEMORY_STAT_NR] = {};
    const int count = virDomainMemoryStats(subject.get(), stats, VIR_DOMAIN_MEMORY_STAT_NR, 0);
    for (int i = 0; i < count; ++i) {
        const auto value = vmm::Bytes::fromKiB(stats[i].val);
        if (stats[i].tag == VIR_DOMAIN_MEMORY_STAT_RSS)
            counts.resident = value;
        else if (stats[i].tag == VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON)
            counts.balloon = value;
        else if (stats[i].tag == VIR_DOMAIN_MEMORY_STAT_UNUSED)
            counts.guestFree = value;
        else if (stats[i].tag == VIR_DOMAIN_MEMORY_STAT_USABLE)
            counts.guestAvailable = value;
    }
}

/// Where the bulk call tells states alone.
Result<void> takeOneByOne(const Subject& subject, const QByteArray& xml, LoadCounts& counts)
{
    virDomainInfo info {};
    TRY(check(virDomainGetInfo(subject.get(), &info), subject.name));
    if (info.cpuTime > 0) // ESX's driver fills in nothing
        counts.cpuSeconds = static_cast<double>(info.cpuTime) / kNanoseconds;
    std::vector<virVcpuInfo> vcpus(std::min<unsigned int>(info.nrVirtCpu, kMostParts));
    const int known = virDomainGetVcpus(
        subject.get(), vcpus.data(), static_cast<int>(vcpus.size()), nullptr, 0);
    counts.vcpus = info.nrVirtCpu;
    for (int i = 0; i < known; ++i)
        counts.vcpuSeconds.append(
            static_cast<double>(vcpus[static_cast<size_t>(i)].cpuTime) / kNanoseconds);
    takeMemory(subject, counts);
    const DomainDevices devices = TRY(parseDevices(xml));
    for (const QByteArray& disk : devices.disks) {
        virDomainBlockStatsStruct stats {};
        if (virDomainBlockStats(subject.get(), disk.constData(), &stats, sizeof stats) == 0)
            counts.disks.append({ QString::fromUtf8(disk),
                { .read = { .bytes = offered(stats.rd_bytes), .requests = offered(stats.rd_req) },
                    .write
                    = { .bytes = offered(stats.wr_bytes), .requests = offered(stats.wr_req) } } });
    }
    const auto macs = macsOf(xml);
    for (const QByteArray& card : devices.interfaces) {
        virDomainInterfaceStatsStruct stats {};
        if (virDomainInterfaceStats(subject.get(), card.constData(), &stats, sizeof stats) == 0)
            counts.cards.append({ QString::fromUtf8(card),
                { .mac = macs.value(QString::fromUtf8(card)),
                    .receivedBytes = offered(stats.rx_bytes),
                    .sentBytes = offered(stats.tx_bytes),
                    .receivedPackets = offered(stats.rx_packets),
                    .sentPackets = offered(stats.tx_packets) } });
    }
    return {};
}

/// False if somebody else was with the machine's QEMU, so that figures of it are missing.
Result<bool> takeAtOnce(const Subject& subject, const QByteArray& xml, LoadCounts& counts)
{
    virDomainPtr list[] = { subject.get(), nullptr };
    StatsRecords records;
    int count = virDomainListGetStats(
        list, kGroups, records.out(), VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    if (count < 0 && lastError({}).kind != vmm::ErrorKind::Disconnected)
        count = virDomainListGetStats(list, kGroups, records.out(), 0); // libvirt < 4.5
    if (count < 0 && lastError({}).kind != vmm::ErrorKind::HostLacksFeature)
        return lastError(subject.name);
    records.setCount(count);
    counts = {};
    if (records.count() > 0)
        takeBulk(Figures(**records.begin()), macsOf(xml), counts);
    return counts.disks.isEmpty()
        || std::any_of(counts.disks.begin(), counts.disks.end(),
            [](const auto& disk) { return !std::isnan(disk.second.read.requests); });
}

double rate(double now, double before, double seconds)
{
    return now < before || seconds <= 0 ? vmm::kNotMeasured : (now - before) / seconds;
}

vmm::RequestLoad loadOf(const RequestCounts& now, const RequestCounts& before, double seconds)
{
    const double requests = now.requests - before.requests;
    return { .bytesPerSecond = rate(now.bytes, before.bytes, seconds),
        .requestsPerSecond = rate(now.requests, before.requests, seconds),
        .meanLatencyMs
        = requests > 0 ? 1000 * (now.seconds - before.seconds) / requests : vmm::kNotMeasured };
}

template <typename Counts>
Counts countsOf(const QVector<QPair<QString, Counts>>& all, const QString& name)
{
    for (const auto& each : all) {
        if (each.first == name)
            return each.second;
    }
    return {};
}

double secondsBetween(
    std::chrono::steady_clock::time_point before, std::chrono::steady_clock::time_point now)
{
    return std::chrono::duration<double>(now - before).count();
}

} // namespace

Result<LoadCounts> readLoad(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("load")));
    const QByteArray xml = TRY(runningXml(subject));
    LoadCounts counts;
    bool isWhole = false;
    for (int i = 0; i < kTriesWhileBusy && !isWhole; ++i) {
        if (i > 0)
            std::this_thread::sleep_for(kPauseWhileBusy);
        isWhole = TRY(takeAtOnce(subject, xml, counts));
    }
    if (std::isnan(counts.cpuSeconds))
        TRY(takeOneByOne(subject, xml, counts));
    if (isWhole && counts.guestAvailable.count() == 0 && counts.balloon.count() > 0)
        virDomainSetMemoryStatsPeriod(subject.get(), kBalloonSeconds, VIR_DOMAIN_AFFECT_LIVE);
    counts.time = std::chrono::steady_clock::now();
    return counts;
}

namespace {

/// Busy and all seconds of a CPU, of which `fields` figures are told.
Result<QPair<double, double>> readCpu(const Connection& connection, int cpu, int fields)
{
    std::vector<virNodeCPUStats> stats(static_cast<size_t>(fields));
    TRY(check(virNodeGetCPUStats(connection.get(), cpu, stats.data(), &fields, 0), {}));
    QPair<double, double> times { 0, 0 };
    for (const virNodeCPUStats& each : stats) {
        const double seconds = static_cast<double>(each.value) / kNanoseconds;
        const bool isBusy = std::strcmp(each.field, VIR_NODE_CPU_STATS_KERNEL) == 0
            || std::strcmp(each.field, VIR_NODE_CPU_STATS_USER) == 0;
        times.first += isBusy ? seconds : 0;
        times.second += seconds;
    }
    return times;
}

Result<QVector<QPair<double, double>>> readCpus(const Connection& connection, int width)
{
    virNodeInfo node {};
    TRY(check(virNodeGetInfo(connection.get(), &node), {}));
    const int count = std::min(static_cast<int>(node.cpus), kMostCpus);
    int fields = 0; // the same for all of a host
    TRY(check(virNodeGetCPUStats(connection.get(), 0, nullptr, &fields, 0), {}));
    std::vector<Result<QPair<double, double>>> found(
        static_cast<size_t>(count), QPair<double, double>());
    overlapped(count, width,
        [&](int cpu) { found[static_cast<size_t>(cpu)] = readCpu(connection, cpu, fields); });
    QVector<QPair<double, double>> cpus;
    for (const auto& each : found)
        cpus.append(TRY(each));
    return cpus;
}

} // namespace

Result<HostCounts> readHostLoad(const Connection& connection, int width)
{
    HostCounts counts;
    counts.cpus = TRY(readCpus(connection, width));
    int fields = 0;
    if (virNodeGetMemoryStats(
            connection.get(), VIR_NODE_MEMORY_STATS_ALL_CELLS, nullptr, &fields, 0)
        == 0) {
        std::vector<virNodeMemoryStats> stats(static_cast<size_t>(fields));
        virNodeGetMemoryStats(
            connection.get(), VIR_NODE_MEMORY_STATS_ALL_CELLS, stats.data(), &fields, 0);
        for (const virNodeMemoryStats& each : stats) {
            const auto value = vmm::Bytes::fromKiB(each.value);
            if (std::strcmp(each.field, VIR_NODE_MEMORY_STATS_TOTAL) == 0)
                counts.memoryTotal = value;
            else // free, buffers, cached: what is there for whom wants it
                counts.memoryAvailable = counts.memoryAvailable + value;
        }
    }
    counts.time = std::chrono::steady_clock::now();
    return counts;
}

vmm::LoadDetail LoadMeter::measure(VmId vm, const LoadCounts& counts)
{
    const LoadCounts before = m_before.value(vm);
    const double seconds = secondsBetween(before.time, counts.time);
    vmm::LoadDetail detail { .timeMs = QDateTime::currentMSecsSinceEpoch(),
        .resident = counts.resident,
        .balloon = counts.balloon,
        .guestFree = counts.guestFree,
        .guestAvailable = counts.guestAvailable };
    double ofVcpus = 0;
    for (qsizetype i = 0; i < counts.vcpuSeconds.size(); ++i) {
        const double then = before.vcpuSeconds.value(i, vmm::kNotMeasured);
        const double load = rate(counts.vcpuSeconds[i], then, seconds);
        detail.vcpus.append(load > 1 ? 1 : load);
        ofVcpus += load;
    }
    const double all = rate(counts.cpuSeconds, before.cpuSeconds, seconds);
    if (!counts.vcpuSeconds.isEmpty()) {
        detail.cpu = ofVcpus / static_cast<double>(counts.vcpuSeconds.size());
        if (detail.cpu > 1)
            detail.cpu = 1;
        detail.emulator = all - ofVcpus < 0 ? 0 : all - ofVcpus;
    } else if (counts.vcpus > 0) {
        detail.cpu = all / counts.vcpus; // not measured at the first reading, and stays so
        if (detail.cpu > 1)
            detail.cpu = 1;
    }
    for (const auto& [target, now] : counts.disks) {
        const DiskCounts then = countsOf(before.disks, target);
        detail.disks.append({ .target = target,
            .read = loadOf(now.read, then.read, seconds),
            .write = loadOf(now.write, then.write, seconds),
            .flush = loadOf(now.flush, then.flush, seconds),
            .allocated = now.allocated });
    }
    for (const auto& [device, now] : counts.cards) {
        const NetworkCounts then = countsOf(before.cards, device);
        detail.networkCards.append({ .mac = now.mac,
            .device = device,
            .receivedBytesPerSecond = rate(now.receivedBytes, then.receivedBytes, seconds),
            .sentBytesPerSecond = rate(now.sentBytes, then.sentBytes, seconds),
            .receivedPacketsPerSecond = rate(now.receivedPackets, then.receivedPackets, seconds),
            .sentPacketsPerSecond = rate(now.sentPackets, then.sentPackets, seconds) });
    }
    if (m_before.size() > 1000)
        m_before.clear(); // machines come and go
    m_before.insert(vm, counts);
    return detail;
}

vmm::HostLoadDetail LoadMeter::measureHost(const HostCounts& counts)
{
    vmm::HostLoadDetail detail { .timeMs = QDateTime::currentMSecsSinceEpoch(),
        .memoryTotal = counts.memoryTotal,
        .memoryAvailable = counts.memoryAvailable };
    for (qsizetype i = 0; i < counts.cpus.size(); ++i) {
        const auto then = m_hostBefore.cpus.value(i, { vmm::kNotMeasured, vmm::kNotMeasured });
        detail.cpus.append(
            rate(counts.cpus[i].first, then.first, counts.cpus[i].second - then.second));
    }
    m_hostBefore = counts;
    return detail;
}

void LoadMeter::clear()
{
    m_before.clear();
    m_hostBefore = {};
}

} // namespace hosts::libvirt
