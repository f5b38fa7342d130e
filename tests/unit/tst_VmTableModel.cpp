// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostList.h"
#include "models/VmTableModel.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using hosts::VmMetric;
using models::VmColumn;
using models::VmTableModel;
using tests::FakeHost;
using vmm::VmState;

class tst_VmTableModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_hosts = std::make_unique<models::HostList>();
        m_inventory = std::make_unique<models::Inventory>(*m_hosts);
        m_metrics = std::make_unique<models::MetricsStore>(*m_inventory);
        m_model = std::make_unique<VmTableModel>(*m_inventory, *m_metrics);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_metrics.reset();
        m_inventory.reset();
        m_hosts.reset();
    }

    void allHosts_areMixedInOneOrder();
    void oneHost_showsItsVmsAlone();
    void sortsNumbersAsNumbers_data();
    void sortsNumbersAsNumbers();
    void vmsWithoutAValue_standLastBothWays();
    void sortByLoad_followsTheSamples();
    void stateChange_movesTheRowIfSortedByState();
    void removedHost_takesItsVmsAlong();
    void hosts_areSortedByWhatIsShownOfThem();
    void savedMachinesAndTemplates_haveAPlaceOfTheirOwn();
    void wording_isAskedForTheText();
    void invalidColumn_isIgnored();
    void twoMachinesOfOneName_areBothThere();
    void randomOperations_agreeWithANaiveTable();

private:
    FakeHost* addHost(const QString& name)
    {
        auto host = std::make_unique<FakeHost>(QStringLiteral("test://%1/fake").arg(name));
        FakeHost* added = host.get();
        m_hosts->add(std::move(host));
        added->setConnection(ConnectionState::Connected);
        return added;
    }

    QStringList names() const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all << m_model->index(row, 0).data().toString();
        return all;
    }

    void sample(FakeHost* host, const QHash<VmId, double>& cpu, qint64 timeMs)
    {
        hosts::MetricsBatch batch { .timeMs = timeMs };
        for (auto it = cpu.cbegin(); it != cpu.cend(); ++it) {
            batch.vms.append(hosts::VmSample { .id = it.key() });
            batch.vms.last().values[VmMetric::CpuLoad] = it.value();
        }
        host->emitMetrics(batch);
    }

    std::unique_ptr<models::HostList> m_hosts;
    std::unique_ptr<models::Inventory> m_inventory;
    std::unique_ptr<models::MetricsStore> m_metrics;
    std::unique_ptr<VmTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_VmTableModel::allHosts_areMixedInOneOrder()
{
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    first->addVm(QStringLiteral("vm1"));
    first->addVm(QStringLiteral("vm10"));
    const VmId vm = second->addVm(QStringLiteral("vm9"));
    QCOMPARE(names(),
        QStringList({ QStringLiteral("vm1"), QStringLiteral("vm9"), QStringLiteral("vm10") }));
    const QModelIndex index = m_model->indexOf(vm, second);
    QCOMPARE(index.row(), 1);
    QCOMPARE(index.siblingAtColumn(int(VmColumn::Host)).data().toString(), QStringLiteral("b"));
    QCOMPARE(index.data(models::HostRole).value<hosts::Host*>(), second);
    QVERIFY(!m_model->indexOf(vm, first).isValid());
}

void tst_VmTableModel::oneHost_showsItsVmsAlone()
{
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    first->addVm(QStringLiteral("x"));
    const VmId other = second->addVm(QStringLiteral("y"));
    m_model->setHost(first);
    QCOMPARE(names(), QStringList({ QStringLiteral("x") }));
    QVERIFY(!m_model->indexOf(other, second).isValid());
    second->addVm(QStringLiteral("z"));
    QCOMPARE(m_model->rowCount(), 1);
    m_model->setHost(nullptr);
    QCOMPARE(m_model->rowCount(), 3);
}

void tst_VmTableModel::sortsNumbersAsNumbers_data()
{
    QTest::addColumn<VmColumn>("column");
    QTest::addColumn<QString>("ascending");
    QTest::newRow("vcpus") << VmColumn::Vcpus << QStringLiteral("b c a");
    QTest::newRow("up since") << VmColumn::UpSince << QStringLiteral("a b c"); // by how long
    QTest::newRow("state") << VmColumn::State << QStringLiteral("a b c");
    QTest::newRow("name") << VmColumn::Name << QStringLiteral("a b c");
}

void tst_VmTableModel::sortsNumbersAsNumbers()
{
    QFETCH(VmColumn, column);
    QFETCH(QString, ascending);
    FakeHost* host = addHost(QStringLiteral("h"));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto vm = [](const char* name, VmState state, int vcpus, const QDateTime& since) {
        return VmInfo { .id = VmId::createUuid(),
            .name = QString::fromLatin1(name),
            .state = state,
            .vcpus = vcpus,
            .since = since };
    };
    Q_EMIT host->inventoryChanged({ .changed
        = { vm("a", VmState::Crashed, 10, now), vm("b", VmState::Paused, 2, now.addSecs(-5)),
            vm("c", VmState::Running, 9, now.addSecs(-60)) } });
    m_model->sort(int(column), Qt::AscendingOrder);
    QCOMPARE(names().join(QLatin1Char(' ')), ascending);
    m_model->sort(int(column), Qt::DescendingOrder);
    QStringList reversed = ascending.split(QLatin1Char(' '));
    std::reverse(reversed.begin(), reversed.end());
    QCOMPARE(names(), reversed);
}

