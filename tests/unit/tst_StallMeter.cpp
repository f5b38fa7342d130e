// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/StallMeter.h"

#include <QTest>
#include <QThread>

using models::StallMeter;
using namespace std::chrono_literals;

class tst_StallMeter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void busyLoop_isMeasured()
    {
        StallMeter meter;
        meter.start();
        QTRY_VERIFY(meter.report().ticks > 3);
        QThread::msleep(80); // this is the stall
        QVERIFY(meter.report().longest >= 70ms); // seen even before the loop turns again
        QTRY_VERIFY(meter.report().above50ms >= 1);
        const StallMeter::Report report = meter.stop();
        QVERIFY(report.above16ms >= report.above50ms);
        QVERIFY(report.longest >= 70ms);
        QVERIFY(report.measuredFor >= 80ms);
        QVERIFY(!meter.isRunning());
        QCOMPARE(meter.report().longest, report.longest);
    }

    void start_beginsAfresh()
    {
        StallMeter meter;
        meter.start();
        QThread::msleep(60);
        meter.start();
        const StallMeter::Report report = meter.stop();
        QCOMPARE(report.ticks, 0);
        QVERIFY(report.longest < 60ms);
    }
};

QTEST_GUILESS_MAIN(tst_StallMeter)
#include "tst_StallMeter.moc"
