// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/HostLoadMeter.h"
#include "hosts/embedded/MachineLoadReadings.h"
#include "hosts/embedded/Rates.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QThread>

#include <cmath>

using namespace hosts::embedded;
using vmm::Bytes;

namespace {

constexpr qint64 kSecond = 1'000'000'000;

QJsonValue json(const char* text)
{
    const auto document = QJsonDocument::fromJson(text);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

HostReadings hostReadings(qint64 timeNs, const char* busyOfCpu1, const char* sectors,
    const char* busyMs, const char* received)
{
    return { .timeNs = timeNs,
        .stat = QByteArray("cpu 1 1 1 1 1 1 1 1\ncpu0 100 0 0 100 0 0 0 0\ncpu1 ") + busyOfCpu1
            + " 0 0 200 0 0 0 0\nintr 5\n",
        .loadavg = "0.50 1.25 2.00 3/400 1234\n",
        .meminfo = "MemTotal: 1000 kB\nMemAvailable: 400 kB\nSwapTotal: 100 kB\nSwapFree: 70 kB\n",
        .diskstats = QByteArray("   8       0 sda 1 0 ") + sectors + " 5 2 0 10 7 0 " + busyMs
            + " 12\n   8       1 sda1 1 0 4000 5 2 0 10 7 0 30 12\n   7 0 loop0 1 0 2 3 4 5 6 7 8 "
              "9 10\n",
        .netDev = QByteArray("Inter-| Receive | Transmit\n face |bytes packets|bytes\n"
                             "    lo: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0\n  eth0:")
            + received + " 10 0 0 0 0 0 0 500 5 0 0 0 0 0 0\n",
        .cpuPressure = "some avg10=12.50 avg60=0.00 avg300=0.00 total=1\n"
                       "full avg10=0.25 avg60=0.00 avg300=0.00 total=1\n",
        .ioPressure = "some avg10=3.00 avg60=0.00 avg300=0.00 total=1\n",
        .wholeDisks = { QStringLiteral("sda"), QStringLiteral("loop0") } };
}

MachineReadings machineReadings(qint64 timeNs, quint64 scale)
{
    return { .cpuTimeNs = timeNs,
        .cpuTicks = 170 * scale,
        .vcpuTicks = { 100 * scale, 50 * scale },
        .diskTimeNs = timeNs,
        .disks = { { .target = QStringLiteral("vda"),
            .read = { 4096 * scale, 8 * scale, 16'000'000 * scale },
            .write = { 1024 * scale, 0, 0 },
            .flush = { 0, 2 * scale, 1'000'000 * scale } } },
        .cardTimeNs = timeNs,
        .cards = { { .mac = QStringLiteral("a"),
                       .device = QStringLiteral("tap0"),
                       .counters = NetworkCounters { .receivedBytes = 100 * scale,
                           .receivedPackets = scale,
                           .sentBytes = 700 * scale,
                           .sentPackets = 7 * scale } },
            { .mac = QStringLiteral("b") } } };
}

} // namespace

/// The load of hosts and machines in detail, from what the kernel and QEMU say.
class TestLoadReadings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void host_isToldWhole()
    {
        HostLoadMeter meter;
        const auto first = meter.take(hostReadings(kSecond, "100", "4000", "30", "1000"));
        QCOMPARE(first.cpus.size(), 2);
        QVERIFY(std::isnan(first.cpus[0]));
        QCOMPARE(first.loadAverage1, 0.5);
        QCOMPARE(first.loadAverage5, 1.25);
        QCOMPARE(first.loadAverage15, 2.0);
        QCOMPARE(first.memoryTotal, Bytes::fromKiB(1000));
        QCOMPARE(first.memoryAvailable, Bytes::fromKiB(400));
        QCOMPARE(first.swapTotal, Bytes::fromKiB(100));
        QCOMPARE(first.swapUsed, Bytes::fromKiB(30));
        QCOMPARE(first.cpuPressure.some, 0.125);
        QCOMPARE(first.cpuPressure.full, 0.0025);
        QCOMPARE(first.ioPressure.some, 0.03);
        QVERIFY(std::isnan(first.ioPressure.full));
        QVERIFY(std::isnan(first.memoryPressure.some));
        QCOMPARE(first.disks.size(), 1); // no partition, no loop
        QCOMPARE(first.disks[0].name, QStringLiteral("sda"));
        QVERIFY(std::isnan(first.disks[0].busy));
        QCOMPARE(first.networks.size(), 1); // not lo
        QVERIFY(std::isnan(first.networks[0].sentBytesPerSecond));
    }