void tst_VmTableModel::vmsWithoutAValue_standLastBothWays()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    host->addVm(QStringLiteral("off"));
    host->addVm(QStringLiteral("on"), VmState::Running);
    m_model->sort(int(VmColumn::UpSince), Qt::AscendingOrder);
    QCOMPARE(names(), QStringList({ QStringLiteral("on"), QStringLiteral("off") }));
    m_model->sort(int(VmColumn::UpSince), Qt::DescendingOrder);
    QCOMPARE(names(), QStringList({ QStringLiteral("on"), QStringLiteral("off") }));
}

void tst_VmTableModel::sortByLoad_followsTheSamples()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    const VmId a = host->addVm(QStringLiteral("a"), VmState::Running);
    const VmId b = host->addVm(QStringLiteral("b"), VmState::Running);
    QItemSelectionModel selection(m_model.get());
    selection.select(m_model->indexOf(b, host), QItemSelectionModel::Select);
    m_model->sort(int(VmColumn::Cpu), Qt::DescendingOrder);
    sample(host, { { a, 0.9 }, { b, 0.1 } }, 1000);
    QTRY_COMPARE(m_model->indexOf(a, host).row(), 0);
    sample(host, { { a, 0.2 }, { b, 0.7 } }, 2000);
    QTRY_COMPARE(names(), QStringList({ QStringLiteral("b"), QStringLiteral("a") }));
    QCOMPARE(selection.selectedIndexes(), QModelIndexList { m_model->indexOf(b, host) });
    // While the loads have moved on but not been announced, a new machine must not upset the order.
    sample(host, { { a, 0.8 }, { b, 0.3 } }, 3000);
    host->addVm(QStringLiteral("c"), VmState::Running);
    QTRY_COMPARE(
        names(), QStringList({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") }));
}

void tst_VmTableModel::stateChange_movesTheRowIfSortedByState()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    host->addVm(QStringLiteral("a"), VmState::Running);
    const VmId b = host->addVm(QStringLiteral("b"), VmState::Running);
    m_model->sort(int(VmColumn::State), Qt::AscendingOrder);
    host->setState(b, VmState::Paused);
    QCOMPARE(names(), QStringList({ QStringLiteral("b"), QStringLiteral("a") }));
}

void tst_VmTableModel::removedHost_takesItsVmsAlong()
{
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    first->addVms(30);
    second->addVm(QStringLiteral("vm00001b"));
    m_hosts->remove(first);
    QCOMPARE(names(), QStringList({ QStringLiteral("vm00001b") }));
}

void tst_VmTableModel::hosts_areSortedByWhatIsShownOfThem()
{
    // Whatever the hosts say of themselves, the user sees the titles.
    QHash<QString, QString> titles { { QStringLiteral("a"), QStringLiteral("node10") },
        { QStringLiteral("b"), QStringLiteral("Node2") } };
    m_model->setWording({}, {}, { .title = [&titles](const hosts::Host& host) {
        return titles.value(host.uri().hostName());
    } });
    m_model->sort(int(VmColumn::Host));
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    first->addVm(QStringLiteral("y"));
    first->addVm(QStringLiteral("x"));
    second->addVm(QStringLiteral("z"));
    QCOMPARE(names().join(QLatin1Char(' ')), QStringLiteral("z x y"));
    m_model->sort(int(VmColumn::Host), Qt::DescendingOrder);
    QCOMPARE(names().join(QLatin1Char(' ')), QStringLiteral("x y z"));
    titles[QStringLiteral("a")] = QStringLiteral("alone");
    Q_EMIT first->infoChanged();
    QCOMPARE(names().join(QLatin1Char(' ')), QStringLiteral("z x y"));
}

void tst_VmTableModel::savedMachinesAndTemplates_haveAPlaceOfTheirOwn()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    const auto vm = [](const char* name, VmState state, bool isSaved, bool isTemplate) {
        return VmInfo { .id = VmId::createUuid(),
            .name = QString::fromLatin1(name),
            .state = state,
            .hasSavedMemory = isSaved,
            .isTemplate = isTemplate };
    };
    Q_EMIT host->inventoryChanged({ .changed
        = { vm("off1", VmState::ShutOff, false, false), vm("saved1", VmState::ShutOff, true, false),
            vm("template1", VmState::ShutOff, false, true),
            vm("off2", VmState::ShutOff, false, false), vm("saved2", VmState::ShutOff, true, false),
            vm("template2", VmState::Running, false, true) } });
    m_model->sort(int(VmColumn::State));
    QCOMPARE(names().join(QLatin1Char(' ')),
        QStringLiteral("saved1 saved2 off1 off2 template1 template2"));
}

