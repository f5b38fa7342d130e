// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-instant-clone: from the request for a twin of a booted guest to the twin running, beside a
// bare QEMU from exec to QMP, beside the boot of such a guest, and for small and large memory.
#include "tests/bench/BareQemu.h"
#include "tests/bench/Figure.h"
#include "tests/bench/ProcessTree.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Storage.h"

#include <QCoreApplication>
#include <QTest>

namespace {

using bench::need;
using bench::wait;
using vmm::Bytes;
using vmm::Machine;
using vmm::VmAction;

constexpr int kTwins = 20;
constexpr int kRounds = 9;
constexpr int kBootPatience = 300'000;

double msOf(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// A template of a guest with so much memory, its twins, and how long all took.
struct Trial {
    double bootMs = 0;
    double freezeMs = 0;
    double bareMs = 0;
    double medianMs = 0;
    double allMs = 0; ///< of kTwins, one after the other
    double privateBytes = 0; ///< of one, a moment after it began to run
};

double privateBytesOf(const Machine& machine)
{
    double kibibytes = 0;
    const QByteArray rollup = bench::readProc(machine.process().pid, "smaps_rollup");
    for (const QByteArray& line : rollup.split('\n')) {
        if (line.startsWith("Private_"))
            kibibytes += line.mid(line.indexOf(':') + 1).simplified().split(' ').first().toDouble();
    }
    return kibibytes * 1024;
}

Machine* define(vmm::Core& core, const tests::TestGuest& guest, const QString& disk, int mebibytes)
{
    QString xml
        = guest.domainXml(QStringLiteral("origin-%1").arg(mebibytes), QStringLiteral("qemu"),
            QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/><source file='%1'/>"
                           "<target dev='vda' bus='virtio'/></disk>"
                           "<interface type='user'><model type='virtio'/></interface>")
                .arg(disk));
    xml.replace(QStringLiteral("<memory unit='MiB'>192<"),
        QStringLiteral("<memory unit='MiB'>%1<").arg(mebibytes));
    return core.machine(need(wait(core.define(xml))));
}

double bootMs(vmm::Core& core, Machine& machine)
{
    QElapsedTimer timer;
    timer.start();
    need(wait(core.perform(machine.id(), VmAction::Start)));
    const bool isUp = QTest::qWaitFor(
        [&] {
            QFile log(machine.places().serialLog());
            return log.open(QIODevice::ReadOnly) && log.readAll().contains("READY");
        },
        kBootPatience);
    if (!isUp)
        qFatal("the guest does not boot");
    return msOf(timer);
}

Trial run(int mebibytes, const tests::TestGuest& guest)
{
    const tests::TempHome home;
    vmm::Core core(home.options());
    need(wait(core.open()));
    vmm::Storage storage(core);
    const QString disk = home.path(QStringLiteral("disk.qcow2"));
    need(wait(core.images()->create(disk, QStringLiteral("qcow2"), Bytes::fromMiB(64))));
    Machine* origin = define(core, guest, disk, mebibytes);

    Trial trial;
    trial.bootMs = bootMs(core, *origin);
    QElapsedTimer timer;
    timer.start();
    need(wait(storage.clones().setTemplate(*origin, true)));
    trial.freezeMs = msOf(timer);

    const auto makeTwin = [&](const QString& name) {
        return core.machine(need(wait(
            storage.clones().clone(*origin, { .name = name, .kind = vmm::CloneKind::Instant }))));
    };
    // The same devices, and nothing to load.
    const QUuid plain = need(wait(storage.clones().clone(
        *origin, { .name = QStringLiteral("plain"), .kind = vmm::CloneKind::Linked })));
    need(wait(core.perform(plain, VmAction::Start)));
    const auto bareOf = bench::argumentsOf(core.machine(plain)->places().runtimeFolder);
    const QString folder = core.machine(plain)->places().runtimeFolder;
    need(wait(core.machine(plain)->forceOff()));
    bench::BareQemu bare(bareOf, folder);
    // In turn, one at a time: others that run would have the CPU.
    std::vector<double> each;
    std::vector<double> raw;
    for (int i = 0; i < kRounds; ++i) {
        raw.push_back(bare.startMs());
        bare.end();
        timer.start();
        Machine* twin = makeTwin(QStringLiteral("single-%1").arg(i));
        each.push_back(msOf(timer));
        need(wait(twin->forceOff()));
    }
    trial.medianMs = bench::median(each);
    trial.bareMs = bench::median(raw);
    // Twenty, all of which go on running.
    QVector<Machine*> twins;
    for (int i = 0; i < kTwins; ++i) {
        timer.start();
        twins.append(makeTwin(QStringLiteral("twin-%1").arg(i)));
        trial.allMs += msOf(timer);
        trial.privateBytes += privateBytesOf(*twins.last()) / kTwins;
    }
    for (Machine* twin : std::as_const(twins))
        need(wait(twin->forceOff()));
    return trial;
}

void print(const char* metric, double value, const char* unit, const QString& against, double ratio,
    const char* goal)
{
    bench::print({ .bench = QStringLiteral("instant-clone"),
        .metric = QString::fromLatin1(metric),
        .value = value,
        .unit = QString::fromLatin1(unit),
        .against = against,
        .ratio = ratio,
        .goal = QString::fromLatin1(goal) });
}

QString milliseconds(const char* what, double value)
{
    return QStringLiteral("%1: %2 ms").arg(QLatin1StringView(what)).arg(value, 0, 'f', 0);
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const auto guest = tests::TestGuest::find();
    if (!guest)
        qFatal("no test guest: ./dev guest builds it");
    const Trial small = run(128, *guest);
    const Trial large = run(2048, *guest);
    print("request to running, 128 MiB, median of 9", small.medianMs, "ms",
        milliseconds("bare QEMU, exec to QMP", small.bareMs), small.medianMs / small.bareMs,
        "ratio <= 2");
    print("request to running, 2 GiB, median of 9", large.medianMs, "ms",
        milliseconds("with 128 MiB", small.medianMs)
            + QStringLiteral(", each against a bare QEMU in turn with it"),
        large.medianMs / large.bareMs / (small.medianMs / small.bareMs), "ratio <= 1.25");
    print("20 clones, one after the other", small.allMs, "ms",
        milliseconds("20 times one boot", small.bootMs * kTwins),
        small.allMs / (small.bootMs * kTwins), "ratio <= 0.1");
    print("private memory of a clone, 2 GiB", large.privateBytes / (1 << 20), "MiB", {},
        std::nan(""), "<= 60 MiB");
    print("running machine to template, 2 GiB", large.freezeMs, "ms", {}, std::nan(""), "");
}
