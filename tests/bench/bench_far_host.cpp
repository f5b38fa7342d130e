// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-far-host: a libvirt host with many machines behind a wire of a given length (a proxy that
// delays each direction), and one whose QEMU hangs. Needs root, as tests/support/LibvirtdFixture.
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Stage.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/SlowProxy.h"
#include "tests/support/TestNode.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace {

void report(const char* metric, double value, const char* unit, const char* goal)
{
    bench::print({ .bench = QStringLiteral("far-host"),
        .metric = QString::fromUtf8(metric),
        .value = value,
        .unit = QString::fromUtf8(unit),
        .goal = QString::fromUtf8(goal) });
}

void measureConnect(const tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 500;
    const QString path = libvirtd.imageFolder() + QStringLiteral("/node.xml");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(tests::testNode(kMachines)) < 0
        || !file.flush())
        qFatal("can't write %s", qPrintable(path));
    tests::SlowProxy proxy(libvirtd.socketPath(), 25ms);
    bench::Stage stage;
    hosts::Host& host
        = stage.connectTo(QStringLiteral("test+tcp://127.0.0.1:%1%2").arg(proxy.port()).arg(path));
    bench::spinUntil([&] { return proxy.connections() > 0; });
    QElapsedTimer clock;
    clock.start();
    bench::spinUntil([&] { return bench::isConnected(host) && host.vms().size() == kMachines; });
    report("500 machines at 50 ms round trip: first call to all in the list",
        double(clock.elapsed()) / 1000, "s", "<= 2");
    bench::spinUntil([&] { return bench::describedVms(host) == kMachines; });
    report("the same, to all described", double(clock.elapsed()) / 1000, "s", "");
}

void measureBurst(tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 50;
    tests::SlowProxy proxy(libvirtd.socketPath(), 10ms);
    bench::Stage stage;
    hosts::Host& host
        = stage.connectTo(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(proxy.port()));
    bench::spinUntil([&] { return bench::isConnected(host); });
    QProcess script; // as another client: all in one go
    QByteArray lines;
    for (int i = 0; i < kMachines; ++i)
        lines += "desc many-" + QByteArray::number(i) + " --title --config burst\n";
    models::StallMeter meter;
    meter.start();
    QElapsedTimer clock;
    clock.start();
    script.start(QStringLiteral("virsh"),
        { QStringLiteral("-q"), QStringLiteral("-c"), libvirtd.uri().toString() });
    script.write(lines);
    script.closeWriteChannel();
    bench::spinUntil([&] {
        const auto vms = host.vms();
        return std::count_if(vms.begin(), vms.end(), [](const hosts::VmInfo& vm) {
            return vm.title == QStringLiteral("burst");
        }) >= kMachines;
    });
    const auto stalls = meter.stop();
    report("50 events at 20 ms round trip: all seen", double(clock.elapsed()) / 1000, "s", "");
    report("the same: stalls of the window above 16 ms", stalls.above16ms, "stalls", "<= 0");
    script.waitForFinished();
}

void measureHung(tests::LibvirtdFixture& libvirtd)
{
    constexpr int kMachines = 50;
    for (int i = 0; i < kMachines; ++i)
        libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("many-%1").arg(i) });
    bench::Stage stage;
    hosts::Host& host = stage.connectTo(libvirtd.uri().toString());
    bench::spinUntil([&] { return bench::isConnected(host); });
    QSet<hosts::VmId> all;
    hosts::VmId hung;
    const auto vms = host.vms();
    for (const hosts::VmInfo& vm : vms) {
        all.insert(vm.id);
        if (vm.name == QStringLiteral("many-25"))
            hung = vm.id;
    }
    host.setVisibleVms(all);
    QElapsedTimer sinceFull;
    double longest = 0;
    int batches = 0;
    QObject::connect(
        &host, &hosts::Host::metricsSampled, &host, [&](const hosts::MetricsBatch& batch) {
            if (batch.vms.size() < kMachines - 1)
                return;
            if (batches++ > 0)
                longest = std::max(longest, double(sinceFull.elapsed()));
            sinceFull.start();
        });
    bench::spinUntil([&] { return batches >= 5; });
    report("50 running machines: longest time between two figures", longest / 1000, "s", "");
    longest = 0;
    QElapsedTimer clock;
    clock.start();
    tests::StoppedProcess stopped(libvirtd.qemuPid(QStringLiteral("many-25")));
    const auto isMarked = [&] {
        const auto now = host.vms();
        return std::any_of(now.begin(), now.end(), [&](const hosts::VmInfo& vm) {
            return vm.id == hung && vm.reasonDetail.contains(QStringLiteral("not answered"));
        });
    };
    bench::spinUntil(isMarked, 30s);
    report("one QEMU hangs: its row says so", double(clock.elapsed()) / 1000, "s", "<= 3");
    const int before = batches;
    bench::spinUntil([&] { return batches >= before + 10; }, 30s);
    report("the same: longest time without the figures of the others", longest / 1000, "s", "<= 2");
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (const QString why = tests::LibvirtdFixture::missing(); !why.isEmpty())
        qFatal("%s", qPrintable(why));
    tests::LibvirtdFixture libvirtd;
    if (!libvirtd.start())
        qFatal("%s", qPrintable(libvirtd.problem()));
    for (int i = 0; i < 50; ++i)
        libvirtd.virshDefine(
            tests::LibvirtdFixture::smallMachine(QStringLiteral("many-%1").arg(i)));
    measureConnect(libvirtd);
    measureBurst(libvirtd);
    measureHung(libvirtd);
    return 0;
}
