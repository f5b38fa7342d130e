// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-embedded-start: how long the embedded core takes from the request to a machine that QMP
// calls running, beside a bare QEMU with the same arguments, from exec to the same answer.
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/bench/BareQemu.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Need.h"
#include "tests/support/Await.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <vector>

namespace {

constexpr int kRounds = 15;
constexpr int kVirshRounds = 5;

using bench::argumentsOf;
using bench::BareQemu;
using bench::need;

vmm::Result<void> perform(
    hosts::embedded::EmbeddedHost& host, const hosts::VmId& vm, vmm::VmAction action)
{
    return bench::wait(host.perform(vm, action));
}

/// The same machine, started by `virsh start` on a libvirtd of its own; the median in milliseconds,
/// NaN if there is none here.
double virshStartMs(const QString& xml)
{
    if (!tests::LibvirtdFixture::missing().isEmpty())
        return std::nan("");
    tests::LibvirtdFixture libvirtd;
    if (!libvirtd.start() || !libvirtd.virshDefine(xml))
        qFatal("no libvirtd: %s", qPrintable(libvirtd.problem()));
    std::vector<double> all;
    for (int round = 0; round < kVirshRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        bool isStarted = false;
        const QString said
            = libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("bench") }, &isStarted);
        all.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        if (!isStarted)
            qFatal("%s", qPrintable(said));
        libvirtd.virsh({ QStringLiteral("destroy"), QStringLiteral("bench") });
    }
    return bench::median(all);
}

/// Without the disk, which lies where libvirt's QEMU may not read.
QString xmlForVirsh()
{
    return tests::smallDomainXml(QStringLiteral("bench"));
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const tests::TempHome home;
    hosts::embedded::EmbeddedHost host(
        need(hosts::HostUri::parse(QStringLiteral("embedded:///"))), home.options());
    host.open();
    if (!QTest::qWaitFor(
            [&] { return host.connectionState() == hosts::ConnectionState::Connected; }, 10'000))
        qFatal("the host does not open");
    const auto vm = need(tests::waitFor(host.createMachine({ .name = QStringLiteral("bench"),
        .memory = vmm::Bytes::fromMiB(256),
        .newDisk = vmm::Bytes::fromMiB(64) })));
    const QString folder = home.runtimeFolder() + QLatin1Char('/') + vm.toString(QUuid::Id128);

    need(perform(host, vm, vmm::VmAction::Start)); // fills the page cache
    BareQemu bare(argumentsOf(folder), folder);
    need(perform(host, vm, vmm::VmAction::ForceOff));

    std::vector<double> ours;
    std::vector<double> raw;
    for (int round = 0; round < kRounds; ++round) {
        raw.push_back(bare.startMs());
        bare.end();
        QElapsedTimer timer;
        timer.start();
        need(perform(host, vm, vmm::VmAction::Start));
        ours.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        need(perform(host, vm, vmm::VmAction::ForceOff));
    }
    const double median = bench::median(ours);
    const double rawMedian = bench::median(raw);
    bench::print({ .bench = QStringLiteral("embedded-start"),
        .metric = QStringLiteral("start request to running, median of %1").arg(kRounds),
        .value = median,
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("bare QEMU, same arguments: %1 ms").arg(rawMedian, 0, 'g', 4),
        .ratio = median / rawMedian,
        .goal = QStringLiteral("ratio <= 1.25") });

    const double virsh = virshStartMs(xmlForVirsh());
    const auto same = need(tests::waitFor(host.define(xmlForVirsh().replace(
        QLatin1StringView("<name>bench<"), QLatin1StringView("<name>the same<")))));
    std::vector<double> again;
    for (int round = 0; round < kVirshRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        need(perform(host, same, vmm::VmAction::Start));
        again.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        need(perform(host, same, vmm::VmAction::ForceOff));
    }
    bench::print({ .bench = QStringLiteral("embedded-start"),
        .metric
        = QStringLiteral("the same machine here and in libvirt, median of %1").arg(kVirshRounds),
        .value = bench::median(again),
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("virsh start: %1 ms").arg(virsh, 0, 'g', 4),
        .ratio = bench::median(again) / virsh,
        .goal = QStringLiteral("ratio <= 0.5") });
}
