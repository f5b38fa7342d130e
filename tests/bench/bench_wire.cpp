// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the hop into a process of its own costs: an inventory of 10,000 machines and their load,
// step by step and as a whole, and how long the window's thread is kept from painting meanwhile.
#include "hosts/wire/MessageCodec.h"
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/support/LoopbackHost.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

namespace {

using namespace hosts;
using namespace hosts::wire;

constexpr int kMachines = 10'000;
constexpr int kRounds = 7;

template <typename F> double medianMs(F&& work)
{
    std::vector<double> all;
    for (int i = 0; i < kRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        all.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return bench::median(all);
}

void report(const QString& metric, double value, const QString& unit, const QString& goal = {})
{
    bench::print({ .bench = QStringLiteral("wire"),
        .metric = metric,
        .value = value,
        .unit = unit,
        .goal = goal });
}

void measureCodec()
{
    tests::FakeHost host;
    host.addVms(kMachines);
    const InventoryChange inventory { .isComplete = true, .changed = host.vms() };
    QVector<QByteArray> encoded;
    report(QStringLiteral("encode 10,000 machines"), medianMs([&] {
        encoded.clear();
        for (const InventoryEvent& part : divided(inventory))
            encoded.append(encode(part));
    }),
        QStringLiteral("ms"));
    qsizetype size = 0;
    for (const QByteArray& part : encoded)
        size += part.size();
    report(
        QStringLiteral("inventory of 10,000 machines"), double(size) / 1024, QStringLiteral("KiB"));
    report(QStringLiteral("decode 10,000 machines"), medianMs([&] {
        for (const QByteArray& part : encoded)
            (void)decode(part);
    }),
        QStringLiteral("ms"));

    const MetricsEvent metrics { .batch = host.inventMetrics(1'700'000'000'000) };
    const QByteArray load = encode(metrics);
    report(QStringLiteral("encode load of %1 machines").arg(metrics.batch.vms.size()),
        medianMs([&] { (void)encode(metrics); }), QStringLiteral("ms"));
    report(QStringLiteral("decode load of %1 machines").arg(metrics.batch.vms.size()),
        medianMs([&] { (void)decode(load); }), QStringLiteral("ms"));
    report(QStringLiteral("load of %1 machines").arg(metrics.batch.vms.size()),
        double(load.size()) / 1024, QStringLiteral("KiB"));
}

template <typename Until> void spin(Until&& until)
{
    while (!until())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void measureProcess(const QString& program)
{
    std::vector<double> times;
    std::vector<double> stalls;
    std::vector<double> roundTrips;
    for (int i = 0; i < kRounds; ++i) {
        WireThread thread;
        RemoteHost host(HostUri::parse(QStringLiteral("test:///fake")).value(), thread,
            { .program = program, .arguments = { QStringLiteral("--vms=%1").arg(kMachines) } });
        models::StallMeter stall;
        stall.start();
        QElapsedTimer timer;
        timer.start();
        host.open();
        spin([&] { return host.connectionState() == ConnectionState::Connected; });
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
        stalls.push_back(double(stall.stop().longest.count()) / 1e3);

        const VmId vm = host.vms().constFirst().id;
        for (int call = 0; call < 50; ++call) {
            timer.restart();
            const auto future = host.definition(vm);
            spin([&] { return future.isFinished(); });
            roundTrips.push_back(double(timer.nsecsElapsed()) / 1e3);
        }
    }
    report(QStringLiteral("start of a host program to 10,000 machines known"), bench::median(times),
        QStringLiteral("ms"), QStringLiteral("< 1000"));
    report(QStringLiteral("longest stall of the window's thread meanwhile"), bench::median(stalls),
        QStringLiteral("ms"), QStringLiteral("< 16"));
    report(QStringLiteral("round trip of an operation"), bench::median(roundTrips),
        QStringLiteral("us"), QStringLiteral("< 1000"));
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    measureCodec();
    measureProcess(QStringLiteral(VIRTDECK_TEST_BIN_DIR "/fake-host"));
    return 0;
}
