// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostList.h"
#include "models/InventoryModel.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using models::InventoryModel;
using tests::FakeHost;
using vmm::VmState;

namespace {

/// Rows that the dataChanged signals of a spy cover, those of hosts left out.
int vmRowsChanged(const QSignalSpy& spy)
{
    int rows = 0;
    for (const auto& call : spy) {
        const auto first = call.at(0).toModelIndex();
        if (first.parent().isValid())
            rows += call.at(1).toModelIndex().row() - first.row() + 1;
    }
    return rows;
}

} // namespace

class tst_InventoryModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_hosts = std::make_unique<models::HostList>();
        m_inventory = std::make_unique<models::Inventory>(*m_hosts);
        m_metrics = std::make_unique<models::MetricsStore>(*m_inventory);
        m_model = std::make_unique<InventoryModel>(*m_inventory, *m_metrics);
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

    void vmsSortAsPeopleCount();
    void hostsKeepTheOrderInWhichTheyCame();
    void vmsKnownBeforeTheModelAppearToo();
    void bulkOfTenThousand_isOneInsertion();
    void changeOfOneVm_touchesOneRow();
    void changeOfNothing_touchesNoRow();
    void rename_movesTheRowAndKeepsTheSelection();
    void completeInventory_isAppliedByDifferenceAndKeepsTheSelection();
    void lostHost_keepsItsVmsAndSaysSinceWhen();
    void removedHost_takesItsVmsAlong();
    void filter_showsMatchesAndHidesHostsWithout();
    void filterOverManyRows_takesFewSignalsAndKeepsTheSelection();
    void vmThatEntersTheFilter_appears();
    void vmThatGetsATag_entersTheFilter();
    void filterByLoad_followsTheSamples();
    void samples_reachTheRows();
    void bulkRemoval_isFewSignals();
    void randomOperations_agreeWithANaiveTree();

private:
    FakeHost* addHost(const QString& name)
    {
        auto host = std::make_unique<FakeHost>(QStringLiteral("test://%1/fake").arg(name));
        FakeHost* added = host.get();
        m_hosts->add(std::move(host));
        added->setConnection(ConnectionState::Connected);
        return added;
    }

    /// The tree as text: a line per row, VMs indented, with their state.
    QStringList tree() const
    {
        QStringList lines;
        for (int h = 0; h < m_model->rowCount(); ++h) {
            const QModelIndex host = m_model->index(h, 0);
            lines << host.data().toString();
            for (int v = 0; v < m_model->rowCount(host); ++v) {
                const QModelIndex vm = m_model->index(v, 0, host);
                lines << QStringLiteral("  %1 %2").arg(vm.data(models::NameRole).toString(),
                    vmm::nameOf(vm.data(models::StateRole).value<VmState>()));
            }
        }
        return lines;
    }

    std::unique_ptr<models::HostList> m_hosts;
    std::unique_ptr<models::Inventory> m_inventory;
    std::unique_ptr<models::MetricsStore> m_metrics;
    std::unique_ptr<InventoryModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    VmId m_selected;
};

void tst_InventoryModel::vmsSortAsPeopleCount()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    for (const char* name : { "vm10", "Web", "vm2", "apple", "vm1", "2nd" })
        host->addVm(QString::fromLatin1(name));
    QCOMPARE(tree(),
        QStringList({ QStringLiteral("a"), QStringLiteral("  2nd shut off"),
            QStringLiteral("  apple shut off"), QStringLiteral("  vm1 shut off"),
            QStringLiteral("  vm2 shut off"), QStringLiteral("  vm10 shut off"),
            QStringLiteral("  Web shut off") }));
}

void tst_InventoryModel::hostsKeepTheOrderInWhichTheyCame()
{
    addHost(QStringLiteral("z"));
    addHost(QStringLiteral("a"))->addVm(QStringLiteral("x"), VmState::Running);
    QCOMPARE(tree(),
        QStringList({ QStringLiteral("z"), QStringLiteral("a"), QStringLiteral("  x running") }));
}

void tst_InventoryModel::vmsKnownBeforeTheModelAppearToo()
{
    addHost(QStringLiteral("a"))->addVm(QStringLiteral("x"));
    const InventoryModel late(*m_inventory, *m_metrics);
    QCOMPARE(late.rowCount(), 1);
    QCOMPARE(late.rowCount(late.index(0, 0)), 1);
}

void tst_InventoryModel::bulkOfTenThousand_isOneInsertion()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    host->addVms(10'000);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 10'000);
}

