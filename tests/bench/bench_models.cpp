// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-models: what the models cost with 10,000 machines on 40 hosts, shown by a tree view, beside
// Qt's own sort and filter proxy over the same machines.
#include "models/InventoryModel.h"
#include "models/StallMeter.h"
#include "models/VmTableModel.h"
#include "models/Workspace.h"
#include "tests/bench/Figure.h"
#include "tests/support/FakeHost.h"

#include <QApplication>
#include <QFile>
#include <QRandomGenerator>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <QTreeView>

#include <time.h>
#include <unistd.h>

#include <tuple>

namespace {

constexpr int kHosts = 40;
constexpr int kVmsPerHost = 250;
constexpr int kVms = kHosts * kVmsPerHost;

double residentMiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nan("");
    return file.readAll().split(' ').value(1).toDouble()
        * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// CPU time of this thread, so that other load on the machine does not count.
double cpuMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Function> double millisecondsOf(Function function)
{
    const double before = cpuMilliseconds();
    function();
    return cpuMilliseconds() - before;
}

void report(const char* metric, double value, const char* unit, const char* goal = "")
{
    bench::print({ .bench = QStringLiteral("models"),
        .metric = QString::fromUtf8(metric),
        .value = value,
        .unit = QString::fromUtf8(unit),
        .goal = QString::fromUtf8(goal) });
}

void reportAgainst(const char* metric, double value, const char* unit, const char* against,
    double other, const char* goal)
{
    bench::print({ .bench = QStringLiteral("models"),
        .metric = QString::fromUtf8(metric),
        .value = value,
        .unit = QString::fromUtf8(unit),
        .against = QStringLiteral("%1: %2 %3")
                       .arg(QString::fromUtf8(against))
                       .arg(other, 0, 'g', 4)
                       .arg(QString::fromUtf8(unit)),
        .ratio = value / other,
        .goal = QString::fromUtf8(goal) });
}

/// The models, with hosts full of machines and a tree view that shows them.
class Stage {
public:
    Stage()
    {
        for (int i = 0; i < kHosts; ++i) {
            auto host
                = std::make_unique<tests::FakeHost>(QStringLiteral("test://node%1/fake").arg(i));
            hosts.append(host.get());
            space.hosts.add(std::move(host));
        }
    }

    /// The hosts connect and list their machines.
    double fill()
    {
        static const char* const kinds[] = { "web-", "db-", "build-", "desk-", "edge-" };
        for (int i = 0; i < kHosts; ++i)
            hosts[i]->addVms(
                kVmsPerHost, QString::fromLatin1(kinds[i % 5]) + QStringLiteral("%1-").arg(i));
        return millisecondsOf([this] {
            for (tests::FakeHost* host : hosts) {
                hosts::InventoryChange all { .isComplete = true, .changed = host->vms() };
                for (hosts::VmInfo& vm : all.changed)
                    vm.tags = { QStringLiteral("shop"), QStringLiteral("eu-west") };
                Q_EMIT host->inventoryChanged(all);
                host->setConnection(hosts::ConnectionState::Connected);
            }
        });
    }

