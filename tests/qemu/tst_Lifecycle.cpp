// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/GuestShell.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/SavedMemory.h"

#include <QFile>
#include <QTest>

using namespace vmm;
using tests::GuestShell;
using tests::SmallDisk;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

constexpr int kGuestPatience = 60'000;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray kBootId = "cat /proc/sys/kernel/random/boot_id";

} // namespace

/// The life of a real guest: what it remembers and what becomes of it.
class TestLifecycle : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<SmallDisk> m_disk;
    std::unique_ptr<Core> m_core;
    std::optional<TestGuest> m_guest = TestGuest::find();
    Machine* m_vm = nullptr;

    void open(CoreOptions options)
    {
        m_core = std::make_unique<Core>(std::move(options));
        VERIFY_OK(waitFor(m_core->open()));
    }

    void boot(const QString& xml)
    {
        const auto id = m_core->define(xml);
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
        VERIFY_OK(act(VmAction::Start));
        waitForReady(1);
    }

    /// Until the guest has offered its shell so often.
    void waitForReady(int times)
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            contentOf(m_vm->places().serialLog()).count("READY"), times, kGuestPatience);
    }

    void bootAgent()
    {
        boot(m_guest->agentDomainXml(QStringLiteral("with-agent")));
        QTRY_VERIFY_WITH_TIMEOUT(waitFor(m_vm->agent()->ping()).has_value(), kGuestPatience);
    }

    Result<void> act(VmAction action)
    {
        return waitFor(m_core->perform(m_vm->id(), action), kGuestPatience);
    }

    QString dataDisk(const QString& path)
    {
        [&] {
            VERIFY_OK(waitFor(
                m_core->images()->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(64))));
        }();
        return QStringLiteral("<disk type='file'><driver type='qcow2'/><source file='%1'/>"
                              "<target dev='vda' bus='virtio'/></disk>")
            .arg(path);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
    }

    void init() { m_home = std::make_unique<TempHome>(); }

    void cleanup()
    {
        m_vm = nullptr;
        if (m_core) {
            const auto machines = m_core->machines();
            for (Machine* machine : machines) {
                if (isAllowed(VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_disk.reset();
        m_home.reset();
    }

    void savedGuest_goesOnWhereItWas()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("saved")));
        const QByteArray bootId
            = GuestShell(m_vm->places().serialSocket()).ask(kBootId + "; echo 4711 >/tmp/mark");
        QCOMPARE(bootId.size(), 36);
        const qint64 pid = m_vm->process().pid;

        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        QVERIFY(m_vm->hasSavedMemory());
        QVERIFY(!ProcessIdentity::of(pid).isValid());
        QCOMPARE(m_core->define(m_vm->xml()).error().cause, ErrorCause::SavedMemoryInTheWay);

        // Another VirtDeck knows it too.
        open(m_home->options());
        m_vm = m_core->machines().constFirst();
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(m_vm->status().reason, StateReason::Restored);
        QVERIFY(!m_vm->hasSavedMemory());
        GuestShell after(m_vm->places().serialSocket());
        QCOMPARE(after.ask(kBootId), bootId);
        QCOMPARE(after.ask("cat /tmp/mark"), QByteArray("4711"));
        QVERIFY(!QFile::exists(m_vm->places().folder + QStringLiteral("/saved")));
        QTRY_VERIFY(!QFile::exists(m_vm->places().folder + QStringLiteral("/used")));
    }

    void pausedGuest_isPausedAfterItsRestore()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("saved")));
        VERIFY_OK(act(VmAction::Pause));
        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(m_vm->state(), VmState::Paused);
        VERIFY_OK(act(VmAction::Resume));
        QVERIFY(!GuestShell(m_vm->places().serialSocket()).ask(kBootId).isEmpty());
    }

    void cancelledSave_runsOn()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("cancelled")));
        const QByteArray bootId = GuestShell(m_vm->places().serialSocket()).ask(kBootId);
        auto save = m_core->perform(m_vm->id(), VmAction::Save);
        QTRY_COMPARE(m_vm->status().reason, StateReason::Saving);
        save.cancel();
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!m_vm->hasSavedMemory());
        QTRY_VERIFY(!m_vm->occupation());
        QVERIFY(!SavedMemory(m_vm->places().folder).isBeingWritten());
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);
    }

    void saveOnAFullDisk_runsOn()
    {
        m_disk = std::make_unique<SmallDisk>(m_home->dataFolder(), "24m");
        if (!m_disk->isMounted())
            QSKIP("mounting takes root");
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("big")));
        const QByteArray bootId = GuestShell(m_vm->places().serialSocket()).ask(kBootId);
        const auto saved = act(VmAction::Save);
        QCOMPARE(saved.error().cause, ErrorCause::DiskFull);
        QCOMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!m_vm->hasSavedMemory());
        QVERIFY(!SavedMemory(m_vm->places().folder).isBeingWritten());
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);

        QVERIFY(m_disk->resize("512m"));
        VERIFY_OK(act(VmAction::Save));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);
    }

    void damagedMemory_isKeptUntilDiscarded()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("damaged")));
        VERIFY_OK(act(VmAction::Save));
        const QString memory = SavedMemory(m_vm->places().folder).memoryFile();
        QVERIFY(QFile::resize(memory, QFileInfo(memory).size() / 2));
        const auto started = act(VmAction::Start);
        QCOMPARE(started.error().kind, ErrorKind::ProcessFailed);
        QVERIFY2(started.error().detail.contains(QStringLiteral("load of migration failed")),
            qPrintable(started.error().toString()));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        QCOMPARE(m_vm->status().reason, StateReason::StartFailed);
        QVERIFY(m_vm->hasSavedMemory());
        QVERIFY(QFile::exists(memory));
        VERIFY_OK(act(VmAction::DiscardSave));
        QVERIFY(!m_vm->hasSavedMemory());
        VERIFY_OK(act(VmAction::Start));
        waitForReady(1);
    }

    void reboot_bringsTheGuestUpAnew()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("rebooted")));
        const qint64 pid = m_vm->process().pid;
        VERIFY_OK(act(VmAction::Reboot));
        waitForReady(2);
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(m_vm->process().pid, pid);
        QVERIFY(contentOf(m_vm->places().serialLog()).contains("power button"));
        // And the power button is one again.
        VERIFY_OK(act(VmAction::ShutDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::ShutOff, kGuestPatience);
        QCOMPARE(m_vm->status().reason, StateReason::GuestRequest);
    }

    void agent_tellsAndDoes()
    {
        open(m_home->options());
        bootAgent();
        const auto facts = waitFor(m_vm->agent()->facts(), kGuestPatience);
        VERIFY_OK(facts);
        QCOMPARE(facts->hostName, QStringLiteral("tiny-linux"));
        QCOMPARE(facts->system, QStringLiteral("Tiny Linux"));
        QVERIFY(!facts->kernel.isEmpty());
        QVERIFY(facts->agentVersion.startsWith(QLatin1StringView("7.")));
        QVERIFY(!facts->networkCards.isEmpty());
        QCOMPARE(facts->networkCards.first().name, QStringLiteral("lo"));

        const auto ran = waitFor(
            m_vm->agent()->run({ .program = QStringLiteral("/bin/busybox"),
                .arguments = { QStringLiteral("sh"), QStringLiteral("-c"),
                    QStringLiteral("read line; echo \"$line and more\"; echo no >&2; exit 3") },
                .input = "this\n" }),
            kGuestPatience);
        VERIFY_OK(ran);
        QCOMPARE(ran->standardOutput, QByteArray("this and more\n"));
        QCOMPARE(ran->standardError, QByteArray("no\n"));
        QCOMPARE(ran->exitCode, 3);
        QCOMPARE(
            waitFor(m_vm->agent()->run({ .program = QStringLiteral("/bin/none") })).error().kind,
            ErrorKind::RefusedByGuest);

        GuestShell guest(m_vm->places().serialSocket());
        guest.ask("date -s '2001-01-01 00:00'");
        VERIFY_OK(waitFor(m_vm->agent()->setTime(), kGuestPatience));
        const qint64 seconds = guest.ask("date +%s").toLongLong();
        QVERIFY(qAbs(seconds - QDateTime::currentSecsSinceEpoch()) < 60);
    }

    void agent_isAskedBeforeTheButton()
    {
        open(m_home->options());
        bootAgent();
        VERIFY_OK(act(VmAction::Reboot));
        waitForReady(2);
        QVERIFY(contentOf(m_vm->places().serialLog()).contains("shutdown -h -r"));
        QCOMPARE(m_vm->state(), VmState::Running);
        QTRY_VERIFY_WITH_TIMEOUT(waitFor(m_vm->agent()->ping()).has_value(), kGuestPatience);
        VERIFY_OK(act(VmAction::ShutDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::ShutOff, kGuestPatience);
        QVERIFY(contentOf(m_vm->places().serialLog()).contains("shutdown -h -P"));
        QVERIFY(!contentOf(m_vm->places().serialLog()).contains("power button"));
        QCOMPARE(m_vm->status().reason, StateReason::GuestRequest);
    }

    void silentAgent_leavesItToTheButton()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("no-agent"), QStringLiteral("qemu"),
            QStringLiteral("<channel type='unix'><target type='virtio' "
                           "name='org.qemu.guest_agent.0'/></channel>")));
        QCOMPARE(waitFor(m_vm->agent()->facts()).error().cause, ErrorCause::GuestAgentMissing);
        VERIFY_OK(act(VmAction::ShutDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::ShutOff, kGuestPatience);
        QVERIFY(contentOf(m_vm->places().serialLog()).contains("power button"));
    }

    void deafGuest_countsAsRunningAgain()
    {
        CoreOptions options = m_home->options();
        options.shutdownPatience = std::chrono::milliseconds(1500);
        open(options);
        boot(m_guest->domainXml(QStringLiteral("deaf")));
        GuestShell(m_vm->places().serialSocket()).ask("killall acpid");
        VERIFY_OK(act(VmAction::ShutDown));
        QCOMPARE(m_vm->state(), VmState::ShuttingDown);
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        QVERIFY(m_vm->status().detail.contains(QStringLiteral("did not react")));
        // A reboot that was ignored must not make the power-off that follows one.
        VERIFY_OK(act(VmAction::Reboot));
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        GuestShell last(m_vm->places().serialSocket()); // QEMU forgets what a closed one said
        last.send("poweroff -f");
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::ShutOff, kGuestPatience);
    }

    void fullDisk_pausesAndGoesOnWithRoom()
    {
        m_disk = std::make_unique<SmallDisk>(m_home->path(QStringLiteral("small")), "8m");
        if (!m_disk->isMounted())
            QSKIP("mounting takes root");
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("writer"), QStringLiteral("qemu"),
            dataDisk(m_home->path(QStringLiteral("small/data.qcow2")))));
        GuestShell guest(m_vm->places().serialSocket());
        guest.send("dd if=/dev/urandom of=/dev/vda bs=64k count=400; sync; echo wr\"\"itten");
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Paused, kGuestPatience);
        QCOMPARE(m_vm->status().reason, StateReason::DiskFull);
        QVERIFY(m_vm->status().detail.contains(QStringLiteral("disk-vda")));
        QVERIFY(m_disk->resize("64m"));
        VERIFY_OK(act(VmAction::Resume));
        QTRY_VERIFY_WITH_TIMEOUT(
            contentOf(m_vm->places().serialLog()).contains("\nwritten"), kGuestPatience);
        QCOMPARE(m_vm->state(), VmState::Running);
    }

    void panickedGuest_isCrashed()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("panics"), QStringLiteral("qemu"),
            QStringLiteral("<panic model='isa'/>")));
        GuestShell last(m_vm->places().serialSocket()); // QEMU forgets what a closed one said
        last.send("echo c >/proc/sysrq-trigger");
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::Crashed, kGuestPatience);
        QCOMPARE(m_vm->status().reason, StateReason::GuestPanicked);
    }

    void trashedMachine_comesBackWithItsDisk()
    {
        open(m_home->options());
        const auto id = waitFor(m_core->create({ .name = QStringLiteral("trashed"),
            .memory = Bytes::fromMiB(64),
            .newDisk = Bytes::fromMiB(32) }));
        VERIFY_OK(id);
        const QString disk = m_core->machine(*id)->definition().devices<Disk>().first().sourceFile;
        VERIFY_OK(waitFor(m_core->perform(*id, VmAction::Undefine)));
        QVERIFY(!QFile::exists(disk));
        VERIFY_OK(m_core->restoreTrashed(*id));
        QVERIFY(QFile::exists(disk));
        m_vm = m_core->machine(*id);
        VERIFY_OK(act(VmAction::Start));
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_Lifecycle.moc"