void tst_InventoryModel::changeOfOneVm_touchesOneRow()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    host->addVms(1000);
    const VmId vm = host->addVm(QStringLiteral("me"));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
    host->setState(vm, VmState::Starting);
    QCOMPARE(vmRowsChanged(changed), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex(), m_model->indexOf(vm, host));
    QCOMPARE(layout.count(), 0);
}

void tst_InventoryModel::changeOfNothing_touchesNoRow()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    host->addVms(100);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    Q_EMIT host->inventoryChanged({ .isComplete = true, .changed = host->vms() });
    QCOMPARE(changed.count(), 0);
}

void tst_InventoryModel::rename_movesTheRowAndKeepsTheSelection()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    const VmId vm = host->addVm(QStringLiteral("aa"));
    host->addVm(QStringLiteral("bb"));
    const QPersistentModelIndex held = m_model->indexOf(vm, host);
    VmInfo renamed = m_inventory->find(host, vm)->info;
    renamed.name = QStringLiteral("cc");
    Q_EMIT host->inventoryChanged({ .changed = { renamed } });
    QCOMPARE(tree(),
        QStringList({ QStringLiteral("a"), QStringLiteral("  bb shut off"),
            QStringLiteral("  cc shut off") }));
    QCOMPARE(held.row(), 1);
    QCOMPARE(held.data(models::VmIdRole).value<VmId>(), vm);
}

void tst_InventoryModel::completeInventory_isAppliedByDifferenceAndKeepsTheSelection()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    host->addVms(50);
    const VmId gone = host->addVm(QStringLiteral("gone"));
    const VmId kept = host->addVm(QStringLiteral("kept"));
    QItemSelectionModel selection(m_model.get());
    selection.select(m_model->indexOf(kept, host), QItemSelectionModel::Select);
    selection.select(m_model->indexOf(gone, host), QItemSelectionModel::Select);

    QVector<VmInfo> complete = host->vms();
    complete.removeIf([gone](const VmInfo& vm) { return vm.id == gone; });
    complete.append(VmInfo { .id = VmId::createUuid(), .name = QStringLiteral("fresh") });
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    Q_EMIT host->inventoryChanged({ .isComplete = true, .changed = complete });

    QCOMPARE(reset.count(), 0);
    QCOMPARE(vmRowsChanged(changed), 0);
    QCOMPARE(m_model->rowCount(m_model->indexOf(host)), 52);
    QVERIFY(!m_model->indexOf(gone, host).isValid());
    QCOMPARE(selection.selectedIndexes(), QModelIndexList { m_model->indexOf(kept, host) });
}

void tst_InventoryModel::lostHost_keepsItsVmsAndSaysSinceWhen()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    const VmId vm = host->addVm(QStringLiteral("x"), VmState::Running);
    QCOMPARE(m_model->indexOf(vm, host).data(models::StaleRole).toBool(), false);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    host->setConnection(ConnectionState::Reconnecting,
        vmm::Error { .kind = vmm::ErrorKind::Disconnected, .detail = QStringLiteral("EPIPE") });

    for (const QModelIndex& index : { m_model->indexOf(vm, host), m_model->indexOf(host) }) {
        QCOMPARE(index.data(models::StaleRole).toBool(), true);
        QVERIFY(index.data(models::LastSeenRole).toDateTime() >= before);
        QCOMPARE(index.data(models::ConnectionRole).value<ConnectionState>(),
            ConnectionState::Reconnecting);
    }
    QCOMPARE(
        m_model->indexOf(host).data(models::ReasonDetailRole).toString(), QStringLiteral("EPIPE"));
    QCOMPARE(tree().last(), QStringLiteral("  x running"));

    host->setConnection(ConnectionState::Connected);
    QCOMPARE(m_model->indexOf(vm, host).data(models::StaleRole).toBool(), false);
    QVERIFY(!m_model->indexOf(host).data(models::LastSeenRole).toDateTime().isValid());
}

void tst_InventoryModel::removedHost_takesItsVmsAlong()
{
    FakeHost* first = addHost(QStringLiteral("a"));
    FakeHost* second = addHost(QStringLiteral("b"));
    first->addVms(20);
    const VmId vm = second->addVm(QStringLiteral("x"));
    const QPersistentModelIndex held = m_model->indexOf(vm, second);
    m_hosts->remove(first);
    QCOMPARE(tree(), QStringList({ QStringLiteral("b"), QStringLiteral("  x shut off") }));
    QCOMPARE(held.parent().row(), 0);
    // The slots of the machines that are gone are used again.
    second->addVms(5);
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 6);
    QCOMPARE(m_inventory->vmCount(), 6);
}

