// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/ProcessFigures.h"

#include <csignal>

using namespace tests;
using hosts::BackUpMachine;
using hosts::CreateCheckpoint;
using hosts::CreateSnapshot;
using hosts::DeleteCheckpoint;
using hosts::ListCheckpoints;
using hosts::VmId;
using vmm::BackupRequest;
using vmm::CheckpointDeletion;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

namespace {

QString text(const char* words)
{
    return QString::fromUtf8(words);
}

bool run(const QString& program, const QStringList& arguments)
{
    return QProcess::execute(program, arguments) == 0;
}

/// Whether two images, each with all that it stands on, have the same content for a guest.
bool areSame(const QString& one, const QString& other)
{
    QProcess process;
    process.start(text("qemu-img"), { text("compare"), text("-U"), one, other });
    return process.waitForFinished(kPatienceMs) && process.exitCode() == 0;
}

} // namespace

/// Checkpoints and backups on a real libvirtd, of a real QEMU's disks.
class tst_QemuBackups : public QemuHostTest {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QemuHostTest::init();
        m_folder = m_libvirtd.imageFolder() + text("/backups");
        QVERIFY(QDir(m_folder).removeRecursively() && QDir().mkpath(m_folder));
    }

    void checkpoints_areMadeListedAndDeleted()
    {
        const VmId vm = machine(text("notes"));
        VERIFY_FAILED(ask(CreateCheckpoint { vm, { .name = text("a") } }), ErrorKind::WrongState);
        start(vm);
        const auto first
            = ask(CreateCheckpoint { vm, { .name = text("a"), .description = text("the first") } });
        VERIFY_DONE(first);
        QCOMPARE(*first, text("a"));
        VERIFY_FAILED(
            ask(CreateCheckpoint { vm, { .name = text("a") } }), ErrorKind::AlreadyExists);
        VERIFY_FAILED(
            ask(CreateCheckpoint { vm, { .name = text("a b") } }), ErrorKind::InvalidConfig);
        write(text("notes"), "write -P 5 0 192k");
        const auto unnamed = ask(CreateCheckpoint { vm, {} });
        VERIFY_DONE(unnamed);
        QVERIFY(!unnamed->isEmpty());
        write(text("notes"), "write -P 5 1M 64k");

        const auto listed = ask(ListCheckpoints { vm });
        VERIFY_DONE(listed);
        QCOMPARE(listed->size(), 2);
        const vmm::CheckpointInfo& oldest = listed->first();
        QCOMPARE(oldest.name, text("a"));
        QCOMPARE(oldest.description, text("the first"));
        QCOMPARE(oldest.disks, QStringList { text("vda") });
        QCOMPARE(oldest.changed, vmm::Bytes::fromKiB(256));
        QVERIFY(oldest.problem.isEmpty() && oldest.created.isValid());
        QCOMPARE(listed->last().parent, text("a"));
        QCOMPARE(listed->last().changed, vmm::Bytes::fromKiB(64));

        // Its notes go to the one before it: nothing is lost to a backup since that.
        VERIFY_DONE(ask(DeleteCheckpoint { vm, *unnamed }));
        QCOMPARE(ask(ListCheckpoints { vm })->first().changed, vmm::Bytes::fromKiB(256));
        VERIFY_FAILED(ask(DeleteCheckpoint { vm, *unnamed }), ErrorKind::NotFound);

        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        const auto off = ask(ListCheckpoints { vm });
        VERIFY_DONE(off);
        QCOMPARE(off->size(), 1);
        QVERIFY2(!off->first().changed && off->first().problem.isEmpty(), "not known is no loss");
        const auto refused = ask(DeleteCheckpoint { vm, text("a") });
        VERIFY_FAILED(refused, ErrorKind::WrongState);
        QCOMPARE(refused.error().cause, ErrorCause::MachineMustRun);
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("a"), CheckpointDeletion::MetadataOnly }));
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());
        start(vm); // the image still holds what was noted under that name
        VERIFY_FAILED(
            ask(CreateCheckpoint { vm, { .name = text("a") } }), ErrorKind::AlreadyExists);
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("b") } }));
    }

    /// A full backup and two increments, each compared with the disk as it was then.
    void increments_standOnThoseBefore_andHoldTheDisk()
    {
        const QString name = text("web 1");
        const VmId vm = machine(name);
        start(vm);
        write(name, "write -P 1 0 1M");
        const auto full = backUp(vm, { .folder = m_folder, .checkpoint = text("mon") });
        VERIFY_DONE(full);
        QCOMPARE(full->checkpoint, text("mon"));
        QCOMPARE(full->files.size(), 1);
        QCOMPARE(full->files.first().path, m_folder + text("/web%201-vda@mon.qcow2"));
        QVERIFY(!full->files.first().isIncrement);
        QVERIFY(areSame(full->files.first().path, m_disk));

        write(name, "write -P 2 2M 128k");
        const auto second = backUp(vm,
            { .folder = m_folder + QLatin1Char('/'),
                .since = text("mon"),
                .checkpoint = text("tue") });
        VERIFY_DONE(second);
        const vmm::BackupFile increment = second->files.first();
        QVERIFY(increment.isIncrement);
        QCOMPARE(increment.standsOn, full->files.first().path);
        QCOMPARE(chainOf(increment.path), (QStringList { increment.path, increment.standsOn }));
        QVERIFY2(QFileInfo(increment.path).size() < (1 << 20), "only what changed");
        QVERIFY(areSame(increment.path, m_disk));
        QVERIFY2(!areSame(full->files.first().path, m_disk), "or the comparison is worth nothing");

        write(name, "write -P 3 0 64k");
        const auto third = backUp(vm, { .folder = m_folder, .since = text("tue") });
        VERIFY_DONE(third);
        QCOMPARE(third->files.first().standsOn, increment.path);
        QVERIFY(areSame(third->files.first().path, m_disk));
        QVERIFY(!areSame(increment.path, m_disk));

        // They can be taken elsewhere as they are.
        const QString elsewhere = m_libvirtd.imageFolder() + text("/elsewhere");
        QVERIFY(QDir().rename(m_folder, elsewhere));
        QVERIFY(
            areSame(elsewhere + QLatin1Char('/') + QFileInfo(third->files.first().path).fileName(),
                m_disk));
        QDir(elsewhere).removeRecursively();
    }

    /// What a file is called does not make it the one that an increment belongs to.
    void olderFileOfTheSameName_isNotStoodOn()
    {
        const VmId vm = machine(text("again"));
        start(vm);
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("c") }));
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("c") }));
        QTest::qWait(2100); // libvirt and the file system tell seconds
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("c") } }));
        write(text("again"), "write -P 2 2M 128k");
        const auto report = backUp(vm, { .folder = m_folder, .since = text("c") });
        VERIFY_DONE(report);
        QVERIFY(report->files.first().isIncrement);
        QCOMPARE(report->files.first().standsOn, QString());
    }

    void rawDisk_isTakenAsAWhole_andNotesNothing()
    {
        const QString raw = m_libvirtd.imageFolder() + text("/plain.img");
        QFile file(raw);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(1 << 20, 'x')) > 0);
        file.close();
        const QString second
            = diskXml(raw, text("vdb")).replace(QStringLiteral("qcow2"), QStringLiteral("raw"));
        const VmId vm = machine(text("mixed"), second);
        start(vm);
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("one") }));
        const auto listed = ask(ListCheckpoints { vm });
        QCOMPARE(listed->first().disks, QStringList { text("vda") });
        write(text("mixed"), "write -P 2 2M 128k");
        const auto report = backUp(vm, { .folder = m_folder, .since = text("one") });
        VERIFY_DONE(report);
        QVERIFY(report->files.first().isIncrement && !report->files.last().isIncrement);
        QVERIFY(areSame(report->files.first().path, m_disk));
        QVERIFY(areSame(report->files.last().path, raw));

        const VmId plain
            = define(bareMachine(text("rawonly"),
                         diskXml(raw).replace(QStringLiteral("qcow2"), QStringLiteral("raw"))),
                text("rawonly"));
        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        start(plain);
        const auto refused = ask(CreateCheckpoint { plain, { .name = text("x") } });
        VERIFY_FAILED(refused, ErrorKind::HostLacksFeature);
        QCOMPARE(refused.error().cause, ErrorCause::DiskKeepsNoCheckpoints);
        QCOMPARE(refused.error().subject, raw);
        const auto whole = backUp(plain, { .folder = m_folder });
        VERIFY_DONE(whole);
        QVERIFY(areSame(whole->files.first().path, raw));
    }

    void refusals_leaveNothingBehind()
    {
        const VmId vm = machine(text("refused"));
        expectRefused(
            vm, { .folder = m_folder }, ErrorKind::WrongState, ErrorCause::MachineMustRun);
        start(vm);
        expectRefused(vm, { .folder = m_folder + text("/none"), .checkpoint = text("c") },
            ErrorKind::NotFound, ErrorCause::FolderMissing);
        expectRefused(vm, { .folder = text("relative") }, ErrorKind::InvalidConfig);
        expectRefused(vm, { .folder = m_folder, .since = text("never") }, ErrorKind::NotFound);
        expectRefused(vm, { .folder = m_folder, .checkpoint = text("q"), .quiesce = true },
            ErrorKind::HostLacksFeature, ErrorCause::GuestAgentMissing);
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());

        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("c") }));
        const QStringList files = QDir(m_folder).entryList(QDir::Files);
        const auto twice = backUp(vm, { .folder = m_folder, .checkpoint = text("c") });
        VERIFY_FAILED(twice, ErrorKind::AlreadyExists);
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("c") }));
        // The checkpoint is gone, its file is not: it is not written over.
        VERIFY_FAILED(
            backUp(vm, { .folder = m_folder, .checkpoint = text("c") }), ErrorKind::AlreadyExists);
        QCOMPARE(QDir(m_folder).entryList(QDir::Files), files);
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());
    }

    void fullDisk_failsWithDiskFull_andLeavesNothing()
    {
        const VmId vm = machine(text("narrow"));
        start(vm);
        write(text("narrow"), "write -P 9 0 6M");
        // libvirtd's own view of the computer: a folder of 2 MiB.
        const QStringList inside { text("-t"), QString::number(m_libvirtd.qemuPid(text("narrow"))),
            text("-m") };
        QVERIFY(run(text("nsenter"),
            inside
                + QStringList { text("mount"), text("-t"), text("tmpfs"), text("-o"),
                    text("size=2M"), text("none"), m_folder }));
        const auto failed = backUp(vm, { .folder = m_folder, .checkpoint = text("c") });
        VERIFY_FAILED(failed, ErrorKind::Io);
        QCOMPARE(failed.error().cause, ErrorCause::DiskFull);
        QCOMPARE(failed.error().subject, m_folder);
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());
        QProcess look;
        look.start(text("nsenter"), inside + QStringList { text("ls"), text("-A"), m_folder });
        QVERIFY(look.waitForFinished(kPatienceMs));
        QCOMPARE(look.readAllStandardOutput(), QByteArray());
        QVERIFY(run(text("nsenter"), inside + QStringList { text("umount"), m_folder }));
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("c") }));
    }

    void cancelled_leavesNeitherFilesNorCheckpoint_andASecondOneHasToWait()
    {
        const VmId vm = machine(text("slow"), {}, text("600M"));
        start(vm);
        write(text("slow"), "write -P 9 0 500M");
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("before") } }));
        auto future
            = m_host->call(BackUpMachine { vm, { .folder = m_folder, .checkpoint = text("c") } });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_libvirtd.virsh({ text("domjobinfo"), text("slow") }).contains(text("Backup")),
            kPatienceMs);
        expectRefused(vm, { .folder = m_folder }, ErrorKind::Busy, ErrorCause::BackupUnderWay);
        future.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(QDir(m_folder).isEmpty(), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(ask(ListCheckpoints { vm })->size(), 1, kPatienceMs);
        QCOMPARE(ask(ListCheckpoints { vm })->first().name, text("before"));
        // And it is as if it had never been.
        write(text("slow"), "write -P 8 0 64k");
        QCOMPARE(ask(ListCheckpoints { vm })->first().changed, vmm::Bytes::fromKiB(64));
    }

    void qemuThatDies_failsTheBackup()
    {
        const VmId vm = machine(text("dying"), {}, text("600M"));
        start(vm);
        write(text("dying"), "write -P 9 0 500M");
        const auto future
            = m_host->call(BackUpMachine { vm, { .folder = m_folder, .checkpoint = text("c") } });
        QTRY_VERIFY_WITH_TIMEOUT(
            m_libvirtd.virsh({ text("domjobinfo"), text("dying") }).contains(text("Backup")),
            kPatienceMs);
        QVERIFY(m_libvirtd.killQemu(text("dying")));
        const auto failed = finished(future);
        QVERIFY(!failed.has_value());
        QVERIFY2(failed.error().kind == ErrorKind::ProcessFailed
                || failed.error().kind == ErrorKind::NotFound,
            qPrintable(failed.error().toString()));
        QVERIFY(QDir(m_folder).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!vmm::isActive(stateOf(vm)), kPatienceMs);
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());
    }

    /// libvirt can't say meanwhile how far it is, as long as somebody else waits for QEMU.
    void qemuThatIsSilentForAWhile_endsNoBackup()
    {
        const VmId vm = bigMachine(text("silent"));
        QFile asked(m_libvirtd.imageFolder() + text("/asked"));
        QVERIFY(asked.open(QIODevice::WriteOnly));
        QProcess others;
        others.start(text("sh"),
            { text("-c"),
                text("for i in 1 2 3; do (while [ -e \"$2\" ]; do "
                     "virsh -q -c \"$1\" domblkstat silent vda >/dev/null; done) & done; wait"),
                text("sh"), m_libvirtd.uri().toString(), asked.fileName() });
        const auto future
            = m_host->call(BackUpMachine { vm, { .folder = m_folder, .checkpoint = text("c") } });
        QTRY_VERIFY_WITH_TIMEOUT(isBackingUp(text("silent")), kPatienceMs);
        {
            const StoppedProcess stopped(m_libvirtd.qemuPid(text("silent")));
            QVERIFY(stopped.isStopped());
            QTest::qWait(45'000); // libvirt itself waits for 30 s
            QVERIFY(!future.isFinished());
        }
        QVERIFY(asked.remove() && others.waitForFinished(kPatienceMs));
        VERIFY_DONE(finished(future));
        QCOMPARE(ask(ListCheckpoints { vm })->first().problem, QString());
        QVERIFY(areSame(m_folder + text("/silent-vda@c.qcow2"), m_disk));
    }

    /// QEMU goes on with it, and whoever looks next sees that it came to a good end.
    void killedProgram_leavesABackupThatIsWhole()
    {
        const VmId vm = bigMachine(text("orphan"));
        const QString file = m_folder + text("/orphan-vda@c.qcow2");
        killProgramWhileBackingUp(vm, text("orphan"));
        const auto refused = backUp(vm, { .folder = m_folder });
        if (isBackingUp(text("orphan"))) { // else it was quick
            VERIFY_FAILED(refused, ErrorKind::Busy);
            QCOMPARE(refused.error().cause, ErrorCause::BackupUnderWay);
            QVERIFY2(refused.error().detail.contains(file), qPrintable(refused.error().toString()));
        }
        QTRY_VERIFY_WITH_TIMEOUT(!isBackingUp(text("orphan")), kPatienceMs);
        const auto listed = ask(ListCheckpoints { vm });
        QCOMPARE(listed->size(), 1);
        QCOMPARE(listed->first().problem, QString());
        QVERIFY(areSame(file, m_disk));
        write(text("orphan"), "write -P 7 0 64k");
        const auto next = backUp(vm, { .folder = m_folder, .since = text("c") });
        VERIFY_DONE(next);
        QCOMPARE(next->files.first().standsOn, file);
        QVERIFY(areSame(next->files.first().path, m_disk));
    }

    void closedProgram_leavesABackupThatIsWhole()
    {
        const VmId vm = bigMachine(text("left"));
        whileBackingUp(vm, text("left"), [](hosts::wire::RemoteHost& host) { host.close(); });
        QTRY_VERIFY_WITH_TIMEOUT(!isBackingUp(text("left")), kPatienceMs);
        const auto listed = ask(ListCheckpoints { vm });
        VERIFY_DONE(listed);
        QCOMPARE(listed->size(), 1);
        QCOMPARE(listed->first().problem, QString());
        QVERIFY(areSame(m_folder + text("/left-vda@c.qcow2"), m_disk));
    }

    /// Half a file looks like a whole one: nothing may stand on it.
    void killedProgramAndDaemon_leaveABackupThatNobodyTrusts()
    {
        const VmId vm = bigMachine(text("unseen"));
        const QString file = m_folder + text("/unseen-vda@c.qcow2");
        killProgramWhileBackingUp(vm, text("unseen"));
        QTRY_VERIFY_WITH_TIMEOUT(!isBackingUp(text("unseen")), kPatienceMs);
        // libvirtd alone knew how it ended.
        QVERIFY(m_libvirtd.killDaemon() && m_libvirtd.startDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), hosts::ConnectionState::Reconnecting, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const auto listed = ask(ListCheckpoints { vm });
        VERIFY_DONE(listed);
        QCOMPARE(listed->size(), 1);
        QVERIFY2(listed->first().problem.contains(file), qPrintable(listed->first().problem));
        const auto refused = backUp(vm, { .folder = m_folder, .since = text("c") });
        VERIFY_FAILED(refused, ErrorKind::Io);
        QCOMPARE(refused.error().cause, ErrorCause::CheckpointBroken);
        QVERIFY2(refused.error().detail.contains(file), qPrintable(refused.error().toString()));
        // Another can be made, and is worth what it is worth.
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("d") }));
        QVERIFY(!ask(ListCheckpoints { vm })->first().problem.isEmpty());
        QCOMPARE(ask(ListCheckpoints { vm })->last().problem, QString());
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("c") }));
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .since = text("d") }));
        // The name is free again, and nothing sticks to it.
        QVERIFY(QFile::remove(file));
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("c") }));
        QCOMPARE(ask(ListCheckpoints { vm })->last().problem, QString());
    }

    void killedProgramAndQemu_leaveABackupThatNobodyTrusts()
    {
        const VmId vm = bigMachine(text("both-gone"));
        killProgramWhileBackingUp(vm, text("both-gone"));
        QVERIFY(m_libvirtd.killQemu(text("both-gone")));
        QTRY_VERIFY_WITH_TIMEOUT(!vmm::isActive(stateOf(vm)), kPatienceMs);
        start(vm);
        const auto listed = ask(ListCheckpoints { vm });
        VERIFY_DONE(listed);
        for (const auto& checkpoint : *listed)
            QVERIFY(!checkpoint.problem.isEmpty());
        QVERIFY(!backUp(vm, { .folder = m_folder, .since = text("c") }));
        const auto full = backUp(vm, { .folder = m_folder, .checkpoint = text("d") });
        VERIFY_DONE(full);
        QVERIFY(areSame(full->files.first().path, m_disk));
    }

    /// QEMU would die of it: it does not load an image that notes changes.
    void snapshotsInside_canNotBeRevertedToWhileThereAreCheckpoints()
    {
        const VmId vm = machine(text("both"));
        start(vm);
        VERIFY_DONE(ask(CreateSnapshot { vm, { .name = text("s") } }));
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("c") } }));
        QVERIFY(!ask(hosts::ListSnapshots { vm })->first().problem.isEmpty());
        const auto refused = ask(hosts::RevertSnapshot { vm, text("s") });
        VERIFY_FAILED(refused, ErrorKind::WrongState);
        QCOMPARE(refused.error().cause, ErrorCause::CheckpointsInTheWay);
        QCOMPARE(stateOf(vm), VmState::Running);
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("c") }));
        QVERIFY(ask(hosts::ListSnapshots { vm })->first().problem.isEmpty());
        VERIFY_DONE(ask(hosts::RevertSnapshot { vm, text("s") }));
    }

    /// libvirt would stop halfway: the machine is off by then.
    void layeredSnapshots_haveToWaitForTheCheckpoints()
    {
        const VmId vm = machine(text("layers"));
        start(vm);
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("c") } }));
        const CreateSnapshot snapshot { vm,
            { .name = text("s"), .withMemory = false, .place = vmm::SnapshotPlace::Layer } };
        VERIFY_DONE(ask(snapshot));
        QVERIFY(ask(ListCheckpoints { vm })->first().problem.isEmpty());
        const auto refused = ask(hosts::RevertSnapshot { vm, text("s") });
        VERIFY_FAILED(refused, ErrorKind::WrongState);
        QCOMPARE(refused.error().cause, ErrorCause::CheckpointsInTheWay);
        QCOMPARE(stateOf(vm), VmState::Running);
        // Merged while it runs, with what was noted in both layers.
        write(text("layers"), "write -P 4 0 64k");
        VERIFY_DONE(ask(hosts::DeleteSnapshot { vm, text("s") }));
        QCOMPARE(ask(ListCheckpoints { vm })->first().changed, vmm::Bytes::fromKiB(64));

        VERIFY_DONE(ask(snapshot));
        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        for (const auto& each : { ask(hosts::DeleteSnapshot { vm, text("s") }).error(),
                 ask(CreateSnapshot { vm, { .name = text("off") } }).error(),
                 ask(hosts::RevertSnapshot { vm, text("s") }).error() })
            QVERIFY2(each.cause == ErrorCause::CheckpointsInTheWay, qPrintable(each.toString()));
        QCOMPARE(ask(hosts::ListSnapshots { vm })->size(), 1);
        start(vm);
    }

    /// Somebody has taken the notes out of QEMU.
    void checkpointWithoutNotes_isShownAsBroken_andItsEntryCanGo()
    {
        const VmId vm = machine(text("broken"));
        start(vm);
        VERIFY_DONE(ask(CreateCheckpoint { vm, { .name = text("c") } }));
        const QString removal = text("{\"execute\": \"block-dirty-bitmap-remove\", \"arguments\": "
                                     "{\"node\": \"libvirt-1-format\", \"name\": \"c\"}}");
        m_libvirtd.virsh({ text("qemu-monitor-command"), text("broken"), removal });
        const auto listed = ask(ListCheckpoints { vm });
        VERIFY_DONE(listed);
        QVERIFY(!listed->first().problem.isEmpty());
        expectRefused(vm, { .folder = m_folder, .since = text("c") }, ErrorKind::Io,
            ErrorCause::CheckpointBroken);
        VERIFY_DONE(ask(DeleteCheckpoint { vm, text("c"), CheckpointDeletion::MetadataOnly }));
        QVERIFY(ask(ListCheckpoints { vm })->isEmpty());
        VERIFY_DONE(backUp(vm, { .folder = m_folder, .checkpoint = text("c") }));
    }

    void abilities_areTold()
    {
        machine(text("someone"));
        QVERIFY(m_host->info().has(hosts::Feature::Checkpoints));
        QVERIFY(m_host->info().has(hosts::Feature::Backup));
    }

