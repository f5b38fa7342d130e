// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-supervision: what it costs to watch 50 running machines, all of them every second: the CPU
// time of the host process, without that of the QEMUs. They are real ones, each with a disk, and
// paused, so that the machine that measures has time for it.
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Need.h"
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <sys/resource.h>

namespace {

constexpr int kMachines = 50;
constexpr int kSeconds = 20;
constexpr double kMostShare = 0.03; // of one core

/// User and system time of this process alone, in seconds.
double ownCpuSeconds()
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Runs the event loop as a host process does: without the naps of a test that waits.
void spin(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The share of one core that this process uses while `watch` holds.
double measure(const std::function<void()>& eachSecond = {})
{
    QTimer timer;
    if (eachSecond) {
        QObject::connect(&timer, &QTimer::timeout, &timer, eachSecond);
        timer.start(1000);
    }
    spin(2000); // the first ones open what later ones find open
    QElapsedTimer clock;
    clock.start();
    const double before = ownCpuSeconds();
    spin(kSeconds * 1000);
    return (ownCpuSeconds() - before) * 1e9 / static_cast<double>(clock.nsecsElapsed());
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const tests::TempHome home;
    hosts::embedded::EmbeddedHost host(
        bench::need(hosts::HostUri::parse(QStringLiteral("embedded:///"))), home.options());
    host.open();
    if (!QTest::qWaitFor(
            [&] { return host.connectionState() == hosts::ConnectionState::Connected; }, 10'000))
        qFatal("the host does not open");
    const double idle = measure();

    QSet<hosts::VmId> all;
    for (int i = 0; i < kMachines; ++i) {
        const auto vm = bench::need(
            tests::waitFor(host.createMachine({ .name = QStringLiteral("bench-%1").arg(i),
                .memory = vmm::Bytes::fromMiB(64),
                .newDisk = vmm::Bytes::fromMiB(64) })));
        bench::need(tests::waitFor(host.perform(vm, vmm::VmAction::Start), 30'000));
        bench::need(tests::waitFor(host.perform(vm, vmm::VmAction::Pause)));
        all.insert(vm);
    }
    host.setVisibleVms(all);
    int samples = 0;
    int withDisks = 0;
    QObject::connect(
        &host, &hosts::Host::metricsSampled, &host, [&](const hosts::MetricsBatch& batch) {
            for (const hosts::VmSample& sample : batch.vms) {
                ++samples;
                withDisks += !std::isnan(sample.values[hosts::VmMetric::DiskRead]);
            }
        });
    const double watched = measure();
    if (withDisks < kMachines * kSeconds * 9 / 10)
        qFatal("only %d of %d samples were whole", withDisks, samples);
    bench::print({ .bench = QStringLiteral("supervision"),
        .metric = QStringLiteral("%1 running machines, each second: CPU").arg(kMachines),
        .value = watched * 100,
        .unit = QStringLiteral("% of a core"),
        .against = QStringLiteral("no machine at all: %1 %").arg(idle * 100, 0, 'g', 2),
        .ratio = watched / kMostShare,
        .goal = QStringLiteral("<= 3 % of one core: ratio to it <= 1") });

    host.setVisibleVms({});
    const hosts::VmId one = *all.begin();
    const double quiet = measure();
    const double detailed = measure([&] { (void)host.call(hosts::GetLoadDetail { one }); });
    bench::print({ .bench = QStringLiteral("supervision"),
        .metric = QStringLiteral("one machine in detail, each second: CPU"),
        .value = (detailed - quiet) * 100,
        .unit = QStringLiteral("% of a core"),
        .against
        = QStringLiteral("%1 hidden machines: %2 %").arg(kMachines).arg(quiet * 100, 0, 'g', 2),
        .goal = QStringLiteral("<= 1 % of one core") });

    for (const hosts::VmId& vm : std::as_const(all))
        bench::need(tests::waitFor(host.perform(vm, vmm::VmAction::ForceOff)));
}