void tst_InventoryModel::filter_showsMatchesAndHidesHostsWithout()
{
    FakeHost* first = addHost(QStringLiteral("alpha"));
    first->addVm(QStringLiteral("web1"), VmState::Running);
    first->addVm(QStringLiteral("db1"));
    FakeHost* second = addHost(QStringLiteral("beta"));
    second->addVm(QStringLiteral("db2"));
    m_model->setFilter(models::VmFilter::parse(QStringLiteral("WEB")));
    QCOMPARE(tree(), QStringList({ QStringLiteral("alpha"), QStringLiteral("  web1 running") }));
    QCOMPARE(m_model->shownVmCount(), 1);
    QVERIFY(!m_model->indexOf(second).isValid());
    // A hidden host gets a machine that matches.
    second->addVm(QStringLiteral("web2"));
    QCOMPARE(tree(),
        QStringList({ QStringLiteral("alpha"), QStringLiteral("  web1 running"),
            QStringLiteral("beta"), QStringLiteral("  web2 shut off") }));
    m_model->setFilter({});
    QCOMPARE(tree().size(), 6);
}

void tst_InventoryModel::filterOverManyRows_takesFewSignalsAndKeepsTheSelection()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    host->addVms(2000);
    const VmId vm = host->addVm(QStringLiteral("vm00505-b"));
    QItemSelectionModel selection(m_model.get());
    selection.select(m_model->indexOf(vm, host), QItemSelectionModel::Select);

    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->setFilter(models::VmFilter::parse(QStringLiteral("5")));
    QCOMPARE(removed.count(), 1);
    QCOMPARE(m_model->shownVmCount(), 543); // 542 numbers below 2000 have a 5, and the one
    QCOMPARE(selection.selectedIndexes(), QModelIndexList { m_model->indexOf(vm, host) });
    m_model->setFilter({});
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model->shownVmCount(), 2001);
    QCOMPARE(selection.selectedIndexes(), QModelIndexList { m_model->indexOf(vm, host) });
    QStringList names = tree().mid(1);
    QVERIFY(std::is_sorted(names.begin(), names.end()));
}

void tst_InventoryModel::vmThatEntersTheFilter_appears()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    const VmId vm = host->addVm(QStringLiteral("x"));
    m_model->setFilter(models::VmFilter::parse(QStringLiteral("state:running")));
    QCOMPARE(tree(), QStringList());
    host->setState(vm, VmState::Starting);
    host->setState(vm, VmState::Running);
    QCOMPARE(tree(), QStringList({ QStringLiteral("a"), QStringLiteral("  x running") }));
    host->setState(vm, VmState::ShutOff);
    QCOMPARE(tree(), QStringList());
}

void tst_InventoryModel::vmThatGetsATag_entersTheFilter()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    VmInfo vm { .id = VmId::createUuid(), .name = QStringLiteral("x"), .state = VmState::ShutOff };
    Q_EMIT host->inventoryChanged({ .changed = { vm } });
    m_model->setFilter(models::VmFilter::parse(QStringLiteral("tag:shop")));
    QCOMPARE(tree(), QStringList());
    vm.tags = { QStringLiteral("eu"), QStringLiteral("Shop front") };
    Q_EMIT host->inventoryChanged({ .changed = { vm } });
    QCOMPARE(tree(), QStringList({ QStringLiteral("a"), QStringLiteral("  x shut off") }));
    vm.tags.clear();
    Q_EMIT host->inventoryChanged({ .changed = { vm } });
    QCOMPARE(tree(), QStringList());
}

void tst_InventoryModel::filterByLoad_followsTheSamples()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    const VmId busy = host->addVm(QStringLiteral("busy"), VmState::Running);
    host->addVm(QStringLiteral("idle"), VmState::Running);
    m_model->setFilter(models::VmFilter::parse(QStringLiteral("cpu>80")));
    QCOMPARE(tree(), QStringList());
    hosts::MetricsBatch batch { .timeMs = 1000 };
    batch.vms.append(hosts::VmSample { .id = busy });
    batch.vms.last().values[hosts::VmMetric::CpuLoad] = 0.95;
    host->emitMetrics(batch);
    QTRY_COMPARE(tree(), QStringList({ QStringLiteral("a"), QStringLiteral("  busy running") }));
}

