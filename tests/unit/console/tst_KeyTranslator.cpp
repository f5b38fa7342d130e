// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/KeyTranslator.h"

#include <QTest>

#include <linux/input-event-codes.h>

using namespace console;

class tst_KeyTranslator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evdevKeys_haveTheirXtCode_data()
    {
        QTest::addColumn<int>("evdev");
        QTest::addColumn<int>("xt");
        // Seen on the wire of a SPICE server, or from the tables named in KeyTranslator.cpp.
        QTest::newRow("Escape") << KEY_ESC << 0x01;
        QTest::newRow("A") << KEY_A << 0x1e;
        QTest::newRow("left Shift") << KEY_LEFTSHIFT << 0x2a;
        QTest::newRow("the key right of left Shift") << KEY_102ND << 0x56;
        QTest::newRow("F11") << KEY_F11 << 0x57;
        QTest::newRow("F12") << KEY_F12 << 0x58;
        QTest::newRow("keypad Enter") << KEY_KPENTER << 0x11c;
        QTest::newRow("right Ctrl") << KEY_RIGHTCTRL << 0x11d;
        QTest::newRow("AltGr") << KEY_RIGHTALT << 0x138;
        QTest::newRow("Right") << KEY_RIGHT << 0x14d;
        QTest::newRow("Delete") << KEY_DELETE << 0x153;
        QTest::newRow("Pause") << KEY_PAUSE << 0x146;
        QTest::newRow("Print") << KEY_SYSRQ << 0x54;
        QTest::newRow("left Meta") << KEY_LEFTMETA << 0x15b;
        QTest::newRow("Menu") << KEY_COMPOSE << 0x15d;
        QTest::newRow("Yen") << KEY_YEN << 0x7d;
        QTest::newRow("F13") << KEY_F13 << 0x5d;
    }

    void evdevKeys_haveTheirXtCode()
    {
        QFETCH(int, evdev);
        QFETCH(int, xt);
        QCOMPARE(KeyTranslator::fromEvdev(quint32(evdev)), std::optional(xt));
        QCOMPARE(KeyTranslator::fromEvent(quint32(evdev) + 8, Qt::Key_unknown, false),
            std::optional(xt));
    }

    void everyCode_isOneTheWireTakesAndOnlyOnce()
    {
        QHash<int, quint32> seen;
        for (quint32 evdev = 0; evdev < 1024; ++evdev) {
            const auto code = KeyTranslator::fromEvdev(evdev);
            if (!code)
                continue;
            QVERIFY((*code & 0xff) > 0 && (*code & 0xff) < 0x80 && *code < 0x200);
            QVERIFY2(!seen.contains(*code),
                qPrintable(QStringLiteral("%1 and %2 both give %3")
                               .arg(evdev)
                               .arg(seen.value(*code))
                               .arg(*code, 0, 16)));
            seen.insert(*code, evdev);
        }
        QVERIFY(seen.size() > 120);
    }

    void unknownKeys_giveNothing()
    {
        QCOMPARE(KeyTranslator::fromEvdev(0), std::nullopt);
        QCOMPARE(KeyTranslator::fromEvdev(84), std::nullopt);
        QCOMPARE(KeyTranslator::fromEvdev(0xffffffff), std::nullopt);
        QCOMPARE(KeyTranslator::fromQtKey(Qt::Key_unknown), std::nullopt);
    }

    void everyAsciiCharacter_hasAKey()
    {
        for (int key = Qt::Key_Space; key <= Qt::Key_AsciiTilde; ++key) {
            const bool isLetterInLowerCase = key > Qt::Key_Z && key < Qt::Key_BraceLeft
                && key != Qt::Key_BracketLeft && key != Qt::Key_Backslash
                && key != Qt::Key_BracketRight && key != Qt::Key_AsciiCircum
                && key != Qt::Key_Underscore && key != Qt::Key_QuoteLeft;
            if (!isLetterInLowerCase)
                QVERIFY2(KeyTranslator::fromQtKey(Qt::Key(key)),
                    qPrintable(QString(QChar(ushort(key)))));
        }
    }

    void fallback_isByThePlaceOnAUsKeyboard()
    {
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_A, false), std::optional(0x1e));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_Exclam, false), std::optional(0x02));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_Backtab, false), std::optional(0x0f));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_7, false), std::optional(0x08));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_7, true), std::optional(0x47));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_Home, true), std::optional(0x47));
        QCOMPARE(KeyTranslator::fromEvent(0, Qt::Key_Home, false), std::optional(0x147));
    }
};

QTEST_APPLESS_MAIN(tst_KeyTranslator)
#include "tst_KeyTranslator.moc"
