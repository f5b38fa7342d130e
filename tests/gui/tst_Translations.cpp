// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/Languages.h"
#include "ui/text/Text.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations;
    QString type;
};

QVector<Message> readMessages(const QString& language)
{
    QFile file(QStringLiteral(VIRTDECK_SOURCE_DIR "/translations/virtdeck_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QVector<Message> messages;
    QString context;
    QXmlStreamReader xml(&file);
    while (xml.readNextStartElement() || !xml.atEnd()) {
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QStringLiteral("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QStringLiteral("message")) {
            messages.append({ .context = context, .source = {}, .translations = {}, .type = {} });
        } else if (xml.name() == QStringLiteral("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QStringLiteral("translation")) {
            messages.last().type = xml.attributes().value(QStringLiteral("type")).toString();
            const QString text
                = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            messages.last().translations
                << text.split(QRegularExpression(QStringLiteral("\\s*\n\\s*")));
        }
    }
    return messages;
}

QStringList placeholders(const QString& text)
{
    QStringList found;
    static const QRegularExpression pattern(QStringLiteral("%L?(?:\\d|n)"));
    auto match = pattern.globalMatch(text);
    while (match.hasNext())
        found << match.next().captured();
    found.sort();
    return found;
}

} // namespace

class tst_Translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void german_isComplete()
    {
        const QVector<Message> messages = readMessages(QStringLiteral("de"));
        QVERIFY(messages.size() > 300);
        for (const Message& message : messages) {
            QVERIFY2(message.type.isEmpty(), qPrintable(message.source));
            for (const QString& text : message.translations)
                QVERIFY2(!text.isEmpty(), qPrintable(message.source));
        }
    }

    void german_keepsEveryPlaceholder()
    {
        for (const Message& message : readMessages(QStringLiteral("de"))) {
            const QString whole = message.translations.join(QLatin1Char('\n'));
            const QStringList wanted = placeholders(message.source);
            QStringList got = placeholders(whole);
            got.removeDuplicates();
            QStringList once = wanted;
            once.removeDuplicates();
            QVERIFY2(got == once, qPrintable(message.source + QStringLiteral(" -> ") + whole));
        }
    }

    void english_hasItsPlurals()
    {
        const QVector<Message> messages = readMessages(QStringLiteral("en"));
        QVERIFY(messages.size() > 8);
        for (const Message& message : messages)
            QVERIFY2(message.type.isEmpty(), qPrintable(message.source));
    }

    void everyLanguage_isInTheResourcesAndSpoken()
    {
        const auto word = [] { return ui::Text::vmCount(3); };
        for (const QString& code : ui::Languages::codes()) {
            QTranslator translator;
            QVERIFY(translator.load(QStringLiteral(":/i18n/virtdeck_%1.qm").arg(code)));
            QCoreApplication::installTranslator(&translator);
            QCOMPARE(word(),
                code == QStringLiteral("de") ? QStringLiteral("3 Maschinen")
                                             : QStringLiteral("3 machines"));
            QCoreApplication::removeTranslator(&translator);
            QVERIFY(!ui::Languages::nativeName(code).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_Translations.moc"
