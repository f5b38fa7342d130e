// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"
#include "hosts/embedded/MachineLoadMeter.h"
#include "tests/support/AskGuest.h"
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace vmm;
using tests::askGuest;
using tests::waitFor;

/// The load of a real guest in detail, as it changes with what the guest does.
class TestLoadDetail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guest_isMeasuredInDetail()
    {
        const auto guest = tests::TestGuest::find();
        if (!guest)
            QSKIP("no test guest: ./dev guest builds it");
        const tests::TempHome home;
        Core core(home.options());
        VERIFY_OK(waitFor(core.open()));
        const QString image = home.write(QStringLiteral("a.img"), QByteArray(8 << 20, '\0'));
        const auto id = waitFor(
            core.define(guest->domainXml(QStringLiteral("measured"), QStringLiteral("qemu"),
                QStringLiteral("<disk type='file'><driver name='qemu' type='raw'/>"
                               "<source file='%1'/><target dev='vda'/></disk>"
                               "<interface type='user'><mac address='52:54:00:11:22:33'/>"
                               "<model type='virtio'/></interface>")
                    .arg(image))));
        VERIFY_OK(id);
        Machine& vm = *core.machine(*id);
        auto& meter = hosts::embedded::MachineLoadMeter::of(vm);
        QCOMPARE(waitFor(meter.measure()).error().kind, ErrorKind::WrongState);
        VERIFY_OK(waitFor(core.perform(*id, VmAction::Start)));
        const auto finish = qScopeGuard([&] { (void)waitFor(vm.forceOff()); });
        QVERIFY(tests::waitForGuest(vm));

        const auto first = waitFor(meter.measure());
        VERIFY_OK(first);
        QVERIFY(std::isnan(first->cpu));
        QCOMPARE(first->vcpus.size(), 1);
        QVERIFY(first->resident > Bytes::fromMiB(32));
        QVERIFY(first->proportional > Bytes::fromMiB(32));
        QVERIFY(first->proportional <= first->resident + Bytes::fromMiB(64));
        QCOMPARE(first->balloon, Bytes::fromMiB(192));
        QCOMPARE(first->disks.size(), 1);
        QCOMPARE(first->disks[0].target, QStringLiteral("vda"));
        QCOMPARE(first->networkCards.size(), 1);
        QVERIFY(std::isnan(first->networkCards[0].receivedBytesPerSecond)); // QEMU's own network

        askGuest(vm,
            QStringLiteral("burn 100; for i in 1 2 3 4 5 6 7 8; do dd if=/dev/zero of=/dev/vda "
                           "bs=64k count=32 conv=fsync 2>/dev/null; done; "
                           "dd if=/dev/vda of=/dev/null bs=64k count=16 iflag=direct 2>/dev/null"));
        const auto second = waitFor(meter.measure());
        VERIFY_OK(second);
        QVERIFY(second->cpu > 0.02);
        QVERIFY(second->cpu <= 1.0);
        QCOMPARE(second->vcpus.size(), 1);
        QVERIFY(second->emulator >= 0);
        const DiskLoad& disk = second->disks[0];
        QVERIFY(disk.write.bytesPerSecond > 0);
        QVERIFY(disk.write.requestsPerSecond > 0);
        QVERIFY(disk.write.meanLatencyMs > 0);
        QVERIFY(disk.flush.requestsPerSecond > 0);
        QCOMPARE(disk.allocated, Bytes::fromMiB(2));
        // Counting began with the first question.
        const auto& counts = disk.writeLatency.counts;
        QCOMPARE(counts.size(), disk.writeLatency.boundsMs.size() + 1);
        QVERIFY(std::accumulate(counts.begin(), counts.end(), qint64(0)) > 0);

        // The guest tells its memory some time after it was asked to.
        const auto toldMemory = [&] {
            const auto detail = waitFor(meter.measure());
            return detail && detail->guestFree > Bytes() && detail->guestAvailable > Bytes()
                && detail->guestAvailable < Bytes::fromMiB(192);
        };
        QVERIFY(QTest::qWaitFor(toldMemory, 20'000));
    }
};

QTEST_GUILESS_MAIN(TestLoadDetail)
#include "tst_LoadDetail.moc"
