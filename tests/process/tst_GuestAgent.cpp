// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/GuestAgent.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace vmm;
using tests::waitFor;

namespace {

/// The agent's end of the channel, by script.
class FakeAgent : public QObject {
public:
    FakeAgent()
    {
        m_server.listen(m_folder.filePath(QStringLiteral("agent")));
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            m_client = m_server.nextPendingConnection();
            ++connections;
            connect(m_client, &QLocalSocket::readyRead, this, [this] { read(); });
        });
    }

    QString path() const { return m_server.fullServerName(); }
    void send(const QByteArray& bytes)
    {
        if (m_client)
            m_client->write(bytes);
    }

    int connections = 0;
    bool isDeaf = false; ///< answers nothing at all
    QByteArray beforeSync; ///< what is still in the stream
    std::map<QString, QByteArray> answers; ///< whole lines; a command without one is not answered
    QStringList commands;
    QByteArrayList requests;

private:
    void read()
    {
        m_received += m_client->readAll();
        for (qsizetype end = 0; (end = m_received.indexOf('\n')) >= 0;) {
            QByteArray line = m_received.left(end);
            m_received.remove(0, end + 1);
            if (!isDeaf)
                answer(line.replace('\xff', ""));
        }
    }

    void answer(const QByteArray& line)
    {
        const QJsonObject request = QJsonDocument::fromJson(line).object();
        const QString command = request[QStringLiteral("execute")].toString();
        if (command == QLatin1StringView("guest-sync-delimited")) {
            const QJsonValue id = request[QStringLiteral("arguments")][QStringLiteral("id")];
            send(beforeSync + "\xff{\"return\": " + QByteArray::number(id.toInteger()) + "}\n");
            return;
        }
        commands.append(command);
        requests.append(line);
        if (const auto found = answers.find(command); found != answers.end())
            send(found->second + '\n');
    }

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QPointer<QLocalSocket> m_client;
    QByteArray m_received;
};

const QByteArray kDone = R"({"return": {}})";

} // namespace

