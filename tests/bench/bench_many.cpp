// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-many: the window over a host with 1,000 and 10,000 machines that measures all of them every
// second (tests' fake-host, over the real wire): CPU of the window's thread, stalls, memory, and
// from a key to the paint that shows it.
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/KeyClock.h"
#include "tests/bench/Stage.h"

#include <QApplication>
#include <QFile>

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace {

void report(const QString& metric, double value, const char* unit, const char* goal)
{
    bench::print({ .bench = QStringLiteral("many"),
        .metric = metric,
        .value = value,
        .unit = QString::fromUtf8(unit),
        .goal = QString::fromUtf8(goal) });
}

double threadMilliseconds()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double residentKiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nan("");
    return file.readAll().split(' ').value(1).toDouble()
        * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

void measure(int machines, const char* cpuGoal, const char* stallGoal, const char* memoryGoal)
{
    bench::Stage stage({ .program = QStringLiteral(VIRTDECK_TEST_BIN_DIR "/fake-host"),
        .arguments
        = { QStringLiteral("--vms=%1").arg(machines), QStringLiteral("--sample=1000") } });
    bench::spin(1s);
    const double before = residentKiB();
    hosts::Host& host = stage.connectTo(QStringLiteral("test:///fake"));
    int ticks = 0;
    QObject::connect(&host, &hosts::Host::metricsSampled, &host, [&ticks] { ++ticks; });
    while (ticks < 3)
        bench::spin(100ms);
    ticks = 0;
    const double cpu = threadMilliseconds();
    bench::spin(10s);
    const QString name = QStringLiteral("%1 machines, ").arg(machines);
    report(name + QStringLiteral("CPU of the window's thread per tick"),
        (threadMilliseconds() - cpu) / std::max(1, ticks), "ms", cpuGoal);
    models::StallMeter meter; // not while the CPU is measured: its own beat costs some
    meter.start();
    bench::spin(10s);
    const auto stalls = meter.stop();
    report(name + QStringLiteral("longest stall in 10 s"), double(stalls.longest.count()) / 1000,
        "ms", stallGoal);
    report(name + QStringLiteral("memory of the window's process for each"),
        (residentKiB() - before) / machines, "KiB", memoryGoal);
    bench::printKeys(QStringLiteral("many"), name, stage.window());
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    measure(1'000, "<= 20", "<= 16", "");
    measure(10'000, "<= 100", "<= 16", "<= 12");
    return 0;
}