    void host_ratesAreSinceTheReadingBefore()
    {
        HostLoadMeter meter;
        meter.take(hostReadings(kSecond, "100", "4000", "30", "1000"));
        const auto detail = meter.take(hostReadings(3 * kSecond, "300", "8000", "1030", "3000"));
        QVERIFY(std::isnan(detail.cpus[0])); // nothing was counted: no share of nothing
        QCOMPARE(detail.cpus[1], 1.0);
        QCOMPARE(detail.disks[0].readBytesPerSecond, 4000 * 512 / 2.0);
        QCOMPARE(detail.disks[0].writeBytesPerSecond, 0.0);
        QCOMPARE(detail.disks[0].busy, 0.5);
        QCOMPARE(detail.networks[0].receivedBytesPerSecond, 1000.0);
        QCOMPARE(detail.networks[0].sentBytesPerSecond, 0.0);
    }

    void host_oldReadings_makeNoRates()
    {
        HostLoadMeter meter;
        meter.take(hostReadings(kSecond, "100", "4000", "30", "1000"));
        const auto detail = meter.take(
            hostReadings(2 * kSecond + kLongestIntervalNs, "300", "8000", "1030", "3000"));
        QVERIFY(std::isnan(detail.disks[0].busy));
        QVERIFY(std::isnan(detail.cpus[1]));
    }

    void host_nonsense_isLeftOut()
    {
        HostLoadMeter meter;
        const auto detail = meter.take({ .timeNs = kSecond,
            .stat = "cpu x\ncpu0\ncpux 1\n",
            .loadavg = "much",
            .meminfo = "MemTotal",
            .diskstats = "8 0 sda 1 x 3\n\n",
            .netDev = "eth0: 1 2 3\nno colon\n",
            .cpuPressure = "some avg10=high\n",
            .wholeDisks = { QStringLiteral("sda") } });
        QVERIFY(detail.cpus.isEmpty());
        QVERIFY(std::isnan(detail.loadAverage1));
        QCOMPARE(detail.memoryTotal, Bytes());
        QVERIFY(std::isnan(detail.cpuPressure.some));
        QVERIFY(detail.disks.isEmpty());
        QVERIFY(detail.networks.isEmpty());
    }

    void thisComputer_canBeRead()
    {
        HostLoadMeter meter;
        const auto detail = meter.measure();
        QCOMPARE(detail.cpus.size(), QThread::idealThreadCount());
        QVERIFY(detail.memoryTotal > Bytes());
        QVERIFY(detail.memoryAvailable <= detail.memoryTotal);
        QVERIFY(!std::isnan(detail.loadAverage1));
        QVERIFY(detail.timeMs > 0);
        // Asked again at once, it is the same measurement.
        QCOMPARE(meter.measure().timeMs, detail.timeMs);
    }

    void machine_ratesAreSinceTheReadingBefore()
    {
        const auto detail
            = loadBetween(machineReadings(10 * kSecond, 1), machineReadings(12 * kSecond, 2), 100);
        QCOMPARE(detail.vcpus, (QVector<double> { 0.5, 0.25 }));
        QCOMPARE(detail.cpu, 0.375);
        QVERIFY(std::abs(detail.emulator - 0.1) < 1e-9);
        QCOMPARE(detail.disks.size(), 1);
        QCOMPARE(detail.disks[0].read.bytesPerSecond, 2048.0);
        QCOMPARE(detail.disks[0].read.requestsPerSecond, 4.0);
        QCOMPARE(detail.disks[0].read.meanLatencyMs, 2.0);
        QCOMPARE(detail.disks[0].write.bytesPerSecond, 512.0);
        QVERIFY(std::isnan(detail.disks[0].write.meanLatencyMs)); // no requests
        QVERIFY(std::isnan(detail.disks[0].flush.bytesPerSecond));
        QCOMPARE(detail.disks[0].flush.meanLatencyMs, 0.5);
        QCOMPARE(detail.networkCards.size(), 2);
        // What the host sends the guest receives.
        QCOMPARE(detail.networkCards[0].receivedBytesPerSecond, 350.0);
        QCOMPARE(detail.networkCards[0].sentBytesPerSecond, 50.0);
        QCOMPARE(detail.networkCards[0].receivedPacketsPerSecond, 3.5);
        QVERIFY(std::isnan(detail.networkCards[1].receivedBytesPerSecond));
    }

    void machine_withoutReadingBefore_hasNoRates()
    {
        const auto detail = loadBetween({}, machineReadings(12 * kSecond, 2), 100);
        QVERIFY(std::isnan(detail.cpu));
        QCOMPARE(detail.vcpus.size(), 2);
        QVERIFY(std::isnan(detail.vcpus[0]));
        QVERIFY(std::isnan(detail.disks[0].read.bytesPerSecond));
        QVERIFY(std::isnan(detail.networkCards[0].receivedBytesPerSecond));
    }

