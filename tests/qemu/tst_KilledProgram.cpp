// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FaultWorld.h"
#include "tests/support/StepSample.h"
#include "tests/support/TempHome.h"

#include <QDirIterator>
#include <QProcess>
#include <QTest>

using tests::FaultWorld;
using tests::StepSample;
using tests::TempHome;
using tests::waitFor;

namespace {

constexpr int kPatience = 60'000;
constexpr int kInterval = 5;

} // namespace

/// `kill -9` for the program at each step of each operation: the next program finds everything
/// whole, the guest alive, and can do it again.
class TestKilledProgram : public QObject {
    Q_OBJECT

private:
    /// True if it was killed; then `step` is where.
    bool killAt(const TempHome& home, const QString& operation, int number, QByteArray* step)
    {
        QProcess program;
        program.start(QStringLiteral(VIRTDECK_TEST_BIN_DIR "/core-faults"),
            { home.path(), operation, QString::number(number) });
        [&] { QVERIFY(program.waitForFinished(kPatience)); }();
        const QByteArrayList steps = program.readAllStandardOutput().trimmed().split('\n');
        *step = steps.last();
        if (program.exitStatus() == QProcess::NormalExit && program.exitCode() != 0)
            qWarning(
                "%s failed: %s", qPrintable(operation), program.readAllStandardError().constData());
        return program.exitStatus() == QProcess::CrashExit;
    }

    static QStringList foldersNamed(const QString& name, const TempHome& home)
    {
        QStringList found;
        QDirIterator all(home.path(), { name }, QDir::Dirs, QDirIterator::Subdirectories);
        while (all.hasNext())
            found.append(all.next());
        return found;
    }

    static QByteArray at(const QByteArray& step, const QString& what)
    {
        return "at " + step + ": " + what.toUtf8();
    }

    /// False when the operation has no such step any more.
    bool killAndLook(const QString& operation, int number)
    {
        const TempHome home;
        FaultWorld world(home.path());
        bool wasKilled = false;
        [&] {
            QCOMPARE(world.open(), QString());
            QCOMPARE(world.prepare(operation), QString());
            world.close();
            QByteArray step;
            wasKilled = killAt(home, operation, number, &step);
            QCOMPARE(world.open(), QString());
            QString problem;
            const bool isWhole = QTest::qWaitFor(
                [&] {
                    problem = world.problem(operation);
                    return problem.isEmpty();
                },
                kPatience);
            QVERIFY2(isWhole, at(step, problem).constData());
            if (!world.isDone(operation)) {
                const auto again = waitFor(world.begin(operation), kPatience);
                QVERIFY2(again, at(step, QStringLiteral("not again")) + tests::problemOf(again));
            }
            QVERIFY2(world.isDone(operation), at(step, QStringLiteral("not done")));
            QVERIFY2(wasKilled || number > 0, "it has no steps");
        }();
        world.end();
        return wasKilled && !QTest::currentTestFailed();
    }

private Q_SLOTS:
    void anyStep_leavesEverythingWhole_data()
    {
        QTest::addColumn<QString>("operation");
        for (const QString& operation : FaultWorld::operations() + FaultWorld::liveChanges())
            QTest::newRow(qPrintable(operation)) << operation;
    }

    void anyStep_leavesEverythingWhole()
    {
        QFETCH(QString, operation);
        const StepSample sample(operation, kInterval);
        int count = 0;
        for (int number = sample.first(); killAndLook(operation, number);
             number += sample.interval())
            ++count;
        qInfo("killed at %d steps: %s", count, qPrintable(sample.toString()));
    }

    /// Whoever dies when the guest runs again leaves nothing that it would begin from once more.
    void templateInTheMaking_isGivenUpBeforeItsGuestGoesOn()
    {
        const QString operation = QStringLiteral("template");
        const TempHome home;
        FaultWorld world(home.path());
        QCOMPARE(world.open(), QString());
        QCOMPARE(world.prepare(operation), QString());
        world.close();
        QByteArray step;
        QVERIFY(killAt(home, operation, 6, &step));
        QCOMPARE(step, QByteArray("template: memory file/start"));
        QStringList steps, left;
        QCOMPARE(world.open([&](const QString& what, const QString& name) -> vmm::Result<void> {
            if (what == QLatin1StringView("template: put in order"))
                steps.append(name);
            if (steps.value(steps.size() - 1) == QLatin1StringView("go on"))
                left += foldersNamed(QStringLiteral("template.new"), home);
            return {};
        }),
            QString());
        QVERIFY2(steps.contains(QStringLiteral("go on")), qPrintable(steps.join(u' ')));
        QCOMPARE(left, QStringList());
        QTRY_COMPARE(foldersNamed(QStringLiteral("template.gone"), home), QStringList());
        QCOMPARE(world.problem(operation), QString());
        world.end();
    }
};

QTEST_GUILESS_MAIN(TestKilledProgram)
#include "tst_KilledProgram.moc"
