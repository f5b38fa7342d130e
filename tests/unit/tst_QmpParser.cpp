// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/QmpParser.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace vmm;
using Kind = QmpMessage::Kind;

namespace {

const QByteArray kGreeting
    = "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, "
      "\"package\": \"Debian\"}, \"capabilities\": [\"oob\"]}}";

/// A whole conversation, as QEMU 7.2 sends it, with text beyond ASCII.
const QByteArray kConversation = kGreeting + "\r\n{\"return\": {}, \"id\": 1}\r\n"
    + "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"STOP\"}\r\n"
    + "{\"id\": 2, \"error\": {\"class\": \"GenericError\", \"desc\": \"Gerät 'a' fehlt\"}}\r\n"
    + "{\"return\": [1, {\"a\": \"\\n\"}], \"id\": 3}\r\n";

} // namespace

class TestQmpParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conversation_isReadInOrder()
    {
        QmpParser parser;
        const auto messages = parser.feed(kConversation);
        QCOMPARE(messages.size(), 5);
        QCOMPARE(messages[0].kind, Kind::Greeting);
        QCOMPARE(messages[0].text, QStringLiteral("7.2.22"));
        QCOMPARE(messages[1].kind, Kind::Return);
        QCOMPARE(messages[1].id, 1);
        QCOMPARE(messages[2].kind, Kind::Event);
        QCOMPARE(messages[2].event.name, QStringLiteral("STOP"));
        QCOMPARE(messages[3].kind, Kind::Failure);
        QCOMPARE(messages[3].id, 2);
        QCOMPARE(messages[3].errorClass, QStringLiteral("GenericError"));
        QVERIFY(messages[3].text.contains(QString::fromUtf8("Gerät")));
        QCOMPARE(messages[4].value.toArray().size(), 2);
    }

    void everySplitPosition_givesTheSameMessages()
    {
        QmpParser whole;
        const auto expected = whole.feed(kConversation);
        for (qsizetype at = 0; at <= kConversation.size(); ++at) {
            QmpParser parser;
            auto messages = parser.feed(QByteArrayView(kConversation).first(at));
            messages += parser.feed(QByteArrayView(kConversation).sliced(at));
            QVERIFY2(messages == expected, qPrintable(QString::number(at)));
        }
    }

    void singleBytes_giveTheSameMessages()
    {
        QmpParser whole;
        QmpParser parser;
        QVector<QmpMessage> messages;
        for (const char byte : kConversation)
            messages += parser.feed(QByteArrayView(&byte, 1));
        QCOMPARE(messages, whole.feed(kConversation));
    }

    void incompleteLine_isNoMessage()
    {
        QmpParser parser;
        QVERIFY(parser.feed(kGreeting).isEmpty());
        QVERIFY(parser.feed("").isEmpty());
        QCOMPARE(parser.feed("\n").size(), 1);
    }

    void emptyLines_areSkipped()
    {
        QmpParser parser;
        QVERIFY(parser.feed("\r\n\n   \r\n").isEmpty());
    }

    void hostileLine_isMalformedOrUnknown_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const QByteArray& line, Kind kind) {
            QTest::newRow(name) << line << static_cast<int>(kind);
        };
        row("no JSON", "hello", Kind::Malformed);
        row("half an object", "{\"return\":", Kind::Malformed);
        row("an array", "[1, 2]", Kind::Malformed);
        row("a number", "12", Kind::Malformed);
        row("two objects in a line", "{} {}", Kind::Malformed);
        row("no UTF-8", "{\"return\": \"\xff\xfe\"}", Kind::Malformed);
        row("NUL inside", QByteArray("{\"return\": \0}", 13), Kind::Malformed);
        row("too deep", QByteArray(5000, '[') + QByteArray(5000, ']'), Kind::Malformed);
        row("empty object", "{}", Kind::Unknown);
        row("event that is no text", "{\"event\": 5}", Kind::Unknown);
        row("error that is no object", "{\"error\": \"x\", \"id\": 1}", Kind::Unknown);
        row("greeting that is no object", "{\"QMP\": 1}", Kind::Unknown);
    }

    void hostileLine_isMalformedOrUnknown()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(QmpParser::parseLine(line).kind), kind);
    }

    void strangeIds_areNobodys()
    {
        for (const QByteArray id : { "\"1\"", "{}", "[1]", "null", "true", "1.5", "1e300" }) {
            const auto message = QmpParser::parseLine("{\"return\": {}, \"id\": " + id + "}");
            QCOMPARE(message.kind, Kind::Return);
            QVERIFY2(message.id == QmpMessage::kNoId, id.constData());
        }
    }

    void lineBeyondTheBound_isReportedOnceAndSkipped()
    {
        QmpParser parser(64);
        auto messages = parser.feed(QByteArray(50, 'x'));
        QVERIFY(messages.isEmpty());
        messages = parser.feed(QByteArray(50, 'x'));
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages[0].kind, Kind::Malformed);
        QVERIFY(parser.feed(QByteArray(100'000, 'x')).isEmpty());
        messages = parser.feed("xx\n{\"return\": {}, \"id\": 7}\n");
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages[0].id, 7);
    }

    void lineOfJustTheBound_isRead()
    {
        const QByteArray line = "{\"return\": {}, \"id\": 7}";
        QmpParser parser(line.size());
        QCOMPARE(parser.feed(line + '\n').size(), 1);
    }

    void noise_neverCrashes()
    {
        QRandomGenerator random(4711);
        for (int round = 0; round < 2000; ++round) {
            QByteArray bytes = kConversation;
            for (int i = 0; i < 4; ++i)
                bytes[random.bounded(static_cast<int>(bytes.size()))]
                    = static_cast<char>(random.bounded(256));
            QmpParser parser;
            QVERIFY(parser.feed(bytes).size() <= 12);
        }
    }
};

QTEST_APPLESS_MAIN(TestQmpParser)
#include "tst_QmpParser.moc"
