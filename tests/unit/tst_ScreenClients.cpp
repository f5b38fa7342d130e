// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/ScreenClients.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace vmm;
using Protocol = ConsoleEndpoint::Protocol;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(QByteArray(text).replace('\'', '"')).object();
}

QmpEvent told(const char* name, const char* client)
{
    return { QString::fromLatin1(name), { { QStringLiteral("client"), json(client) } } };
}

} // namespace

class TestScreenClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spiceChannels_areOneClient()
    {
        ScreenClients clients;
        const QDateTime before = QDateTime::currentDateTimeUtc();
        clients.note(told("SPICE_INITIALIZED",
            "{'host':'10.0.0.7','port':'50001','family':'ipv4','connection-id':11,"
            "'channel-type':1,'channel-id':0}"));
        const auto found = clients.read(Protocol::Spice,
            json("{'enabled':true,'channels':["
                 "{'host':'10.0.0.7','port':'50002','family':'ipv4','connection-id':11,"
                 "'channel-type':3,'channel-id':0,'tls':false},"
                 "{'host':'10.0.0.7','port':'50001','family':'ipv4','connection-id':11,"
                 "'channel-type':1,'channel-id':0,'tls':false}]}"));
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].address, QStringLiteral("10.0.0.7:50001"));
        QVERIFY(found[0].since >= before);
    }

    void vncClients_areEachOne()
    {
        ScreenClients clients;
        clients.note(told("VNC_CONNECTED", "{'host':'::1','service':'50001','family':'ipv6'}"));
        const QJsonObject answer = json("{'enabled':true,'clients':["
                                        "{'host':'::1','service':'50001','family':'ipv6'},"
                                        "{'host':'','service':'','family':'unix'}]}");
        auto found = clients.read(Protocol::Vnc, answer);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].address, QStringLiteral("[::1]:50001"));
        QVERIFY(found[0].since.isValid());
        QCOMPARE(found[1], ConsoleClient {}); // it came before anybody listened
        clients.note(told("VNC_DISCONNECTED", "{'host':'::1','service':'50001','family':'ipv6'}"));
        found = clients.read(Protocol::Vnc, answer);
        QVERIFY(!found[0].since.isValid());
    }

    void clientsThatLookAlike_haveNoTime()
    {
        ScreenClients clients;
        const char* one = "{'host':'','service':'','family':'unix'}";
        clients.note(told("VNC_CONNECTED", one));
        clients.note(told("VNC_CONNECTED", one));
        for (const ConsoleClient& client :
            clients.read(Protocol::Vnc, json("{'clients':[{'family':'unix'},{'family':'unix'}]}")))
            QVERIFY(!client.since.isValid());
    }

    void nonsense_isNobody()
    {
        ScreenClients clients;
        clients.note({});
        QVERIFY(clients.read(Protocol::Spice, {}).isEmpty());
        QVERIFY(clients.read(Protocol::Vnc, json("{'clients':7}")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestScreenClients)
#include "tst_ScreenClients.moc"
