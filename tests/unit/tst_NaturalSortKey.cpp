// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/NaturalSortKey.h"

#include <QTest>

using models::naturalSortKey;

class tst_NaturalSortKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBefore_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        const auto row = [](const char* first, const char* second) {
            QTest::addRow("%s < %s", first, second)
                << QString::fromUtf8(first) << QString::fromUtf8(second);
        };
        row("vm2", "vm10");
        row("vm9", "vm10a");
        row("vm", "vm1");
        row("apple", "Web");
        row("Apple", "banana");
        row("2nd", "second");
        row("a1b2", "a1b10");
        row("a99999999", "a100000000"); // eight digits, nine digits
        row("a9999999999999999", "a10000000000000000"); // sixteen, seventeen
        row("12345678", "x");
        row("10.0.0.9", "10.0.0.10");
        row("vm009", "vm10");
        row("", "0");
        row("äpfel2", "äpfel10");
    }

    void comesBefore()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QVERIFY(naturalSortKey(first) < naturalSortKey(second));
    }

    void equalKeys_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("case") << QStringLiteral("Web1") << QStringLiteral("wEB1");
        QTest::newRow("leading zeros") << QStringLiteral("vm007") << QStringLiteral("vm7");
        QTest::newRow("zero") << QStringLiteral("vm0") << QStringLiteral("vm000");
    }

    void equalKeys()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QCOMPARE(naturalSortKey(one), naturalSortKey(other));
    }
};

QTEST_GUILESS_MAIN(tst_NaturalSortKey)
#include "tst_NaturalSortKey.moc"
