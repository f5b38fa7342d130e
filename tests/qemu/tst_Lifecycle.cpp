// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/GuestFixture.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/GuestAgent.h"

#include <QFile>
#include <QTest>

using namespace vmm;
using tests::contentOf;
using tests::GuestShell;
using tests::kGuestPatience;
using tests::SmallDisk;
using tests::TempHome;
using tests::waitFor;

/// The life of a real guest: what it remembers and what becomes of it.
class TestLifecycle : public tests::GuestFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
    }
    void init() { m_home = std::make_unique<TempHome>(); }
    void cleanup() { end(); }

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

    void rebootOfAProgramThatIsGone_goesOn_data()
    {
        QTest::addColumn<bool>("isOffBefore");
        QTest::newRow("taken up before the guest is off") << false;
        QTest::newRow("taken up when QEMU holds the guest") << true;
    }

    void rebootOfAProgramThatIsGone_goesOn()
    {
        QFETCH(bool, isOffBefore);
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("rebooted")));
        const QUuid id = m_vm->id();
        const MachinePlaces places = m_vm->places();
        GuestShell guest(places.serialSocket());
        guest.ask("killall acpid"); // it is off when we say so
        VERIFY_OK(act(VmAction::Reboot));
        m_core.reset();
        if (isOffBefore) {
            guest.send("poweroff -f");
            waitForRunState(places.qmpSocket(), QStringLiteral("shutdown"));
        }
        open(m_home->options());
        m_vm = m_core->machine(id);
        if (!isOffBefore) {
            QCOMPARE(m_vm->state(), VmState::ShuttingDown);
            guest.send("poweroff -f");
        }
        waitForReady(2);
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!QFile::exists(places.rebootNote()));
        VERIFY_OK(act(VmAction::ShutDown));
        QTRY_COMPARE_WITH_TIMEOUT(m_vm->state(), VmState::ShutOff, kGuestPatience);
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

private:
    /// Of a QEMU that nobody else speaks to.
    void waitForRunState(const QString& socket, const QString& wanted)
    {
        QmpClient qmp;
        qmp.connectTo(socket);
        QTRY_VERIFY(qmp.isReady());
        const auto runState = [&] {
            return waitFor(qmp.execute(QStringLiteral("query-status")))
                ->toObject()
                .value(QLatin1StringView("status"))
                .toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(runState(), wanted, kGuestPatience);
        qmp.close();
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_Lifecycle.moc"
