// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/MetricsSampler.h"
#include "hosts/embedded/ProcReadings.h"
#include "vmm/qemu/ProcessIdentity.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace hosts::embedded;
using vmm::Bytes;
using vmm::ProcStat;

/// What is read from /proc and from query-blockstats, by text.
class TestProcReadings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cpuTicks_leaveGuestTimeOut()
    {
        const auto ticks = parseCpuTicks("cpu  100 20 30 400 50 6 7 8 90 9\ncpu0 1 2 3 4\n");
        QVERIFY(ticks);
        QCOMPARE(ticks->total, 621u);
        QCOMPARE(ticks->busy, 171u);
    }

    void brokenCpuLine_isNothing()
    {
        for (const char* text : { "", "cpu", "cpu 1 2 3", "intr 1 2 3 4 5", "cpu 1 2 x 4 5" })
            QVERIFY2(!parseCpuTicks(text), text);
    }

    void memory_isReadInKiB()
    {
        const auto memory
            = parseMemory("MemTotal:       16000 kB\nMemFree: 1 kB\nMemAvailable: 6000 kB\n");
        QVERIFY(memory);
        QCOMPARE(memory->total, Bytes::fromKiB(16000));
        QCOMPARE(memory->available, Bytes::fromKiB(6000));
        QVERIFY(!parseMemory("MemTotal: 16000 kB\n"));
        QVERIFY(!parseMemory("MemTotal: 1 kB\nMemAvailable: 2 kB\n"));
        QVERIFY(!parseMemory("MemTotal: much\nMemAvailable: 2 kB\n"));
    }

    void cpuModel_isTheFirst()
    {
        QCOMPARE(
            parseCpuModel("processor : 0\nmodel name\t: Some  CPU @ 2 GHz\nmodel name\t: Other\n"),
            QStringLiteral("Some CPU @ 2 GHz"));
        QCOMPARE(parseCpuModel("processor : 0\n"), QString());
    }

    void residentMemory_isTheSecondField()
    {
        QCOMPARE(*parseResident("5000 123 40 1 0 900 0\n", 4096), Bytes::fromBytes(123 * 4096));
        QVERIFY(!parseResident("5000", 4096));
        QVERIFY(!parseResident("", 4096));
    }

    void nameOfAProcess_mayHoldAnything()
    {
        const auto stat = ProcStat::parse("42 (a) b ( c) S 1 42 42 0 -1 4194560 1 0 0 0 17 5 0 0 "
                                          "20 0 4 0 98765 1000 200 18446744073709551615");
        QVERIFY(stat);
        QCOMPARE(stat->state, 'S');
        QCOMPARE(stat->userTicks, 17u);
        QCOMPARE(stat->systemTicks, 5u);
        QCOMPARE(stat->startTicks, 98765u);
        QVERIFY(!ProcStat::parse("42 (a S 1"));
        QVERIFY(!ProcStat::parse("42 (a) S 1 2 3"));
        QVERIFY(!ProcStat::parse(""));
    }

    void blockStats_areSummedUp()
    {
        const auto answer = QJsonDocument::fromJson(
            R"([{"device": "", "stats": {"rd_bytes": 100, "wr_bytes": 7}},
                {"device": "", "stats": {"rd_bytes": 9000000000, "wr_bytes": 3}}, {"strange": 1}])");
        const auto counters = parseBlockStats(answer.array());
        QVERIFY(counters);
        QCOMPARE(counters->read, 9000000100u);
        QCOMPARE(counters->written, 10u);
        QVERIFY(!parseBlockStats({}));
        QVERIFY(!parseBlockStats(QJsonObject {}));
        QCOMPARE(*parseBlockStats(QJsonArray {}), DiskCounters {});
    }
};

QTEST_APPLESS_MAIN(TestProcReadings)
#include "tst_ProcReadings.moc"
