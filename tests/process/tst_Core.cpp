// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace vmm;
using tests::smallDomainXml;
using tests::TempHome;
using tests::waitFor;

/// The core with QEMUs that misbehave (tests/support/programs/fake_qemu.cpp).
class TestCore : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    QUuid m_vm;

    /// A core with one machine whose QEMU behaves like that.
    void openWith(const char* mode)
    {
        m_core = std::make_unique<Core>(m_home->fakeOptions(QString::fromLatin1(mode)));
        VERIFY_OK(waitFor(m_core->open()));
        const auto defined = waitFor(m_core->define(smallDomainXml(QStringLiteral("vm"))));
        VERIFY_OK(defined);
        m_vm = *defined;
    }

    Machine* vm() const { return m_core->machine(m_vm); }
    Result<void> act(VmAction action) { return waitFor(m_core->perform(m_vm, action)); }

    QString log() const
    {
        QFile file(vm()->places().logFile());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
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

    void newMachine_isRefusedPlacesThatTheCoreLacks()
    {
        openWith("normal");
        const auto refusal = [this](const NewMachine& machine) {
            return waitFor(m_core->create(machine)).error();
        };
        const QString name = QStringLiteral("new");
        QCOMPARE(refusal({ .name = name, .pool = QStringLiteral("default") }).kind,
            ErrorKind::HostLacksFeature);
        QCOMPARE(refusal({ .name = name,
                             .networkType = QStringLiteral("network"),
                             .network = QStringLiteral("default") })
                     .kind,
            ErrorKind::HostLacksFeature);
        const Error bridge = refusal({ .name = name,
            .furtherCards = { { QStringLiteral("bridge"), QStringLiteral("vdnobridge") } } });
        QCOMPARE(bridge.kind, ErrorKind::NotFound);
        QCOMPARE(bridge.subject, QStringLiteral("vdnobridge"));
        QCOMPARE(m_core->machines().size(), 1);
        VERIFY_OK(waitFor(m_core->create({ .name = name,
            .networkType = QStringLiteral("user"),
            .furtherCards = { { QStringLiteral("user"), {} } } })));
    }

    void wellBehavedQemu_runsAndEnds()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->state(), VmState::Running);
        QVERIFY(vm()->since().isValid());
        QVERIFY(vm()->process().isAlive());
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QCOMPARE(vm()->status().reason, StateReason::HostRequest);
        QVERIFY(!vm()->since().isValid());
        QVERIFY(!QFile::exists(vm()->places().runtimeFolder));
    }

    void splitAnswers_changeNothing()
    {
        openWith("split");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Pause));
        QCOMPARE(vm()->state(), VmState::Paused);
    }

    void floodOfEvents_changesNothing()
    {
        openWith("flood");
        VERIFY_OK(act(VmAction::Start));
        VERIFY_OK(act(VmAction::Pause));
    }

    void startThatDies_failsWithQemusWords_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* mode, const char* words) {
            QTest::newRow(mode) << QString::fromLatin1(mode) << QString::fromLatin1(words);
        };
        row("die-at-start", "something is not right");
        row("crash-at-start", "killed by signal 6");
        row("die-before-greeting", "exited with code 3");
        row("die-at-negotiation", "exited with code 4");
        row("die-when-asked", "exited with code 5");
    }

    void startThatDies_failsWithQemusWords()
    {
        QFETCH(QString, mode);
        QFETCH(QString, words);
        openWith(qPrintable(mode));
        const auto started = act(VmAction::Start);
        QVERIFY(!started.has_value());
        QCOMPARE(started.error().kind, ErrorKind::ProcessFailed);
        QCOMPARE(started.error().cause, ErrorCause::QemuDied);
        QCOMPARE(started.error().subject, QStringLiteral("vm"));
        QVERIFY2(started.error().detail.contains(words), qPrintable(started.error().detail));
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QCOMPARE(vm()->status().reason, StateReason::StartFailed);
        QVERIFY(vm()->status().detail.contains(words));
        QVERIFY(!QFile::exists(vm()->places().runtimeFolder));
    }

    void lockedImage_isNamed()
    {
        openWith("locked");
        const auto started = act(VmAction::Start);
        QCOMPARE(started.error().cause, ErrorCause::ImageLocked);
        QCOMPARE(started.error().subject, QStringLiteral("/images/a.qcow2"));
    }

    void missingQemu_failsWithQemuMissing()
    {
        CoreOptions options = m_home->fakeOptions();
        options.qemu->emulator = QStringLiteral("/nonexistent/qemu");
        m_core = std::make_unique<Core>(options);
        VERIFY_OK(waitFor(m_core->open()));
        m_vm = *waitFor(m_core->define(smallDomainXml(QStringLiteral("vm"))));
        const auto started = act(VmAction::Start);
        QCOMPARE(started.error().cause, ErrorCause::QemuMissing);
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QVERIFY(!QFile::exists(vm()->places().runtimeFolder));
    }

    void missingDisk_isFoundBeforeQemuStarts()
    {
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        const QString disk = m_home->path(QStringLiteral("gone.qcow2"));
        m_vm = *waitFor(m_core->define(smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(),
            QStringLiteral("<disk type='file'><driver type='qcow2'/><source file='%1'/>"
                           "<target dev='vda'/></disk>")
                .arg(disk))));
        QSignalSpy changed(m_core.get(), &Core::machineChanged);
        const auto started = act(VmAction::Start);
        QCOMPARE(started.error().kind, ErrorKind::NotFound);
        QCOMPARE(started.error().cause, ErrorCause::ImageMissing);
        QCOMPARE(started.error().subject, disk);
        QCOMPARE(changed.count(), 0);
    }

    void muteQemu_canBeForcedOffWhileStarting()
    {
        openWith("mute");
        const auto started = m_core->perform(m_vm, VmAction::Start);
        QCOMPARE(vm()->state(), VmState::Starting);
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(waitFor(started).error().kind, ErrorKind::Cancelled);
        QCOMPARE(vm()->state(), VmState::ShutOff);
    }

    void qemuThatIgnoresQuit_isKilled()
    {
        openWith("ignore-quit");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        VERIFY_OK(act(VmAction::ForceOff));
        QVERIFY(!process.isAlive());
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QCOMPARE(vm()->status().reason, StateReason::HostRequest);
    }

    void stoppedQemu_isKilled()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        ::kill(static_cast<pid_t>(vm()->process().pid), SIGSTOP);
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(vm()->state(), VmState::ShutOff);
    }

    void qemuThatDies_isCrashedWithItsLastWords()
    {
        openWith("die-later");
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(act(VmAction::Pause).error().kind, ErrorKind::Disconnected);
        QTRY_COMPARE(vm()->state(), VmState::Crashed);
        QCOMPARE(vm()->status().reason, StateReason::ProcessDied);
        QVERIFY(vm()->status().detail.contains(QStringLiteral("the end is near")));
        QVERIFY(vm()->status().detail.contains(QStringLiteral("exited with code 6")));
    }

    void killedQemu_isCrashedAndStartsAgain()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        ::kill(static_cast<pid_t>(vm()->process().pid), SIGKILL);
        QTRY_COMPARE(vm()->state(), VmState::Crashed);
        QVERIFY(vm()->status().detail.contains(QStringLiteral("killed by signal 9")));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->state(), VmState::Running);
    }

    void garbageOnTheMonitor_isOvercomeByAnotherConnection()
    {
        openWith("garbage");
        // The first connection ends in garbage before it tells the state; the second one tells it.
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(vm()->state(), VmState::Running);
        VERIFY_OK(act(VmAction::Pause));
        QCOMPARE(vm()->state(), VmState::Paused);
    }

    void refusedCommand_failsAndChangesNothing()
    {
        openWith("refuse");
        VERIFY_OK(act(VmAction::Start));
        const auto paused = act(VmAction::Pause);
        QCOMPARE(paused.error().kind, ErrorKind::ProcessFailed);
        QVERIFY(paused.error().detail.contains(QStringLiteral("no stop today")));
        QCOMPARE(vm()->state(), VmState::Running);
    }

    void qemu_getsNothingOfOurs()
    {
        qputenv("VIRTDECK_TEST_SECRET", "s3cret");
        openWith("report");
        VERIFY_OK(act(VmAction::Start));
        qunsetenv("VIRTDECK_TEST_SECRET");
        const QString report = log();
        QVERIFY(report.contains(QStringLiteral("env LC_ALL=C\n")));
        QVERIFY(report.contains(QStringLiteral("env PATH=")));
        QVERIFY2(!report.contains(QStringLiteral("s3cret")), qPrintable(report));
        for (const char* fd : { "fd 0\n", "fd 1\n", "fd 2\n", "fd 3\n" })
            QVERIFY2(report.contains(QLatin1StringView(fd)), qPrintable(report));
        QCOMPARE(report.count(QStringLiteral("fd ")), 4);
        QVERIFY(report.contains(QStringLiteral("leads its session: 1")));
        QFile limits(QStringLiteral("/proc/%1/limits").arg(vm()->process().pid));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        QVERIFY(
            QString::fromLatin1(limits.readAll())
                .contains(QRegularExpression(QStringLiteral("Max core file size\\s+0\\s+0\\s"))));
    }

    void logOfTheRunBefore_isKept()
    {
        openWith("die-later");
        for (int run = 0; run < 2; ++run) {
            VERIFY_OK(act(VmAction::Start));
            QVERIFY(!act(VmAction::Pause).has_value());
            QTRY_COMPARE(vm()->state(), VmState::Crashed);
        }
        QVERIFY(QFile::exists(vm()->places().logFile() + QStringLiteral(".1")));
        QCOMPARE(log().count(QStringLiteral("the end is near")), 1);
    }

    void machinesOfAnEarlierCore_areTakenUp()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        const QDateTime since = vm()->since();
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        QVERIFY(process.isAlive());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->state(), VmState::Running);
        QCOMPARE(vm()->status().reason, StateReason::Adopted);
        QCOMPARE(vm()->process(), process);
        QCOMPARE(vm()->since(), since);
        VERIFY_OK(act(VmAction::Pause));
        QCOMPARE(vm()->state(), VmState::Paused);
    }

    void hungMachine_holdsUpNobodyAndCanBeForcedOff()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        m_core.reset();
        ::kill(static_cast<pid_t>(process.pid), SIGSTOP);
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->state(), VmState::Running);
        QVERIFY(vm()->status().detail.contains(QStringLiteral("does not answer")));
        VERIFY_OK(act(VmAction::ForceOff));
        QVERIFY(!process.isAlive());
    }

    void machineThatEndedMeanwhile_isShutOff()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        m_core.reset();
        ::kill(static_cast<pid_t>(process.pid), SIGKILL);
        QTRY_VERIFY(!process.isAlive());
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QVERIFY(!QFile::exists(vm()->places().runtimeFolder));
    }

    void pidOfAnotherProcess_isNotTakenUp()
    {
        openWith("normal");
        const MachinePlaces places = vm()->places();
        QVERIFY(QDir().mkpath(places.runtimeFolder));
        // Our own pid, but with another start time: as if it had been used again.
        ProcessIdentity other = ProcessIdentity::of(QCoreApplication::applicationPid());
        other.startTicks -= 1;
        VERIFY_OK((RuntimeRecord { .process = other, .bootId = currentBootId() }.save(
            places.recordFile())));
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->state(), VmState::ShutOff);
        QVERIFY(!vm()->process().isValid());
    }

    void ownerDeadBeforeItKnewThePid_machineIsFoundByItsUuid()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const ProcessIdentity process = vm()->process();
        const QString recordFile = vm()->places().recordFile();
        RuntimeRecord record = *RuntimeRecord::load(recordFile);
        m_core.reset();
        record.process = {};
        VERIFY_OK(record.save(recordFile));
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->state(), VmState::Running);
        QCOMPARE(vm()->process(), process);
    }

    void fiftyMachines_areTakenUp()
    {
        openWith("normal");
        QVector<Future<void>> starts;
        for (int i = 0; i < 49; ++i)
            starts.append(m_core->perform(
                *waitFor(m_core->define(smallDomainXml(QStringLiteral("vm%1").arg(i)))),
                VmAction::Start));
        starts.append(m_core->perform(m_vm, VmAction::Start));
        for (const auto& start : starts)
            VERIFY_OK(waitFor(start));
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open())); // how fast: bench-adopt
        const auto machines = m_core->machines();
        QVector<Future<void>> ends;
        for (Machine* machine : machines) {
            QCOMPARE(machine->state(), VmState::Running);
            ends.append(machine->forceOff());
        }
        for (const auto& end : ends)
            VERIFY_OK(waitFor(end));
    }

    void undefine_deletesItsFolderAndNothingElse()
    {
        const QString outside = m_home->write(QStringLiteral("images/mine.qcow2"), "data");
        openWith("normal");
        const MachinePlaces places = vm()->places();
        QFile inside(places.diskFolder() + QStringLiteral("/a.qcow2"));
        QVERIFY(inside.open(QIODevice::WriteOnly));
        QVERIFY(QFile::link(
            m_home->path(QStringLiteral("images")), places.diskFolder() + QStringLiteral("/link")));
        VERIFY_OK(act(VmAction::Undefine));
        QVERIFY(!m_core->machine(m_vm));
        QVERIFY(!QFile::exists(places.folder));
        QTRY_VERIFY(QDir(m_home->dataFolder() + QStringLiteral("/machines"))
                        .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
        QVERIFY(QFile::exists(outside));
    }

    void undefineWithADiskThatAnotherUses_isRefused()
    {
        openWith("normal");
        const QString disk = vm()->places().diskFolder() + QStringLiteral("/a.qcow2");
        VERIFY_OK(m_core->define(smallDomainXml(QStringLiteral("other"), QUuid::createUuid(),
            QStringLiteral("<disk type='file'><driver type='qcow2'/><source file='%1'/>"
                           "<target dev='vda'/></disk>")
                .arg(disk))));
        const auto undefined = act(VmAction::Undefine);
        QCOMPARE(undefined.error().kind, ErrorKind::Busy);
        QCOMPARE(undefined.error().subject, disk);
        QVERIFY(vm());
    }

    void defineWhileRunning_isForTheNextStart()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const QString before = vm()->xml();
        Definition changed = vm()->definition();
        changed.setMemory(Bytes::fromMiB(96));
        VERIFY_OK(m_core->define(changed.toXml()));
        QCOMPARE(vm()->runningDefinition().toXml(), before);
        QCOMPARE(vm()->definition().memory(), Bytes::fromMiB(96));
        // Known also to the one who takes the machine up.
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->runningDefinition().toXml(), before);
        QCOMPARE(vm()->definition().memory(), Bytes::fromMiB(96));
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(vm()->runningDefinition().memory(), Bytes::fromMiB(96));
    }

    void changesAtTheSameTime_allStay()
    {
        openWith("normal");
        const auto renamed = m_core->rename(m_vm, QStringLiteral("other"));
        const auto changed = m_core->change(m_vm, [](const Machine& machine) -> Result<Definition> {
            Definition definition = machine.definition();
            definition.setMemory(Bytes::fromMiB(96));
            return definition;
        });
        const auto refused = m_core->change(m_vm, [](const Machine&) -> Result<Definition> {
            return Error { ErrorKind::InvalidConfig };
        });
        const auto titled = m_core->change(m_vm, [](const Machine& machine) -> Result<Definition> {
            Definition definition = machine.definition();
            definition.setTitle(QStringLiteral("Title"));
            return definition;
        });
        QCOMPARE(act(VmAction::Undefine).error().kind, ErrorKind::Busy);
        VERIFY_OK(waitFor(renamed));
        VERIFY_OK(waitFor(changed));
        QCOMPARE(waitFor(refused).error().kind, ErrorKind::InvalidConfig);
        VERIFY_OK(waitFor(titled));
        const QString xml = vm()->xml();
        QCOMPARE(vm()->name(), QStringLiteral("other"));
        QCOMPARE(vm()->definition().memory(), Bytes::fromMiB(96));
        QCOMPARE(vm()->definition().title(), QStringLiteral("Title"));
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->xml(), xml);
    }

    void definitionMadeFromAnOldOne_isRefused()
    {
        openWith("normal");
        const QString base = vm()->xml();
        Definition edited = vm()->definition();
        edited.setMemory(Bytes::fromMiB(96));
        const auto renamed = m_core->rename(m_vm, QStringLiteral("other"));
        const auto late = waitFor(m_core->define(edited.toXml(), base));
        QCOMPARE(late.error().cause, ErrorCause::DefinitionChanged);
        VERIFY_OK(waitFor(renamed));
        QCOMPARE(vm()->name(), QStringLiteral("other"));
        edited.setName(QStringLiteral("other"));
        VERIFY_OK(waitFor(m_core->define(edited.toXml(), vm()->xml())));
        QCOMPARE(vm()->definition().memory(), Bytes::fromMiB(96));
        const QString last = vm()->xml();
        VERIFY_OK(act(VmAction::Undefine));
        QCOMPARE(waitFor(m_core->define(last, last)).error().kind, ErrorKind::NotFound);
    }

    void definitionOfAMachineThatIsBeingSaved_isNotReplaced()
    {
        openWith("normal");
        const auto save = vm()->occupy(QStringLiteral("save"), Occupies::Execution);
        VERIFY_OK(save);
        QCOMPARE(waitFor(m_core->define(vm()->xml())).error().kind, ErrorKind::Busy);
        VERIFY_OK(waitFor(m_core->rename(m_vm, QStringLiteral("other"))));
    }

    void occupiedMachine_isBusyForOthers()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        auto snapshot = vm()->occupy(QStringLiteral("snapshot"));
        VERIFY_OK(snapshot);
        const auto refused = vm()->occupy(QStringLiteral("clone"));
        QCOMPARE(refused.error().kind, ErrorKind::Busy);
        QCOMPARE(refused.error().detail, QStringLiteral("busy with snapshot"));
        VERIFY_OK(act(VmAction::Pause));
        snapshot = Error {};
        QVERIFY(!vm()->occupation());
        const auto save = vm()->occupy(QStringLiteral("save"), Occupies::Execution);
        VERIFY_OK(save);
        QCOMPARE(act(VmAction::Resume).error().kind, ErrorKind::Busy);
        VERIFY_OK(act(VmAction::ForceOff));
        QCOMPARE(act(VmAction::Start).error().kind, ErrorKind::Busy);
    }

    void keptState_isFoundAgainWithWhatIsNotUnderstood()
    {
        openWith("normal");
        StoredState state { .isAutostart = true };
        state.others.insert(QStringLiteral("colour"), QStringLiteral("blue"));
        VERIFY_OK(m_core->keepState(*vm(), [&state](StoredState& kept) { kept = state; }));
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(vm()->storedState(), state);
    }

    void guard_forbidsAnAction()
    {
        openWith("normal");
        m_core->addGuard([](const Machine& machine, VmAction action) -> Result<void> {
            if (action == VmAction::Start)
                return Error { ErrorKind::WrongState, machine.name() };
            return {};
        });
        QCOMPARE(act(VmAction::Start).error().kind, ErrorKind::WrongState);
        VERIFY_OK(act(VmAction::Undefine));
    }

    void guard_isAskedAgainWhenAStartHasWaitedForTheAccelerator()
    {
        openWith("normal");
        const QUuid id = vm()->id();
        CoreOptions options = m_home->fakeOptions();
        options.accelerator.reset();
        m_core = std::make_unique<Core>(options);
        VERIFY_OK(waitFor(m_core->open()));
        QVERIFY(!m_core->accelerator()); // it is still being looked for
        const auto started = m_core->perform(id, VmAction::Start);
        m_core->addGuard([](const Machine& machine, VmAction) -> Result<void> {
            return Error { ErrorKind::WrongState, machine.name() };
        });
        QCOMPARE(waitFor(started, 60'000).error().kind, ErrorKind::WrongState);
        QVERIFY(m_core->accelerator());
        QCOMPARE(m_core->machine(id)->state(), VmState::ShutOff);
    }

    void brokenDefinition_hidesNobodyAndIsLeftAlone()
    {
        openWith("normal");
        const QUuid broken = QUuid::createUuid();
        const QString file = m_home->write(QStringLiteral("data/machines/%1/domain.xml")
                                               .arg(broken.toString(QUuid::WithoutBraces)),
            "<domain><na");
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QCOMPARE(m_core->machines().size(), 2);
        Machine* machine = m_core->machine(broken);
        QVERIFY(machine && machine->problem());
        QCOMPARE(machine->problem()->cause, ErrorCause::DefinitionBroken);
        QCOMPARE(machine->xml(), QStringLiteral("<domain><na"));
        QCOMPARE(waitFor(m_core->perform(broken, VmAction::Start)).error().cause,
            ErrorCause::DefinitionBroken);
        VERIFY_OK(act(VmAction::Start));
        QFile left(file);
        QVERIFY(left.open(QIODevice::ReadOnly));
        QCOMPARE(left.readAll(), QByteArray("<domain><na"));
        // Repaired by defining it anew.
        VERIFY_OK(m_core->define(smallDomainXml(QStringLiteral("repaired"), broken)));
        QVERIFY(!machine->problem());
        QCOMPARE(machine->name(), QStringLiteral("repaired"));
    }

    void repairedDefinition_leavesTheMachineRunning()
    {
        openWith("normal");
        VERIFY_OK(act(VmAction::Start));
        const qint64 pid = vm()->process().pid;
        const QString xml = vm()->xml();
        QFile file(vm()->places().definitionFile());
        m_core.reset();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("<domain><na");
        file.close();

        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
        QVERIFY(vm()->problem());
        QCOMPARE(vm()->state(), VmState::Running);
        VERIFY_OK(waitFor(m_core->define(xml)));
        QVERIFY(!vm()->problem());
        QCOMPARE(vm()->state(), VmState::Running);
        QCOMPARE(act(VmAction::Start).error().kind, ErrorKind::WrongState);
        QCOMPARE(vm()->process().pid, pid);
        VERIFY_OK(act(VmAction::ForceOff));
        QVERIFY(!ProcessIdentity::of(pid).isValid());
        VERIFY_OK(act(VmAction::Start));
    }
};

QTEST_GUILESS_MAIN(TestCore)
#include "tst_Core.moc"
