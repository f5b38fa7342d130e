// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/GuestShell.h"
#include "tests/support/QemuImg.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Storage.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace vmm;
using tests::GuestShell;
using tests::qemuImg;
using tests::SmallDisk;
using tests::smallDomainXml;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

constexpr int kPatience = 300'000; // of a guest behind UEFI, translated, on a busy computer

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Snapshots of machines with a real QEMU, some with a real guest.
class TestSnapshots : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<SmallDisk> m_small;
    std::unique_ptr<Core> m_core;
    Storage* m_storage = nullptr;
    std::optional<TestGuest> m_guest = TestGuest::find();
    Machine* m_vm = nullptr;

    void open()
    {
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
        m_storage = new Storage(*m_core);
        const auto machines = m_core->machines();
        m_vm = machines.isEmpty() ? nullptr : machines.constFirst();
    }

    QString disk(const QString& target, const QString& format = QStringLiteral("qcow2"))
    {
        const QString path = pathOf(target);
        [&] { VERIFY_OK(waitFor(m_core->images()->create(path, format, Bytes::fromMiB(64)))); }();
        return QStringLiteral("<disk type='file'><driver name='qemu' type='%1'/>"
                              "<source file='%2'/><target dev='%3' bus='virtio'/></disk>")
            .arg(format, path, target);
    }

    QString pathOf(const QString& target) const
    {
        return m_home->path(target + QStringLiteral(".image"));
    }

    void define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
    }

    /// With two disks and a CD drive; no guest in it.
    void defineSmall()
    {
        define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
            disk(QStringLiteral("vda")) + disk(QStringLiteral("vdb"))
                + QStringLiteral("<disk type='file' device='cdrom'><target dev='sda' bus='sata'/>"
                                 "<readonly/></disk>")));
    }

    void bootGuest()
    {
        define(m_guest->domainXml(QStringLiteral("guest"), QStringLiteral("qemu"),
            disk(QStringLiteral("vda")) + disk(QStringLiteral("vdb"))));
        VERIFY_OK(act(VmAction::Start));
        waitForShell();
    }

    void waitForShell()
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            contentOf(m_vm->places().serialLog()).contains("READY"), kPatience);
        // What comes before the shell has opened its port is lost.
        QTRY_COMPARE_WITH_TIMEOUT(GuestShell(m_vm->places().serialSocket()).ask("echo up", 3000),
            QByteArray("up"), kPatience);
    }

    Result<void> act(VmAction action)
    {
        return waitFor(m_core->perform(m_vm->id(), action), kPatience);
    }

    Result<QString> take(const QString& name, bool withMemory = true)
    {
        return waitFor(
            m_storage->snapshots().create(*m_vm, { .name = name, .withMemory = withMemory }),
            kPatience);
    }

    Result<void> revert(const QString& name)
    {
        return waitFor(m_storage->snapshots().revert(*m_vm, name), kPatience);
    }

    Result<void> remove(const QString& name)
    {
        return waitFor(m_storage->snapshots().remove(*m_vm, name), kPatience);
    }

    QVector<SnapshotInfo> list() const { return m_storage->snapshots().list(*m_vm); }

    QByteArray ask(const QByteArray& command)
    {
        // The last line alone: a long command is echoed in several. Once more, for the shell drops
        // what comes while it waits for the terminal to tell its size.
        QByteArray answer;
        for (int attempt = 0; attempt < 4 && answer.isEmpty(); ++attempt)
            answer = GuestShell(m_vm->places().serialSocket()).ask(command, 20'000);
        return answer.split('\n').last().trimmed();
    }

    /// Nothing of a snapshot is left anywhere.
    void verifyClean() const
    {
        QVERIFY(list().isEmpty());
        for (const char* target : { "vda", "vdb" }) {
            const auto info = m_storage->images().chains().read(
                pathOf(QLatin1StringView(target)), QStringLiteral("qcow2"));
            QCOMPARE(info.chain.first().internalSnapshots, QStringList());
        }
        const QDir folder(m_vm->places().folder + QStringLiteral("/snapshots"));
        QCOMPARE(folder.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        open();
    }

    void cleanup()
    {
        if (m_core) {
            const auto machines = m_core->machines();
            for (Machine* machine : machines) {
                if (isAllowed(VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_small.reset();
        m_home.reset();
    }

    void liveSnapshot_bringsMemoryAndDisksBack()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        bootGuest();
        const QByteArray first
            = ask("echo before >/tmp/mark; echo disk-before >/dev/vda; echo b2 >/dev/vdb; sync;"
                  " cat /proc/sys/kernel/random/boot_id");
        QCOMPARE(first.size(), 36);
        VERIFY_OK(take(QStringLiteral("first")));
        QCOMPARE(m_vm->state(), VmState::Running); // it goes on
        QCOMPARE(ask("echo after >/tmp/mark; echo disk-after >/dev/vda; echo a2 >/dev/vdb; sync;"
                     " cat /tmp/mark"),
            QByteArray("after"));
        const auto infos = list();
        QCOMPARE(infos.size(), 1);
        QCOMPARE(infos.first().kind, SnapshotKind::Live);
        QVERIFY(infos.first().isCurrent);
        QVERIFY(infos.first().memorySize > Bytes::fromMiB(10));
        QCOMPARE(infos.first().problem, QString());

        VERIFY_OK(revert(QStringLiteral("first")));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(ask("cat /tmp/mark"), QByteArray("before"));
        QCOMPARE(ask("cat /proc/sys/kernel/random/boot_id"), first);
        QCOMPARE(
            ask("echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda"), QByteArray("disk-before"));
        QCOMPARE(ask("head -n 1 /dev/vdb"), QByteArray("b2"));
        VERIFY_OK(remove(QStringLiteral("first")));
        verifyClean();
    }

    void uefiGuest_getsItsVariablesBack_data()
    {
        QTest::addColumn<SnapshotPlace>("place");
        QTest::newRow("inside") << SnapshotPlace::Inside;
        QTest::newRow("layers") << SnapshotPlace::Layer;
    }

    void uefiGuest_getsItsVariablesBack()
    {
        QFETCH(SnapshotPlace, place);
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        if (!QFile::exists(QStringLiteral("/usr/share/OVMF/OVMF_VARS_4M.fd")))
            QSKIP("OVMF is not installed");
        QString xml = m_guest->domainXml(QStringLiteral("guest"), QStringLiteral("qemu"),
            disk(QStringLiteral("vda")) + disk(QStringLiteral("vdb")));
        xml.replace(QLatin1StringView("<os>"),
            QLatin1StringView("<os firmware='efi'><firmware><feature enabled='no' "
                              "name='secure-boot'/></firmware>"));
        define(xml);
        VERIFY_OK(act(VmAction::Start));
        waitForShell();
        const QByteArray mount = "drivers efivarfs; mount -t efivarfs e /sys/firmware/efi/efivars";
        // A boot entry that is not in the order: Linux lets those be written again, and the
        // firmware leaves them alone. Its parts: EFI's attributes, its own, a device path's length,
        // a name, the path's end, and data of anybody's.
        const QByteArray file
            = "/sys/firmware/efi/efivars/Boot0077-8be4df61-93ca-11d2-aa0d-00e098032b8c";
        const QByteArray entry = R"(\7\0\0\0\0\0\0\0\4\0v\0\0\0\177\377\4\0)";
        const QByteArray read = "tail -c 6 " + file;
        const auto put = [&](const QByteArray& value) {
            return ask("printf '" + entry + value + "' >" + file + "; " + read);
        };
        ask(mount);
        QCOMPARE(put("before"), QByteArray("before"));
        QCOMPARE(ask("echo b1 >/dev/vda; echo b2 >/dev/vdb; sync; echo ok"), QByteArray("ok"));
        VERIFY_OK(waitFor(
            m_storage->snapshots().create(*m_vm, { .name = QStringLiteral("s"), .place = place }),
            kPatience));
        QCOMPARE(put("after!"), QByteArray("after!"));
        QCOMPARE(ask("echo a1 >/dev/vda; echo a2 >/dev/vdb; sync; echo ok"), QByteArray("ok"));
        const QString nvram = m_vm->places().nvramFile();
        const QByteArray variable("before");
        QVERIFY(contentOf(nvram).contains("after!"));

        VERIFY_OK(revert(QStringLiteral("s")));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(ask(read), variable);
        QCOMPARE(ask("echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda"), QByteArray("b1"));
        QCOMPARE(ask("head -n 1 /dev/vdb"), QByteArray("b2"));
        // And for good: the flash has it, and the firmware finds it at the next start.
        VERIFY_OK(act(VmAction::ForceOff));
        QVERIFY(contentOf(nvram).contains(variable));
        VERIFY_OK(act(VmAction::Start));
        waitForShell();
        ask(mount);
        QCOMPARE(ask(read), variable);
        VERIFY_OK(remove(QStringLiteral("s")));
        QCOMPARE(ask(read), variable);
    }

    void diskOnlySnapshot_bringsDisksBack_andIsOffThen()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        bootGuest();
        QCOMPARE(ask("echo one >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("one"));
        VERIFY_OK(take(QStringLiteral("s"), false));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(ask("echo two >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("two"));
        VERIFY_OK(revert(QStringLiteral("s")));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        QCOMPARE(list().first().kind, SnapshotKind::DiskOnly);
        VERIFY_OK(act(VmAction::Start));
        waitForShell();
        QCOMPARE(ask("head -n 1 /dev/vda"), QByteArray("one"));
    }

    void tree_isKnownWithParentsAndCurrent()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("root")));
        VERIFY_OK(take(QStringLiteral("left")));
        VERIFY_OK(revert(QStringLiteral("root")));
        VERIFY_OK(take(QStringLiteral("right")));
        auto infos = list();
        QCOMPARE(infos.size(), 3);
        QCOMPARE(infos.at(0).parent, QString());
        QCOMPARE(infos.at(1).parent, QStringLiteral("root"));
        QCOMPARE(infos.at(2).parent, QStringLiteral("root"));
        QVERIFY(infos.at(2).isCurrent && !infos.at(0).isCurrent);
        QCOMPARE(infos.at(0).kind, SnapshotKind::Offline);

        VERIFY_OK(remove(QStringLiteral("root")));
        infos = list();
        QCOMPARE(infos.size(), 2);
        QCOMPARE(infos.at(0).parent, QString());
        VERIFY_OK(revert(QStringLiteral("left")));
        VERIFY_OK(remove(QStringLiteral("left")));
        VERIFY_OK(remove(QStringLiteral("right")));
        verifyClean();
    }

    void definitionOfTheTime_comesBack_butNotTheName()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        Definition changed = m_vm->definition();
        changed.setMemory(Bytes::fromMiB(96));
        changed.setName(QStringLiteral("renamed"));
        VERIFY_OK(m_core->define(changed.toXml()));
        VERIFY_OK(revert(QStringLiteral("s")));
        QCOMPARE(m_vm->definition().memory(), Bytes::fromMiB(64));
        QCOMPARE(m_vm->name(), QStringLiteral("renamed"));
    }

    void nvram_comesBack()
    {
        defineSmall();
        const QString nvram = m_vm->places().folder + QStringLiteral("/nvram.fd");
        QFile file(nvram);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("old") == 3);
        file.close();
        VERIFY_OK(take(QStringLiteral("s")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("new") == 3);
        file.close();
        VERIFY_OK(revert(QStringLiteral("s")));
        QCOMPARE(contentOf(nvram), QByteArray("old"));
    }

    void deletedWhileRunning_isGoneFromTheDisks()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("off")));
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(take(QStringLiteral("on"), false));
        VERIFY_OK(remove(QStringLiteral("off")));
        VERIFY_OK(remove(QStringLiteral("on")));
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyClean();
    }

    void pausedMachine_isPausedWhenItComesBack()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Pause));
        VERIFY_OK(take(QStringLiteral("p")));
        QCOMPARE(m_vm->state(), VmState::Paused);
        VERIFY_OK(act(VmAction::ForceOff));
        VERIFY_OK(revert(QStringLiteral("p")));
        QCOMPARE(m_vm->state(), VmState::Paused);
        VERIFY_OK(act(VmAction::Resume));
    }

    // QEMU gives its disks up once it has written its memory; whatever writes to them then ends it.
    void pausedMachine_canLoseASnapshotWithMemory()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Pause));
        VERIFY_OK(take(QStringLiteral("p")));
        QCOMPARE(m_vm->status().reason, StateReason::HostRequest);
        VERIFY_OK(remove(QStringLiteral("p")));
        QCOMPARE(m_vm->state(), VmState::Paused);
        verifyClean();
        VERIFY_OK(act(VmAction::Resume));
        QCOMPARE(m_vm->state(), VmState::Running);
    }

    void refusals_nameTheirReason()
    {
        define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
            disk(QStringLiteral("vda")) + disk(QStringLiteral("vdb"), QStringLiteral("raw"))));
        const Error raw
            = waitFor(m_storage->snapshots().create(
                          *m_vm, { .name = QStringLiteral("s"), .place = SnapshotPlace::Inside }),
                kPatience)
                  .error();
        QCOMPARE(raw.cause, ErrorCause::DiskNotSnapshottable);
        QCOMPARE(raw.subject, pathOf(QStringLiteral("vdb")));
        QVERIFY(raw.detail.contains(QStringLiteral("vdb")));
        QCOMPARE(revert(QStringLiteral("s")).error().kind, ErrorKind::NotFound);
        QCOMPARE(remove(QStringLiteral("s")).error().kind, ErrorKind::NotFound);

        Definition better = m_vm->definition();
        better.removeDevice<Disk>(1);
        VERIFY_OK(m_core->define(better.toXml()));
        VERIFY_OK(take(QStringLiteral("s")));
        QCOMPARE(take(QStringLiteral("s")).error().kind, ErrorKind::AlreadyExists);
        QCOMPARE(take(QStringLiteral(" s ")).error().kind, ErrorKind::InvalidConfig);
        const auto nameless = take({});
        VERIFY_OK(nameless);
        QVERIFY(!nameless->isEmpty());
    }

    void diskWithoutItsPart_isRefusedBeforeAnythingHappens()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        const QString tag = m_storage->images()
                                .chains()
                                .read(pathOf(QStringLiteral("vdb")))
                                .chain.first()
                                .internalSnapshots.first();
        QVERIFY(
            qemuImg(QStringLiteral("snapshot -d %1 %2"), { tag, pathOf(QStringLiteral("vdb")) }));
        QVERIFY(list().first().problem.contains(pathOf(QStringLiteral("vdb"))));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(revert(QStringLiteral("s")).error().kind, ErrorKind::WrongState);
        QCOMPARE(m_vm->state(), VmState::Running);
    }

    void diskThatOthersStandOn_isNotReverted()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        const QString overlay = m_vm->places().diskFolder() + QStringLiteral("/o.qcow2");
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -F qcow2 -b %1 %2"),
            { pathOf(QStringLiteral("vda")), overlay }));
        QCOMPARE(revert(QStringLiteral("s")).error().cause, ErrorCause::ImageNeeded);
    }

    void diskThatIsAnothersByNow_isNotReverted()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(take(QStringLiteral("s")));
        VERIFY_OK(
            waitFor(m_core->define(smallDomainXml(QStringLiteral("other"), QUuid::createUuid(),
                QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                               "<source file='%1'/><target dev='vda' bus='virtio'/></disk>")
                    .arg(pathOf(QStringLiteral("vdb")))))));
        const Error refused = revert(QStringLiteral("s")).error();
        QCOMPARE(refused.cause, ErrorCause::ImageNeeded);
        QCOMPARE(refused.subject, pathOf(QStringLiteral("vdb")));
        QCOMPARE(refused.detail, QStringLiteral("other"));
        QCOMPARE(m_vm->state(), VmState::Running);
    }

    void fullDisk_leavesTheMachineAsItWas()
    {
        const QString mount = m_home->path(QStringLiteral("data"));
        QVERIFY(QDir().mkpath(mount));
        m_core.reset();
        m_small = std::make_unique<SmallDisk>(mount, QByteArray("4m"));
        if (!m_small->isMounted())
            QSKIP("may not mount a small file system");
        open();
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        bootGuest();
        const Error error = take(QStringLiteral("s")).error();
        QCOMPARE(error.cause, ErrorCause::DiskFull);
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(ask("echo alive"), QByteArray("alive"));
        verifyClean();
    }

    void cancelled_leavesTheMachineAsItWas()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        Future<QString> taking
            = m_storage->snapshots().create(*m_vm, { .name = QStringLiteral("s") });
        taking.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!m_vm->occupation(), kPatience);
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        if (list().isEmpty()) // else it was quicker
            verifyClean();
    }

    void qemuKilledMeanwhile_leavesTheStoreWhole_data()
    {
        QTest::addColumn<QString>("untilEntry");
        QTest::newRow("at once") << QString();
        QTest::newRow("begun") << QStringLiteral("snapshot.json");
        QTest::newRow("memory") << QStringLiteral("memory");
    }

    void qemuKilledMeanwhile_leavesTheStoreWhole()
    {
        QFETCH(QString, untilEntry);
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        const Future<QString> taking
            = m_storage->snapshots().create(*m_vm, { .name = QStringLiteral("s") });
        const auto hasEntry = [&] {
            const QDir folder(m_vm->places().folder + QStringLiteral("/snapshots"));
            const QStringList made
                = folder.entryList({ QStringLiteral(".new-*") }, QDir::Dirs | QDir::Hidden);
            return untilEntry.isEmpty() || taking.isFinished()
                || (!made.isEmpty()
                    && QFile::exists(
                        folder.filePath(made.first() + QLatin1Char('/') + untilEntry)));
        };
        QVERIFY(QTest::qWaitFor(hasEntry, kPatience));
        const auto pid = static_cast<pid_t>(m_vm->process().pid);
        if (!taking.isFinished() && pid > 0)
            ::kill(pid, SIGKILL);
        const auto taken = waitFor(taking, kPatience);
        QTRY_VERIFY(!isActive(m_vm->state()) || taken.has_value());
        if (taken)
            QSKIP("it was quicker");
        verifyClean();
        VERIFY_OK(act(VmAction::Start));
    }

    void programGoneMeanwhile_isPutInOrderByTheNext()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("kept")));
        VERIFY_OK(act(VmAction::Start));
        {
            const auto taking
                = m_storage->snapshots().create(*m_vm, { .name = QStringLiteral("s") });
            const QDir folder(m_vm->places().folder + QStringLiteral("/snapshots"));
            QTRY_VERIFY(
                !folder.entryList({ QStringLiteral(".new-*") }, QDir::Dirs | QDir::Hidden).isEmpty()
                || taking.isFinished());
        }
        m_core.reset(); // in the middle of it
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Running, kPatience);
        const QDir folder(m_vm->places().folder + QStringLiteral("/snapshots"));
        QTRY_VERIFY(
            folder.entryList({ QStringLiteral(".new-*") }, QDir::Dirs | QDir::Hidden).isEmpty());
        for (const SnapshotInfo& info : list())
            QCOMPARE(info.problem, QString());
        QCOMPARE(list().first().name, QStringLiteral("kept"));
    }

    void programGoneWhileReverting_isRolledBackByTheNext()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        Definition changed = m_vm->definition();
        changed.setMemory(Bytes::fromMiB(96));
        VERIFY_OK(m_core->define(changed.toXml()));
        const QString journal = m_vm->places().folder + QStringLiteral("/snapshots/reverting");
        {
            const auto going = m_storage->snapshots().revert(*m_vm, QStringLiteral("s"));
            QTRY_VERIFY(!tagsLike(m_vm->definition(), RevertJournal::kBeforeTag).isEmpty()
                || going.isFinished());
            QVERIFY(!going.isFinished());
        }
        m_core.reset();
        QVERIFY(QFile::exists(journal));
        open();
        // Half of the one, half of the other: not to be started.
        QCOMPARE(act(VmAction::Start).error().kind, ErrorKind::Busy);
        VERIFY_OK(waitFor(m_storage->tidied(m_vm->id()), kPatience));
        QVERIFY(!QFile::exists(journal));
        QCOMPARE(m_vm->definition().memory(), Bytes::fromMiB(96));
        QCOMPARE(tagsLike(m_vm->definition(), RevertJournal::kBeforeTag), QStringList());
        VERIFY_OK(revert(QStringLiteral("s"))); // and again, to its end
        QCOMPARE(m_vm->definition().memory(), Bytes::fromMiB(64));
    }

    void failedRevert_bringsThePresentBack()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(take(QStringLiteral("s")));
        const QString id = m_storage->snapshots().records(*m_vm).first().id;
        const QString memory
            = m_vm->places().folder + QStringLiteral("/snapshots/%1/memory").arg(id);
        QFile file(memory); // worth nothing, which only QEMU can see
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(4096, 'x'));
        file.close();
        VERIFY_OK(act(VmAction::ForceOff));
        Definition changed = m_vm->definition();
        changed.setMemory(Bytes::fromMiB(96));
        VERIFY_OK(m_core->define(changed.toXml()));
        QVERIFY(qemuImg(
            QStringLiteral("resize -q -f qcow2 %1 128M"), { pathOf(QStringLiteral("vda")) }));

        QVERIFY(!revert(QStringLiteral("s")));
        QTRY_VERIFY(!isActive(m_vm->state()));
        QCOMPARE(m_vm->definition().memory(), Bytes::fromMiB(96));
        QCOMPARE(m_storage->images()
                     .chains()
                     .read(pathOf(QStringLiteral("vda")))
                     .chain.first()
                     .virtualSize,
            Bytes::fromMiB(128));
        QCOMPARE(tagsLike(m_vm->definition(), RevertJournal::kBeforeTag), QStringList());
        VERIFY_OK(act(VmAction::Start));
    }
};

QTEST_GUILESS_MAIN(TestSnapshots)
#include "tst_Snapshots.moc"
