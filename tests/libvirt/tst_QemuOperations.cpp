// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/TestGuest.h"
#include "vmm/definition/Definition.h"

#include <cmath>

using namespace tests;
using hosts::VmId;
using vmm::CloneKind;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

/// What else can be done to machines of a real libvirtd: saving, notes, copies, the guest, load.
class tst_QemuOperations : public QemuHostTest {
    Q_OBJECT

private Q_SLOTS:
    void saved_goesOnOrIsDiscarded()
    {
        const QString name = QStringLiteral("saved");
        const VmId vm = define(bareMachine(name), name);
        start(vm);
        perform(vm, VmAction::Save, VmState::ShutOff);
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).hasSavedMemory, kPatienceMs);
        start(vm);
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasSavedMemory, kPatienceMs);
        perform(vm, VmAction::Save, VmState::ShutOff);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::DiscardSave)));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasSavedMemory, kPatienceMs);
        VERIFY_FAILED(finished(m_host->perform(vm, VmAction::Save)), ErrorKind::WrongState);
    }

    void cancelledSave_goesOnRunning()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString name = QStringLiteral("undecided");
        QString xml = guest->domainXml(name);
        xml.replace(
            QStringLiteral("<memory unit='MiB'>192"), QStringLiteral("<memory unit='MiB'>512"));
        const VmId vm = define(xml, name);
        start(vm);
        auto save = m_host->run(hosts::Perform { vm, VmAction::Save });
        save.cancel();
        VERIFY_FAILED(finished(save), ErrorKind::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasSavedMemory, kPatienceMs);
    }

    void notes_areStoredWithTheMachine()
    {
        const QString name = QStringLiteral("noted");
        const VmId vm = define(bareMachine(name), name);
        const QStringList tags { QStringLiteral("web"), QStringLiteral("blau") };
        VERIFY_DONE(
            ask(hosts::SetNotes { vm, QStringLiteral("Wéb"), QStringLiteral("two\nlines"), tags }));
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).title, QStringLiteral("Wéb"), kPatienceMs);
        QCOMPARE(infoOf(vm).description, QStringLiteral("two\nlines"));
        QCOMPARE(infoOf(vm).tags, tags);
        QVERIFY(stored(vm).contains(QStringLiteral("urn:virtdeck:machine:1")));
        start(vm);
        VERIFY_DONE(ask(hosts::SetNotes { vm, {}, {}, {} }));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).title.isEmpty(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).tags.isEmpty(), kPatienceMs); // told one by one
        QVERIFY(!infoOf(vm).hasPendingChanges);
        VERIFY_FAILED(
            ask(hosts::SetNotes { vm, QStringLiteral("a\nb") }), ErrorKind::InvalidConfig);
    }

    void renameAndAutostart_areSeen()
    {
        const QString name = QStringLiteral("oldname");
        const VmId vm = define(bareMachine(name), name);
        m_defined << QStringLiteral("newname");
        VERIFY_DONE(ask(hosts::Rename { vm, QStringLiteral("newname") }));
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).name, QStringLiteral("newname"), kPatienceMs);
        VERIFY_FAILED(ask(hosts::Rename { vm, QStringLiteral("a/b") }), ErrorKind::InvalidConfig);
        VERIFY_DONE(ask(hosts::SetAutostart { vm, true }));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).isAutostart, kPatienceMs);
        VERIFY_DONE(ask(hosts::SetAutostart { vm, false }));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).isAutostart, kPatienceMs);
        start(vm);
        VERIFY_FAILED(ask(hosts::Rename { vm, QStringLiteral("other") }), ErrorKind::WrongState);
    }

    void keysInterruptAndDump_reachTheMachine()
    {
        const QString name = QStringLiteral("poked");
        const VmId vm = define(bareMachine(name), name);
        const QStringList keys { QStringLiteral("ctrl"), QStringLiteral("alt"),
            QStringLiteral("delete") };
        VERIFY_FAILED(ask(hosts::SendKeys { vm, keys }), ErrorKind::WrongState);
        start(vm);
        VERIFY_DONE(ask(hosts::SendKeys { vm, keys }));
        VERIFY_FAILED(
            ask(hosts::SendKeys { vm, { QStringLiteral("hyper") } }), ErrorKind::InvalidConfig);
        VERIFY_DONE(ask(hosts::InjectNmi { vm }));
        const QString path = m_libvirtd.imageFolder() + QStringLiteral("/memory.elf");
        VERIFY_DONE(ask(hosts::DumpMemory { vm, path }));
        QFile dump(path);
        QVERIFY(dump.open(QIODevice::ReadOnly));
        QCOMPARE(dump.read(4),
            QByteArray("\x7f"
                       "ELF"));
        QVERIFY(dump.size() > 32 << 20);
        VERIFY_FAILED(ask(hosts::DumpMemory { vm, path }), ErrorKind::AlreadyExists);
        const auto refused = ask(hosts::DumpMemory { vm, QStringLiteral("/nowhere/memory.dump") });
        VERIFY_FAILED(refused, ErrorKind::Io);
        QVERIFY2(refused.error().detail.contains(QStringLiteral("/nowhere/memory.dump")),
            qPrintable(refused.error().toString())); // libvirt's own words
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
    }

    void fullClone_standsAlone()
    {
        const QString path = makeImage(QStringLiteral("original.qcow2"));
        const QString card = QStringLiteral("<interface type='user'>"
                                            "<mac address='52:54:00:00:00:09'/></interface>");
        const VmId vm = define(bareMachine(QStringLiteral("original"), diskXml(path) + card),
            QStringLiteral("original"));
        const QString name = QStringLiteral("copy");
        m_defined << name;
        const auto made = ask(hosts::CloneMachine { vm, { .name = name } });
        VERIFY_DONE(made);
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(*made) != nullptr, kPatienceMs);
        const auto copy = vmm::Definition::fromXml(stored(*made));
        QCOMPARE(copy->devices<vmm::Disk>().first().sourceFile,
            m_libvirtd.imageFolder() + QStringLiteral("/copy.qcow2"));
        QCOMPARE(chainOf(copy->devices<vmm::Disk>().first().sourceFile).size(), 1);
        QVERIFY(copy->devices<vmm::NetworkInterface>().first().mac
            != QStringLiteral("52:54:00:00:00:09"));
        QVERIFY(*made != vm);
        start(*made);
        VERIFY_FAILED(ask(hosts::CloneMachine { vm, { .name = name } }), ErrorKind::AlreadyExists);
        VERIFY_FAILED(ask(hosts::CloneMachine { *made, { .name = QStringLiteral("x") } }),
            ErrorKind::WrongState);
        QVERIFY(
            m_libvirtd.virsh({ QStringLiteral("dumpxml"), name, QStringLiteral("--security-info") })
                .contains(QStringLiteral("passwd='secret'")));
    }

    void cloneOfMachineThatIsStartedMeanwhile_isDropped_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("runs on") << false;
        QTest::newRow("is off again") << true;
    }

    /// libvirt copies a raw image without a lock that its QEMU would see.
    void cloneOfMachineThatIsStartedMeanwhile_isDropped()
    {
        QFETCH(bool, isStopped);
        const QString path = m_libvirtd.imageFolder() + QStringLiteral("/restless.img");
        QFile image(path);
        QVERIFY(image.open(QIODevice::WriteOnly) && image.resize(qint64(12) << 30));
        const QString name = QStringLiteral("restless");
        const VmId vm
            = define(bareMachine(name,
                         diskXml(path).replace(QStringLiteral("qcow2"), QStringLiteral("raw"))),
                name);
        const QString copy = m_libvirtd.imageFolder() + QStringLiteral("/shaky.img");
        const auto cloning
            = m_host->call(hosts::CloneMachine { vm, { .name = QStringLiteral("shaky") } });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(copy), kPatienceMs);
        const auto refused = finished(m_host->perform(vm, VmAction::Start));
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QVERIFY2(refused.error().detail.contains(QStringLiteral("cloned")),
            qPrintable(refused.error().toString()));
        m_libvirtd.virsh({ QStringLiteral("start"), name });
        if (isStopped)
            m_libvirtd.virsh({ QStringLiteral("destroy"), name });
        QVERIFY2(!cloning.isFinished(), "the copy was done before");
        VERIFY_FAILED(finished(cloning), ErrorKind::WrongState);
        QVERIFY(!QFile::exists(copy));
        QVERIFY(!m_libvirtd.virsh({ QStringLiteral("list"), QStringLiteral("--all") })
                     .contains(QStringLiteral("shaky")));
        QTRY_COMPARE_WITH_TIMEOUT(
            stateOf(vm), isStopped ? VmState::ShutOff : VmState::Running, kPatienceMs);
        if (isStopped)
            start(vm); // nothing is in the way any more
    }

    void cloneOfWhatIsNoFile_isRefused_data()
    {
        QTest::addColumn<QString>("disk");
        QTest::newRow("network") << QStringLiteral(
            "<disk type='network' device='disk'><driver name='qemu' type='raw'/>"
            "<source protocol='nbd' name='root'><host name='127.0.0.1' "
            "port='10809'/></source><target dev='vdb' bus='virtio'/></disk>");
        QTest::newRow("volume of a pool")
            << QStringLiteral("<disk type='volume' device='disk'><driver name='qemu' type='raw'/>"
                              "<source pool='default' volume='root'/>"
                              "<target dev='vdb' bus='virtio'/></disk>");
        QTest::newRow("block device")
            << QStringLiteral("<disk type='block' device='disk'><driver name='qemu' type='raw'/>"
                              "<source dev='/dev/loop0'/><target dev='vdb' bus='virtio'/></disk>");
    }

    void cloneOfWhatIsNoFile_isRefused()
    {
        QFETCH(QString, disk);
        const QString path = makeImage(QStringLiteral("local.qcow2"));
        const QString name = QStringLiteral("far");
        const VmId vm = define(bareMachine(name, diskXml(path) + disk), name);
        for (const CloneKind kind : { CloneKind::Full, CloneKind::Linked }) {
            m_defined << QStringLiteral("twin");
            const auto made
                = ask(hosts::CloneMachine { vm, { .name = m_defined.last(), .kind = kind } });
            VERIFY_FAILED(made, ErrorKind::HostLacksFeature);
            QVERIFY2(made.error().detail.contains(QStringLiteral("vdb")),
                qPrintable(made.error().toString()));
        }
        QVERIFY(!QFile::exists(m_libvirtd.imageFolder() + QStringLiteral("/twin-vda.qcow2")));
    }

    void cloneWithSharedDisk_sharesIt()
    {
        const QString path = makeImage(QStringLiteral("ours.qcow2"));
        const QString shared
            = QStringLiteral("<disk type='block' device='disk'><driver name='qemu' type='raw'/>"
                             "<source dev='/dev/loop0'/><target dev='vdb' bus='virtio'/>"
                             "<shareable/></disk>");
        const QString name = QStringLiteral("sharing");
        const VmId vm = define(bareMachine(name, diskXml(path) + shared), name);
        m_defined << QStringLiteral("partner");
        const auto made = ask(hosts::CloneMachine { vm, { .name = m_defined.last() } });
        VERIFY_DONE(made);
        const auto disks = vmm::Definition::fromXml(stored(*made))->devices<vmm::Disk>();
        QVERIFY(disks.at(0).sourcePath() != path);
        QCOMPARE(disks.at(1).sourcePath(), QStringLiteral("/dev/loop0"));
    }

    void templateAndLinkedClone_protectTheirDisks()
    {
        const QString path = makeImage(QStringLiteral("golden.qcow2"));
        const VmId vm = define(
            bareMachine(QStringLiteral("golden"), diskXml(path)), QStringLiteral("golden"));
        VERIFY_DONE(ask(hosts::SetTemplate { vm, true }));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).isTemplate, kPatienceMs);
        VERIFY_FAILED(finished(m_host->perform(vm, VmAction::Start)), ErrorKind::WrongState);
        const QString name = QStringLiteral("child");
        m_defined << name;
        const auto made = ask(hosts::CloneMachine {
            vm, { .name = name, .kind = CloneKind::Linked, .isStarted = true } });
        VERIFY_DONE(made);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(*made), VmState::Running, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(*made).parentName, QStringLiteral("golden"), kPatienceMs);
        QVERIFY(!infoOf(*made).isTemplate);
        const QString overlay = infoOf(*made).disks.first();
        QCOMPARE(chainOf(overlay), (QStringList { overlay, path }));
        VERIFY_FAILED(ask(hosts::SetTemplate { vm, false }), ErrorKind::Busy);
        VERIFY_FAILED(finished(m_host->perform(vm, VmAction::Undefine)), ErrorKind::Busy);
        VERIFY_FAILED(ask(hosts::RemoveWithDisks { vm, { path } }), ErrorKind::Busy);
        perform(*made, VmAction::ForceOff, VmState::ShutOff);

        // With the clone and its disk gone, the template is a machine again.
        VERIFY_DONE(ask(hosts::RemoveWithDisks { *made, { overlay } }));
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(*made) == nullptr, kPatienceMs);
        QVERIFY(!QFile::exists(overlay));
        QVERIFY(QFile::exists(path));
        VERIFY_DONE(ask(hosts::SetTemplate { vm, false }));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).isTemplate, kPatienceMs);
        VERIFY_FAILED(ask(hosts::CloneMachine {
                          vm, { .name = QStringLiteral("i"), .kind = CloneKind::Instant } }),
            ErrorKind::HostLacksFeature);
    }

    void removeWithDisks_refusesWhatIsNotItsOwn()
    {
        const QString shared = makeImage(QStringLiteral("twofold.qcow2"));
        const VmId one
            = define(bareMachine(QStringLiteral("one"), diskXml(shared)), QStringLiteral("one"));
        const VmId two
            = define(bareMachine(QStringLiteral("two"), diskXml(shared)), QStringLiteral("two"));
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(two).disks, QStringList { shared }, kPatienceMs);
        VERIFY_FAILED(ask(hosts::RemoveWithDisks { one, { shared } }), ErrorKind::Busy);
        VERIFY_FAILED(ask(hosts::RemoveWithDisks { one, { QStringLiteral("/etc/hosts") } }),
            ErrorKind::InvalidConfig);
        QVERIFY(m_seen->vm(one) != nullptr);
        QVERIFY(QFile::exists(shared));
    }

    /// Its overlay lies in a folder that no pool has, and the machine is off.
    void removeWithDisks_refusesWhatStandsBelowOthers()
    {
        const QString base = makeImage(QStringLiteral("below.qcow2"));
        const QString folder = m_libvirtd.imageFolder() + QStringLiteral("/elsewhere");
        QVERIFY(QDir().mkpath(folder));
        const QString top = makeOverlay(folder + QStringLiteral("/above.qcow2"), base);
        const VmId vm
            = define(bareMachine(QStringLiteral("below"), diskXml(base)), QStringLiteral("below"));
        define(bareMachine(QStringLiteral("above"), diskXml(top)), QStringLiteral("above"));
        const auto refused = ask(hosts::RemoveWithDisks { vm, { base } });
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QVERIFY2(refused.error().detail.contains(QStringLiteral("above")),
            qPrintable(refused.error().toString()));
        QVERIFY(QFile::exists(base));
        QVERIFY(m_seen->vm(vm) != nullptr);
    }

    void guest_tellsAndObeysThroughItsAgent()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString name = QStringLiteral("talkative");
        const VmId vm = define(guest->agentDomainXml(name), name);
        VERIFY_FAILED(ask(hosts::GetGuestFacts { vm }), ErrorKind::WrongState);
        start(vm);
        const auto hasAgent = [&] {
            const auto facts = ask(hosts::GetGuestFacts { vm });
            return facts.has_value() && facts->hostName == QStringLiteral("tiny-linux");
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasAgent(), 3 * kPatienceMs);
        const auto facts = ask(hosts::GetGuestFacts { vm });
        VERIFY_DONE(facts);
        QVERIFY(!facts->kernel.isEmpty());
        const auto echoed = ask(hosts::RunInGuest { vm,
            { .program = QStringLiteral("/bin/busybox"),
                .arguments = { QStringLiteral("cat") },
                .input = "through the agent" } });
        VERIFY_DONE(echoed);
        QCOMPARE(echoed->standardOutput, QByteArray("through the agent"));
        QCOMPARE(echoed->exitCode, 0);
        VERIFY_FAILED(ask(hosts::RunInGuest { vm, { .program = QStringLiteral("/no/such") } }),
            ErrorKind::RefusedByGuest);
        VERIFY_DONE(ask(hosts::SetGuestTime { vm }));
        const auto date = ask(hosts::RunInGuest { vm,
            { .program = QStringLiteral("/bin/busybox"),
                .arguments = { QStringLiteral("date"), QStringLiteral("+%s") } } });
        VERIFY_DONE(date);
        const qint64 apart
            = date->standardOutput.trimmed().toLongLong() - QDateTime::currentSecsSinceEpoch();
        QVERIFY2(std::abs(apart) < 300, qPrintable(QString::number(apart)));
        // It has no user of that name; the agent's own refusal comes back.
        VERIFY_FAILED(ask(hosts::SetGuestPassword {
                          vm, QStringLiteral("nobody-there"), QStringLiteral("secret") }),
            ErrorKind::RefusedByGuest);
        VERIFY_FAILED(ask(hosts::SetGuestPassword { vm }), ErrorKind::InvalidConfig);
    }

    void guestThatSuspendedItself_isWokenUp()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString name = QStringLiteral("sleeper");
        const VmId vm = define(guest->agentDomainXml(name), name);
        start(vm);
        const auto runs = [&](const QString& command) {
            return ask(hosts::RunInGuest { vm,
                { .program = QStringLiteral("/bin/busybox"),
                    .arguments = { QStringLiteral("sh"), QStringLiteral("-c"), command } } });
        };
        QTRY_VERIFY_WITH_TIMEOUT(runs(QStringLiteral("true")).has_value(), 3 * kPatienceMs);
        const auto states = runs(QStringLiteral("cat /sys/power/state"));
        if (!states || !states->standardOutput.contains("mem"))
            QSKIP("the kernel of the test guest can't suspend to RAM");
        VERIFY_DONE(runs(QStringLiteral("(sleep 1; echo mem > /sys/power/state) </dev/null "
                                        ">/dev/null 2>&1 &")));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Paused, kPatienceMs);
        perform(vm, VmAction::Resume, VmState::Running);
        QTRY_VERIFY_WITH_TIMEOUT(runs(QStringLiteral("true")).has_value(), kPatienceMs);
    }

    void machineWithoutAgent_saysThatThereIsNone()
    {
        const QString name = QStringLiteral("mute");
        const VmId vm = define(bareMachine(name), name);
        start(vm);
        const auto facts = ask(hosts::GetGuestFacts { vm });
        VERIFY_FAILED(facts, ErrorKind::HostLacksFeature);
        QCOMPARE(facts.error().cause, vmm::ErrorCause::GuestAgentMissing);
        const auto frozen = ask(hosts::FreezeGuest { vm, true });
        QCOMPARE(frozen.error().cause, vmm::ErrorCause::GuestAgentMissing);
    }

    void load_isToldPartByPart()
    {
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString path = makeImage(QStringLiteral("busy.qcow2"));
        const QString name = QStringLiteral("busy");
        const VmId vm = define(guest->domainXml(name, QStringLiteral("qemu"), diskXml(path)), name);
        VERIFY_FAILED(ask(hosts::GetLoadDetail { vm }), ErrorKind::WrongState);
        start(vm);
        vmm::LoadDetail load;
        const auto measured = [&] {
            const auto answer = ask(hosts::GetLoadDetail { vm });
            load = answer.value_or({});
            return answer.has_value() && !load.vcpus.isEmpty() && load.vcpus.first() > 0.01;
        };
        QTRY_VERIFY_WITH_TIMEOUT(measured(), kPatienceMs); // it boots
        QCOMPARE(load.vcpus.size(), 1);
        QVERIFY(load.cpu > 0 && load.cpu <= 1);
        QVERIFY(load.resident > vmm::Bytes::fromMiB(16));
        QCOMPARE(load.balloon, vmm::Bytes::fromMiB(192));
        QCOMPARE(load.disks.size(), 1);
        QCOMPARE(load.disks.first().target, QStringLiteral("vda"));
        QVERIFY(load.disks.first().read.bytesPerSecond >= 0);
        QVERIFY(!infoOf(vm).hasPendingChanges); // measuring leaves no trace that counts

        (void)ask(hosts::GetHostLoadDetail {});
        vmm::HostLoadDetail host;
        const auto hostMeasured = [&] {
            host = ask(hosts::GetHostLoadDetail {}).value_or({});
            return !host.cpus.isEmpty() && host.cpus.first() >= 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hostMeasured(), kPatienceMs);
        QCOMPARE(host.cpus.size(), m_host->info().cpus);
        QVERIFY(host.memoryTotal > host.memoryAvailable);
        QVERIFY(host.memoryAvailable > vmm::Bytes::fromMiB(1));
    }

    void undefine_takesWhatBelongsToTheMachine()
    {
        const QString path = makeImage(QStringLiteral("leaving.qcow2"));
        const QString name = QStringLiteral("leaving");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(hosts::CreateSnapshot { vm, { .name = QStringLiteral("s") } }));
        start(vm);
        perform(vm, VmAction::Save, VmState::ShutOff);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Undefine)));
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(vm) == nullptr, kPatienceMs);
        QVERIFY(QFile::exists(path));
    }

    void abilities_areAsked()
    {
        const hosts::HostInfo& info = m_host->info();
        for (const hosts::Feature feature : { hosts::Feature::Trash, hosts::Feature::InstantClone })
            QVERIFY(!info.missing.value(feature).isEmpty());
        for (const hosts::Feature feature :
            { hosts::Feature::Snapshots, hosts::Feature::ExternalSnapshots, hosts::Feature::HotPlug,
                hosts::Feature::GuestAgent, hosts::Feature::Rename, hosts::Feature::SendKeys,
                hosts::Feature::DumpMemory, hosts::Feature::Clone, hosts::Feature::Reset })
            QVERIFY2(info.has(feature), qPrintable(info.missing.value(feature)));
    }
};

QTEST_GUILESS_MAIN(tst_QemuOperations)
#include "moc_QemuHostFixture.cpp"
#include "tst_QemuOperations.moc"
