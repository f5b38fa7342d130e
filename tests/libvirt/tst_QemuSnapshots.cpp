// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/GuestShell.h"
#include "tests/support/TestGuest.h"
#include "vmm/definition/Definition.h"

using namespace tests;
using hosts::CreateSnapshot;
using hosts::DeleteSnapshot;
using hosts::ListSnapshots;
using hosts::RevertSnapshot;
using hosts::VmId;
using vmm::ErrorKind;
using vmm::SnapshotDeletion;
using vmm::SnapshotInfo;
using vmm::SnapshotKind;
using vmm::SnapshotPlace;
using vmm::VmAction;
using vmm::VmState;

/// Snapshots on a real libvirtd, in the images and outside of them.
class tst_QemuSnapshots : public QemuHostTest {
    Q_OBJECT

private Q_SLOTS:
    void internal_isTakenRevertedAndDeleted()
    {
        const QString path = makeImage(QStringLiteral("internal.qcow2"));
        const QString name = QStringLiteral("internal");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        const auto offline = ask(CreateSnapshot { vm,
            { .name = QStringLiteral("clean"), .description = QStringLiteral("nothing yet") } });
        VERIFY_DONE(offline);
        QCOMPARE(*offline, QStringLiteral("clean"));
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot { vm, { .name = QStringLiteral("running") } }));
        VERIFY_FAILED(ask(CreateSnapshot { vm, { .name = QStringLiteral("running") } }),
            ErrorKind::AlreadyExists);
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).snapshots, 2, kPatienceMs);

        const auto listed = ask(ListSnapshots { vm });
        VERIFY_DONE(listed);
        QCOMPARE(listed->size(), 2);
        QCOMPARE(listed->at(0).name, QStringLiteral("clean"));
        QCOMPARE(listed->at(0).kind, SnapshotKind::Offline);
        QCOMPARE(listed->at(0).description, QStringLiteral("nothing yet"));
        QCOMPARE(listed->at(0).place, SnapshotPlace::Inside);
        QCOMPARE(listed->at(1).kind, SnapshotKind::Live);
        QCOMPARE(listed->at(1).parent, QStringLiteral("clean"));
        QVERIFY(listed->at(1).isCurrent);
        QVERIFY(listed->at(1).problem.isEmpty());
        QVERIFY(listed->at(1).created.isValid());

        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("running") }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("clean") }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        VERIFY_FAILED(ask(RevertSnapshot { vm, QStringLiteral("none") }), ErrorKind::NotFound);

        VERIFY_DONE(
            ask(DeleteSnapshot { vm, QStringLiteral("clean"), SnapshotDeletion::WithChildren }));
        QVERIFY(names(vm).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).snapshots, 0, kPatienceMs);
    }

    void rawDisk_takesExternalOnesAlone()
    {
        const QString path = m_libvirtd.imageFolder() + QStringLiteral("/plain.img");
        QFile image(path);
        QVERIFY(image.open(QIODevice::WriteOnly) && image.resize(1 << 20));
        const QString name = QStringLiteral("plain");
        const VmId vm
            = define(bareMachine(name,
                         diskXml(path).replace(QStringLiteral("qcow2"), QStringLiteral("raw"))),
                name);
        const auto refused = ask(CreateSnapshot {
            vm, { .name = QStringLiteral("in"), .place = SnapshotPlace::Inside } });
        VERIFY_FAILED(refused, ErrorKind::HostLacksFeature);
        QCOMPARE(refused.error().cause, vmm::ErrorCause::DiskNotSnapshottable);
        QCOMPARE(refused.error().subject, path);
        VERIFY_DONE(ask(CreateSnapshot { vm, { .name = QStringLiteral("out") } }));
        QCOMPARE(ask(ListSnapshots { vm })->first().place, SnapshotPlace::Layer);
        QCOMPARE(chainOf(infoOfDisk(vm)), (QStringList { infoOfDisk(vm), path }));
    }

    /// What libvirt 9.0 can't do: revert to it, and merge it away.
    void external_isTakenRevertedAndMerged()
    {
        const QString path = makeImage(QStringLiteral("outside.qcow2"));
        const QString name = QStringLiteral("outside");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot { vm,
            { .name = QStringLiteral("one"),
                .withMemory = false,
                .place = SnapshotPlace::Layer } }));
        const QString first = infoOfDisk(vm);
        QVERIFY(first != path);
        QCOMPARE(chainOf(first), (QStringList { first, path }));
        const auto listed = ask(ListSnapshots { vm });
        QCOMPARE(listed->first().kind, SnapshotKind::DiskOnly);
        QCOMPARE(listed->first().place, SnapshotPlace::Layer);

        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("one") }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        const QString second = infoOfDisk(vm);
        QVERIFY(second != first && second != path);
        QCOMPARE(chainOf(second), (QStringList { second, path }));
        QVERIFY2(!QFile::exists(first), "what nobody can come back to is deleted");
        QVERIFY(ask(ListSnapshots { vm })->first().isCurrent);

        // Off: merged by a run that never gets going.
        VERIFY_DONE(ask(DeleteSnapshot { vm, QStringLiteral("one") }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        QCOMPARE(infoOfDisk(vm), path);
        QVERIFY(!QFile::exists(second));
        QVERIFY(names(vm).isEmpty());
        start(vm); // and it is a machine that starts
    }

    void revert_deletesItsOwnOverlaysAlone()
    {
        const QString path = makeImage(QStringLiteral("owner.qcow2"));
        const QString name = QStringLiteral("owner");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("one"), .place = SnapshotPlace::Layer } }));
        const QString attached = makeOverlay(
            QStringLiteral("attached.qcow2"), makeImage(QStringLiteral("golden.qcow2")));
        VERIFY_DONE(ask(hosts::AttachDevice { vm, diskXml(attached, QStringLiteral("vdb")) }));
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("one") }));
        QVERIFY2(QFile::exists(attached), "no snapshot has made it");

        // What a revert has made, the next one takes away.
        const QString second = infoOfDisk(vm);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("one") }));
        QVERIFY(infoOfDisk(vm) != second);
        QVERIFY(!QFile::exists(second));

        // Not if somebody else has it meanwhile.
        const QString third = infoOfDisk(vm);
        const QString guest = QStringLiteral("borrower");
        define(bareMachine(guest, diskXml(third)), guest);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("one") }));
        QVERIFY(infoOfDisk(vm) != third);
        QVERIFY(QFile::exists(third));
    }

    void externalWithMemory_goesOnWhereItWas()
    {
        const QString path = makeImage(QStringLiteral("frozen.qcow2"));
        const QString name = QStringLiteral("frozen");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("live"), .place = SnapshotPlace::Layer } }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
        const auto listed = ask(ListSnapshots { vm });
        QCOMPARE(listed->first().kind, SnapshotKind::Live);
        const QString memory
            = m_libvirtd.imageFolder() + QStringLiteral("/frozen.live-memory.save");
        QVERIFY2(QFile::exists(memory),
            qPrintable(QDir(m_libvirtd.imageFolder()).entryList().join(QLatin1Char(' '))));
        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("live") }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
        VERIFY_DONE(ask(DeleteSnapshot { vm, QStringLiteral("live") }));
        QCOMPARE(stateOf(vm), VmState::Running);
        QVERIFY(!QFile::exists(memory));
        QTRY_COMPARE_WITH_TIMEOUT(infoOfDisk(vm), path, kPatienceMs);
    }

    void externalWithMemory_bringsBackWhatTheGuestHad_data()
    {
        QTest::addColumn<bool>("isOff");
        QTest::newRow("running") << false;
        QTest::newRow("off") << true;
    }

    void externalWithMemory_bringsBackWhatTheGuestHad()
    {
        QFETCH(bool, isOff);
        const auto guest = TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString path = makeImage(QStringLiteral("lively.qcow2"));
        const QString name = QStringLiteral("lively");
        const VmId vm = define(guest->domainXml(name, QStringLiteral("qemu"), diskXml(path)), name);
        start(vm);
        QCOMPARE(inGuest(vm, QByteArray(kWrite).replace("%1", "before") + kRead),
            QByteArray("before before"));
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("live"), .place = SnapshotPlace::Layer } }));
        for (const char* word : { "after", "later" }) {
            QCOMPARE(inGuest(vm, QByteArray(kWrite).replace("%1", word) + kRead),
                QByteArray(word) + ' ' + word);
            if (isOff)
                perform(vm, VmAction::ForceOff, VmState::ShutOff);
            VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("live") }));
            QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
            QCOMPARE(inGuest(vm, kRead), QByteArray("before before"));
        }
        QCOMPARE(chainOf(infoOfDisk(vm)).mid(1), QStringList { path });
    }

    void failedRevert_leavesThePresent_data()
    {
        QTest::addColumn<bool>("isOff");
        QTest::newRow("running") << false;
        QTest::newRow("off") << true;
    }

    /// The memory that was kept is cut off, which only QEMU finds out.
    void failedRevert_leavesThePresent()
    {
        QFETCH(bool, isOff);
        const QString name = isOff ? QStringLiteral("asleep") : QStringLiteral("awake");
        const QString path = makeImage(name + QStringLiteral(".qcow2"));
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        for (const char* each : { "past", "later" })
            VERIFY_DONE(ask(CreateSnapshot {
                vm, { .name = QString::fromLatin1(each), .place = SnapshotPlace::Layer } }));
        const QString present = infoOfDisk(vm);
        const QStringList chain = chainOf(present);
        if (isOff)
            perform(vm, VmAction::ForceOff, VmState::ShutOff);
        const QString before = stored(vm);
        const QDir images(m_libvirtd.imageFolder());
        const QStringList files = images.entryList(QDir::Files);
        QFile memory(images.filePath(name + QStringLiteral(".past-memory.save")));
        QVERIFY(memory.resize(memory.size() / 2));
        const auto refused = ask(RevertSnapshot { vm, QStringLiteral("past") });
        QVERIFY(!refused.has_value());
        QCOMPARE(stored(vm), before);
        QCOMPARE(chainOf(present), chain);
        QCOMPARE(images.entryList(QDir::Files), files);
        QVERIFY(ask(ListSnapshots { vm })->last().isCurrent);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        start(vm);
        QCOMPARE(infoOfDisk(vm), present);
    }

    void revertWithoutTheMemoryThatWasKept_isRefusedWhileItRuns()
    {
        const QString path = makeImage(QStringLiteral("forgetful.qcow2"));
        const QString name = QStringLiteral("forgetful");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("past"), .place = SnapshotPlace::Layer } }));
        const QString present = infoOfDisk(vm);
        const QDir images(m_libvirtd.imageFolder());
        QVERIFY(QFile::remove(images.filePath(QStringLiteral("forgetful.past-memory.save"))));
        const QStringList files = images.entryList(QDir::Files);
        const auto refused = ask(RevertSnapshot { vm, QStringLiteral("past") });
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().detail.contains(QStringLiteral("forgetful.past-memory.save")),
            qPrintable(refused.error().toString()));
        QCOMPARE(stateOf(vm), VmState::Running);
        QCOMPARE(infoOfDisk(vm), present);
        QCOMPARE(images.entryList(QDir::Files), files);
    }

    void savedMemory_isDiscardedByARevert_data()
    {
        QTest::addColumn<SnapshotPlace>("place");
        QTest::newRow("inside") << SnapshotPlace::Inside;
        QTest::newRow("layer") << SnapshotPlace::Layer;
    }

    /// It would go on with what the disks no longer hold.
    void savedMemory_isDiscardedByARevert()
    {
        QFETCH(SnapshotPlace, place);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const QString path = makeImage(name + QStringLiteral(".qcow2"));
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(
            ask(CreateSnapshot { vm, { .name = QStringLiteral("clean"), .place = place } }));
        start(vm);
        perform(vm, VmAction::Save, VmState::ShutOff);
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).hasSavedMemory, kPatienceMs);
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("clean") }));
        QTRY_VERIFY_WITH_TIMEOUT(!infoOf(vm).hasSavedMemory, kPatienceMs);
        start(vm);
        QVERIFY(running(vm).contains(infoOfDisk(vm)));
    }

    /// What the snapshot is to keep would be written to by the next start.
    void layerUnderSavedMemory_isRefused()
    {
        const QString path = makeImage(QStringLiteral("halfway.qcow2"));
        const QString name = QStringLiteral("halfway");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        perform(vm, VmAction::Save, VmState::ShutOff);
        const CreateSnapshot wanted { vm,
            { .name = QStringLiteral("one"), .place = SnapshotPlace::Layer } };
        const auto refused = ask(wanted);
        VERIFY_FAILED(refused, ErrorKind::WrongState);
        QCOMPARE(refused.error().cause, vmm::ErrorCause::SavedMemoryInTheWay);
        QCOMPARE(infoOfDisk(vm), path);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::DiscardSave)));
        VERIFY_DONE(ask(wanted));
    }

    /// The one in the middle is merged into the one below it; the one above still leads back.
    void middleOfThree_isMergedIntoTheOneBelow()
    {
        const QString path = makeImage(QStringLiteral("tower.qcow2"));
        const QString name = QStringLiteral("tower");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        for (const char* each : { "a", "b", "c" })
            VERIFY_DONE(ask(CreateSnapshot { vm,
                { .name = QString::fromLatin1(each),
                    .withMemory = false,
                    .place = SnapshotPlace::Layer } }));
        const QStringList before = chainOf(infoOfDisk(vm));
        QCOMPARE(before.size(), 4);
        VERIFY_DONE(ask(DeleteSnapshot { vm, QStringLiteral("b") }));
        const QStringList after = chainOf(infoOfDisk(vm));
        QCOMPARE(after, (QStringList { before[0], before[2], before[3] }));
        QVERIFY(!QFile::exists(before[1]));
        QCOMPARE(names(vm), (QStringList { QStringLiteral("a"), QStringLiteral("c") }));
        QCOMPARE(ask(ListSnapshots { vm })->last().parent, QStringLiteral("a"));
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("c") }));
        QCOMPARE(chainOf(infoOfDisk(vm)).mid(1), (QStringList { before[2], before[3] }));
        VERIFY_DONE(
            ask(DeleteSnapshot { vm, QStringLiteral("a"), SnapshotDeletion::WithChildren }));
        QVERIFY(names(vm).isEmpty());
        QCOMPARE(infoOfDisk(vm), path);
        QCOMPARE(chainOf(path), QStringList { path });
    }

    /// Another machine stands on what the snapshot keeps: nothing is merged under it.
    void mergeIntoWhatOthersStandOn_leavesTheImages()
    {
        const QString path = makeImage(QStringLiteral("ground.qcow2"));
        const QString name = QStringLiteral("ground");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("one"), .place = SnapshotPlace::Layer } }));
        const QString overlay = infoOfDisk(vm);
        const QString folder = m_libvirtd.imageFolder() + QStringLiteral("/upstairs");
        QVERIFY(QDir().mkpath(folder));
        const QString clone = makeOverlay(folder + QStringLiteral("/clone.qcow2"), path);
        const QString other = QStringLiteral("upstairs");
        define(bareMachine(other, diskXml(clone)), other);
        VERIFY_DONE(ask(DeleteSnapshot { vm, QStringLiteral("one") }));
        QVERIFY(names(vm).isEmpty());
        QCOMPARE(infoOfDisk(vm), overlay);
        QCOMPARE(chainOf(overlay), (QStringList { overlay, path }));
    }

    /// The image is half merged into: nobody may go back to it, and the present stays whole.
    void mergeThatIsCutOff_leavesNoSnapshotToGoBackTo()
    {
        const QString path = makeImage(QStringLiteral("cut.qcow2"), QStringLiteral("2G"));
        const QString name = QStringLiteral("cut");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("one"), .place = SnapshotPlace::Layer } }));
        const QString overlay = infoOfDisk(vm);
        QCOMPARE(QProcess::execute(QStringLiteral("qemu-io"),
                     { QStringLiteral("-c"), QStringLiteral("write -P 7 0 1G"), overlay }),
            0);
        const auto merge = m_host->call(DeleteSnapshot { vm, QStringLiteral("one") });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_libvirtd.virsh({ QStringLiteral("blockjob"), name, QStringLiteral("vda") })
                .contains(QStringLiteral("Commit")),
            kPatienceMs);
        m_host.reset();
        m_seen.reset();
        QVERIFY(!finished(merge).has_value());

        QTRY_VERIFY_WITH_TIMEOUT(m_libvirtd.virsh({ QStringLiteral("domstate"), name })
                                     .contains(QStringLiteral("shut off")),
            kPatienceMs);
        QVERIFY(
            m_libvirtd.virsh({ QStringLiteral("snapshot-list"), name, QStringLiteral("--name") })
                .trimmed()
                .isEmpty());
        QCOMPARE(chainOf(overlay), (QStringList { overlay, path }));
        QCOMPARE(QProcess::execute(QStringLiteral("qemu-io"),
                     { QStringLiteral("-r"), QStringLiteral("-c"), QStringLiteral("read -P 7 0 1G"),
                         overlay }),
            0);
    }

    void disksOfOneStem_goOnInFilesOfTheirOwn_data()
    {
        QTest::addColumn<QStringList>("images");
        QTest::newRow("dots") << QStringList { QStringLiteral("web1.example.qcow2"),
            QStringLiteral("web1.example-1.qcow2") };
        QTest::newRow("other suffix")
            << QStringList { QStringLiteral("web2.qcow2"), QStringLiteral("web2.img") };
    }

    void disksOfOneStem_goOnInFilesOfTheirOwn()
    {
        QFETCH(QStringList, images);
        const QString first = makeImage(images[0]);
        const QString second = makeImage(images[1]);
        const QString name = images[0].section(QLatin1Char('.'), 0, 0);
        const VmId vm = define(
            bareMachine(name, diskXml(first) + diskXml(second, QStringLiteral("vdb"))), name);
        for (const char* snapshot : { "s", "t" })
            VERIFY_DONE(ask(CreateSnapshot {
                vm, { .name = QString::fromLatin1(snapshot), .place = SnapshotPlace::Layer } }));
        const QStringList now = disksOf(vm);
        QCOMPARE(now.size(), 2);
        QCOMPARE(chainOf(now[0]).size(), 3);
        QCOMPARE(chainOf(now[1]).size(), 3);
        QCOMPARE(chainOf(now[0]).last(), first);
        QCOMPARE(chainOf(now[1]).last(), second);
        QVERIFY2(!now[0].contains(QStringLiteral(".s.")), qPrintable(now[0]));
        start(vm);
    }

    void percentInAName_isNothingSpecial()
    {
        const QString path = makeImage(QStringLiteral("load%1 a%2B%3.qcow2"));
        const QString name = QStringLiteral("load");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("one"), .place = SnapshotPlace::Layer } }));
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("one") }));
        const QString now = infoOfDisk(vm);
        QVERIFY2(QFile::exists(now), qPrintable(now));
        QCOMPARE(chainOf(now), (QStringList { now, path }));
    }

    /// libvirt would write over it.
    void memoryFileOfTheSameName_isNotWrittenOver()
    {
        const QString other = makeImage(QStringLiteral("held.live-memory.save"));
        QFile file(other);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write("mine") == 4);
        file.close();
        const QString path = makeImage(QStringLiteral("held.qcow2"));
        const QString name = QStringLiteral("held");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("live"), .place = SnapshotPlace::Layer } }));
        QCOMPARE(file.size(), 4);
        VERIFY_DONE(ask(DeleteSnapshot { vm, QStringLiteral("live") }));
        QCOMPARE(file.size(), 4);
    }

    void metadataOnly_leavesTheImages()
    {
        const QString path = makeImage(QStringLiteral("kept.qcow2"));
        const QString name = QStringLiteral("kept");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(
            CreateSnapshot { vm, { .name = QStringLiteral("x"), .place = SnapshotPlace::Layer } }));
        const QString overlay = infoOfDisk(vm);
        VERIFY_DONE(
            ask(DeleteSnapshot { vm, QStringLiteral("x"), SnapshotDeletion::MetadataOnly }));
        QVERIFY(names(vm).isEmpty());
        QCOMPARE(chainOf(overlay), (QStringList { overlay, path }));
    }

    /// libvirt would write into the image that the overlay stands on.
    void internalBelowExternal_canNotBeRevertedTo()
    {
        const QString path = makeImage(QStringLiteral("mixed.qcow2"));
        const QString name = QStringLiteral("mixed");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot { vm, { .name = QStringLiteral("below") } }));
        VERIFY_DONE(ask(CreateSnapshot {
            vm, { .name = QStringLiteral("above"), .place = SnapshotPlace::Layer } }));
        const auto listed = ask(ListSnapshots { vm });
        QVERIFY(!listed->first().problem.isEmpty());
        VERIFY_FAILED(ask(RevertSnapshot { vm, QStringLiteral("below") }), ErrorKind::WrongState);
    }

    /// libvirt would write into the images that clones stand on.
    void internalBelowLinkedClones_canNotBeRevertedTo()
    {
        const QString path = makeImage(QStringLiteral("base.qcow2"));
        const QString name = QStringLiteral("base");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        VERIFY_DONE(ask(CreateSnapshot { vm, { .name = QStringLiteral("fresh") } }));
        const QString folder = m_libvirtd.imageFolder() + QStringLiteral("/clones");
        QVERIFY(QDir().mkpath(folder));
        const QString overlay = makeOverlay(folder + QStringLiteral("/linked.qcow2"), path);
        const QString clone = QStringLiteral("linked");
        define(bareMachine(clone, diskXml(overlay)), clone);
        const auto refused = ask(RevertSnapshot { vm, QStringLiteral("fresh") });
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, vmm::ErrorCause::ImageNeeded);
        QVERIFY2(refused.error().detail.contains(clone), qPrintable(refused.error().detail));

        m_libvirtd.virsh({ QStringLiteral("undefine"), clone });
        QVERIFY(QFile::remove(overlay));
        VERIFY_DONE(ask(RevertSnapshot { vm, QStringLiteral("fresh") }));
        VERIFY_DONE(ask(hosts::SetTemplate { vm, true }));
        QTRY_VERIFY_WITH_TIMEOUT(infoOf(vm).isTemplate, kPatienceMs);
        VERIFY_FAILED(ask(RevertSnapshot { vm, QStringLiteral("fresh") }), ErrorKind::WrongState);
    }

    void quiesceWithoutAgent_failsAndKeepsTheMachine()
    {
        const QString path = makeImage(QStringLiteral("noagent.qcow2"));
        const QString name = QStringLiteral("noagent");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        start(vm);
        const auto refused = ask(CreateSnapshot {
            vm, { .name = QStringLiteral("q"), .withMemory = false, .quiesce = true } });
        QVERIFY(!refused.has_value());
        QCOMPARE(infoOfDisk(vm), path);
        QVERIFY(names(vm).isEmpty());
    }

