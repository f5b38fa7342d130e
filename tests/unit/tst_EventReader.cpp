// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/qemu/EventReader.h"

#include <QTest>

#include <csignal>

using namespace vmm;

Q_DECLARE_METATYPE(vmm::ProcessExit)
Q_DECLARE_METATYPE(vmm::ErrorKind)
Q_DECLARE_METATYPE(vmm::ErrorCause)
Q_DECLARE_METATYPE(vmm::StateReason)

namespace {

QmpEvent qmpEvent(const char* name, const QJsonObject& data = {})
{
    return { QString::fromLatin1(name), data };
}

QmpEvent shutdown(const char* reason, bool isByGuest)
{
    return qmpEvent("SHUTDOWN",
        { { QStringLiteral("guest"), isByGuest },
            { QStringLiteral("reason"), QString::fromLatin1(reason) } });
}

constexpr ProcessExit kClean { .isKnown = true };
constexpr ProcessExit kCodeOne { .isKnown = true, .code = 1 };
constexpr ProcessExit kKilled { .isKnown = true, .signal = SIGKILL };
constexpr ProcessExit kUnknown {};

} // namespace

class TestEventReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopAndResume_changeTheState()
    {
        EventReader reader;
        const auto stopped = reader.read(qmpEvent("STOP"), VmState::Running);
        QVERIFY(stopped);
        QCOMPARE(stopped->state, VmState::Paused);
        QCOMPARE(stopped->reason, StateReason::HostRequest);
        const auto resumed = reader.read(qmpEvent("RESUME"), VmState::Paused);
        QVERIFY(resumed);
        QCOMPARE(resumed->state, VmState::Running);
    }

    void stopAfterDiskError_isAnIoError()
    {
        EventReader reader;
        QVERIFY(!reader.read(
            qmpEvent("BLOCK_IO_ERROR",
                { { QStringLiteral("device"), QStringLiteral("disk-vda") },
                    { QStringLiteral("action"), QStringLiteral("stop") },
                    { QStringLiteral("reason"), QStringLiteral("No space left on device") } }),
            VmState::Running));
        const auto stopped = reader.read(qmpEvent("STOP"), VmState::Running);
        QVERIFY(stopped);
        QCOMPARE(stopped->reason, StateReason::IoError);
        QVERIFY(stopped->detail.contains(QStringLiteral("disk-vda")));
        QVERIFY(stopped->detail.contains(QStringLiteral("No space left")));
    }

    void stopForLackOfRoom_isAFullDisk()
    {
        EventReader reader;
        (void)reader.read(qmpEvent("BLOCK_IO_ERROR",
                              { { QStringLiteral("device"), QString() },
                                  { QStringLiteral("node-name"), QStringLiteral("disk-vda") },
                                  { QStringLiteral("nospace"), true },
                                  { QStringLiteral("action"), QStringLiteral("stop") } }),
            VmState::Running);
        const auto stopped = reader.read(qmpEvent("STOP"), VmState::Running);
        QCOMPARE(stopped->reason, StateReason::DiskFull);
        QVERIFY(stopped->detail.contains(QStringLiteral("disk-vda")));
    }

    void expectedReason_isThatOfTheNextStopAlone()
    {
        EventReader reader;
        reader.expect(StateReason::Saving);
        QCOMPARE(reader.read(qmpEvent("STOP"), VmState::Running)->reason, StateReason::Saving);
        QCOMPARE(
            reader.read(qmpEvent("RESUME"), VmState::Paused)->reason, StateReason::HostRequest);
        reader.expect(StateReason::Saved);
        QCOMPARE(reader.readExit(kClean, { .isForcedOff = true }, {}).reason, StateReason::Saved);
    }

    void watchdog_isToldHoweverItActs()
    {
        const auto watchdog = [](const char* action) {
            return qmpEvent(
                "WATCHDOG", { { QStringLiteral("action"), QString::fromLatin1(action) } });
        };
        EventReader pausing;
        QVERIFY(!pausing.read(watchdog("pause"), VmState::Running));
        QCOMPARE(pausing.read(qmpEvent("STOP"), VmState::Running)->reason, StateReason::Watchdog);
        EventReader ending; // "poweroff" ends QEMU without a further word
        QVERIFY(!ending.read(watchdog("poweroff"), VmState::Running));
        QCOMPARE(ending.readExit(kClean, {}, {}).state, VmState::ShutOff);
        QCOMPARE(ending.readExit(kClean, {}, {}).reason, StateReason::Watchdog);
        EventReader resetting;
        QCOMPARE(
            resetting.read(watchdog("reset"), VmState::Running)->reason, StateReason::Watchdog);
        (void)resetting.read(qmpEvent("RESET"), VmState::Running);
        QCOMPARE(resetting.readExit(kClean, {}, {}).reason, StateReason::Other);
    }

    void killForLackOfMemory_isTold()
    {
        const EventReader reader;
        const auto reasonOf = [&reader](const ProcessExit& exit, const ExitClues& clues) {
            return reader.readExit(exit, clues, {}).reason;
        };
        QCOMPARE(reasonOf(kKilled, { .oomVictim = OomVictim::Somebody }), StateReason::OutOfMemory);
        QCOMPARE(
            reasonOf(kUnknown, { .oomVictim = OomVictim::Somebody }), StateReason::OutOfMemory);
        QCOMPARE(reasonOf(kKilled, {}), StateReason::ProcessDied);
        QCOMPARE(
            reasonOf(kCodeOne, { .oomVictim = OomVictim::Somebody }), StateReason::ProcessDied);
        QCOMPARE(reasonOf(kKilled, { .isForcedOff = true, .oomVictim = OomVictim::Itself }),
            StateReason::HostRequest);
    }

    void guestThatIsHeldAtItsEndAndGoesOn_isRunning()
    {
        EventReader reader;
        (void)reader.read(shutdown("guest-shutdown", true), VmState::ShuttingDown);
        QVERIFY(!reader.read(qmpEvent("STOP"), VmState::ShuttingDown));
        QCOMPARE(reader.read(qmpEvent("RESUME"), VmState::ShuttingDown)->state, VmState::Running);
        QCOMPARE(reader.read(qmpEvent("STOP"), VmState::Running)->state, VmState::Paused);
    }

    void reportedDiskError_explainsNoLaterStop()
    {
        EventReader reader;
        (void)reader.read(
            qmpEvent("BLOCK_IO_ERROR", { { QStringLiteral("action"), QStringLiteral("report") } }),
            VmState::Running);
        QCOMPARE(reader.read(qmpEvent("STOP"), VmState::Running)->reason, StateReason::HostRequest);
    }

    void diskErrorBeforeResume_explainsNoLaterStop()
    {
        EventReader reader;
        (void)reader.read(
            qmpEvent("BLOCK_IO_ERROR", { { QStringLiteral("action"), QStringLiteral("stop") } }),
            VmState::Running);
        (void)reader.read(qmpEvent("STOP"), VmState::Running);
        (void)reader.read(qmpEvent("RESUME"), VmState::Paused);
        QCOMPARE(reader.read(qmpEvent("STOP"), VmState::Running)->reason, StateReason::HostRequest);
    }

    void stopWhileEnding_isNoPause()
    {
        EventReader reader;
        QCOMPARE(reader.read(shutdown("guest-shutdown", true), VmState::Running)->state,
            VmState::ShuttingDown);
        QVERIFY(!reader.read(qmpEvent("STOP"), VmState::ShuttingDown));
    }

    void rebootInsteadOfPowerOff_isRunningAgain()
    {
        EventReader reader;
        QCOMPARE(reader.read(qmpEvent("RESET"), VmState::ShuttingDown)->state, VmState::Running);
        QVERIFY(!reader.read(qmpEvent("RESET"), VmState::Running));
    }

    void unknownEvent_meansNothing()
    {
        EventReader reader;
        QVERIFY(!reader.read(qmpEvent("NIC_RX_FILTER_CHANGED"), VmState::Running));
        QVERIFY(!reader.read(qmpEvent(""), VmState::Running));
    }

    void runStates_areMapped()
    {
        const auto stateOf = [](const char* runState) {
            return EventReader::readRunState(QString::fromLatin1(runState));
        };
        QCOMPARE(stateOf("running")->state, VmState::Running);
        QCOMPARE(stateOf("paused")->state, VmState::Paused);
        QCOMPARE(stateOf("io-error")->reason, StateReason::IoError);
        QCOMPARE(stateOf("guest-panicked")->reason, StateReason::GuestPanicked);
        QCOMPARE(stateOf("internal-error")->state, VmState::Paused);
        QCOMPARE(stateOf("internal-error")->detail, QStringLiteral("internal-error"));
        QVERIFY(!stateOf("prelaunch"));
    }

    void exit_isExplained_data()
    {
        QTest::addColumn<QString>("shutdownReason"); // empty: no SHUTDOWN event was seen
        QTest::addColumn<bool>("isByGuest");
        QTest::addColumn<ProcessExit>("exit");
        QTest::addColumn<bool>("isForcedOff");
        QTest::addColumn<VmState>("state");
        QTest::addColumn<StateReason>("reason");
        const auto row
            = [](const char* name, const char* shutdownReason, bool isByGuest,
                  const ProcessExit& exit, bool isForcedOff, VmState state, StateReason reason) {
                  QTest::newRow(name) << QString::fromLatin1(shutdownReason) << isByGuest << exit
                                      << isForcedOff << state << reason;
              };
        row("guest powered off", "guest-shutdown", true, kClean, false, VmState::ShutOff,
            StateReason::GuestRequest);
        row("guest powered off, adopted", "guest-shutdown", true, kUnknown, false, VmState::ShutOff,
            StateReason::GuestRequest);
        row("quit by us", "host-qmp-quit", false, kClean, true, VmState::ShutOff,
            StateReason::HostRequest);
        row("quit by another", "host-qmp-quit", false, kClean, false, VmState::ShutOff,
            StateReason::HostRequest);
        row("killed by us", "", false, kKilled, true, VmState::ShutOff, StateReason::HostRequest);
        row("terminated", "host-signal", false, kClean, false, VmState::ShutOff,
            StateReason::Other);
        row("killed by another", "", false, kKilled, false, VmState::Crashed,
            StateReason::ProcessDied);
        row("exit code", "", false, kCodeOne, false, VmState::Crashed, StateReason::ProcessDied);
        row("crash while powering off", "guest-shutdown", true, kKilled, false, VmState::Crashed,
            StateReason::ProcessDied);
        row("gone, adopted", "", false, kUnknown, false, VmState::Crashed,
            StateReason::ProcessDied);
        row("panic", "guest-panic", true, kClean, false, VmState::Crashed,
            StateReason::GuestPanicked);
    }

    void exit_isExplained()
    {
        QFETCH(QString, shutdownReason);
        QFETCH(bool, isByGuest);
        QFETCH(ProcessExit, exit);
        QFETCH(bool, isForcedOff);
        EventReader reader;
        if (!shutdownReason.isEmpty())
            (void)reader.read(shutdown(qPrintable(shutdownReason), isByGuest), VmState::Running);
        const VmStatus status = reader.readExit(
            exit, { .isForcedOff = isForcedOff }, QStringLiteral("the last words"));
        QTEST(status.state, "state");
        QTEST(status.reason, "reason");
        if (status.state == VmState::Crashed)
            QVERIFY(status.detail.contains(QStringLiteral("the last words")));
    }

    void startFailure_isClassified_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<QString>("subject");
        // The words of QEMU 7.2.
        QTest::newRow("locked") << QStringLiteral(
            "qemu-system-x86_64: -blockdev {...}: Failed to get \"write\" lock\n"
            "Is another process using the image [/data/a b.qcow2]?")
                                << ErrorKind::Busy << ErrorCause::ImageLocked
                                << QStringLiteral("/data/a b.qcow2");
        QTest::newRow("shared lock")
            << QStringLiteral("qemu-system-x86_64: Failed to get shared \"write\" lock\n"
                              "Is another process using the image [/data/a.qcow2]?")
            << ErrorKind::Busy << ErrorCause::ImageLocked << QStringLiteral("/data/a.qcow2");
        QTest::newRow("missing") << QStringLiteral(
            "qemu: Could not open '/data/a.qcow2': No such file or directory")
                                 << ErrorKind::NotFound << ErrorCause::ImageMissing
                                 << QStringLiteral("/data/a.qcow2");
        QTest::newRow("forbidden")
            << QStringLiteral("qemu: Could not open '/data/a.qcow2': Permission denied")
            << ErrorKind::PermissionDenied << ErrorCause::None << QStringLiteral("/data/a.qcow2");
        QTest::newRow("no spice") << QStringLiteral(
            "qemu-system-x86_64: -spice unix=on: There is no option group "
            "'spice'\nPerhaps you want to install qemu-system-modules-spice "
            "package?") << ErrorKind::HostLacksFeature
                                  << ErrorCause::QemuLacksSpice << QStringLiteral("vm");
        QTest::newRow("no card") << QStringLiteral(
            "egl: no drm render node available\nFailed to initialize EGL render node for SPICE GL")
                                 << ErrorKind::HostLacksFeature << ErrorCause::NoGraphicsCard
                                 << QStringLiteral("vm");
        QTest::newRow("other") << QStringLiteral("qemu: cannot set up guest memory")
                               << ErrorKind::ProcessFailed << ErrorCause::QemuDied
                               << QStringLiteral("vm");
        QTest::newRow("nothing said") << QString() << ErrorKind::ProcessFailed
                                      << ErrorCause::QemuDied << QStringLiteral("vm");
    }

    void startFailure_isClassified()
    {
        QFETCH(QString, words);
        const Error error = classifyStartFailure(QStringLiteral("vm"), kCodeOne, words);
        QTEST(error.kind, "kind");
        QTEST(error.cause, "cause");
        QTEST(error.subject, "subject");
        QVERIFY(error.detail.contains(words));
        if (error.cause == ErrorCause::QemuDied)
            QVERIFY(error.detail.contains(QStringLiteral("exited with code 1")));
    }
};

QTEST_APPLESS_MAIN(TestEventReader)
#include "tst_EventReader.moc"
