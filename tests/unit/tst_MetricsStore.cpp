// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostList.h"
#include "models/Inventory.h"
#include "models/MetricsStore.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmMetric;
using models::MetricsSeries;
using models::SampleRing;
using tests::FakeHost;
using vmm::VmState;

namespace {

/// "1:0.5 2:- 3:0.25": times in seconds, gaps as dashes.
QString textOf(const MetricsSeries& series)
{
    QStringList points;
    for (int i = 0; i < series.size(); ++i) {
        const MetricsSeries::Point point = series.at(i);
        points << QStringLiteral("%1:%2").arg(
            QString::number(static_cast<double>(point.timeMs) / 1000),
            point.isGap() ? QStringLiteral("-") : QString::number(point.value));
    }
    return points.join(QLatin1Char(' '));
}

} // namespace

class tst_MetricsStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_hosts = std::make_unique<models::HostList>();
        m_inventory = std::make_unique<models::Inventory>(*m_hosts);
        m_store = std::make_unique<models::MetricsStore>(*m_inventory);
        auto host = std::make_unique<FakeHost>();
        m_host = host.get();
        m_hosts->add(std::move(host));
        m_host->setConnection(ConnectionState::Connected);
        m_vm = m_host->addVm(QStringLiteral("x"), VmState::Running);
    }

    void cleanup()
    {
        m_store.reset();
        m_inventory.reset();
        m_hosts.reset();
    }

    void samples_becomeASeries();
    void valuesNotOffered_areGaps();
    void longPause_leavesAGap();
    void hiddenMachine_everyTenSecondsHasNoGaps();
    void restart_leavesAGap();
    void machineThatIsOff_hasNoLatestValue();
    void clockThatJumpsBack_startsAfresh();
    void sameInstantTwice_keepsTheLater();
    void denseSamples_keepFiveMinutes();
    void sparseSamples_keepSixty();
    void hiddenThenVisible_keepsTheOrder();
    void vanishedMachine_isForgottenAndItsViewStaysValid();
    void sampleOfAnUnknownMachine_isDropped();
    void removedHost_isForgotten();
    void hostLoad_hasItsSeries();
    void refreshed_gathersManyBatches();
    void tenThousandHiddenMachines_fitInTwentyMegabytes();
    void ring_agreesWithANaiveList();

private:
    void sample(qint64 seconds, double cpu)
    {
        hosts::MetricsBatch batch { .timeMs = seconds * 1000 };
        batch.vms.append(hosts::VmSample { .id = m_vm });
        batch.vms.last().values[VmMetric::CpuLoad] = cpu;
        m_host->emitMetrics(batch);
    }

    MetricsSeries cpu() const { return m_store->series(m_host, m_vm, VmMetric::CpuLoad); }

    std::unique_ptr<models::HostList> m_hosts;
    std::unique_ptr<models::Inventory> m_inventory;
    std::unique_ptr<models::MetricsStore> m_store;
    FakeHost* m_host = nullptr;
    VmId m_vm;
};

void tst_MetricsStore::samples_becomeASeries()
{
    QVERIFY(cpu().isEmpty());
    QVERIFY(std::isnan(m_store->latest(m_host, m_vm, VmMetric::CpuLoad)));
    sample(1, 0.5);
    sample(2, 0.25);
    QCOMPARE(textOf(cpu()), QStringLiteral("1:0.5 2:0.25"));
    QCOMPARE(m_store->latest(m_host, m_vm, VmMetric::CpuLoad), 0.25);
}

void tst_MetricsStore::valuesNotOffered_areGaps()
{
    sample(1, 0.5);
    QCOMPARE(textOf(m_store->series(m_host, m_vm, VmMetric::DiskRead)), QStringLiteral("1:-"));
}

void tst_MetricsStore::longPause_leavesAGap()
{
    sample(1, 0.5);
    sample(61, 0.25);
    QCOMPARE(textOf(cpu()), QStringLiteral("1:0.5 1:- 61:0.25"));
}

void tst_MetricsStore::hiddenMachine_everyTenSecondsHasNoGaps()
{
    for (int i = 0; i < 4; ++i)
        sample(10 * i, 0.5);
    QCOMPARE(textOf(cpu()), QStringLiteral("0:0.5 10:0.5 20:0.5 30:0.5"));
}

void tst_MetricsStore::restart_leavesAGap()
{
    sample(1, 0.5);
    m_host->setState(m_vm, VmState::ShutOff);
    m_host->setState(m_vm, VmState::Starting);
    m_host->setState(m_vm, VmState::Running);
    sample(2, 0.25);
    QCOMPARE(textOf(cpu()), QStringLiteral("1:0.5 1:- 2:0.25"));
}

void tst_MetricsStore::machineThatIsOff_hasNoLatestValue()
{
    sample(1, 0.5);
    m_host->setState(m_vm, VmState::ShutOff);
    QVERIFY(std::isnan(m_store->latest(m_host, m_vm, VmMetric::CpuLoad)));
}

void tst_MetricsStore::clockThatJumpsBack_startsAfresh()
{
    sample(100, 0.5);
    sample(50, 0.25);
    sample(51, 0.125);
    QCOMPARE(textOf(cpu()), QStringLiteral("50:0.25 51:0.125"));
}