private:
    VmId machine(const QString& name, const QString& devices = {},
        const QString& size = QStringLiteral("8M"))
    {
        m_disk = makeImage(
            QString(name).replace(QLatin1Char(' '), QLatin1Char('_')) + text(".qcow2"), size);
        return define(bareMachine(name, diskXml(m_disk) + devices), name);
    }

    /// One whose backup takes a while.
    VmId bigMachine(const QString& name)
    {
        const VmId vm = machine(name, {}, text("900M"));
        [&] {
            start(vm);
            write(name, "write -P 9 0 800M");
        }();
        return vm;
    }

    bool isBackingUp(const QString& name) const
    {
        return m_libvirtd.virsh({ text("domjobinfo"), name }).contains(text("Backup"));
    }

    /// By another program than ours, as the window has it: with the checkpoint "c".
    void killProgramWhileBackingUp(VmId vm, const QString& name)
    {
        whileBackingUp(vm, name, [&](hosts::wire::RemoteHost&) {
            const auto programs
                = childrenWith("virtdeck-host", m_libvirtd.uri().toString().toUtf8());
            QCOMPARE(programs.size(), qsizetype(1));
            QCOMPARE(::kill(static_cast<pid_t>(programs.first()), SIGKILL), 0);
        });
    }

    void whileBackingUp(
        VmId vm, const QString& name, const std::function<void(hosts::wire::RemoteHost&)>& end)
    {
        hosts::wire::WireThread thread;
        hosts::wire::RemoteHost host(m_libvirtd.uri(), thread,
            hosts::wire::RemoteHostOptions {
                .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
        host.open();
        QTRY_COMPARE_WITH_TIMEOUT(
            host.connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const auto future
            = host.call(BackUpMachine { vm, { .folder = m_folder, .checkpoint = text("c") } });
        QTRY_VERIFY_WITH_TIMEOUT(isBackingUp(name), kPatienceMs);
        end(host);
        QVERIFY(!finished(future));
    }

    /// What a guest could do: its disk is written to, through its QEMU.
    void write(const QString& name, const char* command)
    {
        tellQemuIo(name, command);
        tellQemuIo(name, "flush"); // else the file on the disk is behind what the guest sees
    }

    void tellQemuIo(const QString& name, const char* command)
    {
        bool isOk = false;
        const QString said = m_libvirtd.virsh(
            { text("qemu-monitor-command"), name, text("--hmp"),
                text("qemu-io -d /machine/peripheral/virtio-disk0/virtio-backend \"%1\"")
                    .arg(text(command)) },
            &isOk);
        QVERIFY2(isOk && !said.contains(text("rror")), qPrintable(said));
    }

    vmm::Result<vmm::BackupReport> backUp(VmId vm, const BackupRequest& request)
    {
        return ask(BackUpMachine { vm, request });
    }

    void expectRefused(
        VmId vm, const BackupRequest& request, ErrorKind kind, ErrorCause cause = ErrorCause::None)
    {
        const QStringList before = QDir(m_folder).entryList(QDir::Files);
        const auto refused = backUp(vm, request);
        VERIFY_FAILED(refused, kind);
        QVERIFY2(refused.error().cause == cause, qPrintable(refused.error().toString()));
        QCOMPARE(QDir(m_folder).entryList(QDir::Files), before);
    }

    QString m_folder;
    QString m_disk;
};

QTEST_GUILESS_MAIN(tst_QemuBackups)
#include "moc_QemuHostFixture.cpp"
#include "tst_QemuBackups.moc"