    void machine_vcpuPluggedMeanwhile_hasNoCpuLoad()
    {
        MachineReadings now = machineReadings(12 * kSecond, 2);
        now.vcpuTicks.append(0);
        const auto detail = loadBetween(machineReadings(10 * kSecond, 1), now, 100);
        QVERIFY(std::isnan(detail.cpu));
        QCOMPARE(detail.vcpus.size(), 3);
    }

    void diskCounters_areThoseOfDisks()
    {
        const auto disks = parseDiskCounters(json(R"([
            {"device": "", "node-name": "disk-vda",
             "qdev": "/machine/peripheral/disk-vda/virtio-backend",
             "stats": {"rd_bytes": 9000000000, "rd_operations": 3, "rd_total_time_ns": 7,
                       "wr_bytes": -1, "wr_operations": 4, "flush_operations": 5,
                       "wr_highest_offset": 512,
                       "rd_latency_histogram": {"boundaries": [100000, 2000000],
                                                "bins": [1, 2, 3]},
                       "wr_latency_histogram": {"boundaries": [100000], "bins": [1]}}},
            {"device": "floppy", "qdev": "/machine/unattached/device[3]", "stats": {}},
            17])"));
        QCOMPARE(disks.size(), 1);
        QCOMPARE(disks[0].target, QStringLiteral("vda"));
        QCOMPARE(disks[0].device, QStringLiteral("/machine/peripheral/disk-vda/virtio-backend"));
        QCOMPARE(disks[0].read, (RequestCounters { 9'000'000'000, 3, 7 }));
        QCOMPARE(disks[0].write, (RequestCounters { 0, 4, 0 }));
        QCOMPARE(disks[0].flush.requests, 5u);
        QCOMPARE(disks[0].allocated, Bytes::fromBytes(512));
        QCOMPARE(disks[0].readLatency.boundsMs, (QVector<double> { 0.1, 2 }));
        QCOMPARE(disks[0].readLatency.counts, (QVector<qint64> { 1, 2, 3 }));
        QVERIFY(disks[0].writeLatency.counts.isEmpty()); // no histogram: the bins don't fit
        QVERIFY(parseDiskCounters({}).isEmpty());
    }

    void vcpuThreads_areInOrderOfTheirIndex()
    {
        QCOMPARE(parseVcpuThreads(json(R"([{"cpu-index": 2, "thread-id": 12},
            {"cpu-index": 0, "thread-id": 30}, {"cpu-index": 1, "thread-id": 11}])")),
            (QVector<qint64> { 30, 11, 12 }));
        QVERIFY(parseVcpuThreads({}).isEmpty());
    }

    void guestMemory_isEmptyUntilTheGuestTells()
    {
        QCOMPARE(parseGuestMemory(json(R"({"stats": {"stat-free-memory": 18446744073709551615,
            "stat-available-memory": 18446744073709551615}, "last-update": 0})")),
            GuestMemory {});
        QCOMPARE(parseGuestMemory(json(R"({"stats": {"stat-free-memory": 5000000000,
            "stat-available-memory": 6000000000}})")),
            (GuestMemory { Bytes::fromBytes(5'000'000'000), Bytes::fromBytes(6'000'000'000) }));
        QCOMPARE(parseGuestMemory({}), GuestMemory {});
        QCOMPARE(parseBalloon(json(R"({"actual": 67108864})")), Bytes::fromMiB(64));
        QCOMPARE(parseBalloon({}), Bytes());
    }

    void taps_goToTheCardsThatNeedOne()
    {
        const QVector<vmm::NetworkInterface> cards { { .type = QStringLiteral("bridge"),
                                                         .mac = QStringLiteral("a") },
            { .type = QStringLiteral("user"), .mac = QStringLiteral("b") },
            { .type = QStringLiteral("bridge"), .mac = QStringLiteral("c") },
            { .type = QStringLiteral("bridge"), .mac = QStringLiteral("d") },
            { .type = QStringLiteral("ethernet"),
                .targetDevice = QStringLiteral("own0"),
                .mac = QStringLiteral("e") } };
        const auto matched = matchTaps(
            cards, { QStringLiteral("own0"), QStringLiteral("tap3"), QStringLiteral("tap7") });
        QStringList devices;
        for (const CardCounter& card : matched)
            devices.append(card.mac + QLatin1Char('=') + card.device);
        QCOMPARE(devices.join(QLatin1Char(' ')), QStringLiteral("a=tap3 b= c=tap7 d= e=own0"));
    }

    void tapOfADescriptor_isRead()
    {
        QCOMPARE(parseTap("pos:\t0\nflags:\t0104002\nmnt_id:\t25\nino:\t8\niff:\ttap0\n"),
            QStringLiteral("tap0"));
        QCOMPARE(parseTap("pos:\t0\nflags:\t0104002\n"), QString());
    }
};

QTEST_GUILESS_MAIN(TestLoadReadings)
#include "tst_LoadReadings.moc"