void tst_VmTableModel::wording_isAskedForTheText()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    const VmId vm = host->addVm(QStringLiteral("a"), VmState::Running);
    m_model->setWording(
        [](VmColumn column, const QVariant& value) {
            return column == VmColumn::Vcpus ? QStringLiteral("%1 vCPUs").arg(value.toInt())
                                             : value.toString();
        },
        [](VmColumn column) { return QStringLiteral("column %1").arg(int(column)); });
    QCOMPARE(m_model->indexOf(vm, host).siblingAtColumn(int(VmColumn::Vcpus)).data().toString(),
        QStringLiteral("2 vCPUs"));
    QCOMPARE(m_model->headerData(3, Qt::Horizontal).toString(), QStringLiteral("column 3"));
}

void tst_VmTableModel::invalidColumn_isIgnored()
{
    FakeHost* host = addHost(QStringLiteral("h"));
    host->addVm(QStringLiteral("b"));
    host->addVm(QStringLiteral("a"));
    m_model->sort(-1);
    m_model->sort(99, Qt::DescendingOrder);
    QCOMPARE(names(), QStringList({ QStringLiteral("a"), QStringLiteral("b") }));
}

void tst_VmTableModel::twoMachinesOfOneName_areBothThere()
{
    // The same machine on two hosts, as during a migration: the id is the same as well.
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    const VmInfo vm { .id = VmId::createUuid(), .name = QStringLiteral("moving") };
    Q_EMIT first->inventoryChanged({ .changed = { vm } });
    Q_EMIT second->inventoryChanged({ .changed = { vm } });
    QCOMPARE(m_model->rowCount(), 2);
    QVERIFY(m_model->indexOf(vm.id, first) != m_model->indexOf(vm.id, second));
    Q_EMIT first->inventoryChanged({ .removed = { vm.id } });
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->indexOf(vm.id, second).row(), 0);
}

void tst_VmTableModel::randomOperations_agreeWithANaiveTable()
{
    QRandomGenerator random(7);
    const auto below
        = [&random](qsizetype bound) { return static_cast<int>(random.bounded(int(bound))); };
    const QVector<FakeHost*> all { addHost(QStringLiteral("a")), addHost(QStringLiteral("b")),
        addHost(QStringLiteral("c")) };
    QHash<FakeHost*, QHash<VmId, VmInfo>> naive;
    QPersistentModelIndex held;
    VmId heldId;

    for (int step = 0; step < 300; ++step) {
        FakeHost* host = all.at(below(all.size()));
        QHash<VmId, VmInfo>& known = naive[host];
        hosts::InventoryChange change;
        for (int i = below(30); i > 0; --i) {
            const bool isNew = known.isEmpty() || below(3) == 0;
            VmInfo info = isNew ? VmInfo { .id = VmId::createUuid() }
                                : *std::next(known.cbegin(), below(known.size()));
            info.name = QStringLiteral("vm%1").arg(below(100));
            info.vcpus = below(8);
            info.state = vmm::kAllVmStates[size_t(below(qsizetype(vmm::kAllVmStates.size())))];
            known.insert(info.id, info);
            change.changed.append(info);
        }
        for (int i = below(15); i > 0 && !known.isEmpty(); --i) {
            const VmId id = std::next(known.cbegin(), below(known.size())).key();
            known.remove(id);
            change.removed.append(id);
        }
        Q_EMIT host->inventoryChanged(change);
        if (below(4) == 0)
            m_model->sort(below(models::kVmColumnCount),
                below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        if (below(4) == 0)
            m_model->setFilter(models::VmFilter::parse(
                below(2) == 0 ? QString() : QStringLiteral("m%1").arg(below(10))));
        if (below(10) == 0)
            host->emitMetrics(host->inventMetrics(step * 1000));

        qsizetype expected = 0;
        for (FakeHost* of : all) {
            for (const VmInfo& info : std::as_const(naive[of])) {
                const models::VmRecord* record = m_inventory->find(of, info.id);
                QVERIFY(record && record->info == info);
                const QModelIndex index = m_model->indexOf(info.id, of);
                QCOMPARE(index.isValid(), m_model->filter().accepts(*record));
                if (!index.isValid())
                    continue;
                ++expected;
                QCOMPARE(index.data(models::VmIdRole).value<VmId>(), info.id);
                QCOMPARE(index.data(models::HostRole).value<hosts::Host*>(), of);
            }
        }
        QCOMPARE(m_model->rowCount(), expected);
        if (held.isValid())
            QCOMPARE(held.data(models::VmIdRole).value<VmId>(), heldId);
        else if (m_model->rowCount() > 0)
            held = m_model->index(below(m_model->rowCount()), below(models::kVmColumnCount));
        heldId = held.data(models::VmIdRole).value<VmId>();
    }
    m_model->setFilter({});
    m_model->sort(int(VmColumn::Vcpus), Qt::DescendingOrder);
    for (int row = 1; row < m_model->rowCount(); ++row)
        QVERIFY(m_model->index(row - 1, int(VmColumn::Vcpus)).data().toInt()
            >= m_model->index(row, int(VmColumn::Vcpus)).data().toInt());
}

QTEST_GUILESS_MAIN(tst_VmTableModel)
#include "tst_VmTableModel.moc"
