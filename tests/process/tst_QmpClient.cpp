// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/FakeQmpServer.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/QmpClient.h"

#include <QSignalSpy>
#include <QTest>

using namespace vmm;
using namespace std::chrono_literals;
using tests::FakeQmpServer;
using tests::waitFor;

class TestQmpClient : public QObject {
    Q_OBJECT

private:
    void connectReady(QmpClient& client, const FakeQmpServer& server)
    {
        client.connectTo(server.path());
        QTRY_VERIFY(client.isReady());
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void connect_negotiatesFirst()
    {
        FakeQmpServer server;
        QmpClient client;
        QSignalSpy ready(&client, &QmpClient::ready);
        connectReady(client, server);
        QCOMPARE(ready.count(), 1);
        QCOMPARE(server.commands(), QStringList { QStringLiteral("qmp_capabilities") });
        QCOMPARE(client.qemuVersion(), QStringLiteral("7.2.22"));
    }

    void splitAnswer_arrivesWhole()
    {
        FakeQmpServer server;
        server.setPieceSize(1);
        server.setAnswer(QStringLiteral("query-name"),
            QJsonObject { { QStringLiteral("name"), QString::fromUtf8("Büro") } });
        QmpClient client;
        connectReady(client, server);
        const auto answer = waitFor(client.execute(QStringLiteral("query-name")));
        VERIFY_OK(answer);
        QCOMPARE(answer->toObject().value(QLatin1StringView("name")).toString(),
            QString::fromUtf8("Büro"));
    }

    void batchedAnswersAndEvents_areAllSeen()
    {
        FakeQmpServer server;
        QmpClient client;
        connectReady(client, server);
        QStringList events;
        QObject::connect(&client, &QmpClient::eventReceived, this,
            [&events](const QmpEvent& event) { events.append(event.name); });
        server.setHolding(true);
        const auto first = client.execute(QStringLiteral("one"));
        const auto second = client.execute(QStringLiteral("two"));
        QTRY_COMPARE(server.commands().size(), 3);
        // Three things in one write: an event between the answers.
        server.setHolding(false);
        server.flush();
        server.send("{\"event\": \"STOP\"}\r\n{\"event\": \"RESUME\"}\r\n");
        VERIFY_OK(waitFor(first));
        VERIFY_OK(waitFor(second));
        QTRY_COMPARE(events, (QStringList { QStringLiteral("STOP"), QStringLiteral("RESUME") }));
    }

    void answersOutOfOrder_reachTheirQuestions()
    {
        FakeQmpServer server;
        server.setSilent(QStringLiteral("one"));
        server.setSilent(QStringLiteral("two"));
        QmpClient client;
        connectReady(client, server);
        const auto first = client.execute(QStringLiteral("one"));
        QTRY_COMPARE(server.commands().size(), 2);
        const qint64 firstId = server.lastId();
        const auto second = client.execute(QStringLiteral("two"));
        QTRY_COMPARE(server.commands().size(), 3);
        server.send("{\"return\": 2, \"id\": " + QByteArray::number(server.lastId())
            + "}\n{\"return\": 1, \"id\": " + QByteArray::number(firstId) + "}\n");
        QCOMPARE(waitFor(first)->toInt(), 1);
        QCOMPARE(waitFor(second)->toInt(), 2);
    }

    void refusal_carriesQemusWords()
    {
        FakeQmpServer server;
        server.setRefusal(QStringLiteral("cont"), QStringLiteral("GenericError"));
        server.setRefusal(QStringLiteral("new-thing"), QStringLiteral("CommandNotFound"));
        QmpClient client;
        connectReady(client, server);
        const auto refused = waitFor(client.execute(QStringLiteral("cont")));
        QCOMPARE(refused.error().kind, ErrorKind::ProcessFailed);
        QVERIFY(refused.error().detail.contains(QStringLiteral("refused by script")));
        QCOMPARE(waitFor(client.execute(QStringLiteral("new-thing"))).error().kind,
            ErrorKind::HostLacksFeature);
    }

    void silentCommand_timesOutAndOthersGoOn()
    {
        FakeQmpServer server;
        server.setSilent(QStringLiteral("hangs"));
        QmpClient client;
        connectReady(client, server);
        const auto hanging = client.execute(QStringLiteral("hangs"), {}, 50ms);
        VERIFY_OK(waitFor(client.execute(QStringLiteral("works"))));
        QCOMPARE(waitFor(hanging).error().kind, ErrorKind::TimedOut);
        QVERIFY(client.isReady());
        // Its answer comes after all: nobody's.
        server.send("{\"return\": {}, \"id\": " + QByteArray::number(server.lastId()) + "}\n");
        VERIFY_OK(waitFor(client.execute(QStringLiteral("works"))));
    }

    void lostConnection_failsAllPending()
    {
        FakeQmpServer server;
        server.setSilent(QStringLiteral("hangs"));
        QmpClient client;
        QSignalSpy lost(&client, &QmpClient::disconnected);
        connectReady(client, server);
        const auto first = client.execute(QStringLiteral("hangs"));
        const auto second = client.execute(QStringLiteral("hangs"));
        QTRY_COMPARE(server.commands().size(), 3);
        server.dropClient();
        QCOMPARE(waitFor(first).error().kind, ErrorKind::Disconnected);
        QCOMPARE(waitFor(second).error().kind, ErrorKind::Disconnected);
        QTRY_COMPARE(lost.count(), 1);
        QVERIFY(!client.isReady());
        QCOMPARE(
            waitFor(client.execute(QStringLiteral("late"))).error().kind, ErrorKind::Disconnected);
    }

    void lastEventBeforeTheEnd_isDelivered()
    {
        FakeQmpServer server;
        QmpClient client;
        QStringList order;
        QObject::connect(&client, &QmpClient::eventReceived, this,
            [&](const QmpEvent& event) { order.append(event.name); });
        QObject::connect(
            &client, &QmpClient::disconnected, this, [&] { order.append(QStringLiteral("end")); });
        connectReady(client, server);
        server.sendEvent(QStringLiteral("SHUTDOWN"));
        server.dropClient();
        QTRY_COMPARE(order, (QStringList { QStringLiteral("SHUTDOWN"), QStringLiteral("end") }));
    }

    void staleAnswer_ofAnEarlierConnection_isDropped()
    {
        FakeQmpServer server;
        server.setSilent(QStringLiteral("ask"));
        QmpClient client;
        connectReady(client, server);
        const auto old = client.execute(QStringLiteral("ask"));
        QTRY_COMPARE(server.commands().size(), 2);
        const qint64 oldId = server.lastId();
        connectReady(client, server);
        QCOMPARE(waitFor(old).error().kind, ErrorKind::Disconnected);
        const auto fresh = client.execute(QStringLiteral("ask"));
        QTRY_COMPARE(server.commands().size(), 4);
        QVERIFY(server.lastId() != oldId);
        server.send("{\"return\": \"old\", \"id\": " + QByteArray::number(oldId) + "}\n");
        server.send("{\"return\": \"new\", \"id\": " + QByteArray::number(server.lastId()) + "}\n");
        QCOMPARE(waitFor(fresh)->toString(), QStringLiteral("new"));
    }

    void closingInAnEvent_dropsWhatFollowsInTheBatch()
    {
        FakeQmpServer server;
        QmpClient client;
        connectReady(client, server);
        int events = 0;
        QObject::connect(&client, &QmpClient::eventReceived, this, [&] {
            ++events;
            client.close();
        });
        server.send("{\"event\": \"A\"}\n{\"event\": \"B\"}\n");
        QTRY_COMPARE(events, 1);
        QTRY_VERIFY(!server.hasClient());
        QCOMPARE(events, 1);
    }

    void garbage_endsTheConnection()
    {
        FakeQmpServer server;
        QmpClient client;
        QSignalSpy lost(&client, &QmpClient::disconnected);
        connectReady(client, server);
        server.send("this is no QMP\n");
        QTRY_COMPARE(lost.count(), 1);
        QCOMPARE(lost.first().first().value<Error>().kind, ErrorKind::ProtocolViolation);
    }

    void endlessLine_endsTheConnection()
    {
        FakeQmpServer server;
        QmpClient client;
        QSignalSpy lost(&client, &QmpClient::disconnected);
        connectReady(client, server);
        server.send(QByteArray(9 * 1024 * 1024, 'x'));
        QTRY_COMPARE(lost.count(), 1);
        QCOMPARE(lost.first().first().value<Error>().kind, ErrorKind::ProtocolViolation);
    }

    void refusedNegotiation_endsTheConnection()
    {
        FakeQmpServer server;
        server.setRefusal(QStringLiteral("qmp_capabilities"), QStringLiteral("GenericError"));
        QmpClient client;
        QSignalSpy lost(&client, &QmpClient::disconnected);
        client.connectTo(server.path());
        QTRY_COMPARE(lost.count(), 1);
        QVERIFY(!client.isReady());
    }

    void noServer_isDisconnected()
    {
        QmpClient client;
        QSignalSpy lost(&client, &QmpClient::disconnected);
        client.connectTo(QStringLiteral("/nonexistent/qmp"));
        QTRY_COMPARE(lost.count(), 1);
        QCOMPARE(lost.first().first().value<Error>().kind, ErrorKind::Disconnected);
    }

    void destroyedClient_finishesItsFutures()
    {
        FakeQmpServer server;
        server.setSilent(QStringLiteral("hangs"));
        auto client = std::make_unique<QmpClient>();
        connectReady(*client, server);
        const auto pending = client->execute(QStringLiteral("hangs"));
        client.reset();
        QCOMPARE(waitFor(pending).error().kind, ErrorKind::Disconnected);
    }

    void floodOfEvents_leavesAnswersIntact()
    {
        FakeQmpServer server;
        QmpClient client;
        connectReady(client, server);
        int events = 0;
        QObject::connect(&client, &QmpClient::eventReceived, this, [&] { ++events; });
        for (int i = 0; i < 20'000; ++i)
            server.sendEvent(QStringLiteral("RTC_CHANGE"));
        VERIFY_OK(waitFor(client.execute(QStringLiteral("works"))));
        QCOMPARE(events, 20'000);
    }
};

QTEST_GUILESS_MAIN(TestQmpClient)
#include "tst_QmpClient.moc"
