// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <csignal>

using namespace hosts;
using tests::waitFor;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

constexpr int kPatienceMs = 30'000;

} // namespace

/// A remote core through a real sshd on this computer.
class tst_SshHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN);
        if (const QString why = tests::SshdFixture::whyMissing(); !why.isEmpty())
            QSKIP(qPrintable(why));
    }

    void init()
    {
        m_home = std::make_unique<tests::TempHome>();
        QDir().mkpath(m_home->runtimeFolder());
        QFile::setPermissions(m_home->runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home->runtimeFolder().toLocal8Bit());
        m_sshd = std::make_unique<tests::SshdFixture>();
        QVERIFY(startSshd());
        m_thread = std::make_unique<wire::WireThread>();
    }

    void cleanup()
    {
        m_seen.reset();
        m_host.reset();
        m_thread.reset();
        m_sshd.reset();
    }

    void inventoryAndChanges_comeThrough()
    {
        make();
        m_host->open();
        expectConnected();
        QCOMPARE(m_host->info().dataFolder, m_home->dataFolder());
        const auto made
            = waitFor(m_host->define(tests::smallDomainXml(QStringLiteral("far away"))));
        VERIFY_OK(made);
        QTRY_VERIFY(m_seen->vm(*made));
        QCOMPARE(m_seen->vm(*made)->name, QStringLiteral("far away"));
        VERIFY_OK(waitFor(m_host->definition(*made)));
        QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(m_seen->hostValues()[HostMetric::MemoryUsed]), 15'000);
    }

    void folderWithStrangeName_isThatFolder()
    {
        const QString folder = m_home->path(QStringLiteral("my vms; $(reboot) 'ä'"));
        make(QString::fromLatin1(QUrl::toPercentEncoding(folder, "/")));
        m_host->open();
        expectConnected();
        QCOMPARE(m_host->info().dataFolder, folder);
        QVERIFY(QFile::exists(folder + QStringLiteral("/format")));
    }

    void cutConnection_isReestablished()
    {
        make();
        m_host->open();
        expectConnected();
        QSignalSpy changes(m_host.get(), &Host::connectionChanged);
        m_sshd->cutConnections();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), kPatienceMs);
        QCOMPARE(changes.first().first().value<ConnectionState>(), ConnectionState::Reconnecting);
        expectConnected();
        QTRY_COMPARE_WITH_TIMEOUT(remoteProcesses(), 2, kPatienceMs); // a front and the core
    }

    void closedHost_leavesNothingRunningThere()
    {
        make();
        m_host->open();
        expectConnected();
        QVERIFY(remoteProcesses() > 0);
        m_host->close();
        QTRY_COMPARE_WITH_TIMEOUT(remoteProcesses(), 0, kPatienceMs);
        m_host.reset();
        QCOMPARE(QDir(m_home->runtimeFolder() + QStringLiteral("/virtdeck"))
                     .entryList({ QStringLiteral("ssh-*") }),
            QStringList());
    }

    void commandLine_worksThroughSshToo()
    {
        make();
        m_host->open();
        expectConnected();
        const QString ssh = script(QStringLiteral("ssh"),
            "exec /usr/bin/ssh " + m_sshd->clientArguments().join(QLatin1Char(' ')).toUtf8()
                + " \"$@\"\n");
        QProcess vdctl;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("VIRTDECK_SSH"), ssh);
        vdctl.setProcessEnvironment(environment);
        vdctl.start(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"),
            { QStringLiteral("-c"), m_host->uri().toString(), QStringLiteral("create"),
                QStringLiteral("made by vdctl") });
        QTRY_COMPARE_WITH_TIMEOUT(vdctl.state(), QProcess::NotRunning, kPatienceMs);
        QVERIFY2(vdctl.exitCode() == 0, vdctl.readAllStandardError().constData());
        // Over there it shared the host with the one that looks on.
        const VmId made(QString::fromLatin1(vdctl.readAllStandardOutput().trimmed()));
        QTRY_VERIFY(m_seen->vm(made));
        QCOMPARE(m_seen->vm(made)->name, QStringLiteral("made by vdctl"));
    }

    void lockedKey_isOpenedByWhomIsAsked()
    {
        m_sshd->lockKey(QStringLiteral("grün & \"secret\""));
        makeAsking({ QStringLiteral("wrong"), QStringLiteral("grün & \"secret\"") });
        m_host->open();
        expectConnected();
        QCOMPARE(m_questions.size(), 2);
        QCOMPARE(m_questions.first().kind, Question::Kind::Secret);
        QVERIFY(!m_questions.first().isRepeated);
        QVERIFY(m_questions.last().isRepeated);
        QVERIFY2(m_questions.first().prompt.contains(QStringLiteral("passphrase")),
            qPrintable(m_questions.first().prompt));
    }

    void unknownHost_isTrustedByWhomIsAsked()
    {
        m_sshd->askAboutHosts();
        makeAsking({ QStringLiteral("yes") });
        m_host->open();
        expectConnected();
        QCOMPARE(m_questions.size(), 1);
        QCOMPARE(m_questions.first().kind, Question::Kind::YesOrNo);
        QVERIFY(m_questions.first().keyName.isEmpty());
        QVERIFY(m_questions.first().prompt.contains(QStringLiteral("fingerprint")));
    }

    void declinedQuestion_endsTheAttempt()
    {
        m_sshd->askAboutHosts();
        makeAsking({});
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::HostKeyUnknown);
    }

    void declinedPassword_isAskedForOnceUntilOneTriesAgain()
    {
        if (::geteuid() != 0)
            QSKIP("only root's sshd can be given a password");
        m_sshd->stop();
        m_sshd->acceptPassword("right");
        QVERIFY(startSshd());
        m_sshd->useUnknownKey();
        makeAsking({});
        for (const int times : { 1, 2 }) {
            m_host->open();
            QTRY_COMPARE_WITH_TIMEOUT(
                m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
            QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
            QCOMPARE(m_questions.size(), times);
        }
    }

    void failures_areToldApart_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<ErrorCause>("cause");
        QTest::newRow("an unknown key of ours")
            << QStringLiteral("key") << ErrorCause::AuthenticationFailed;
        QTest::newRow("an unknown host") << QStringLiteral("unknown") << ErrorCause::HostKeyUnknown;
        QTest::newRow("another host") << QStringLiteral("forged") << ErrorCause::HostKeyChanged;
        QTest::newRow("no program") << QStringLiteral("program") << ErrorCause::HostProgramMissing;
        QTest::newRow("another version")
            << QStringLiteral("version") << ErrorCause::HostProgramVersion;
        QTest::newRow("no ssh here") << QStringLiteral("ssh") << ErrorCause::SshMissing;
    }

    void failures_areToldApart()
    {
        QFETCH(QString, what);
        QString query;
        wire::SshOptions ssh { .arguments = m_sshd->clientArguments() };
        if (what == QStringLiteral("key"))
            m_sshd->useUnknownKey();
        else if (what == QStringLiteral("unknown"))
            m_sshd->forgetHostKey();
        else if (what == QStringLiteral("forged"))
            m_sshd->forgeHostKey();
        else if (what == QStringLiteral("program"))
            query = QStringLiteral("?program=/nonexistent/virtdeck-host");
        else if (what == QStringLiteral("version"))
            query = QStringLiteral("?program=") + oldHost();
        else if (what == QStringLiteral("ssh"))
            ssh.program = QStringLiteral("/nonexistent/ssh");
        make(m_home->dataFolder() + query, ssh);
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QTEST(m_host->lastError()->cause, "cause");
        if (what != QStringLiteral("ssh"))
            QCOMPARE(m_host->lastError()->subject, m_host->uri().toString());
        QVERIFY(!m_host->lastError()->detail.isEmpty());
    }

    void refusedConnection_isTriedAgain()
    {
        make();
        m_sshd->stop();
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::HostUnreachable);
        QVERIFY(m_sshd->start(
            QStringLiteral(VIRTDECK_BIN_DIR ":/usr/bin:/bin"), m_home->runtimeFolder()));
        expectConnected();
    }

    // What SPICE does: several connections to one socket, each both ways.
    void socketOverThere_isReachedThroughTheSameConnection()
    {
        QLocalServer server;
        QVERIFY(server.listen(m_home->path(QStringLiteral("there.sock"))));
        connect(&server, &QLocalServer::newConnection, this, [&server] {
            QLocalSocket* peer = server.nextPendingConnection();
            connect(peer, &QLocalSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
        });
        // No process runs it: only the connection that carries it has to be there.
        make();
        m_host->open();
        expectConnected();
        wire::SshRoute route(m_host->uri(), { .arguments = m_sshd->clientArguments() });
        auto* link = new wire::WireLink(route.nextCarrier(), { .uri = m_host->uri().remoteUri() });
        QSignalSpy heard(link, &wire::WireLink::received);
        m_thread->run(link);
        QTRY_VERIFY_WITH_TIMEOUT(!heard.isEmpty(), kPatienceMs);
        const QString key = QStringLiteral("vm");
        const auto reached = waitFor(
            route.reach({ .unixSocket = server.fullServerName() }, key, link), kPatienceMs);
        VERIFY_OK(reached);
        QVERIFY(reached->unixSocket != server.fullServerName());
        struct stat status { };
        QCOMPARE(::stat(reached->unixSocket.toLocal8Bit(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
        for (int i = 0; i < 3; ++i) {
            QLocalSocket socket;
            socket.connectToServer(reached->unixSocket);
            QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
            const QByteArray sent(100'000, char('a' + i));
            socket.write(sent);
            QTRY_COMPARE_WITH_TIMEOUT(socket.bytesAvailable(), sent.size(), kPatienceMs);
            QCOMPARE(socket.readAll(), sent);
        }
        // The same one again, until it is left.
        const auto again = waitFor(
            route.reach({ .unixSocket = server.fullServerName() }, key, link), kPatienceMs);
        QCOMPARE(again->unixSocket, reached->unixSocket);
        route.leave(key, link);
        QTRY_VERIFY_WITH_TIMEOUT(!listens(reached->unixSocket), kPatienceMs);

        for (const char* path : { "relative", "/a:b", "/a b", "" })
            QVERIFY(!waitFor(route.reach({ .unixSocket = QString::fromLatin1(path) }, key, link)));
        QSignalSpy gone(link, &QObject::destroyed);
        QMetaObject::invokeMethod(link, [link] { link->release(std::chrono::seconds(1)); });
        QTRY_VERIFY_WITH_TIMEOUT(!gone.isEmpty(), kPatienceMs);
    }

private:
    static bool listens(const QString& path)
    {
        QLocalSocket socket;
        socket.connectToServer(path);
        return socket.waitForConnected(200);
    }

    void make(const QString& path = {}, const std::optional<wire::SshOptions>& ssh = std::nullopt)
    {
        const QString text = QStringLiteral("embedded+ssh://") + m_sshd->authority()
            + (path.isEmpty() ? m_home->dataFolder() : path);
        m_host = std::make_unique<wire::RemoteHost>(HostUri::parse(text).value(), *m_thread,
            wire::RemoteHostOptions {
                .ssh = ssh.value_or(wire::SshOptions { .arguments = m_sshd->clientArguments() }) });
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
    }

    bool startSshd()
    {
        return m_sshd->start(
            QStringLiteral(VIRTDECK_BIN_DIR ":/usr/bin:/bin"), m_home->runtimeFolder());
    }

    /// Answers questions in that order, then declines.
    void makeAsking(const QStringList& answers)
    {
        m_questions.clear();
        make({},
            wire::SshOptions { .arguments = m_sshd->clientArguments(),
                .ask =
                    [this, answers](const Question& question, const QuestionAnswer& answer) {
                        m_questions.append(question);
                        const qsizetype index = m_questions.size() - 1;
                        answer(
                            index < answers.size() ? std::optional(answers[index]) : std::nullopt);
                    },
                .askpassProgram = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
    }

    void expectConnected()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected,
            qPrintable(m_host->lastError().value_or(vmm::Error {}).toString()), kPatienceMs);
    }

    /// A virtdeck-host of another protocol version.
    QString oldHost() const
    {
        return script(QStringLiteral("old-host"),
            "exec " VIRTDECK_TEST_BIN_DIR "/fake-host --protocol=99 \"$1\"\n");
    }

    QString script(const QString& name, const QByteArray& content) const
    {
        const QString path = m_home->write(name, "#!/bin/sh\n" + content);
        QFile::setPermissions(
            path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        return path;
    }

    int remoteProcesses() const
    {
        int count = 0;
        const auto entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
        for (const QString& entry : entries) {
            QFile file(QStringLiteral("/proc/") + entry + QStringLiteral("/cmdline"));
            if (file.open(QIODevice::ReadOnly)) {
                const QByteArray line = file.readAll();
                count += line.startsWith("virtdeck-host")
                        && line.contains(m_home->dataFolder().toLocal8Bit())
                    ? 1
                    : 0;
            }
        }
        return count;
    }

    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<tests::SshdFixture> m_sshd;
    std::unique_ptr<wire::WireThread> m_thread;
    std::unique_ptr<wire::RemoteHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    QVector<Question> m_questions;
};

QTEST_GUILESS_MAIN(tst_SshHost)
#include "tst_SshHost.moc"
