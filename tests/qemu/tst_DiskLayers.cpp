// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/GuestShell.h"
#include "tests/support/QemuImg.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/base/FileDescriptor.h"
#include "vmm/qemu/BlockJob.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveDisks.h"
#include "vmm/qemu/Storage.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <sys/inotify.h>
#include <unistd.h>

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

constexpr int kPatience = 120'000;
const QString kImages = QStringLiteral("data/images"); // whose files VirtDeck knows, used or not

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray beginOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(8) : QByteArray();
}

} // namespace

/// Snapshots that put layers on disks, with a real QEMU, some with a real guest.
class TestDiskLayers : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<SmallDisk> m_small;
    std::unique_ptr<Core> m_core;
    Storage* m_storage = nullptr;
    std::optional<TestGuest> m_guest = TestGuest::find();
    Machine* m_vm = nullptr;
    QString m_disks; ///< folder of the disks, in the home

    void open()
    {
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
        m_storage = new Storage(*m_core);
        const auto machines = m_core->machines();
        m_vm = machines.isEmpty() ? nullptr : machines.constFirst();
    }

    QString pathOf(const QString& target) const
    {
        return m_home->path(QStringLiteral("%1/%2.image").arg(m_disks, target));
    }

    QString disk(const QString& target, const QString& format, const QString& extra = {})
    {
        const QString path = pathOf(target);
        QDir().mkpath(QFileInfo(path).path());
        [&] { VERIFY_OK(waitFor(m_core->images()->create(path, format, Bytes::fromMiB(64)))); }();
        return QStringLiteral("<disk type='file'><driver name='qemu' type='%1'/>"
                              "<source file='%2'/><target dev='%3' bus='virtio'/>%4</disk>")
            .arg(format, path, target, extra);
    }

    void define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
    }

    QString raw() const { return QStringLiteral("raw"); }
    QString qcow() const { return QStringLiteral("qcow2"); }

    /// One raw and one qcow2 disk; no guest in it.
    void defineSmall()
    {
        define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
            disk(QStringLiteral("vda"), raw()) + disk(QStringLiteral("vdb"), qcow())));
    }

    void bootGuest(const QString& extra = {})
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        define(m_guest->domainXml(QStringLiteral("guest"), QStringLiteral("qemu"),
            disk(QStringLiteral("vda"), raw(), extra) + disk(QStringLiteral("vdb"), qcow())));
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

    Result<QString> take(
        const QString& name, bool withMemory = true, SnapshotPlace place = SnapshotPlace::Layer)
    {
        return waitFor(m_storage->snapshots().create(
                           *m_vm, { .name = name, .withMemory = withMemory, .place = place }),
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

    QString present(const QString& target) const
    {
        for (const Disk& disk : m_vm->definition().devices<Disk>()) {
            if (disk.target == target)
                return disk.sourcePath();
        }
        return {};
    }

    QByteArray ask(const QByteArray& command)
    {
        QByteArray answer;
        for (int attempt = 0; attempt < 4 && answer.isEmpty(); ++attempt)
            answer = GuestShell(m_vm->places().serialSocket()).ask(command, 20'000);
        return answer.split('\n').last().trimmed();
    }

    /// Writes to what the machine, which is off, has as its disk now.
    void write(const QByteArray& text)
    {
        const QString file = m_home->path(QStringLiteral("content"));
        QFile content(file);
        QVERIFY(content.open(QIODevice::WriteOnly) && content.write(text.leftJustified(512)) > 0);
        content.close();
        const bool isRaw = present(QStringLiteral("vda")) == pathOf(QStringLiteral("vda"));
        QProcess program;
        program.start(QStringLiteral("qemu-io"),
            { QStringLiteral("-f"), isRaw ? raw() : qcow(), QStringLiteral("-c"),
                QStringLiteral("write -s %1 0 512").arg(file), present(QStringLiteral("vda")) });
        QVERIFY(program.waitForFinished() && program.exitCode() == 0);
    }

    /// What a guest would read first.
    QByteArray content()
    {
        const QString copy = m_home->path(QStringLiteral("copy"));
        QFile::remove(copy);
        const bool isRaw = present(QStringLiteral("vda")) == pathOf(QStringLiteral("vda"));
        if (!qemuImg(QStringLiteral("convert -f %1 -O raw %2 %3"),
                { isRaw ? raw() : qcow(), present(QStringLiteral("vda")), copy }))
            return "can't be read";
        return beginOf(copy).trimmed();
    }

    QStringList layers() const
    {
        return QDir(m_home->path(m_disks)).entryList({ QStringLiteral("*.layer-*") }, QDir::Files);
    }

    /// The disks are the files that they were at first, and nothing else is left.
    void verifyAsAtFirst() const
    {
        for (const char* target : { "vda", "vdb" })
            QCOMPARE(present(QLatin1StringView(target)), pathOf(QLatin1StringView(target)));
        QCOMPARE(layers(), QStringList());
        const QDir folder(m_vm->places().folder + QStringLiteral("/snapshots"));
        QCOMPARE(folder.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
        QVERIFY(!m_vm->isHeld() && !QFile::exists(m_vm->places().holdNote()));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("unneeded"))));
    }

    void verifyLiveTop(const QString& target)
    {
        const auto live = waitFor(readLiveDisks(*m_vm));
        VERIFY_OK(live);
        QCOMPARE(live->top(target), present(target));
    }

    /// From now on the next job goes so fast that one can do something meanwhile.
    void slowJobsDown()
    {
        connect(m_vm, &Machine::qmpEvent, this, [this](const QmpEvent& event) {
            const QString id = event.data.value(QLatin1StringView("id")).toString();
            if (event.name == QLatin1StringView("JOB_STATUS_CHANGE")
                && event.data.value(QLatin1StringView("status")) == QLatin1StringView("created"))
                setSpeed(id, 256 * 1024);
        });
    }

    void setSpeed(const QString& job, int speed)
    {
        (void)m_vm->execute(QStringLiteral("block-job-set-speed"),
            { { QStringLiteral("device"), job }, { QStringLiteral("speed"), speed } });
    }

    /// A running machine with much to merge in its first disk.
    void startWithMuchToMerge()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        QProcess program;
        program.start(QStringLiteral("qemu-io"),
            { QStringLiteral("-f"), qcow(), QStringLiteral("-c"),
                QStringLiteral("write -P 7 0 32M"), present(QStringLiteral("vda")) });
        QVERIFY(program.waitForFinished() && program.exitCode() == 0);
        VERIFY_OK(act(VmAction::Start));
        slowJobsDown();
    }

    void waitForJob()
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            waitFor(blockJobs(*m_vm)).value_or({}).contains(QStringLiteral("merge-vda")),
            kPatience);
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        m_disks = QStringLiteral("disks");
        open();
    }

    void cleanup()
    {
        if (m_core) {
            const auto machines = m_core->machines();
            for (Machine* machine : machines) {
                machine->disconnect(this);
                if (isAllowed(VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_small.reset();
        m_home.reset();
    }

    void rawDisks_areKeptWithMemory_live_data()
    {
        QTest::addColumn<QString>("extra");
        QTest::newRow("plain") << QString();
        QTest::newRow("throttled")
            << QStringLiteral("<iotune><total_bytes_sec>500000000</total_bytes_sec></iotune>");
    }

    void rawDisks_areKeptWithMemory_live()
    {
        QFETCH(QString, extra);
        bootGuest(extra);
        const QByteArray boot
            = ask("echo before >/tmp/mark; echo disk-before >/dev/vda; echo b2 >/dev/vdb; sync;"
                  " cat /proc/sys/kernel/random/boot_id");
        QCOMPARE(boot.size(), 36);
        VERIFY_OK(take(QStringLiteral("first"), true, SnapshotPlace::Automatic));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(list().first().place, SnapshotPlace::Layer);
        QCOMPARE(list().first().kind, SnapshotKind::Live);
        QCOMPARE(list().first().problem, QString());
        QVERIFY(list().first().diskSize.value_or(Bytes()) > Bytes());
        QVERIFY(list().first().memorySize.value_or(Bytes()) > Bytes::fromMiB(10));
        QVERIFY(isLayer(present(QStringLiteral("vda"))));
        verifyLiveTop(QStringLiteral("vda"));
        verifyLiveTop(QStringLiteral("vdb"));
        QCOMPARE(ask("echo after >/tmp/mark; echo disk-after >/dev/vda; echo a2 >/dev/vdb; sync;"
                     " cat /tmp/mark"),
            QByteArray("after"));
        QCOMPARE(beginOf(pathOf(QStringLiteral("vda"))), QByteArray("disk-bef"));

        VERIFY_OK(revert(QStringLiteral("first")));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(ask("cat /tmp/mark"), QByteArray("before"));
        QCOMPARE(ask("cat /proc/sys/kernel/random/boot_id"), boot);
        QCOMPARE(
            ask("echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda"), QByteArray("disk-before"));
        QCOMPARE(ask("head -n 1 /dev/vdb"), QByteArray("b2"));
        QCOMPARE(layers().size(), 2); // what was written after it is gone

        QCOMPARE(ask("echo third >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("third"));
        VERIFY_OK(remove(QStringLiteral("first"))); // merged under the running guest
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyAsAtFirst();
        verifyLiveTop(QStringLiteral("vda"));
        QCOMPARE(ask("echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda"), QByteArray("third"));
        QCOMPARE(ask("echo last >/dev/vda; sync; cat /proc/sys/kernel/random/boot_id"), boot);
        VERIFY_OK(act(VmAction::ForceOff));
        QVERIFY(content().startsWith("last"));
        VERIFY_OK(act(VmAction::Start));
    }

    void chainUnderRunningGuest_isMergedInTheMiddleAndAtTheTop()
    {
        bootGuest();
        QCOMPARE(ask("echo one >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("one"));
        VERIFY_OK(take(QStringLiteral("1"), false));
        QCOMPARE(ask("echo two >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("two"));
        VERIFY_OK(take(QStringLiteral("2"), false));
        QCOMPARE(ask("echo three >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("three"));
        QCOMPARE(list().at(0).kind, SnapshotKind::DiskOnly);
        VERIFY_OK(remove(QStringLiteral("1"))); // below: 2 goes to the raw file
        QCOMPARE(list().size(), 1);
        QCOMPARE(list().first().problem, QString());
        QCOMPARE(layers().size(), 2);
        QCOMPARE(beginOf(pathOf(QStringLiteral("vda"))).left(3), QByteArray("two"));
        QCOMPARE(ask("echo 3 >/proc/sys/vm/drop_caches; head -n 1 /dev/vda"), QByteArray("three"));
        VERIFY_OK(revert(QStringLiteral("2")));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        VERIFY_OK(act(VmAction::Start));
        waitForShell();
        QCOMPARE(ask("head -n 1 /dev/vda"), QByteArray("two"));
        VERIFY_OK(remove(QStringLiteral("2")));
        verifyAsAtFirst();
        QCOMPARE(ask("head -n 1 /dev/vda"), QByteArray("two"));
    }

    void machineThatIsOff_branchesAndMerges()
    {
        defineSmall();
        write("zero");
        VERIFY_OK(take(QStringLiteral("root"), true, SnapshotPlace::Automatic));
        QCOMPARE(list().first().kind, SnapshotKind::Offline);
        write("left");
        VERIFY_OK(take(QStringLiteral("left")));
        VERIFY_OK(revert(QStringLiteral("root")));
        QCOMPARE(content(), QByteArray("zero"));
        write("right");
        VERIFY_OK(take(QStringLiteral("right")));
        QCOMPARE(list().at(1).parent, QStringLiteral("root"));
        QCOMPARE(list().at(2).parent, QStringLiteral("root"));
        QVERIFY(list().at(2).isCurrent);
        VERIFY_OK(revert(QStringLiteral("left")));
        QCOMPARE(content(), QByteArray("left"));

        const Error error = remove(QStringLiteral("root")).error();
        QCOMPARE(error.cause, ErrorCause::ImageNeeded);
        QVERIFY2(error.detail.contains(QStringLiteral("snapshot \"left\" of vm"))
                && error.detail.contains(QStringLiteral("snapshot \"right\" of vm")),
            qPrintable(error.detail));
        VERIFY_OK(remove(QStringLiteral("right"))); // nothing stands on it: its files go
        QCOMPARE(content(), QByteArray("left"));
        QCOMPARE(layers().size(), 4);
        VERIFY_OK(remove(QStringLiteral("root"))); // left's into the raw file
        QCOMPARE(content(), QByteArray("left"));
        QCOMPARE(layers().size(), 2);
        QCOMPARE(list().first().problem, QString());
        write("present");
        VERIFY_OK(revert(QStringLiteral("left")));
        QCOMPARE(content(), QByteArray("left"));
        write("present");
        VERIFY_OK(remove(QStringLiteral("left")));
        verifyAsAtFirst();
        QCOMPARE(beginOf(pathOf(QStringLiteral("vda"))).trimmed(), QByteArray("present"));
    }

    void detachedDisk_keepsWhatCameAfter_whenItsMachineIsOff()
    {
        m_disks = kImages;
        defineSmall();
        write("before");
        VERIFY_OK(take(QStringLiteral("s")));
        write("after");
        detach(QStringLiteral("vda"));
        VERIFY_OK(remove(QStringLiteral("s")));
        QCOMPARE(beginOf(pathOf(QStringLiteral("vda"))).trimmed(), QByteArray("after"));
        QCOMPARE(layers(), QStringList());
    }

    void detachedDisk_keepsWhatCameAfter_underARunningMachine()
    {
        m_disks = kImages;
        defineSmall();
        VERIFY_OK(take(QStringLiteral("1")));
        write("one");
        VERIFY_OK(take(QStringLiteral("2")));
        write("two");
        detach(QStringLiteral("vda"));
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(remove(QStringLiteral("2")));
        QCOMPARE(layers().filter(QStringLiteral("vda")).size(), 1);
        VERIFY_OK(remove(QStringLiteral("1")));
        QCOMPARE(beginOf(pathOf(QStringLiteral("vda"))).trimmed(), QByteArray("two"));
        QCOMPARE(layers(), QStringList());
    }

    void definitionThatNamesAnOlderFile_losesNothing()
    {
        m_disks = kImages;
        defineSmall();
        const QString old = m_vm->definition().toXml();
        VERIFY_OK(take(QStringLiteral("s")));
        write("after");
        VERIFY_OK(waitFor(m_core->define(old)));
        QCOMPARE(act(VmAction::Start).error().cause, ErrorCause::ImageNeeded);
        VERIFY_OK(remove(QStringLiteral("s")));
        QCOMPARE(content(), QByteArray("after"));
        verifyAsAtFirst();
    }

    void mixedTree_refusesWhatWouldHurt()
    {
        define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
            disk(QStringLiteral("vda"), qcow()) + disk(QStringLiteral("vdb"), qcow())));
        VERIFY_OK(take(QStringLiteral("in"), true, SnapshotPlace::Automatic));
        QCOMPARE(list().first().place, SnapshotPlace::Inside);
        QVERIFY(!list().first().diskSize); // not known, so not told as nothing
        VERIFY_OK(take(QStringLiteral("out")));
        VERIFY_OK(take(QStringLiteral("deep"), true, SnapshotPlace::Inside));

        const Error rewriting = revert(QStringLiteral("in")).error();
        QCOMPARE(rewriting.cause, ErrorCause::ImageNeeded);
        QVERIFY2(rewriting.detail.contains(QStringLiteral("snapshot \"deep\" of vm")),
            qPrintable(rewriting.detail));
        const Error holding = remove(QStringLiteral("out")).error();
        QCOMPARE(holding.cause, ErrorCause::ImageNeeded);
        QVERIFY2(holding.detail.contains(QStringLiteral("snapshot \"deep\" of vm")),
            qPrintable(holding.detail));
        VERIFY_OK(act(VmAction::Start));
        const Error below = remove(QStringLiteral("in")).error();
        QCOMPARE(below.kind, ErrorKind::WrongState);
        QCOMPARE(list().size(), 3);
        VERIFY_OK(remove(QStringLiteral("deep"))); // in the file that runs
        VERIFY_OK(remove(QStringLiteral("out")));
        VERIFY_OK(remove(QStringLiteral("in"))); // by now the file that runs is that one
        verifyAsAtFirst();
    }

    void linkedClone_keepsTheLayerItStandsOn()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        const auto cloned
            = waitFor(m_storage->clones().clone(
                          *m_vm, { .name = QStringLiteral("twin"), .kind = CloneKind::Linked }),
                kPatience);
        VERIFY_OK(cloned);
        const Error error = remove(QStringLiteral("s")).error();
        QCOMPARE(error.cause, ErrorCause::ImageNeeded);
        QVERIFY2(error.detail.contains(QStringLiteral("twin")), qPrintable(error.detail));
        QVERIFY(list().first().problem.isEmpty());
        // A layer of its own lets the original go on all the same.
        VERIFY_OK(take(QStringLiteral("t")));
        VERIFY_OK(act(VmAction::Start));
    }

    void list_readsNobodyElsesImages()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        const QUuid id = m_vm->id();
        define(smallDomainXml(
            QStringLiteral("other"), QUuid::createUuid(), disk(QStringLiteral("vdz"), qcow())));
        m_core.reset();
        open(); // knows no image yet
        m_vm = m_core->machine(id);
        const FileDescriptor watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
        QVERIFY(::inotify_add_watch(
                    watch.get(), QFile::encodeName(pathOf(QStringLiteral("vdz"))), IN_OPEN)
            >= 0);
        char event[512];
        QCOMPARE(list().size(), 1);
        QVERIFY(list().first().diskSize.value_or(Bytes()) > Bytes());
        QVERIFY(::read(watch.get(), event, sizeof event) < 0);
        (void)m_storage->images().guard(); // as it would be seen
        QVERIFY(::read(watch.get(), event, sizeof event) > 0);
    }

    void frozenImage_isNeitherGrownNorDeleted()
    {
        defineSmall();
        VERIFY_OK(take(QStringLiteral("s")));
        const QString path = pathOf(QStringLiteral("vdb"));
        Images& images = m_storage->images();
        const Error grown = waitFor(images.resize(path, Bytes::fromMiB(128))).error();
        QCOMPARE(grown.cause, ErrorCause::ImageNeeded);
        QVERIFY(grown.detail.contains(QStringLiteral("snapshot \"s\" of vm")));
        QVERIFY(!waitFor(images.remove(path)));
    }

    void savedMachine_isRefused()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(take(QStringLiteral("s")).error().cause, ErrorCause::SavedMemoryInTheWay);
        verifyAsAtFirst();
    }

    void fullDisk_leavesTheMachineAsItWas()
    {
        const QString mount = m_home->path(QStringLiteral("data"));
        QVERIFY(QDir().mkpath(mount));
        m_core.reset();
        m_small = std::make_unique<SmallDisk>(mount, QByteArray("4m")); // too small for the memory
        if (!m_small->isMounted())
            QSKIP("may not mount a small file system");
        open();
        bootGuest();
        QCOMPARE(take(QStringLiteral("s")).error().cause, ErrorCause::DiskFull);
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyLiveTop(QStringLiteral("vda"));
        verifyAsAtFirst();
        QCOMPARE(ask("echo alive >/dev/vda; sync; head -n 1 /dev/vda"), QByteArray("alive"));
    }

    void fullDiskBelow_endsTheMerge_andTheMachineRunsOn()
    {
        const QString mount = m_home->path(QStringLiteral("disks"));
        QVERIFY(QDir().mkpath(mount));
        m_small = std::make_unique<SmallDisk>(mount, QByteArray("60m"));
        if (!m_small->isMounted())
            QSKIP("may not mount a small file system");
        startWithMuchToMerge(); // 32 MiB in the layer; there is no room for them twice
        m_vm->disconnect(this);
        const Error error = remove(QStringLiteral("s")).error();
        QCOMPARE(error.cause, ErrorCause::DiskFull);
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyLiveTop(QStringLiteral("vda"));
        QVERIFY(!list().first().problem.isEmpty());
        QVERIFY(m_small->resize("120m"));
        VERIFY_OK(remove(QStringLiteral("s")));
        verifyAsAtFirst();
    }

    void cancelledMerge_leavesTheMachine_andCanBeDoneAgain()
    {
        startWithMuchToMerge();
        Future<void> removing = m_storage->snapshots().remove(*m_vm, QStringLiteral("s"));
        waitForJob();
        QTRY_VERIFY_WITH_TIMEOUT(removing.progressValue() > 0, kPatience);
        removing.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!m_vm->occupation(), kPatience);
        QCOMPARE(waitFor(blockJobs(*m_vm)).value_or({}), QStringList());
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyLiveTop(QStringLiteral("vda"));
        QVERIFY(list().first().problem.contains(QStringLiteral("delete it again")));
        QCOMPARE(revert(QStringLiteral("s")).error().kind, ErrorKind::WrongState);
        m_vm->disconnect(this);
        VERIFY_OK(remove(QStringLiteral("s")));
        verifyAsAtFirst();
    }

    void definitionThatCantBeWritten_putsTheGuestBackOnItsLayer()
    {
        startWithMuchToMerge();
        const auto removing = m_storage->snapshots().remove(*m_vm, QStringLiteral("s"));
        waitForJob();
        // Nothing can take the place of a folder with something in it.
        const QString file = m_vm->places().definitionFile();
        const QByteArray before = contentOf(file);
        QVERIFY(QFile::remove(file) && QDir().mkpath(file + QStringLiteral("/x")));
        setSpeed(QStringLiteral("merge-vda"), 0);
        const Error error = waitFor(removing, kPatience).error();
        QVERIFY2(
            error.toString().contains(QStringLiteral("domain.xml")), qPrintable(error.toString()));
        QCOMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!m_vm->occupation());
        QVERIFY(isLayer(present(QStringLiteral("vda"))));
        verifyLiveTop(QStringLiteral("vda"));
        QCOMPARE(m_vm->runningDefinition().devices<Disk>().first().sourcePath(),
            present(QStringLiteral("vda")));
        QVERIFY(!m_vm->isHeld());

        QVERIFY(QDir(file).removeRecursively());
        QFile stored(file);
        QVERIFY(stored.open(QIODevice::WriteOnly) && stored.write(before) == before.size());
        stored.close();
        m_vm->disconnect(this);
        VERIFY_OK(remove(QStringLiteral("s")));
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyLiveTop(QStringLiteral("vda"));
        verifyAsAtFirst();
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(content(), QByteArray(8, 7));
    }

    void qemuKilledWhileMerging_losesNothing()
    {
        startWithMuchToMerge();
        const auto removing = m_storage->snapshots().remove(*m_vm, QStringLiteral("s"));
        waitForJob();
        ::kill(static_cast<pid_t>(m_vm->process().pid), SIGKILL);
        QVERIFY(!waitFor(removing, kPatience));
        QTRY_VERIFY(!isActive(m_vm->state()));
        QCOMPARE(content(), QByteArray(8, 7));
        m_vm->disconnect(this);
        VERIFY_OK(remove(QStringLiteral("s"))); // now by qemu-img
        verifyAsAtFirst();
        QCOMPARE(content(), QByteArray(8, 7));
    }

    void programGoneWhileMerging_theNextTakesTheJobUp()
    {
        startWithMuchToMerge();
        {
            const auto removing = m_storage->snapshots().remove(*m_vm, QStringLiteral("s"));
            waitForJob();
            QVERIFY(!removing.isFinished());
        }
        m_core.reset(); // QEMU goes on
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Running, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_vm->occupation(), kPatience); // it is busy, and says so
        setSpeed(QStringLiteral("merge-vda"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(list().isEmpty() && !m_vm->occupation(), kPatience);
        QCOMPARE(m_vm->state(), VmState::Running);
        verifyLiveTop(QStringLiteral("vda"));
        verifyAsAtFirst();
    }

    void programGoneAfterTheMerge_theNextFinishesIt()
    {
        startWithMuchToMerge();
        {
            const auto removing = m_storage->snapshots().remove(*m_vm, QStringLiteral("s"));
            waitForJob();
        }
        m_core.reset();
        // What the program would have done, had it not died: QEMU is on the image below now, held.
        QVERIFY(completeJob());
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Running, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(list().isEmpty() && !m_vm->occupation(), kPatience);
        verifyLiveTop(QStringLiteral("vda"));
        verifyAsAtFirst();
    }

    void runningMachine_isFlattenedUnderItsGuest()
    {
        define(smallDomainXml(
            QStringLiteral("vm"), QUuid::createUuid(), disk(QStringLiteral("vda"), raw())));
        write("below");
        VERIFY_OK(take(QStringLiteral("s")));
        VERIFY_OK(act(VmAction::Start));
        const QString top = present(QStringLiteral("vda"));
        VERIFY_OK(waitFor(m_storage->images().flatten(top), kPatience));
        QCOMPARE(
            waitFor(readLiveDisks(*m_vm)).value_or({}).disks.value(QStringLiteral("vda")).chain,
            QStringList { top });
        QVERIFY(!m_vm->occupation());
        VERIFY_OK(remove(QStringLiteral("s"))); // nothing stands on what it kept, which stays
        QCOMPARE(present(QStringLiteral("vda")), top);
        QVERIFY(QFile::exists(pathOf(QStringLiteral("vda"))));
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(content(), QByteArray("below"));
    }

    void programGoneWhileFlattening_theNextKeepsOthersOut()
    {
        define(smallDomainXml(
            QStringLiteral("vm"), QUuid::createUuid(), disk(QStringLiteral("vda"), qcow())));
        QProcess program;
        program.start(QStringLiteral("qemu-io"),
            { QStringLiteral("-f"), qcow(), QStringLiteral("-c"),
                QStringLiteral("write -P 7 0 32M"), pathOf(QStringLiteral("vda")) });
        QVERIFY(program.waitForFinished() && program.exitCode() == 0);
        VERIFY_OK(take(QStringLiteral("s")));
        VERIFY_OK(act(VmAction::Start));
        slowJobsDown();
        {
            const auto flattening = m_storage->images().flatten(present(QStringLiteral("vda")));
            QTRY_VERIFY_WITH_TIMEOUT(!waitFor(blockJobs(*m_vm)).value_or({}).isEmpty(), kPatience);
            QVERIFY(!flattening.isFinished());
        }
        m_core.reset();
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_vm->occupation(), kPatience);
        QCOMPARE(remove(QStringLiteral("s")).error().kind, ErrorKind::Busy);
        setSpeed(QStringLiteral("flatten-vda"), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!m_vm->occupation(), kPatience);
        VERIFY_OK(remove(QStringLiteral("s")));
    }

    void programGoneWhileTaking_isPutInOrderByTheNext_data()
    {
        QTest::addColumn<bool>("isLate");
        QTest::newRow("QEMU answers at once") << false;
        QTest::newRow("QEMU answers later") << true;
    }

    void programGoneWhileTaking_isPutInOrderByTheNext()
    {
        QFETCH(bool, isLate);
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        {
            const auto taking = m_storage->snapshots().create(
                *m_vm, { .name = QStringLiteral("s"), .place = SnapshotPlace::Layer });
            QTRY_VERIFY(layers().size() == 2 || taking.isFinished());
        }
        const auto pid = static_cast<pid_t>(m_vm->process().pid);
        m_core.reset();
        if (isLate)
            QCOMPARE(::kill(pid, SIGSTOP), 0);
        open();
        if (isLate) {
            QVERIFY(m_vm->isToBeTakenUp());
            QCOMPARE(::kill(pid, SIGCONT), 0);
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Running, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_vm->isToBeTakenUp(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_vm->occupation() && !m_vm->isHeld(), kPatience);
        if (list().isEmpty()) {
            QTRY_COMPARE_WITH_TIMEOUT(layers(), QStringList(), kPatience);
            verifyAsAtFirst();
        }
        verifyLiveTop(QStringLiteral("vda"));
    }

    void layerThatWouldLeaveOutAnother_isRefused()
    {
        defineSmall();
        VERIFY_OK(act(VmAction::Start));
        const Definition before = m_vm->runningDefinition();
        VERIFY_OK(take(QStringLiteral("s"), false));
        const QStringList all = layers();
        VERIFY_OK(m_vm->setRunningDefinition(before)); // what QEMU is on by now is not known
        QCOMPARE(take(QStringLiteral("t"), false).error().kind, ErrorKind::WrongState);
        QTRY_COMPARE_WITH_TIMEOUT(layers(), all, kPatience);
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(list().size(), 1);
    }

private:
    /// From the stored definition; its file stays.
    void detach(const QString& target)
    {
        Definition definition = m_vm->definition();
        const QVector<Disk> disks = definition.devices<Disk>();
        for (qsizetype i = disks.size() - 1; i >= 0; --i) {
            if (disks.at(i).target == target)
                definition.removeDevice<Disk>(static_cast<int>(i));
        }
        VERIFY_OK(waitFor(m_core->define(definition.toXml())));
    }

    /// Ends the job of a QEMU that no core looks after, by a connection of our own.
    bool completeJob()
    {
        const QDir run(m_home->path(QStringLiteral("run")));
        const QStringList machines = run.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QString socket;
        for (const QString& each : machines) {
            if (QFile::exists(run.filePath(each + QStringLiteral("/qmp"))))
                socket = run.filePath(each + QStringLiteral("/qmp"));
        }
        QmpClient qmp;
        qmp.connectTo(socket);
        if (!QTest::qWaitFor([&] { return qmp.isReady(); }, kPatience))
            return false;
        const QString job = QStringLiteral("merge-vda");
        const auto jobIs = [&](const QString& status) {
            return QTest::qWaitFor(
                [&] {
                    const auto jobs = waitFor(qmp.execute(QStringLiteral("query-jobs")));
                    return jobs
                        && QJsonDocument(jobs->toArray()).toJson().contains(status.toUtf8());
                },
                kPatience);
        };
        (void)waitFor(qmp.execute(QStringLiteral("block-job-set-speed"),
            { { QStringLiteral("device"), job }, { QStringLiteral("speed"), 0 } }));
        if (!jobIs(QStringLiteral("\"ready\"")))
            return false;
        QFile note(QFileInfo(socket).dir().filePath(QStringLiteral("held")));
        if (!note.open(QIODevice::WriteOnly))
            return false;
        (void)waitFor(qmp.execute(QStringLiteral("stop")));
        (void)waitFor(
            qmp.execute(QStringLiteral("job-complete"), { { QStringLiteral("id"), job } }));
        return jobIs(QStringLiteral("\"concluded\""));
    }
};

QTEST_GUILESS_MAIN(TestDiskLayers)
#include "tst_DiskLayers.moc"
