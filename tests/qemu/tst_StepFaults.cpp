// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FaultWorld.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/StepSample.h"
#include "tests/support/TempHome.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <memory>

using namespace vmm;
using tests::FaultWorld;
using tests::SmallDisk;
using tests::StepSample;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kPatience = 60'000;
constexpr int kInterval = 8;

enum class Fault { Refused, Cancelled, QemuKilled, DiskFull };

} // namespace
Q_DECLARE_METATYPE(Fault)

/// Something goes wrong at each step of each operation: it is refused, cancelled, its QEMU is
/// killed, the disk is full. Each time everything is as before or done, the error is clear, and it
/// can be done again.
class TestStepFaults : public QObject {
    Q_OBJECT

private:
    /// One operation that goes wrong at the step with that number.
    struct Trial {
        Trial(const QString& operationName, Fault injectedFault, int stepNumber)
            : operation(operationName)
            , fault(injectedFault)
            , number(stepNumber)
        {
            if (fault == Fault::DiskFull)
                disk = std::make_unique<SmallDisk>(home.path(QStringLiteral("small")), "128m");
            world = std::make_unique<FaultWorld>(
                disk ? home.path(QStringLiteral("small")) : home.path());
        }

        Result<void> takeNotice(const QString& of, const QString& step)
        {
            if (!isArmed || seen++ != number)
                return {};
            wasInjected = true;
            place = of + QLatin1Char('/') + step;
            return inject();
        }

        Result<void> inject()
        {
            switch (fault) {
            case Fault::Refused:
                return Error { ErrorKind::Io, place, QStringLiteral("injected") };
            case Fault::Cancelled:
                QTimer::singleShot(0, &context, [this] { running.cancel(); });
                return {};
            case Fault::QemuKilled:
                for (const Machine* machine : world->core().machines()) {
                    if (machine->process().isValid())
                        ::kill(static_cast<pid_t>(machine->process().pid), SIGKILL);
                }
                return {};
            case Fault::DiskFull:
                filler.setFileName(home.path(QStringLiteral("small/filler")));
                if (filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
                    while (filler.write(QByteArray(4096, 'x')) > 0) { }
                    while (filler.write("x") > 0) { }
                }
                return {};
            }
            return {};
        }

        QByteArray at(const QString& what) const
        {
            return "at " + place.toUtf8() + ": " + what.toUtf8();
        }

        const QString operation;
        const Fault fault;
        const int number;
        const TempHome home;
        std::unique_ptr<SmallDisk> disk {};
        std::unique_ptr<FaultWorld> world {};
        QFile filler {};
        Future<void> running {};
        QObject context {};
        bool isArmed = false;
        bool wasInjected = false;
        int seen = 0;
        QString place {};
    };

    static void makeRoom(Trial& trial)
    {
        if (!trial.filler.fileName().isEmpty())
            trial.filler.remove();
    }

    static void begin(Trial& trial)
    {
        QCOMPARE(trial.world->open([&trial](const QString& operation, const QString& step) {
            return trial.takeNotice(operation, step);
        }),
            QString());
        QCOMPARE(trial.world->prepare(trial.operation), QString());
        trial.isArmed = true;
        trial.running = trial.world->begin(trial.operation);
        QTRY_VERIFY_WITH_TIMEOUT(trial.running.isFinished(), kPatience);
        makeRoom(trial); // a machine that can't be rolled back for want of it is held until then
        QTRY_VERIFY_WITH_TIMEOUT(trial.world->vm() && !trial.world->vm()->occupation(), kPatience);
        trial.isArmed = false;
    }

    static void verifyError(const Trial& trial)
    {
        const auto result = waitFor(trial.running);
        if (trial.fault == Fault::Cancelled && result) // too late: then it is so
            QVERIFY2(trial.world->isDone(trial.operation), trial.at(QStringLiteral("not done")));
        if (trial.fault == Fault::Cancelled || trial.fault == Fault::QemuKilled)
            return;
        if (result) // not every step needs room
            return;
        const Error error = result.error();
        if (trial.fault == Fault::Refused)
            QVERIFY2(error.detail == QLatin1StringView("injected"), trial.at(error.toString()));
        else
            QVERIFY2(error.cause == ErrorCause::DiskFull, trial.at(error.toString()));
    }

    /// A QEMU that can't write that it has forgotten a tag holds the file to it until it ends.
    static bool endIfItHoldsOn(const Trial& trial)
    {
        FaultWorld& world = *trial.world;
        const bool holdsOn = trial.fault == Fault::DiskFull && isActive(world.vm()->state())
            && world.problem(trial.operation, false).contains(RevertJournal::kBeforeTag);
        if (holdsOn)
            (void)waitFor(world.core().perform(world.vm()->id(), VmAction::ForceOff));
        return holdsOn;
    }

    static void verifyWhole(const Trial& trial)
    {
        const bool isQemuGone = endIfItHoldsOn(trial) || trial.fault == Fault::QemuKilled;
        QString problem;
        const bool isWhole = QTest::qWaitFor(
            [&] {
                problem = trial.world->problem(trial.operation, isQemuGone);
                return problem.isEmpty();
            },
            kPatience);
        QVERIFY2(isWhole, trial.at(problem).constData());
    }

    static void doAgain(const Trial& trial)
    {
        FaultWorld& world = *trial.world;
        if (world.isDone(trial.operation))
            return;
        if (FaultWorld::needsRunning(trial.operation) && !isActive(world.vm()->state()))
            VERIFY_OK(waitFor(world.core().perform(world.vm()->id(), VmAction::Start), kPatience));
        const auto again = waitFor(world.begin(trial.operation), kPatience);
        QVERIFY2(again, trial.at(QStringLiteral("not again")) + tests::problemOf(again));
        QVERIFY2(world.isDone(trial.operation), trial.at(QStringLiteral("not done")));
    }

    /// False when the operation has no such step any more.
    static bool injectAndLook(Trial& trial)
    {
        [&] {
            begin(trial);
            if (QTest::currentTestFailed())
                return;
            verifyError(trial);
            verifyWhole(trial);
            if (!QTest::currentTestFailed())
                doAgain(trial);
            QVERIFY2(trial.wasInjected || trial.number > 0, "it has no steps");
        }();
        trial.world->end();
        return trial.wasInjected && !QTest::currentTestFailed();
    }

private Q_SLOTS:
    void faultAtAnyStep_leavesEverythingWhole_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<Fault>("fault");
        for (const auto& [name, fault] :
            { std::pair { "refused", Fault::Refused }, { "cancelled", Fault::Cancelled },
                { "qemu killed", Fault::QemuKilled }, { "disk full", Fault::DiskFull } }) {
            for (const QString& operation : FaultWorld::operations() + FaultWorld::liveChanges())
                QTest::addRow("%s, %s", qPrintable(operation), name) << operation << fault;
        }
    }

    void faultAtAnyStep_leavesEverythingWhole()
    {
        QFETCH(QString, operation);
        QFETCH(Fault, fault);
        const StepSample sample(QString::fromLatin1(QTest::currentDataTag()), kInterval);
        bool goesOn = true;
        int count = 0;
        for (int number = sample.first(); goesOn; number += sample.interval()) {
            Trial trial(operation, fault, number);
            if (trial.disk && !trial.disk->isMounted())
                QSKIP("mounting takes root");
            goesOn = injectAndLook(trial);
            count += goesOn ? 1 : 0;
        }
        qInfo("went wrong at %d steps: %s", count, qPrintable(sample.toString()));
    }
};

QTEST_GUILESS_MAIN(TestStepFaults)
#include "tst_StepFaults.moc"
