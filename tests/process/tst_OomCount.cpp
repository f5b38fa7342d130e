// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TempHome.h"
#include "vmm/qemu/OomCount.h"

#include <QTest>

using namespace vmm;
using tests::TempHome;

class TestOomCount : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kill_isSeenUntilTheNextLook()
    {
        const TempHome home;
        const QString file = home.write(QStringLiteral("events"), "low 0\noom 3\noom_kill 1\n");
        OomCount count(1, file, QStringLiteral("/nonexistent"));
        QCOMPARE(count.victim(), OomVictim::None);
        home.write(QStringLiteral("events"), "low 7\noom 4\noom_kill 1\n");
        QCOMPARE(count.victim(), OomVictim::None);
        home.write(QStringLiteral("events"), "low 7\noom 4\noom_kill 2\n");
        QCOMPARE(count.victim(), OomVictim::OfItsGroup);
        count.refresh();
        QCOMPARE(count.victim(), OomVictim::None);
    }

    void kernelsLog_namesTheVictim()
    {
        const TempHome home;
        const QString counts = home.write(QStringLiteral("vmstat"), "oom_kill 1\n");
        const QString log = home.write(QStringLiteral("kmsg"),
            "6,1,1,-;Out of memory: Killed process 4711 (qemu-system-x86)\n"); // long ago
        const OomCount count(4711, {}, counts, log);
        const OomCount other(47, {}, counts, log);
        QCOMPARE(count.victim(), OomVictim::None);
        home.write(QStringLiteral("vmstat"), "oom_kill 2\n");
        QFile file(log);
        QVERIFY(file.open(QIODevice::Append));
        file.write("6,2,2,-;Memory cgroup out of memory: Killed process 4711 (qemu-system-x86)\n");
        file.close();
        QCOMPARE(count.victim(), OomVictim::Itself);
        QCOMPARE(other.victim(), OomVictim::Somebody);
    }

    void vanishedGroup_tellsNothing()
    {
        const TempHome home;
        const QString file = home.write(QStringLiteral("events"), "oom_kill 5\n");
        const OomCount count(1, file, {});
        QFile::remove(file);
        QCOMPARE(count.victim(), OomVictim::None);
    }

    void ownProcess_hasNoneToTell()
    {
        QVERIFY(OomCount::of(QCoreApplication::applicationPid()).victim() != OomVictim::Itself);
        QCOMPARE(OomCount().victim(), OomVictim::None);
    }
};

QTEST_GUILESS_MAIN(TestOomCount)
#include "tst_OomCount.moc"