void tst_MetricsStore::sameInstantTwice_keepsTheLater()
{
    sample(1, 0.5);
    sample(1, 0.25);
    QCOMPARE(textOf(cpu()), QStringLiteral("1:0.25"));
}

void tst_MetricsStore::denseSamples_keepFiveMinutes()
{
    for (int i = 0; i < 1000; ++i)
        sample(i, i);
    QCOMPARE(cpu().size(), SampleRing::kFullLength);
    QCOMPARE(cpu().at(0).timeMs, 700'000);
    QCOMPARE(cpu().last().value, 999.0);
}

void tst_MetricsStore::sparseSamples_keepSixty()
{
    for (int i = 0; i < 200; ++i)
        sample(10 * i, i);
    QCOMPARE(cpu().size(), SampleRing::kShortLength);
    QCOMPARE(cpu().at(0).value, 140.0);
}

void tst_MetricsStore::hiddenThenVisible_keepsTheOrder()
{
    for (int i = 0; i < 75; ++i) // the short ring is full and has turned
        sample(10 * i, i);
    for (int i = 1; i <= 400; ++i)
        sample(740 + i, i);
    QCOMPARE(cpu().size(), SampleRing::kFullLength);
    for (int i = 1; i < cpu().size(); ++i)
        QVERIFY(cpu().at(i - 1).timeMs < cpu().at(i).timeMs);
}

void tst_MetricsStore::vanishedMachine_isForgottenAndItsViewStaysValid()
{
    sample(1, 0.5);
    const MetricsSeries held = cpu();
    m_host->removeVm(m_vm);
    QVERIFY(cpu().isEmpty());
    QCOMPARE(textOf(held), QStringLiteral("1:0.5"));
}

void tst_MetricsStore::sampleOfAnUnknownMachine_isDropped()
{
    m_host->removeVm(m_vm);
    sample(1, 0.5); // it overtook the removal
    QVERIFY(cpu().isEmpty());
}

void tst_MetricsStore::removedHost_isForgotten()
{
    sample(1, 0.5);
    QSignalSpy refreshed(m_store.get(), &models::MetricsStore::refreshed);
    const MetricsSeries held = m_store->series(m_host, hosts::HostMetric::CpuLoad);
    const hosts::Host* gone = m_host;
    m_hosts->remove(m_host);
    QVERIFY(m_store->series(gone, m_vm, VmMetric::CpuLoad).isEmpty());
    QCOMPARE(held.size(), 1);
    QTRY_VERIFY(refreshed.size() == 1);
    QVERIFY(refreshed.at(0).at(0).value<QSet<hosts::Host*>>().isEmpty());
}

void tst_MetricsStore::hostLoad_hasItsSeries()
{
    m_host->emitMetrics(m_host->inventMetrics(5000));
    QCOMPARE(m_store->series(m_host, hosts::HostMetric::CpuLoad).size(), 1);
    const double memory = m_store->latest(m_host, hosts::HostMetric::MemoryUsed);
    QVERIFY(memory > 10e9 && memory < 20e9);
}

void tst_MetricsStore::refreshed_gathersManyBatches()
{
    QSignalSpy sampled(m_store.get(), &models::MetricsStore::sampled);
    QSignalSpy refreshed(m_store.get(), &models::MetricsStore::refreshed);
    for (int i = 0; i < 40; ++i)
        sample(i, 0.5);
    QCOMPARE(sampled.size(), 40);
    QCOMPARE(refreshed.size(), 0);
    QTRY_COMPARE(refreshed.size(), 1);
    QCOMPARE(refreshed.at(0).at(0).value<QSet<hosts::Host*>>(), QSet<hosts::Host*> { m_host });
}

void tst_MetricsStore::tenThousandHiddenMachines_fitInTwentyMegabytes()
{
    m_host->addVms(10'000);
    for (int i = 0; i < 2 * SampleRing::kShortLength; ++i)
        m_host->emitMetrics(m_host->inventMetrics(i * 10'000));
    QVERIFY2(m_store->bytes() < 20'000'000, qPrintable(QString::number(m_store->bytes())));
}

void tst_MetricsStore::ring_agreesWithANaiveList()
{
    QRandomGenerator random(3);
    SampleRing ring;
    QVector<double> naive;
    qint64 now = 0;
    int length = SampleRing::kShortLength;
    for (int i = 0; i < 5000; ++i) {
        const bool isDense = (i / 400) % 2 == 1;
        now += isDense ? 1000 : 10'000;
        if (isDense && i > 0)
            length = SampleRing::kFullLength;
        const double values[] = { static_cast<double>(random.bounded(1000)) };
        ring.append(now, values);
        naive.append(values[0]);
        if (naive.size() > length)
            naive.removeFirst();
        QCOMPARE(ring.size(), naive.size());
        QCOMPARE(double(ring.last().values[0]), naive.last());
        QCOMPARE(double(ring.at(0).values[0]), naive.first());
    }
}

QTEST_GUILESS_MAIN(tst_MetricsStore)
#include "tst_MetricsStore.moc"