class TestGuestAgent : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeAgent> m_fake;
    std::unique_ptr<GuestAgent> m_agent;

    QJsonObject argumentsOfLast() const
    {
        return QJsonDocument::fromJson(m_fake->requests.last())
            .object()[QStringLiteral("arguments")]
            .toObject();
    }

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<FakeAgent>();
        m_agent = std::make_unique<GuestAgent>(m_fake->path());
        m_agent->setSyncDeadline(std::chrono::milliseconds(300));
    }

    void cleanup()
    {
        m_agent.reset();
        m_fake.reset();
    }

    void ping_answersAfterTheSync()
    {
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        m_fake->beforeSync = "{\"return\": 77}\n{\"ret"; // somebody else's, and half of another
        VERIFY_OK(waitFor(m_agent->ping()));
        VERIFY_OK(waitFor(m_agent->ping()));
        QCOMPARE(m_fake->connections, 1);
    }

    void absentAgent_isMissing()
    {
        m_fake->isDeaf = true;
        const auto first = m_agent->ping();
        const auto second = m_agent->facts();
        QCOMPARE(waitFor(first).error().cause, ErrorCause::GuestAgentMissing);
        QCOMPARE(waitFor(second).error().cause, ErrorCause::GuestAgentMissing);
        // It may come later.
        m_fake->isDeaf = false;
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        VERIFY_OK(waitFor(m_agent->ping()));
    }

    void absentSocket_isMissing()
    {
        GuestAgent agent(QStringLiteral("/nonexistent/agent"));
        QCOMPARE(waitFor(agent.ping()).error().cause, ErrorCause::GuestAgentMissing);
    }

    void silence_endsTheCommandAndSyncsAnew()
    {
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        VERIFY_OK(waitFor(m_agent->ping()));
        m_fake->answers.clear();
        const auto silent = m_agent->ping();
        QTRY_COMPARE(m_fake->commands.size(), 2);
        const auto next = m_agent->ping();
        QTRY_VERIFY_WITH_TIMEOUT(m_fake->connections == 2, 5000);
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        QCOMPARE(waitFor(silent).error().kind, ErrorKind::TimedOut);
        (void)waitFor(next);
        VERIFY_OK(waitFor(m_agent->ping()));
    }

    void garbage_endsTheConnectionNotTheProgram_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("@@@");
        QTest::newRow("no answer") << QByteArray(R"({"event": "X"})");
        QTest::newRow("a list") << QByteArray("[1, 2]");
        QTest::newRow("binary") << QByteArray("\x00\x01\xff\xfe", 4);
        QTest::newRow("deep") << QByteArray(5000, '[');
    }

    void garbage_endsTheConnectionNotTheProgram()
    {
        QFETCH(QByteArray, line);
        m_fake->answers[QStringLiteral("guest-ping")] = line;
        QCOMPARE(waitFor(m_agent->ping(), 20'000).error().kind, ErrorKind::ProtocolViolation);
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        VERIFY_OK(waitFor(m_agent->ping()));
    }

    void endlessLine_isNotKept()
    {
        GuestAgentChannel channel(m_fake->path(), nullptr, 1000);
        m_fake->answers[QStringLiteral("guest-ping")] = QByteArray(2000, 'x');
        QCOMPARE(waitFor(channel.call(QStringLiteral("guest-ping"))).error().kind,
            ErrorKind::ProtocolViolation);
    }

    void answerToNobody_endsTheConnection()
    {
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        VERIFY_OK(waitFor(m_agent->ping()));
        m_fake->send("{\"return\": 1}\n");
        VERIFY_OK(waitFor(m_agent->ping()));
    }

    void facts_leaveOutWhatTheAgentDoesNotTell()
    {
        auto& answers = m_fake->answers;
        answers[QStringLiteral("guest-info")] = R"({"return": {"version": "7.2.0"}})";
        answers[QStringLiteral("guest-get-host-name")] = R"({"return": {"host-name": "web"}})";
        answers[QStringLiteral("guest-get-osinfo")]
            = R"({"return": {"pretty-name": "Debian 12", "kernel-release": "6.1.0"}})";
        answers[QStringLiteral("guest-get-timezone")]
            = R"({"error": {"class": "CommandNotFound", "desc": "unknown"}})";
        answers[QStringLiteral("guest-network-get-interfaces")] = R"({"return": [
            {"name": "eth0", "hardware-address": "52:54:00:00:00:01", "ip-addresses": [
                {"ip-address": "192.0.2.7", "prefix": 24, "ip-address-type": "ipv4"}]},
            7, {"name": 5, "ip-addresses": "no"}]})";
        answers[QStringLiteral("guest-network-get-interfaces")].replace('\n', ' ');
        answers[QStringLiteral("guest-get-fsinfo")]
            = R"({"return": [{"mountpoint": "/", "type": "ext4", "total-bytes": 1000, "used-bytes": 10, "disk": []}]})";
        answers[QStringLiteral("guest-get-users")]
            = R"({"return": [{"user": "root", "login-time": 1000000000.5}]})";
        const auto facts = waitFor(m_agent->facts());
        VERIFY_OK(facts);
        QCOMPARE(facts->agentVersion, QStringLiteral("7.2.0"));
        QCOMPARE(facts->hostName, QStringLiteral("web"));
        QCOMPARE(facts->system, QStringLiteral("Debian 12"));
        QCOMPARE(facts->kernel, QStringLiteral("6.1.0"));
        QCOMPARE(facts->timeZone, QString());
        QCOMPARE(facts->networkCards.size(), 3);
        QCOMPARE(
            facts->networkCards.first().addresses, QStringList { QStringLiteral("192.0.2.7/24") });
        QCOMPARE(facts->fileSystems.first().used, Bytes::fromBytes(10));
        QCOMPARE(facts->users.first().since.toMSecsSinceEpoch(), 1'000'000'000'500);
    }

    void program_isWaitedForWithItsOutput()
    {
        m_fake->answers[QStringLiteral("guest-exec")] = R"({"return": {"pid": 9}})";
        m_fake->answers[QStringLiteral("guest-exec-status")] = R"({"return": {"exited": false}})";
        const auto run = m_agent->run({ .program = QStringLiteral("/bin/ls"),
            .arguments = { QStringLiteral("-l") },
            .input = "x" });
        QTRY_VERIFY(m_fake->commands.count(QStringLiteral("guest-exec-status")) >= 2);
        QCOMPARE(argumentsOfLast()[QStringLiteral("pid")].toInt(), 9);
        QVERIFY(!run.isFinished());
        m_fake->answers[QStringLiteral("guest-exec-status")]
            = R"({"return": {"exited": true, "exitcode": 2, "out-data": "aGVsbG8=", "err-truncated": true}})";
        const auto result = waitFor(run);
        VERIFY_OK(result);
        QCOMPARE(result->exitCode, 2);
        QCOMPARE(result->standardOutput, QByteArray("hello"));
        QVERIFY(result->isCut);
    }

    void cancelledProgram_isWaitedForNoLonger()
    {
        m_fake->answers[QStringLiteral("guest-exec")] = R"({"return": {"pid": 9}})";
        m_fake->answers[QStringLiteral("guest-exec-status")] = R"({"return": {"exited": false}})";
        auto run = m_agent->run({ .program = QStringLiteral("/bin/ls") });
        QTRY_VERIFY(m_fake->commands.contains(QStringLiteral("guest-exec-status")));
        run.cancel();
        QTRY_VERIFY(run.isFinished());
        const qsizetype count = m_fake->commands.size();
        m_fake->answers[QStringLiteral("guest-ping")] = kDone;
        VERIFY_OK(waitFor(m_agent->ping()));
        QVERIFY(m_fake->commands.size() <= count + 2);
    }

    void shutdownWithoutAnAnswer_isObeyed()
    {
        VERIFY_OK(waitFor(m_agent->powerDown()));
        QCOMPARE(argumentsOfLast()[QStringLiteral("mode")].toString(), QStringLiteral("powerdown"));
        m_fake->answers[QStringLiteral("guest-shutdown")]
            = R"({"error": {"class": "GenericError", "desc": "never"}})";
        QCOMPARE(waitFor(m_agent->reboot()).error().kind, ErrorKind::RefusedByGuest);
    }

    void setTime_tellsNanoseconds()
    {
        m_fake->answers[QStringLiteral("guest-set-time")] = kDone;
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        VERIFY_OK(waitFor(m_agent->setTime()));
        const qint64 told = argumentsOfLast()[QStringLiteral("time")].toInteger() / 1'000'000;
        QVERIFY(told >= before && told <= QDateTime::currentMSecsSinceEpoch());
    }

    void failedFreeze_isThawed()
    {
        m_fake->answers[QStringLiteral("guest-fsfreeze-freeze")]
            = R"({"error": {"class": "GenericError", "desc": "/home is busy"}})";
        m_fake->answers[QStringLiteral("guest-fsfreeze-thaw")] = R"({"return": 1})";
        QCOMPARE(waitFor(m_agent->freeze()).error().kind, ErrorKind::RefusedByGuest);
        QTRY_COMPARE(m_fake->commands.last(), QStringLiteral("guest-fsfreeze-thaw"));
        QVERIFY(!m_agent->isFrozen());
    }

    void frozenGuest_isThawedByWhoForgetsIt()
    {
        m_fake->answers[QStringLiteral("guest-fsfreeze-freeze")] = R"({"return": 2})";
        m_fake->answers[QStringLiteral("guest-fsfreeze-thaw")] = R"({"return": 2})";
        VERIFY_OK(waitFor(m_agent->freeze()));
        QVERIFY(m_agent->isFrozen());
        m_agent.reset();
        QTRY_COMPARE(m_fake->commands.last(), QStringLiteral("guest-fsfreeze-thaw"));
    }
};

QTEST_GUILESS_MAIN(TestGuestAgent)
#include "tst_GuestAgent.moc"
