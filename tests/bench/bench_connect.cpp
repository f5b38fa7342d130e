// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-connect: 10,000 machines of libvirt's test driver, on one connection beside the bare calls
// in C, and on 40 connections in one window.
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/KeyClock.h"
#include "tests/bench/Stage.h"
#include "tests/support/TestNode.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTreeView>

#include <libvirt/libvirt.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr int kMachines = 10'000;
constexpr int kHosts = 40;
constexpr int kRuns = 3;

void report(const QString& metric, double value, const char* unit, const char* goal,
    double against = std::nan(""))
{
    bench::print({ .bench = QStringLiteral("connect"),
        .metric = metric,
        .value = value,
        .unit = QString::fromUtf8(unit),
        .against = std::isnan(against) ? QString() : QStringLiteral("the calls in C"),
        .ratio = value / against,
        .goal = QString::fromUtf8(goal) });
}

QString writeNode(const QTemporaryDir& folder, int index, int machines)
{
    const QString path = folder.filePath(QStringLiteral("node-%1.xml").arg(index));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(tests::testNode(machines)) < 0
        || !file.flush())
        qFatal("can't write %s", qPrintable(path));
    return path;
}

struct Floor {
    double openMs = 0;
    double listMs = 0; ///< and the state of each
};

Floor bareCalls(const QString& uri)
{
    QElapsedTimer clock;
    clock.start();
    const virConnectPtr connection = virConnectOpen(qPrintable(uri));
    if (!connection)
        qFatal("can't open %s", qPrintable(uri));
    Floor floor { .openMs = static_cast<double>(clock.nsecsElapsed()) / 1e6 };
    clock.start();
    virDomainPtr* domains = nullptr;
    const int count = virConnectListAllDomains(connection, &domains, 0);
    for (int i = 0; i < count; ++i) {
        int state = 0;
        int reason = 0;
        if (virDomainGetState(domains[i], &state, &reason, 0) < 0)
            qFatal("no state");
        virDomainFree(domains[i]);
    }
    free(domains); // NOLINT: of libvirt
    floor.listMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    virConnectClose(connection);
    if (count != kMachines)
        qFatal("%d machines", count);
    return floor;
}

/// Counts how often a widget is painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* painted) { painted->installEventFilter(this); }
    int paints() const { return m_paints; }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        m_paints += event->type() == QEvent::Paint;
        return QObject::eventFilter(watched, event);
    }

private:
    int m_paints = 0;
};

/// From the click that connects to all rows in the tree, and the tree painted.
double rowsOnScreen(const QString& uri, double* described)
{
    bench::Stage stage;
    const auto* tree = stage.window().findChild<QTreeView*>(QStringLiteral("inventoryTree"));
    const PaintWatch watch(tree->viewport());
    bench::spin(500ms);
    QElapsedTimer clock;
    clock.start();
    hosts::Host& host = stage.connectTo(uri);
    const auto rows = [&] { return tree->model()->rowCount(tree->model()->index(0, 0)); };
    bench::spinUntil([&] { return rows() == kMachines; });
    const int before = watch.paints();
    bench::spinUntil([&] { return watch.paints() > before; });
    const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    bench::spinUntil([&] { return bench::describedVms(host) == kMachines; });
    *described = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    return took;
}

void measureOne()
{
    const QTemporaryDir folder;
    const QString uri = QStringLiteral("test://") + writeNode(folder, 0, kMachines);
    std::vector<double> opens, lists, totals, ours, described;
    for (int run = 0; run < kRuns; ++run) {
        const Floor floor = bareCalls(uri);
        opens.push_back(floor.openMs);
        lists.push_back(floor.listMs);
        totals.push_back(floor.openMs + floor.listMs);
        double all = 0;
        ours.push_back(rowsOnScreen(uri, &all));
        described.push_back(all);
    }
    report(QStringLiteral("10,000 machines in C: connecting"), bench::median(opens), "ms", "");
    report(QStringLiteral("10,000 machines in C: list, and the state of each"),
        bench::median(lists), "ms", "");
    report(QStringLiteral("10,000 machines: connecting to rows on screen"), bench::median(ours),
        "ms", "ratio <= 2", bench::median(totals));
    report(QStringLiteral("the same, to all described"), bench::median(described), "ms", "");
}

void measureForty()
{
    const QTemporaryDir folder;
    constexpr int kEach = kMachines / kHosts;
    QStringList uris;
    for (int i = 0; i < kHosts; ++i)
        uris << QStringLiteral("test://") + writeNode(folder, i, kEach);
    bench::Stage stage;
    bench::spin(500ms);
    models::StallMeter meter;
    meter.start();
    QElapsedTimer clock;
    clock.start();
    std::vector<hosts::Host*> hosts;
    for (const QString& uri : std::as_const(uris))
        hosts.push_back(&stage.connectTo(uri));
    // Each host is asked until it is done, and not again: looking costs the window's thread, too.
    const auto waitForAll = [&](const std::function<bool(const hosts::Host&)>& isDone) {
        auto waiting = hosts;
        bench::spinUntil([&] {
            while (!waiting.empty() && isDone(*waiting.back()))
                waiting.pop_back();
            return waiting.empty();
        });
        return static_cast<double>(clock.elapsed()) / 1000;
    };
    report(QStringLiteral("40 connections of 250: all connected"), waitForAll(bench::isConnected),
        "s", "");
    report(QStringLiteral("the same, all described"),
        waitForAll([](const hosts::Host& host) { return bench::describedVms(host) == kEach; }), "s",
        "");
    report(QStringLiteral("the same, longest stall of the window until then"),
        double(meter.stop().longest.count()) / 1000, "ms", "<= 16");
    bench::spin(3s);
    meter.start();
    bench::spin(10s);
    report(QStringLiteral("40 connections, at rest: longest stall in 10 s"),
        double(meter.stop().longest.count()) / 1000, "ms", "<= 16");
    bench::printKeys(QStringLiteral("connect"), QStringLiteral("40 connections, "), stage.window());
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    measureOne();
    measureForty();
    return 0;
}
