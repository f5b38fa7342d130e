// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Goal.h"

#include <QTest>

using bench::Goal;

class tst_Goal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parse_aBound_isOfTheValue()
    {
        const auto goal = Goal::parse(QStringLiteral("<= 25 MiB (PSS)"));
        QVERIFY(goal);
        QVERIFY(!goal->isOfRatio);
        QCOMPARE(goal->isMetBy(25, 9), std::optional(true));
        QCOMPARE(goal->isMetBy(25.01, 0), std::optional(false));
    }

    void parse_aRatio_isNotOfTheValue()
    {
        const auto goal = Goal::parse(QStringLiteral("ratio >= 0.9"));
        QVERIFY(goal);
        QVERIFY(goal->isOfRatio);
        QCOMPARE(goal->isMetBy(0, 0.895), std::optional(true));
        QCOMPARE(goal->isMetBy(100, 0.885), std::optional(false));
    }

    void isMetBy_nothingMeasured_isNotKnown()
    {
        QCOMPARE(Goal::parse(QStringLiteral("ratio <= 1"))->isMetBy(3, std::nan("")),
            std::optional<bool>());
    }

    void parse_else_isNoGoal_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
            { "", "0", "<= fast", "<=16", "ratio", "ratio < 1", "<= 2x", "at least >= 3" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void parse_else_isNoGoal()
    {
        QFETCH(const QString, text);
        QVERIFY(!Goal::parse(text));
    }
};

QTEST_APPLESS_MAIN(tst_Goal)
#include "tst_Goal.moc"
