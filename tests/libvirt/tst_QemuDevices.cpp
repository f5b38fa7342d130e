// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/TestGuest.h"
#include "vmm/definition/DefinitionChanges.h"

using namespace tests;
using hosts::AttachDevice;
using hosts::DetachDevice;
using hosts::DeviceScope;
using hosts::UpdateDevice;
using hosts::VmId;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

/// Changing machines of a real libvirtd: devices, memory, CPUs, disks, and what waits for a start.
class tst_QemuDevices : public QemuHostTest {
    Q_OBJECT

private Q_SLOTS:
    void attachAndDetach_concernBoth()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString name = QStringLiteral("plugged");
        const VmId vm = define(guest->domainXml(name), name);
        start(vm);
        const QString path = makeImage(QStringLiteral("plug.qcow2"));
        const QString disk = diskXml(path, QStringLiteral("vdb"));
        VERIFY_DONE(ask(AttachDevice { vm, disk }));
        QVERIFY(stored(vm).contains(path));
        QVERIFY(running(vm).contains(path));
        VERIFY_FAILED(ask(AttachDevice { vm, disk }), ErrorKind::AlreadyExists);
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).disks, QStringList { path }, kPatienceMs);
        QVERIFY(!infoOf(vm).hasPendingChanges);

        // The guest lets go of it once it has booted.
        const auto detached = [&] {
            const auto done = ask(DetachDevice { vm, disk });
            if (!done)
                return done.error().kind == ErrorKind::NotFound;
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(detached(), 3 * kPatienceMs);
        QVERIFY(!stored(vm).contains(path));
        QVERIFY(!running(vm).contains(path));
        VERIFY_FAILED(ask(DetachDevice { vm, disk }), ErrorKind::NotFound);
    }

    /// They wait for a guest, which is nobody else's business.
    void detachesThatWait_holdUpNobody()
    {
        const QString name = QStringLiteral("clinging");
        QString disks;
        QStringList each;
        for (const QString& target :
            { QStringLiteral("vda"), QStringLiteral("vdb"), QStringLiteral("vdc") }) {
            each << diskXml(makeImage(target + QStringLiteral(".qcow2")), target);
            disks += each.last();
        }
        const VmId vm = define(bareMachine(name, disks), name);
        start(vm);
        QVector<vmm::Future<void>> waiting;
        for (const QString& disk : each)
            waiting.append(m_host->call(DetachDevice { vm, disk }));
        QVERIFY(stored(vm).contains(QStringLiteral("vda.qcow2")));
        for (const auto& detach : waiting)
            QVERIFY(!detach.isFinished());
        for (const auto& detach : waiting)
            VERIFY_FAILED(finished(detach), ErrorKind::RefusedByGuest);
    }

    /// No guest that could let go: the device stays in both, and that is what is said.
    void detachThatTheGuestIgnores_failsWithRefusedByGuest()
    {
        const QString path = makeImage(QStringLiteral("stuck.qcow2"));
        const QString name = QStringLiteral("stuck");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        VERIFY_FAILED(ask(DetachDevice { vm, diskXml(path) }), ErrorKind::RefusedByGuest);
        QVERIFY(stored(vm).contains(path));
        QVERIFY(running(vm).contains(path));
    }

    void scopes_areKept()
    {
        const QString name = QStringLiteral("scopes");
        const VmId vm = define(bareMachine(name), name);
        const QString path = makeImage(QStringLiteral("scope.qcow2"));
        VERIFY_FAILED(
            ask(AttachDevice { vm, diskXml(path), DeviceScope::Running }), ErrorKind::WrongState);
        start(vm);
        VERIFY_DONE(ask(AttachDevice { vm, diskXml(path), DeviceScope::Stored }));
        QVERIFY(stored(vm).contains(path));
        QVERIFY(!running(vm).contains(path));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).hasPendingChanges, kPatienceMs);
        VERIFY_DONE(ask(DetachDevice { vm, diskXml(path), DeviceScope::Stored }));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasPendingChanges, kPatienceMs);
    }

    void limits_changeWhileItRuns()
    {
        const QString path = makeImage(QStringLiteral("limited.qcow2"));
        const QString name = QStringLiteral("limited");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        const QString limited = diskXml(path).replace(QStringLiteral("</disk>"),
            QStringLiteral("<iotune><total_bytes_sec>1048576</total_bytes_sec></iotune></disk>"));
        VERIFY_DONE(ask(UpdateDevice { vm, limited }));
        QVERIFY(stored(vm).contains(QStringLiteral("1048576</total_bytes_sec>")));
        QVERIFY(running(vm).contains(QStringLiteral("1048576</total_bytes_sec>")));
        QVERIFY(m_libvirtd.virsh({ QStringLiteral("blkdeviotune"), name, QStringLiteral("vda") })
                    .contains(QStringLiteral("1048576")));
        VERIFY_DONE(ask(UpdateDevice { vm, diskXml(path) }));
        QVERIFY(!running(vm).contains(QStringLiteral("1048576")));
        QVERIFY(!stored(vm).contains(QStringLiteral("1048576")));
    }

    void medium_isChangedAndEjected()
    {
        const QString drive = QStringLiteral(
            "<disk type='file' device='cdrom'>%1<target dev='hdc' bus='ide'/><readonly/></disk>");
        const QString name = QStringLiteral("drive");
        const VmId vm = define(bareMachine(name, drive.arg(QString())), name);
        start(vm);
        // Firmware that looks at its drives may shut a tray of which libvirt 9 then believes for
        // good that it is open.
        QTest::qWait(2000);
        QFile medium(m_libvirtd.imageFolder() + QStringLiteral("/medium.iso"));
        QVERIFY(medium.open(QIODevice::WriteOnly) && medium.write(QByteArray(65536, 'x')) > 0);
        medium.close();
        const QString source = QStringLiteral("<source file='%1'/>").arg(medium.fileName());
        VERIFY_DONE(ask(UpdateDevice { vm, drive.arg(source) }));
        QVERIFY(stored(vm).contains(medium.fileName()));
        QVERIFY(running(vm).contains(medium.fileName()));
        VERIFY_DONE(ask(UpdateDevice { vm, drive.arg(QString()) }));
        QVERIFY(!stored(vm).contains(medium.fileName()));
        QVERIFY(!running(vm).contains(medium.fileName()));
        QVERIFY2(pending(vm).isEmpty(), qPrintable(pending(vm)));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasPendingChanges, kPatienceMs);
    }

    void link_isCutAndMended()
    {
        const QString card
            = QStringLiteral("<interface type='user'><mac address='52:54:00:00:00:07'/>%1"
                             "<model type='virtio'/></interface>");
        const QString name = QStringLiteral("linked-card");
        const VmId vm = define(bareMachine(name, card.arg(QString())), name);
        start(vm);
        VERIFY_DONE(ask(UpdateDevice { vm, card.arg(QStringLiteral("<link state='down'/>")) }));
        QVERIFY(running(vm).contains(QStringLiteral("link state='down'"))
            || running(vm).contains(QStringLiteral("link state=\"down\"")));
        VERIFY_DONE(ask(UpdateDevice { vm, card.arg(QString()) }));
        QVERIFY(!running(vm).contains(QStringLiteral("down")));
    }

    void memoryAndVcpus_changeLive()
    {
        const QString name = QStringLiteral("resources");
        QString xml = bareMachine(name);
        xml.replace(
               QStringLiteral("<memory unit='MiB'>32"), QStringLiteral("<memory unit='MiB'>64"))
            .replace(
                QStringLiteral("<vcpu>1</vcpu>"), QStringLiteral("<vcpu current='1'>2</vcpu>"));
        const VmId vm = define(xml, name);
        start(vm);
        VERIFY_DONE(ask(hosts::SetMemory { vm, vmm::Bytes::fromMiB(48) }));
        QVERIFY(stored(vm).contains(QStringLiteral("<currentMemory unit='KiB'>49152")));
        VERIFY_FAILED(
            ask(hosts::SetMemory { vm, vmm::Bytes::fromMiB(128) }), ErrorKind::InvalidConfig);
        VERIFY_DONE(ask(hosts::SetVcpus { vm, 2 }));
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).vcpus, 2, kPatienceMs);
        VERIFY_FAILED(ask(hosts::SetVcpus { vm, 3 }), ErrorKind::InvalidConfig);
        // Without KVM its QEMU would hang later.
        VERIFY_FAILED(ask(hosts::SetVcpus { vm, 1 }), ErrorKind::HostLacksFeature);
    }

    void disk_growsRunningAndOff()
    {
        const QString path = makeImage(QStringLiteral("growing.qcow2"));
        const QString name = QStringLiteral("growing");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        const auto size = [&] {
            QProcess process;
            process.start(QStringLiteral("qemu-img"),
                { QStringLiteral("info"), QStringLiteral("-U"), QStringLiteral("--output=json"),
                    path });
            process.waitForFinished();
            return QString::fromUtf8(process.readAll());
        };
        // In no pool of the host: one is made for the moment, and gone afterwards.
        VERIFY_DONE(ask(hosts::ResizeDisk { vm, QStringLiteral("vda"), vmm::Bytes::fromMiB(16) }));
        QVERIFY2(size().contains(QStringLiteral("16777216")), qPrintable(size()));
        QVERIFY(!m_libvirtd.virsh({ QStringLiteral("pool-list") })
                     .contains(QStringLiteral("virtdeck")));
        start(vm);
        VERIFY_DONE(ask(hosts::ResizeDisk { vm, QStringLiteral("vda"), vmm::Bytes::fromMiB(32) }));
        QVERIFY(size().contains(QStringLiteral("33554432")));
        VERIFY_FAILED(ask(hosts::ResizeDisk { vm, QStringLiteral("vda"), vmm::Bytes::fromMiB(8) }),
            ErrorKind::InvalidConfig);
        VERIFY_FAILED(ask(hosts::ResizeDisk { vm, QStringLiteral("vdz"), vmm::Bytes::fromMiB(64) }),
            ErrorKind::NotFound);
    }

    /// Everything that libvirt fills in for a run is no change that waits.
    void freshlyStartedMachine_hasNoPendingChanges()
    {
        const QString path = makeImage(QStringLiteral("rich.qcow2"));
        const QString name = QStringLiteral("rich");
        const QString devices = diskXml(path)
            + QStringLiteral(
                "<interface type='user'><mac address='52:54:00:00:00:01'/>"
                "<model type='virtio'/></interface><serial type='pty'/><console type='pty'/>"
                "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/>"
                "</channel><channel type='spicevmc'><target type='virtio' "
                "name='com.redhat.spice.0'/></channel><input type='tablet' bus='usb'/>"
                "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"
                "<sound model='ich9'/><watchdog model='i6300esb' action='reset'/>");
        QString xml = bareMachine(name, devices);
        xml.replace(QStringLiteral("machine='pc'"), QStringLiteral("machine='q35'"));
        const VmId vm = define(xml, name);
        start(vm);
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).networkCards, 1, kPatienceMs);
        QVERIFY2(pending(vm).isEmpty(), qPrintable(pending(vm)));
        QVERIFY(!infoOf(vm).hasPendingChanges);
    }

    void definitionOfRunningMachine_waitsForItsStart()
    {
        const QString name = QStringLiteral("waiting");
        const VmId vm = define(bareMachine(name), name);
        VERIFY_FAILED(ask(hosts::GetRunningDefinition { vm }), ErrorKind::WrongState);
        start(vm);
        QVERIFY(!infoOf(vm).hasPendingChanges);
        QString changed = stored(vm);
        changed.replace(QStringLiteral("type='vga'"), QStringLiteral("type='cirrus'"));
        VERIFY_DONE(finished(m_host->define(changed)));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).hasPendingChanges, kPatienceMs);
        QVERIFY(stored(vm).contains(QStringLiteral("cirrus")));
        QVERIFY(!running(vm).contains(QStringLiteral("cirrus")));
        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasPendingChanges, kPatienceMs);
        start(vm);
        QVERIFY(running(vm).contains(QStringLiteral("cirrus")));
    }

    /// They are never handed out, and storing what was handed out does not lose them.
    void secrets_areKeptAndNotTold()
    {
        const QString name = QStringLiteral("secretive");
        const VmId vm = define(bareMachine(name), name);
        start(vm);
        QVERIFY(!stored(vm).contains(QStringLiteral("secret'")));
        QVERIFY(!running(vm).contains(QStringLiteral("passwd")));
        VERIFY_DONE(finished(m_host->define(stored(vm))));
        const auto secure = [&] {
            return m_libvirtd.virsh({ QStringLiteral("dumpxml"), name, QStringLiteral("--inactive"),
                QStringLiteral("--security-info") });
        };
        QVERIFY2(secure().contains(QStringLiteral("passwd='secret'")), qPrintable(secure()));
    }

private:
    /// What differs between the two definitions, a line each.
    QString pending(VmId vm)
    {
        QStringList lines;
        const auto before = vmm::Definition::fromXml(running(vm));
        const auto after = vmm::Definition::fromXml(stored(vm));
        for (const auto& change : vmm::changesBetween(*before, *after))
            lines << change.element + QStringLiteral(": ") + change.running + QStringLiteral(" -> ")
                    + change.stored;
        return lines.join(QLatin1Char('\n'));
    }
};

QTEST_GUILESS_MAIN(tst_QemuDevices)
#include "moc_QemuHostFixture.cpp"
#include "tst_QemuDevices.moc"
