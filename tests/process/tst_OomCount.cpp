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
        OomCount count(QStringList { file, QStringLiteral("/nonexistent") });
        QVERIFY(!count.hasRisen());
        home.write(QStringLiteral("events"), "low 7\noom 4\noom_kill 1\n");
        QVERIFY(!count.hasRisen());
        home.write(QStringLiteral("events"), "low 7\noom 4\noom_kill 2\n");
        QVERIFY(count.hasRisen());
        count.refresh();
        QVERIFY(!count.hasRisen());
    }

    void vanishedGroup_tellsNothing()
    {
        const TempHome home;
        const QString file = home.write(QStringLiteral("events"), "oom_kill 5\n");
        const OomCount count(QStringList { file });
        QFile::remove(file);
        QVERIFY(!count.hasRisen());
    }

    void ownProcess_hasNoneToTell()
    {
        QVERIFY(!OomCount::of(QCoreApplication::applicationPid()).hasRisen());
        QVERIFY(!OomCount().hasRisen());
    }
};

QTEST_GUILESS_MAIN(TestOomCount)
#include "tst_OomCount.moc"
