// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/SavedMemory.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace vmm;
using tests::smallDomainXml;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kSlowStop = 20'000;

} // namespace

/// What becomes of a machine when QEMU, or we, die on the way to the disk and back.
class TestMemorySaver : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    QUuid m_vm;

    void openAgain(const QByteArray& mode)
    {
        m_core.reset();
        m_core = std::make_unique<Core>(m_home->fakeOptions(QString::fromLatin1(mode)));
        VERIFY_OK(waitFor(m_core->open()));
    }

    void openWith(const QByteArray& mode)
    {
        openAgain(mode);
        const auto defined = waitFor(m_core->define(smallDomainXml(QStringLiteral("vm"))));
        VERIFY_OK(defined);
        m_vm = *defined;
    }

    /// A machine that is saved already, for a QEMU of that kind.
    void openSaved(const QByteArray& mode)
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Save));
        QVERIFY(vm()->hasSavedMemory());
        openAgain(mode);
        QCOMPARE(vm()->status().reason, StateReason::Saved);
    }

    Machine* vm() const { return m_core->machine(m_vm); }
    SavedMemory memory() const { return SavedMemory(vm()->places().folder); }
    Result<void> act(VmAction action) { return waitFor(m_core->perform(m_vm, action)); }

    bool hasLeftovers() const
    {
        const QString folder = vm()->places().folder;
        return memory().isBeingWritten() || QFile::exists(folder + QStringLiteral("/used"));
    }

    static void rowsOf(std::initializer_list<const char*> commands)
    {
        QTest::addColumn<QByteArray>("command");
        for (const char* command : commands)
            QTest::newRow(command) << QByteArray(command);
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<TempHome>(); }

    void cleanup()
    {
        if (m_core && vm() && isAllowed(VmAction::ForceOff, vm()->state()))
            VERIFY_OK(act(VmAction::ForceOff));
        m_core.reset();
        m_home.reset();
    }

    void savedMachine_startsFromItsMemory()
    {
        openSaved("normal");
        QVERIFY(m_core->machine(m_vm)->hasSavedMemory());
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->state(), VmState::Running);
        QCOMPARE(vm()->status().reason, StateReason::Restored);
        QVERIFY(!vm()->hasSavedMemory());
        QTRY_VERIFY(!hasLeftovers());
        QVERIFY(!vm()->occupation());
    }

    /// It comes with no memory. That it is told is seen by the end of the one who hears it.
    void savedMachine_isToldTheScreensPassword()
    {
        openWith("normal");
        QString xml = vm()->xml();
        xml.replace(QLatin1StringView("<graphics type=\"spice\""),
            QLatin1StringView("<graphics type=\"spice\" passwd=\"sesame\""));
        QVERIFY(xml.contains(QStringLiteral("sesame")));
        VERIFY_OK(waitFor(m_core->define(xml)));
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Save));
        openAgain("die-at-set_password");
        QVERIFY(!act(VmAction::Start));
        openAgain("normal");
        VERIFY_OK(act(VmAction::Start));
    }

    void qemuThatDiesWhileSaving_isCrashedAndStartsAnew_data()
    {
        rowsOf(
            { "stop", "qom-get", "getfd", "migrate-set-parameters", "migrate", "query-migrate" });
    }

    void qemuThatDiesWhileSaving_isCrashedAndStartsAnew()
    {
        QFETCH(QByteArray, command);
        openWith("die-at-" + command);
        VERIFY_OK(act(VmAction::Start));
        QVERIFY(!act(VmAction::Save).has_value());
        QTRY_COMPARE(vm()->state(), VmState::Crashed);
        QTRY_VERIFY(!vm()->occupation());
        QVERIFY(!vm()->hasSavedMemory());
        QTRY_VERIFY(!hasLeftovers());
        openAgain("normal");
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->status().reason, StateReason::HostRequest);
    }

    void guestWhoseDisksAreSlow_isHeld()
    {
        openWith("slow-stop");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(waitFor(vm()->hold(StateReason::Snapshot), kSlowStop));
        QCOMPARE(vm()->state(), VmState::Paused);
        QVERIFY(vm()->isHeld());
        VERIFY_OK(waitFor(vm()->letGoOn()));
        QTRY_COMPARE(vm()->state(), VmState::Running);
        QVERIFY(!vm()->isHeld());
    }

    void guestWhoseDisksAreTooSlow_goesOn()
    {
        openWith("slow-stop");
        VERIFY_OK(act(VmAction::Start));
        const auto held = waitFor(vm()->hold(StateReason::Snapshot, std::chrono::seconds(1)));
        QCOMPARE(held.error().kind, ErrorKind::TimedOut);
        QCOMPARE(vm()->state(), VmState::Paused);
        QTRY_COMPARE_WITH_TIMEOUT(vm()->state(), VmState::Running, kSlowStop);
        QVERIFY(!vm()->isHeld());
    }

    void qemuThatDiesWhenSaved_isSaved()
    {
        openWith("die-at-quit");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QCOMPARE(vm()->status().reason, StateReason::Saved);
    }

    void refusedStep_leavesTheMachineRunning_data()
    {
        rowsOf({ "stop", "getfd", "migrate-set-parameters", "migrate", "query-migrate" });
    }

    void refusedStep_leavesTheMachineRunning()
    {
        QFETCH(QByteArray, command);
        openWith("fail-at-" + command);
        VERIFY_OK(act(VmAction::Start));
        const auto saved = act(VmAction::Save);
        QCOMPARE(saved.error().kind, ErrorKind::ProcessFailed);
        QVERIFY(saved.error().detail.contains(QStringLiteral("not today")));
        QCOMPARE(vm()->state(), VmState::Running);
        QTRY_VERIFY(!vm()->occupation());
        QVERIFY(!hasLeftovers() && !vm()->hasSavedMemory());
    }

    void failedSaveOfAPausedMachine_leavesItPaused()
    {
        openWith("fail-at-migrate");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Pause));
        QVERIFY(!act(VmAction::Save).has_value());
        QCOMPARE(vm()->state(), VmState::Paused);
        QCOMPARE(vm()->status().reason, StateReason::HostRequest);
    }

    void cancelledSave_runsOn()
    {
        openWith("slow-migration");
        VERIFY_OK(act(VmAction::Start));
        auto save = m_core->perform(m_vm, VmAction::Save);
        QTRY_VERIFY(save.progressValue() > 40); // half is written
        QCOMPARE(act(VmAction::Resume).error().kind, ErrorKind::Busy);
        save.cancel();
        QTRY_COMPARE(vm()->state(), VmState::Running);
        QTRY_VERIFY(!vm()->occupation());
        QVERIFY(!hasLeftovers());
    }

    void saveCancelledAtOnce_runsOn()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        auto save = m_core->perform(m_vm, VmAction::Save);
        save.cancel();
        QTRY_VERIFY(!vm()->occupation());
        QTRY_COMPARE(vm()->state(), VmState::Running);
        QVERIFY(!hasLeftovers() && !vm()->hasSavedMemory() && !memory().exists());
    }

    void saverThatDies_leavesAMachineThatRunsOn()
    {
        openWith("slow-migration");
        VERIFY_OK(act(VmAction::Start));
        const auto save = m_core->perform(m_vm, VmAction::Save);
        QTRY_VERIFY(save.progressValue() > 40);
        const qint64 pid = vm()->process().pid;
        openAgain("slow-migration");
        QTRY_COMPARE(vm()->state(), VmState::Running);
        QCOMPARE(vm()->process().pid, pid);
        QTRY_VERIFY(!hasLeftovers());
        QVERIFY(!vm()->hasSavedMemory());
    }

    void saverThatDiesBeforeTheEndOfQemu_leavesASavedMachine()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        VERIFY_OK(memory().begin({ .definition = vm()->definition() }));
        VERIFY_OK(memory().commit());
        openAgain("normal");
        QTRY_COMPARE(vm()->status().reason, StateReason::Saved);
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QVERIFY(!process.isAlive());
        QVERIFY(vm()->hasSavedMemory());
    }

    void restorerThatDies_leavesASavedMachine()
    {
        openSaved("slow-migration");
        const auto start = m_core->perform(m_vm, VmAction::Start);
        QTRY_VERIFY(vm()->process().isValid());
        QTRY_VERIFY(vm()->occupation());
        const ProcessIdentity process = vm()->process();
        openAgain("normal");
        QTRY_VERIFY(!process.isAlive());
        QTRY_COMPARE(vm()->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->status().reason, StateReason::Restored);
    }

    void beginningOfASave_isWorthNothing()
    {
        openWith("normal");
        VERIFY_OK(memory().begin({ .definition = vm()->definition() }));
        openAgain("normal");
        QVERIFY(!vm()->hasSavedMemory());
        QVERIFY(!hasLeftovers());
    }

    void usedMemory_isClearedAway()
    {
        openSaved("normal");
        VERIFY_OK(memory().markUsed());
        openAgain("normal");
        QVERIFY(!vm()->hasSavedMemory());
        QTRY_VERIFY(!hasLeftovers());
    }

    void qemuThatDiesWhileRestoring_leavesASavedMachine_data()
    {
        rowsOf({ "qmp_capabilities", "getfd", "migrate-incoming", "query-migrate", "cont" });
    }

    void qemuThatDiesWhileRestoring_leavesASavedMachine()
    {
        QFETCH(QByteArray, command);
        openSaved("die-at-" + command);
        const auto started = act(VmAction::Start);
        QVERIFY(!started.has_value());
        QTRY_COMPARE(vm()->state(), VmState::ShutOff);
        QTRY_VERIFY(!vm()->occupation());
        QVERIFY(vm()->hasSavedMemory());
        QVERIFY(!hasLeftovers());
        openAgain("normal");
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->status().reason, StateReason::Restored);
    }

    void refusedRestore_leavesASavedMachine_data()
    {
        rowsOf({ "getfd", "migrate-incoming", "query-migrate", "cont" });
    }

    void refusedRestore_leavesASavedMachine()
    {
        QFETCH(QByteArray, command);
        openSaved("fail-at-" + command);
        const auto started = act(VmAction::Start);
        QVERIFY(started.error().detail.contains(QStringLiteral("not today")));
        QTRY_COMPARE(vm()->state(), VmState::ShutOff);
        QCOMPARE(vm()->status().reason, StateReason::StartFailed);
        QVERIFY(!vm()->process().isValid());
        QVERIFY(vm()->hasSavedMemory());
    }

    void cancelledRestore_leavesASavedMachine()
    {
        openSaved("slow-migration");
        auto start = m_core->perform(m_vm, VmAction::Start);
        QTRY_VERIFY(vm()->state() == VmState::Starting);
        start.cancel();
        QTRY_COMPARE(vm()->state(), VmState::ShutOff);
        QTRY_COMPARE(vm()->status().reason, StateReason::Saved);
        QVERIFY(vm()->hasSavedMemory());
    }

    void savedMachine_isNotChanged()
    {
        openSaved("normal");
        QCOMPARE(
            waitFor(m_core->define(vm()->xml())).error().cause, ErrorCause::SavedMemoryInTheWay);
        VERIFY_OK(m_core->rename(m_vm, QStringLiteral("renamed")));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->runningDefinition().name(), QStringLiteral("renamed"));
    }

    void discardedMemory_isGone()
    {
        openSaved("normal");
        VERIFY_OK(act(VmAction::DiscardSave));
        QVERIFY(!vm()->hasSavedMemory());
        QCOMPARE(act(VmAction::DiscardSave).error().kind, ErrorKind::WrongState);
        VERIFY_OK(m_core->define(vm()->xml()));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->status().reason, StateReason::HostRequest);
    }

    void savedMachine_keepsItsMemoryInTheTrash()
    {
        openSaved("normal");
        VERIFY_OK(act(VmAction::Undefine));
        VERIFY_OK(m_core->restoreTrashed(m_vm));
        QCOMPARE(vm()->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
    }
};

QTEST_GUILESS_MAIN(TestMemorySaver)
#include "tst_MemorySaver.moc"