    models::Workspace space;
    QVector<tests::FakeHost*> hosts;
};

/// Types and deletes a text whose matches stand together, one whose are scattered, and a tag.
std::vector<double> typeInto(const std::function<void(const QString&)>& setText)
{
    std::vector<double> times;
    for (const QString& text :
        { QStringLiteral("build-12"), QStringLiteral("71"), QStringLiteral("-tag:shop") }) {
        for (int length = 1; length <= text.size(); ++length)
            times.push_back(millisecondsOf([&] { setText(text.left(length)); }));
        for (int length = static_cast<int>(text.size()) - 1; length >= 0; --length)
            times.push_back(millisecondsOf([&] { setText(text.left(length)); }));
    }
    return times;
}

void measureFilter(Stage& stage)
{
    models::InventoryModel tree(stage.space.inventory, stage.space.metrics);
    models::VmTableModel table(stage.space.inventory, stage.space.metrics);
    QTreeView view;
    view.setUniformRowHeights(true);
    view.setModel(&tree);
    view.resize(300, 800);
    view.show();
    view.expandAll();
    view.setCurrentIndex(tree.index(100, 0, tree.index(12, 0)));

    const auto inTree = typeInto([&](const QString& text) {
        tree.setFilter(models::VmFilter::parse(text));
        QApplication::processEvents();
    });
    const auto inTable
        = typeInto([&](const QString& text) { table.setFilter(models::VmFilter::parse(text)); });

    models::VmTableModel source(stage.space.inventory, stage.space.metrics);
    QSortFilterProxyModel proxy;
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setSourceModel(&source);
    proxy.sort(0);
    const auto inProxy = typeInto([&](const QString& text) { proxy.setFilterFixedString(text); });

    const auto worst = [](const std::vector<double>& times) {
        return *std::max_element(times.begin(), times.end());
    };
    report("filter keystroke, tree and its view, median", bench::median(inTree), "ms", "<= 10");
    report("filter keystroke, tree and its view, worst", worst(inTree), "ms", "<= 10");
    reportAgainst("filter keystroke, table, median", bench::median(inTable), "ms",
        "QSortFilterProxyModel", bench::median(inProxy), "<= 10");
    reportAgainst("filter keystroke, table, worst", worst(inTable), "ms", "QSortFilterProxyModel",
        worst(inProxy), "<= 10");
}

void measureChanges(Stage& stage)
{
    QRandomGenerator random(1);
    std::vector<hosts::InventoryChange> changes;
    std::vector<tests::FakeHost*> at;
    for (int i = 0; i < 20'000; ++i) {
        tests::FakeHost* host = stage.hosts.at(static_cast<int>(random.bounded(kHosts)));
        const auto vms = stage.space.inventory.vms(host);
        hosts::VmInfo info = vms.at(static_cast<int>(random.bounded(quint32(vms.size()))))->info;
        info.state = vmm::kAllVmStates[random.bounded(quint32(vmm::kAllVmStates.size()))];
        changes.push_back({ .changed = { info } });
        at.push_back(host);
    }
    const double ms = millisecondsOf([&] {
        for (size_t i = 0; i < changes.size(); ++i)
            Q_EMIT at[i]->inventoryChanged(changes[i]);
    });
    report("state change, tree and table", ms * 1000 / static_cast<double>(changes.size()), "us",
        "<= 20");

    std::vector<double> refreshes;
    for (tests::FakeHost* host : stage.hosts) {
        hosts::InventoryChange complete { .isComplete = true };
        for (const models::VmRecord* vm : stage.space.inventory.vms(host))
            complete.changed.append(vm->info);
        refreshes.push_back(millisecondsOf([&] { Q_EMIT host->inventoryChanged(complete); }));
    }
    report("complete inventory of 250, nothing new", bench::median(refreshes), "ms", "<= 1");
}

void measureTicks(Stage& stage, qint64& timeMs)
{
    std::vector<double> ticks;
    for (int i = 0; i < 60; ++i) {
        timeMs += 1000;
        std::vector<hosts::MetricsBatch> batches;
        for (tests::FakeHost* host : stage.hosts)
            batches.push_back(host->inventMetrics(timeMs));
        ticks.push_back(millisecondsOf([&] {
            for (int h = 0; h < kHosts; ++h)
                stage.space.metrics.append(stage.hosts[h], batches[size_t(h)]);
        }));
    }
    report("metrics tick of 10,000 machines", bench::median(ticks), "ms", "<= 8");
    report("live series in memory", static_cast<double>(stage.space.metrics.bytes()) / (1 << 20),
        "MiB", "<= 100");
}

void measureLoadOrder(Stage& stage, qint64& timeMs)
{
    models::VmTableModel table(stage.space.inventory, stage.space.metrics);
    table.sort(static_cast<int>(models::VmColumn::Cpu), Qt::DescendingOrder);
    const QSet<hosts::Host*> all(stage.hosts.begin(), stage.hosts.end());
    std::vector<double> times;
    for (int i = 0; i < 10; ++i) {
        timeMs += 1000;
        for (tests::FakeHost* host : stage.hosts)
            stage.space.metrics.append(host, host->inventMetrics(timeMs));
        times.push_back(millisecondsOf([&] { Q_EMIT stage.space.metrics.refreshed(all); }));
    }
    report("10,000 rows sorted anew by load", bench::median(times), "ms", "<= 16");
}

/// What the window asks whenever the selection or a state changes, with everything selected.
void measurePlans(Stage& stage)
{
    QVector<models::VmRef> all;
    for (tests::FakeHost* host : stage.hosts) {
        for (const models::VmRecord* vm : stage.space.inventory.vms(host))
            all.append({ host, vm->info.id });
    }
    std::vector<double> times;
    for (int i = 0; i < 10; ++i)
        times.push_back(millisecondsOf(
            [&] { std::ignore = stage.space.commands.plan(all, vmm::VmAction::Start); }));
    report("bulk plan for 10,000 selected", bench::median(times), "ms", "<= 5");
}

/// Three seconds of a busy day: every host ticks each second, a hundred machines a second change.
void measureStalls(Stage& stage, qint64& timeMs)
{
    models::InventoryModel tree(stage.space.inventory, stage.space.metrics);
    QTreeView view;
    view.setUniformRowHeights(true);
    view.setModel(&tree);
    view.resize(300, 800);
    view.show();
    view.expandAll();
    QApplication::processEvents();

    QRandomGenerator random(2);
    QTimer ticks;
    int next = 0;
    QObject::connect(&ticks, &QTimer::timeout, [&] {
        tests::FakeHost* host = stage.hosts.at(next++ % kHosts);
        timeMs += 25;
        stage.space.metrics.append(host, host->inventMetrics(timeMs));
        const auto vms = stage.space.inventory.vms(host);
        for (int i = 0; i < 3; ++i) {
            hosts::VmInfo info
                = vms.at(static_cast<int>(random.bounded(quint32(vms.size()))))->info;
            info.state = vmm::kAllVmStates[random.bounded(quint32(vmm::kAllVmStates.size()))];
            Q_EMIT host->inventoryChanged({ .changed = { info } });
        }
    });
    ticks.start(1000 / kHosts);
    models::StallMeter meter;
    meter.start();
    QTimer::singleShot(3000, qApp, &QCoreApplication::quit);
    QApplication::exec();
    const models::StallMeter::Report stalls = meter.stop();
    report("stalls above 16 ms in 3 s, view shown", stalls.above16ms, "stalls", "<= 0");
    report("stalls above 50 ms in 3 s, view shown", stalls.above50ms, "stalls", "<= 0");
    report("longest stall in 3 s, view shown", static_cast<double>(stalls.longest.count()) / 1000,
        "ms", "<= 16");
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    qint64 timeMs = 1'700'000'000'000;

    Stage stage;
    const double before = residentMiB();
    models::InventoryModel tree(stage.space.inventory, stage.space.metrics);
    models::VmTableModel table(stage.space.inventory, stage.space.metrics);
    report("10,000 machines arrive, tree and table", stage.fill(), "ms", "<= 100");
    report("inventory, tree and table in memory", residentMiB() - before, "MiB", "<= 20");
    measureChanges(stage);
    measureFilter(stage);
    measureTicks(stage, timeMs);
    measureLoadOrder(stage, timeMs);
    measurePlans(stage);
    measureStalls(stage, timeMs);
    return 0;
}
