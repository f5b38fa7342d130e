// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-footprint: the memory of the window with its host process and one machine, without and with
// its console, and how often the GUI thread stalled while the guest booted. The window runs in this
// very process.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/ProcessTree.h"
#include "tests/program/fixture/ProgramFixture.h"

#include <QApplication>
#include <QTabWidget>
#include <QTest>

namespace {

constexpr double kMiB = 1024 * 1024;
constexpr int kSettleMs = 5000;

const models::VmRecord* firstVm(app::Application& application)
{
    models::Inventory& inventory = application.workspace().inventory;
    const QVector<hosts::Host*> all = inventory.hosts();
    const QVector<const models::VmRecord*> vms
        = all.isEmpty() ? QVector<const models::VmRecord*>() : inventory.vms(all.first());
    return vms.isEmpty() ? nullptr : vms.first();
}

/// Proportional set size of this process and the helpers it started, without the machine's QEMU.
double ownPss()
{
    double sum = 0;
    for (const qint64 pid : bench::descendants(QCoreApplication::applicationPid())) {
        if (!bench::programName(pid).startsWith("qemu"))
            sum += bench::pss(pid);
    }
    return sum;
}

void printMemory(const char* metric, double bytes, const char* goal)
{
    bench::print({ .bench = QStringLiteral("footprint"),
        .metric = QString::fromLatin1(metric),
        .value = bytes / kMiB,
        .unit = QStringLiteral("MiB"),
        .goal = QString::fromLatin1(goal) });
}

void printStalls(const char* metric, double value, const char* unit, const char* goal)
{
    bench::print({ .bench = QStringLiteral("footprint"),
        .metric = QString::fromLatin1(metric),
        .value = value,
        .unit = QString::fromLatin1(unit),
        .goal = QString::fromLatin1(goal) });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    tests::ProgramFixture fixture;
    const QString name = QStringLiteral("tiny");
    app::Application& program = fixture.start({ .define = fixture.machineFile(name),
        .showVm = name,
        .showPage = QStringLiteral("overview"),
        .size = QSize(1280, 800) });
    if (!QTest::qWaitFor([&] { return firstVm(program) != nullptr; }, 20000))
        qFatal("the machine was not defined");
    QTest::qWait(kSettleMs);
    const double closed = ownPss();
    printMemory("window and host, one machine, console closed", closed, "<= 100 MiB (PSS)");

    auto* tabs = program.window().findChild<QTabWidget*>(QStringLiteral("vmTabs"));
    tabs->setCurrentIndex(1);
    models::StallMeter meter;
    meter.start();
    const models::VmRecord* vm = firstVm(program);
    program.workspace().commands.perform(vm->host, vm->info.id, vmm::VmAction::Start);
    auto* view = program.window().findChild<console::ConsoleView*>(QStringLiteral("consoleView"));
    const auto isBooted
        = [&] { return view->session() && view->session()->frame().size() == QSize(1024, 768); };
    if (!QTest::qWaitFor(isBooted, 60000))
        qFatal("the guest's screen did not come");
    QTest::qWait(kSettleMs);
    const models::StallMeter::Report stalls = meter.stop();
    printStalls("GUI stalls above 50 ms while the guest boots", stalls.above50ms, "", "<= 0");
    printStalls("GUI stalls above 16 ms while the guest boots", stalls.above16ms, "", "");
    printStalls("longest GUI stall while the guest boots",
        static_cast<double>(stalls.longest.count()) / 1000, "ms", "");
    printMemory("more with the console open", ownPss() - closed, "<= 25 MiB (PSS)");
    return 0;
}