void tst_InventoryModel::samples_reachTheRows()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    const VmId vm = host->addVm(QStringLiteral("x"), VmState::Running);
    host->addVms(100);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    host->emitMetrics(host->inventMetrics(1000));
    host->emitMetrics(host->inventMetrics(2000));
    QVERIFY(changed.isEmpty()); // gathered
    QTRY_COMPARE(changed.count(), 2); // the host and its machines, however many
    const auto history
        = m_model->indexOf(vm, host).data(models::CpuHistoryRole).value<models::MetricsSeries>();
    QCOMPARE(history.size(), 2);
    QCOMPARE(history.at(1).timeMs, 2000);
    QCOMPARE(m_model->indexOf(vm, host).data(models::CpuRole).toDouble(), history.last().value);
    host->setState(vm, VmState::ShutOff);
    QVERIFY(qIsNaN(m_model->indexOf(vm, host).data(models::CpuRole).toDouble()));
}

void tst_InventoryModel::bulkRemoval_isFewSignals()
{
    FakeHost* host = addHost(QStringLiteral("a"));
    host->addVms(1000);
    QVector<VmId> odd;
    for (int row = 1; row < 1000; row += 2)
        odd.append(
            m_model->index(row, 0, m_model->index(0, 0)).data(models::VmIdRole).value<VmId>());
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    Q_EMIT host->inventoryChanged({ .removed = odd });
    QCOMPARE(removed.count(), 1);
    QCOMPARE(m_model->shownVmCount(), 500);
    QCOMPARE(
        m_model->index(1, 0, m_model->index(0, 0)).data().toString(), QStringLiteral("vm00002"));
}

void tst_InventoryModel::randomOperations_agreeWithANaiveTree()
{
    QRandomGenerator random(20240817);
    const auto below = [&random](int bound) { return static_cast<int>(random.bounded(bound)); };
    FakeHost* host = addHost(QStringLiteral("a"));
    QHash<VmId, VmInfo> naive;
    const QStringList filters { {}, QStringLiteral("1"), QStringLiteral("state:running"),
        QStringLiteral("-3"), QStringLiteral("m4 state:off"), QStringLiteral("nothing") };
    QItemSelectionModel selection(m_model.get());

    for (int step = 0; step < 400; ++step) {
        hosts::InventoryChange change { .isComplete = below(10) == 0 };
        for (int i = below(30); i > 0; --i) {
            const bool isNew = naive.isEmpty() || below(3) == 0;
            VmInfo info = isNew ? VmInfo { .id = VmId::createUuid() }
                                : *std::next(naive.cbegin(), below(int(naive.size())));
            if (isNew || below(3) == 0)
                info.name = QStringLiteral("vm%1").arg(below(300));
            info.state = vmm::kAllVmStates[size_t(below(int(vmm::kAllVmStates.size())))];
            naive.insert(info.id, info);
            change.changed.append(info);
        }
        for (int i = below(12); i > 0 && !naive.isEmpty(); --i) {
            const VmId id = std::next(naive.cbegin(), below(int(naive.size()))).key();
            naive.remove(id);
            change.removed.append(id);
        }
        if (change.isComplete) {
            change.changed = naive.values();
            change.removed.clear();
        }
        Q_EMIT host->inventoryChanged(change);
        const auto filter = models::VmFilter::parse(filters.at(below(int(filters.size()))));
        if (below(2) == 0)
            m_model->setFilter(filter);

        QSet<VmId> expected;
        for (const VmInfo& info : std::as_const(naive)) {
            const models::VmRecord* known = m_inventory->find(host, info.id);
            QVERIFY(known);
            QCOMPARE(known->info, info);
            if (m_model->filter().accepts(*known))
                expected.insert(info.id);
        }
        QCOMPARE(m_inventory->vmCount(), naive.size());
        QCOMPARE(m_model->shownVmCount(), expected.size());
        const QModelIndex parent = m_model->indexOf(host);
        const models::VmRecord* previous = nullptr;
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const auto id = m_model->index(row, 0, parent).data(models::VmIdRole).value<VmId>();
            QVERIFY(expected.contains(id));
            QCOMPARE(m_model->indexOf(id, host).row(), row);
            const models::VmRecord* vm = m_inventory->find(host, id);
            if (previous)
                QVERIFY(previous->sortKey <= vm->sortKey);
            previous = vm;
        }
        // Whatever is still selected is what was selected.
        for (const QModelIndex& index : selection.selectedIndexes())
            QVERIFY(index.data(models::VmIdRole).value<VmId>() == m_selected);
        if (parent.isValid() && m_model->rowCount(parent) > 0) {
            const QModelIndex pick = m_model->index(below(m_model->rowCount(parent)), 0, parent);
            m_selected = pick.data(models::VmIdRole).value<VmId>();
            selection.select(pick, QItemSelectionModel::ClearAndSelect);
        }
    }
}

QTEST_GUILESS_MAIN(tst_InventoryModel)
#include "tst_InventoryModel.moc"