private:
    // To the guest's memory and to its disk.
    static inline const QByteArray kWrite = "echo %1 > /tmp/word; echo %1 | dd of=/dev/vda bs=512 "
                                            "conv=sync oflag=direct 2>/dev/null; ";
    static inline const QByteArray kRead
        = "echo $(cat /tmp/word) $(dd if=/dev/vda bs=512 count=1 iflag=direct 2>/dev/null | tr -d "
          "'\\0')";

    /// What a command prints in a guest.
    QByteArray inGuest(VmId vm, const QByteArray& command)
    {
        const auto port = ask(hosts::OpenSerial { .vm = vm });
        return port ? GuestShell(port->unixSocket).ask(command, 120'000) : QByteArray();
    }

    QStringList names(VmId vm)
    {
        QStringList found;
        for (const SnapshotInfo& each : ask(ListSnapshots { vm }).value_or({}))
            found << each.name;
        return found;
    }

    /// Where the disk of a machine is, as its definition says.
    QString infoOfDisk(VmId vm)
    {
        const auto definition = vmm::Definition::fromXml(stored(vm));
        return definition ? definition->devices<vmm::Disk>().value(0).sourceFile : QString();
    }

    QStringList disksOf(VmId vm)
    {
        QStringList paths;
        const auto definition = vmm::Definition::fromXml(stored(vm));
        if (!definition)
            return paths;
        for (const vmm::Disk& disk : definition->devices<vmm::Disk>())
            paths << disk.sourceFile;
        return paths;
    }
};

QTEST_GUILESS_MAIN(tst_QemuSnapshots)
#include "moc_QemuHostFixture.cpp"
#include "tst_QemuSnapshots.moc"
