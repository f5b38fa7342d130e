// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "console/typing/KeyboardLayout.h"

#include <QTest>

using console::KeyboardLayout;
using console::Keystroke;

namespace {

QString toText(const QVector<Keystroke>& strokes)
{
    QStringList out;
    for (const Keystroke& each : strokes) {
        QString line;
        if (each.isShifted)
            line += QStringLiteral("Shift+");
        if (each.isAltGr)
            line += QStringLiteral("AltGr+");
        out << line + QString::number(each.xtScancode, 16);
    }
    return out.join(QLatin1Char(' '));
}

} // namespace

class tst_KeyboardLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void characters_haveTheKeysOfTheirLayout_data()
    {
        QTest::addColumn<QString>("layout");
        QTest::addColumn<QString>("character");
        QTest::addColumn<QString>("keys");
        const auto add = [](const char* layout, const char* character, const char* keys) {
            QTest::newRow((QByteArray(layout) + ' ' + character).constData())
                << QString::fromLatin1(layout) << QString::fromUtf8(character)
                << QString::fromLatin1(keys);
        };
        add("us", "a", "1e");
        add("us", "A", "Shift+1e");
        add("us", "@", "Shift+3");
        add("us", "\n", "1c");
        add("us", "1", "2"); // of the upper row, not of the keypad
        add("us", "é", "");
        add("us", "漢", "");
        add("de", "z", "15");
        add("de", "y", "2c");
        add("de", "ß", "c");
        add("de", "@", "AltGr+10");
        add("de", "€", "AltGr+12");
        add("de", "{", "AltGr+8");
        add("de", "é", "d 12"); // behind a dead key
        add("de", "É", "d Shift+12");
        add("de", "^", "29 39"); // a dead key alone
        add("fr", "a", "10");
        add("fr", "1", "Shift+2");
        add("fr", "é", "3");
        add("fr", "ê", "1a 12");
        add("fr", "\\", "AltGr+9");
        add("gb", "£", "Shift+4");
        add("gb", "\"", "Shift+3");
        add("gb", "@", "Shift+28");
    }

    void characters_haveTheKeysOfTheirLayout()
    {
        QFETCH(QString, layout);
        QFETCH(QString, character);
        const auto loaded = KeyboardLayout::load(layout);
        QVERIFY(loaded);
        QTEST(toText(loaded->strokesFor(character.toUcs4().first())), "keys");
    }

    void variant_differsFromItsLayout()
    {
        const auto plain = KeyboardLayout::load(QStringLiteral("de"), QStringLiteral("nodeadkeys"));
        QVERIFY(plain);
        QCOMPARE(toText(plain->strokesFor(U'^')), QStringLiteral("29"));
        QVERIFY(plain->strokesFor(U'é').isEmpty());
    }

    void untypable_namesEachOnce()
    {
        const auto us = KeyboardLayout::load(QStringLiteral("us"));
        QVERIFY(us);
        QCOMPARE(us->untypable(QStringLiteral("größer, größer\r\n\tok")), QStringLiteral("öß"));
        QVERIFY(us->untypable(QStringLiteral("plain")).isEmpty());
    }

    void lineEnds_areOneEnterAndControlsAreLeftOut()
    {
        QCOMPARE(console::charactersToType(QStringLiteral("a\r\nb\rc\n\x1b[0m")),
            QVector<char32_t>({ U'a', U'\n', U'b', U'\n', U'c', U'\n', U'[', U'0', U'm' }));
        // What was decomposed elsewhere is one key here.
        QCOMPARE(console::charactersToType(QStringLiteral("e\u0301")).size(), 1);
    }

    void unknownLayout_isNotFound()
    {
        const auto none = KeyboardLayout::load(QStringLiteral("klingon"));
        QVERIFY(!none);
        QCOMPARE(none.error().kind, vmm::ErrorKind::NotFound);
    }

    void known_hasNamesForAll()
    {
        const auto all = KeyboardLayout::known();
        QVERIFY(all.size() > 100);
        for (const char* layout : { "us", "de", "fr", "gb" })
            QVERIFY2(std::any_of(all.begin(), all.end(),
                         [layout](const console::LayoutName& name) {
                             return name.layout == QLatin1StringView(layout)
                                 && name.variant.isEmpty() && !name.text.isEmpty();
                         }),
                layout);
    }
};

QTEST_APPLESS_MAIN(tst_KeyboardLayout)
#include "tst_KeyboardLayout.moc"
