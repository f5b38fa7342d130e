// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/Units.h"
#include "ui/widgets/AxisScale.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using ui::AxisScale;
using ui::Units;
using namespace std::chrono_literals;

class tst_Units : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    }

    void bytes_haveAUnitAndThreeDigitsAtMost_data()
    {
        QTest::addColumn<double>("amount");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0.0 << QStringLiteral("0 B");
        QTest::newRow("bytes") << 999.0 << QStringLiteral("999 B");
        QTest::newRow("would be four digits") << 1000.0 << QStringLiteral("0.98 KiB");
        QTest::newRow("one") << 1024.0 << QStringLiteral("1 KiB");
        QTest::newRow("half") << 1536.0 * 1024 << QStringLiteral("1.5 MiB");
        QTest::newRow("rounds up to the next unit") << 999.9 * 1024 << QStringLiteral("0.98 MiB");
        QTest::newRow("three digits") << 123.4 * 1024 * 1024 << QStringLiteral("123 MiB");
        QTest::newRow("no fourth digit by rounding") << 9.996 * 1024 << QStringLiteral("10 KiB");
        QTest::newRow("large") << 20.0 * (1ull << 40) << QStringLiteral("20 TiB");
        QTest::newRow("unknown") << std::nan("") << QString(QChar(0x2013));
    }

    void bytes_haveAUnitAndThreeDigitsAtMost()
    {
        QFETCH(double, amount);
        QFETCH(QString, text);
        QCOMPARE(Units::bytes(amount).replace(QChar(QChar::Nbsp), QLatin1Char(' ')), text);
    }

    void rate_isPerSecond()
    {
        QVERIFY(Units::rate(1.2 * (1 << 30)).endsWith(QStringLiteral("GiB/s")));
    }

    void percent_isRounded()
    {
        QVERIFY(Units::percent(0.426).startsWith(QStringLiteral("43")));
        QCOMPARE(Units::percent(std::nan("")), QString(QChar(0x2013)));
    }

    void number_speaksTheLanguage()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(Units::number(1.25), QStringLiteral("1,25"));
        QCOMPARE(Units::number(1234), QStringLiteral("1234"));
    }

    void duration_tellsTheTwoLargestParts_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0 << QStringLiteral("0 s");
        QTest::newRow("negative") << -5 << QStringLiteral("0 s");
        QTest::newRow("seconds") << 12 << QStringLiteral("12 s");
        QTest::newRow("minutes") << 5 * 60 + 3 << QStringLiteral("5 min");
        QTest::newRow("hours") << 3600 + 60 << QStringLiteral("1 h 1 min");
        QTest::newRow("full hours") << 7200 << QStringLiteral("2 h");
        QTest::newRow("days") << 3 * 86400 + 4 * 3600 + 59 << QStringLiteral("3 d 4 h");
    }

    void duration_tellsTheTwoLargestParts()
    {
        QFETCH(int, seconds);
        QFETCH(QString, text);
        QCOMPARE(Units::duration(std::chrono::seconds(seconds)), text);
    }

    void ago_isCoarse()
    {
        const QDateTime now(QDate(2030, 5, 1), QTime(12, 0), Qt::UTC);
        QCOMPARE(Units::ago(now.addSecs(-3), now), QStringLiteral("just now"));
        QCOMPARE(Units::ago(now.addSecs(30), now), QStringLiteral("just now"));
        QCOMPARE(Units::ago(now.addSecs(-45), now), QStringLiteral("45 s ago"));
        QCOMPARE(Units::ago(now.addSecs(-250), now), QStringLiteral("4 min ago"));
        QCOMPARE(Units::ago(now.addDays(-3), now), QStringLiteral("3 d ago"));
        QCOMPARE(Units::ago({}, now), QString(QChar(0x2013)));
    }

    void axis_hasAtMostFiveRoundTicksAndHoldsItsValue()
    {
        for (double value = 0.003; value < 5e6; value *= 1.07) {
            const AxisScale scale = AxisScale::upTo(value);
            QVERIFY(scale.ticks() <= 5);
            QVERIFY(scale.ticks() >= 2);
            QVERIFY(scale.top >= value * 0.999999);
            QVERIFY(scale.top <= value * 2.5);
        }
        QCOMPARE(AxisScale::upTo(0), AxisScale());
        QCOMPARE(AxisScale::upTo(std::nan("")), AxisScale());
    }
};

QTEST_APPLESS_MAIN(tst_Units)
#include "tst_Units.moc"
