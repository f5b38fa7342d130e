// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-adopt: how long a new core takes to find 50 running machines again, each a real QEMU, and
// to know the state of all.
#include "tests/bench/Figure.h"
#include "tests/bench/Need.h"
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>

namespace {

constexpr int kMachines = 50;
constexpr int kRounds = 5;

void startAll(const tests::TempHome& home)
{
    vmm::Core core(home.options());
    bench::need(bench::wait(core.open()));
    for (int i = 0; i < kMachines; ++i) {
        const QUuid id = bench::need(bench::wait(core.define(
            tests::smallDomainXml(QStringLiteral("machine-%1").arg(i), QUuid::createUuid()))));
        bench::need(bench::wait(core.perform(id, vmm::VmAction::Start)));
        // Guests without a disk stay in their firmware, busy: paused they leave the CPU alone.
        bench::need(bench::wait(core.perform(id, vmm::VmAction::Pause)));
    }
}

double adoptMs(const tests::TempHome& home)
{
    QElapsedTimer timer;
    timer.start();
    vmm::Core core(home.options());
    bench::need(bench::wait(core.open()));
    const double elapsed = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    const QVector<vmm::Machine*> machines = core.machines();
    const auto known = std::count_if(machines.begin(), machines.end(),
        [](const vmm::Machine* machine) { return machine->state() == vmm::VmState::Paused; });
    if (known != kMachines)
        qFatal("%lld of %d machines were adopted", static_cast<long long>(known), kMachines);
    return elapsed;
}

void endAll(const tests::TempHome& home)
{
    vmm::Core core(home.options());
    bench::need(bench::wait(core.open()));
    const QVector<vmm::Machine*> machines = core.machines();
    for (const vmm::Machine* machine : machines)
        bench::need(bench::wait(core.perform(machine->id(), vmm::VmAction::ForceOff)));
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const tests::TempHome home;
    startAll(home);
    std::vector<double> elapsed;
    for (int round = 0; round < kRounds; ++round)
        elapsed.push_back(adoptMs(home));
    endAll(home);
    bench::print({ .bench = QStringLiteral("adopt"),
        .metric
        = QStringLiteral("find %1 running machines again and know their state").arg(kMachines),
        .value = bench::median(elapsed),
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 1000 ms") });
}
