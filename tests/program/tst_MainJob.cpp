// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main job, end to end, with nothing invented in between: the program's window, its host
// process, a QEMU, Tiny Linux in it, its screen over SPICE, and back.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "models/Roles.h"
#include "models/StallMeter.h"
#include "tests/program/fixture/ProgramFixture.h"
#include "tests/support/BrightPixels.h"
#include "tests/support/TestNames.h"
#include "ui/widgets/MetricChart.h"

#include <QAction>
#include <QLabel>
#include <QLineSeries>
#include <QProcess>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTreeView>

#include <signal.h>

using vmm::VmAction;
using vmm::VmState;

namespace {

const QString kName = QStringLiteral("tiny");

} // namespace

class tst_MainJob : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::ProgramFixture> m_fixture;

    QWidget& window() { return m_fixture->application().window(); }
    template <typename T> T* find(const char* name)
    {
        return window().findChild<T*>(QString::fromLatin1(name));
    }
    QAction* action(const char* name) { return find<QAction>(name); }

    const models::VmRecord* machine()
    {
        auto& workspace = m_fixture->application().workspace();
        const auto hosts = workspace.inventory.hosts();
        for (const hosts::Host* host : hosts) {
            const auto vms = workspace.inventory.vms(host);
            for (const models::VmRecord* vm : vms) {
                if (vm->info.name == kName)
                    return vm;
            }
        }
        return nullptr;
    }
    VmState state() { return machine() ? machine()->info.state : VmState::Unknown; }
    VmState stateInTree()
    {
        const auto* tree = find<QTreeView>("inventoryTree");
        const QModelIndex index = tree->currentIndex();
        return index.data(models::StateRole).value<VmState>();
    }
    console::ConsoleSession* session()
    {
        return find<console::ConsoleView>("consoleView")->session();
    }
    double highestLoad()
    {
        double highest = 0;
        const auto* chart = find<ui::MetricChart>("cpuChart");
        const auto all = chart->chart()->series();
        for (const QAbstractSeries* series : all) {
            if (const auto* line = qobject_cast<const QLineSeries*>(series)) {
                const auto points = line->points();
                for (const QPointF& point : points)
                    highest = qMax(highest, point.y());
            }
        }
        return highest;
    }
    void type(const char* text)
    {
        auto* view = find<console::ConsoleView>("consoleView");
        view->setFocus();
        QTest::keyClicks(view, QString::fromLatin1(text), Qt::NoModifier, 20);
        QTest::keyClick(view, Qt::Key_Return);
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<tests::ProgramFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void createStartUseShutDown()
    {
        m_fixture->start({ .define = m_fixture->machineFile(kName),
            .showVm = kName,
            .showPage = QStringLiteral("console"),
            .size = QSize(1280, 800) });
        QTRY_VERIFY_WITH_TIMEOUT(machine(), 15000);
        QTRY_COMPARE(state(), VmState::ShutOff);
        QTRY_VERIFY(action("actionStart")->isEnabled());
        QVERIFY(!action("actionShutDown")->isEnabled());

        // Start it by the toolbar's action; the guest's boot text arrives in the console.
        models::StallMeter stalls;
        stalls.start();
        action("actionStart")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(state(), VmState::Running, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(
            session() && session()->state() == console::SessionState::Live, 15000);
        QTRY_COMPARE_WITH_TIMEOUT(session()->frame().size(), QSize(1024, 768), 60000);
        QTRY_VERIFY_WITH_TIMEOUT(tests::brightPixels(session()->frame()) > 3000, 60000);
        const auto booting = stalls.stop();
        qInfo("stalls while booting: %d above 16 ms, %d above 50 ms, longest %.1f ms",
            booting.above16ms, booting.above50ms,
            static_cast<double>(booting.longest.count()) / 1000);

        // Type a command; the screen changes.
        QTest::qWait(500); // the shell prints its prompt after READY
        const QImage before = session()->frame().copy();
        type("draw 20");
        QTRY_VERIFY_WITH_TIMEOUT(
            tests::brightPixels(session()->frame()) > tests::brightPixels(before) + 10000, 20000);
        QVERIFY(
            find<console::ConsoleView>("consoleView")->grab().toImage().pixelColor(5, 5).isValid());
        type("draw 0");

        // Burn CPU; the chart rises.
        type("burn 95");
        find<QTabWidget>("vmTabs")->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(find<ui::MetricChart>("cpuChart")->isVisible(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(highestLoad() > 60, 30000);

        // Shut it down by ACPI; tree, page and toolbar say so.
        QVERIFY(action("actionShutDown")->isEnabled());
        action("actionShutDown")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(state(), VmState::ShutOff, 30000);
        QCOMPARE(machine()->info.reason, vmm::StateReason::GuestRequest);
        QTRY_COMPARE(stateInTree(), VmState::ShutOff);
        QTRY_VERIFY(action("actionStart")->isEnabled());
        QVERIFY(!action("actionShutDown")->isEnabled());
        QVERIFY(!action("actionForceOff")->isEnabled());
        const auto* label = find<QLabel>("vmStateLabel");
        QVERIFY(label);
        QTRY_VERIFY2(label->text().contains(QStringLiteral("Off"), Qt::CaseInsensitive),
            qPrintable(label->text()));
        QTRY_VERIFY(m_fixture->qemuPids().isEmpty());
    }

    void programKilledHard_findsItsMachineAgain()
    {
        // The program in a process of its own, so that it can be killed.
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedChannels);
        program.start(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck"),
            { QStringLiteral("--define"), m_fixture->machineFile(kName), QStringLiteral("--start"),
                kName });
        QVERIFY(program.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->qemuPids().size(), 1, 30000);
        const QList<qint64> before = m_fixture->qemuPids();
        QTest::qWait(1000); // let it run a little
        program.kill();
        QVERIFY(program.waitForFinished());
        QCOMPARE(m_fixture->qemuPids(), before);

        m_fixture->start({ .showVm = kName, .size = QSize(1280, 800) });
        QTRY_VERIFY_WITH_TIMEOUT(machine() && state() == VmState::Running, 15000);
        QCOMPARE(machine()->info.reason, vmm::StateReason::Adopted);
        QCOMPARE(m_fixture->qemuPids(), before);

        // Adopted means in hand, not only in sight.
        QTRY_VERIFY(action("actionForceOff")->isEnabled());
        m_fixture->application().workspace().commands.perform(
            machine()->host, machine()->info.id, VmAction::ForceOff);
        QTRY_COMPARE_WITH_TIMEOUT(state(), VmState::ShutOff, 15000);
        QTRY_VERIFY(m_fixture->qemuPids().isEmpty());
    }

    void programAskedToEnd_remembersWhatWasSelected()
    {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedChannels);
        program.start(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck"),
            { QStringLiteral("--define"), m_fixture->machineFile(kName), QStringLiteral("--start"),
                kName, QStringLiteral("--show"), kName + QStringLiteral("/console") });
        QVERIFY(program.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->qemuPids().size(), 1, 30000);
        QTest::qWait(1000); // it is shown soon after
        program.terminate();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_fixture->qemuPids().size(), 1);

        m_fixture->start({});
        const ui::Selection& selection = m_fixture->application().window().selection();
        QTRY_VERIFY_WITH_TIMEOUT(selection.singleVm(), 15000);
        QCOMPARE(selection.singleVm(), machine());
        QCOMPARE(find<QTabWidget>("vmTabs")->currentIndex(), 1); // the console
        m_fixture->application().workspace().commands.perform(
            machine()->host, machine()->info.id, VmAction::ForceOff);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->qemuPids().isEmpty(), 15000);
    }

    void qemuKilled_isToldAndTheProgramGoesOn()
    {
        m_fixture->start({ .define = m_fixture->machineFile(kName),
            .start = kName,
            .showVm = kName,
            .showPage = QStringLiteral("console") });
        QTRY_VERIFY_WITH_TIMEOUT(machine() && state() == VmState::Running, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(
            session() && session()->state() == console::SessionState::Live, 15000);
        const QList<qint64> pids = m_fixture->qemuPids();
        QCOMPARE(pids.size(), 1);
        ::kill(static_cast<pid_t>(pids.first()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(state(), VmState::Crashed, 15000);
        QCOMPARE(machine()->info.reason, vmm::StateReason::ProcessDied);
        QTRY_VERIFY(session()->state() != console::SessionState::Live);
        QTRY_VERIFY(action("actionStart")->isEnabled());
    }

    void hostProcessKilled_comesBackWithItsMachine()
    {
        m_fixture->start(
            { .define = m_fixture->machineFile(kName), .start = kName, .showVm = kName });
        QTRY_VERIFY_WITH_TIMEOUT(machine() && state() == VmState::Running, 30000);
        hosts::Host* host = machine()->host;
        QProcess pgrep;
        pgrep.start(QStringLiteral("pgrep"),
            { QStringLiteral("-P"), QString::number(QCoreApplication::applicationPid()),
                QStringLiteral("virtdeck-host") });
        QVERIFY(pgrep.waitForFinished());
        const int pid = pgrep.readAll().trimmed().toInt();
        QVERIFY(pid > 0);
        ::kill(pid, SIGKILL);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Reconnecting);
        QVERIFY2(machine(), "the machine has to stay in sight while its host is away");
        QTRY_COMPARE_WITH_TIMEOUT(
            host->connectionState(), hosts::ConnectionState::Connected, 15000);
        QTRY_COMPARE(state(), VmState::Running);
    }

    void secondProgramOnTheSameFolder_sharesItsHost()
    {
        m_fixture->start({ .define = m_fixture->machineFile(kName) });
        QTRY_VERIFY_WITH_TIMEOUT(machine(), 15000);
        QSettings settings(
            m_fixture->folder() + QStringLiteral("/other.ini"), QSettings::IniFormat);
        app::Application second({ .only = { QStringLiteral("embedded:///") } },
            { .host = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host"), .console = {} }, settings);
        second.start();
        hosts::Host* host = second.workspace().hosts.hosts().value(0);
        QVERIFY(host);
        QTRY_COMPARE_WITH_TIMEOUT(
            host->connectionState(), hosts::ConnectionState::Connected, 15000);
        QCOMPARE(host->vms().size(), 1);
        QCOMPARE(host->vms().first().name, kName);
        QCOMPARE(m_fixture->application().workspace().hosts.hosts().first()->connectionState(),
            hosts::ConnectionState::Connected);
    }
};

QTEST_MAIN(tst_MainJob)
#include "tst_MainJob.moc"
