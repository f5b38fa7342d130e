// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/wire/SshTunnel.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/ScriptedAnswers.h"
#include "tests/support/SkipFor.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"

#include <QDir>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

#include <csignal>

using hosts::ConnectionState;
using hosts::HostUri;
using hosts::Question;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;
using tests::waitFor;
using vmm::ErrorCause;

namespace {

constexpr int kPatienceMs = 60'000;

QString machineWithScreen(const QString& name)
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory>"
                          "<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>"
                          "<graphics type='spice' autoport='yes' listen='127.0.0.1'/>"
                          "<video><model type='vga'/></video></devices></domain>")
        .arg(name);
}

} // namespace

/// A libvirtd behind a real sshd: one connection for all, and what can go wrong with it.
class tst_SshTunnel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN);
        SKIP_FOR(tests::LibvirtdFixture::missing(), tests::SshdFixture::whyMissing());
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
        m_home = std::make_unique<tests::TempHome>();
        QDir().mkpath(m_home->runtimeFolder());
        QFile::setPermissions(m_home->runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home->runtimeFolder().toLocal8Bit());
    }

    void init()
    {
        m_sshd = std::make_unique<tests::SshdFixture>();
        QVERIFY(startSshd());
    }

    void cleanup()
    {
        m_seen.reset();
        m_host.reset();
        m_sshd.reset();
        for (const char* name : { "far", "silent" }) {
            m_libvirtd.virsh({ QStringLiteral("destroy"), QString::fromLatin1(name) });
            m_libvirtd.virsh({ QStringLiteral("undefine"), QString::fromLatin1(name) });
        }
    }

    void inventoryActionsAndScreen_goThroughOneConnection()
    {
        make();
        m_host->open();
        expectConnected();
        const auto made = waitFor(m_host->define(machineWithScreen(QStringLiteral("far"))));
        VERIFY_OK(made);
        VERIFY_OK(waitFor(m_host->perform(*made, vmm::VmAction::Start), kPatienceMs));
        const auto endpoint = waitFor(m_host->consoleEndpoint(*made), kPatienceMs);
        VERIFY_OK(endpoint);
        QVERIFY(!endpoint->unixSocket.isEmpty());
        // What a SPICE server says first comes after a client's greeting: "REDQ".
        QLocalSocket screen;
        screen.connectToServer(endpoint->unixSocket);
        QTRY_COMPARE_WITH_TIMEOUT(screen.state(), QLocalSocket::ConnectedState, kPatienceMs);
        screen.write(spiceGreeting());
        QTRY_VERIFY_WITH_TIMEOUT(screen.bytesAvailable() >= 4, kPatienceMs);
        QCOMPARE(screen.read(4), QByteArray("REDQ"));
        QCOMPARE(
            waitFor(m_host->consoleEndpoint(*made), kPatienceMs)->unixSocket, endpoint->unixSocket);
        // It listens on the other computer alone.
        const auto lasting = waitFor(
            m_host->call(hosts::GetConsole { .vm = *made, .isLasting = true }), kPatienceMs);
        QCOMPARE(lasting.error().kind, vmm::ErrorKind::HostLacksFeature);
        QCOMPARE(m_sshd->connectionCount(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->events().contains(QStringLiteral("metrics")), kPatienceMs);
        QCOMPARE(m_sshd->connectionCount(), 1);
    }

    void forwardingRefused_goesThroughAProgramThere()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("nc")).isEmpty())
            QSKIP("nc is not installed (netcat-openbsd)");
        m_sshd->stop();
        m_sshd->refuseForwarding();
        QVERIFY(startSshd());
        make();
        m_host->open();
        expectConnected();
        QCOMPARE(m_sshd->connectionCount(), 1);
        VERIFY_OK(waitFor(m_host->define(machineWithScreen(QStringLiteral("far"))), kPatienceMs));
    }

    void passphrase_isAskedOnce()
    {
        m_sshd->lockKey(QStringLiteral("grün & \"secret\""));
        make({ QStringLiteral("wrong"), QStringLiteral("grün & \"secret\"") });
        m_host->open();
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
        QVERIFY(m_asked.questions.last().isRepeated);
        QVERIFY(m_asked.questions.first().prompt.contains(QStringLiteral("passphrase")));
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->events().contains(QStringLiteral("metrics")), kPatienceMs);
        QCOMPARE(m_asked.questions.size(), 2);
    }

    void password_isAskedFor()
    {
        m_sshd->stop();
        m_sshd->acceptPassword("grün & \"secret\"");
        QVERIFY(startSshd());
        m_sshd->useUnknownKey();
        make({ QStringLiteral("wrong"), QStringLiteral("grün & \"secret\"") });
        m_host->open();
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
        QCOMPARE(m_asked.questions.first().kind, Question::Kind::Secret);
        QVERIFY(m_asked.questions.first().prompt.contains(QStringLiteral("password")));
        QVERIFY(!m_asked.questions.first().isRepeated);
        QVERIFY(m_asked.questions.last().isRepeated);
        QVERIFY(!m_asked.questions.last().keyName.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->events().contains(QStringLiteral("metrics")), kPatienceMs);
        QCOMPARE(m_asked.questions.size(), 2);
    }

    /// A remembered password is right until ssh says otherwise.
    void password_isNoWrongOneAfterTheConnectionWasLost()
    {
        const QString password = QStringLiteral("grün & \"secret\"");
        m_sshd->stop();
        m_sshd->acceptPassword(password.toUtf8());
        QVERIFY(startSshd());
        m_sshd->useUnknownKey();
        make({ password, password });
        m_host->open();
        expectConnected();
        QSignalSpy changes(m_host.get(), &hosts::Host::connectionChanged);
        m_sshd->cutConnections();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), kPatienceMs);
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
        QVERIFY(!m_asked.questions.last().isRepeated);
    }

    void wrongPassword_isOneStillWhenTriedAgain()
    {
        m_sshd->stop();
        m_sshd->acceptPassword("right");
        QVERIFY(startSshd());
        m_sshd->useUnknownKey();
        const QString wrong = QStringLiteral("wrong");
        make({ wrong, wrong, wrong, QStringLiteral("right") });
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_asked.questions.size(), 3);
        m_host->open();
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 4);
        QVERIFY(m_asked.questions.last().isRepeated);
    }

    void tunnelOpenedTwiceAtOnce_isOne()
    {
        const auto uri = HostUri::parse(QStringLiteral("qemu+ssh://%1/system?socket=%2")
                                            .arg(m_sshd->authority(), m_libvirtd.socketPath()));
        hosts::wire::SshTunnel tunnel(*uri, { .arguments = m_sshd->clientArguments() });
        const auto first = tunnel.open();
        const auto second = tunnel.open();
        const auto socket = waitFor(first, kPatienceMs);
        VERIFY_OK(socket);
        QCOMPARE(waitFor(second, kPatienceMs).value_or(QString()), *socket);
        QCOMPARE(m_sshd->connectionCount(), 1);
    }

    void unknownHost_isTrustedByWhomIsAsked()
    {
        m_sshd->askAboutHosts();
        make({ QStringLiteral("yes") });
        m_host->open();
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 1);
        QCOMPARE(m_asked.questions.first().kind, Question::Kind::YesOrNo);
    }

    void failures_areToldApart_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<ConnectionState>("state");
        QTest::newRow("our key is not known")
            << QStringLiteral("key") << ErrorCause::AuthenticationFailed << ConnectionState::Failed;
        QTest::newRow("another host")
            << QStringLiteral("forged") << ErrorCause::HostKeyChanged << ConnectionState::Failed;
        QTest::newRow("nobody there") << QStringLiteral("off") << ErrorCause::HostUnreachable
                                      << ConnectionState::Reconnecting;
        QTest::newRow("no libvirt there") << QStringLiteral("socket") << ErrorCause::DaemonMissing
                                          << ConnectionState::Reconnecting;
    }

    void failures_areToldApart()
    {
        QFETCH(QString, what);
        QString socket = m_libvirtd.socketPath();
        if (what == QStringLiteral("key"))
            m_sshd->useUnknownKey();
        else if (what == QStringLiteral("forged"))
            m_sshd->forgeHostKey();
        else if (what == QStringLiteral("off"))
            m_sshd->stop();
        else
            socket = QStringLiteral("/nonexistent/libvirt-sock");
        make({}, socket);
        m_host->open();
        QFETCH(ConnectionState, state);
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), state, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QTEST(error.cause, "cause");
        QCOMPARE(error.subject, m_host->uri().toString());
        QVERIFY(!error.detail.isEmpty());
    }

    void droppedConnection_isReestablished()
    {
        make();
        m_host->open();
        expectConnected();
        QSignalSpy changes(m_host.get(), &hosts::Host::connectionChanged);
        m_sshd->cutConnections();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), kPatienceMs);
        QCOMPARE(changes.first().first().value<ConnectionState>(), ConnectionState::Reconnecting);
        expectConnected();
    }

    void closedHost_leavesNothingBehind()
    {
        make();
        m_host->open();
        expectConnected();
        QCOMPARE(m_sshd->connectionCount(), 1);
        m_host->close();
        QTRY_COMPARE_WITH_TIMEOUT(m_sshd->connectionCount(), 0, kPatienceMs);
        m_host.reset();
        QCOMPARE(QDir(m_home->runtimeFolder() + QStringLiteral("/virtdeck"))
                     .entryList({ QStringLiteral("tunnel-*") }),
            QStringList());
    }

    void jumpHost_ofTheUsersConfiguration_isUsed()
    {
        tests::SshdFixture target;
        QVERIFY(target.start(path(), m_home->runtimeFolder()));
        m_sshd->addToClientConfig("Host behind\n  HostName 127.0.0.1\n  Port "
            + QByteArray::number(target.port()) + "\n  IdentityFile " + target.identityFile()
            + "\n  UserKnownHostsFile " + target.knownHostsFile()
            + "\n  HostKeyAlias [127.0.0.1]:" + QByteArray::number(target.port())
            + "\n  ProxyJump 127.0.0.1:" + QByteArray::number(m_sshd->port()) + '\n');
        makeAt(QStringLiteral("behind"), {}, m_libvirtd.socketPath());
        m_host->open();
        expectConnected();
        QCOMPARE(target.connectionCount(), 1);
        QCOMPARE(m_sshd->connectionCount(), 1);
    }

private:
    static QString path() { return QStringLiteral("/usr/sbin:/usr/bin:/bin"); }
    bool startSshd() { return m_sshd->start(path(), m_home->runtimeFolder()); }

    /// SpiceLinkHeader and SpiceLinkMess of a main channel, without capabilities (spice-protocol).
    static QByteArray spiceGreeting()
    {
        const auto word = [](quint32 value) {
            QByteArray bytes(4, '\0');
            qToLittleEndian(value, bytes.data());
            return bytes;
        };
        return "REDQ" + word(2) + word(2) + word(18) + word(0) + QByteArray("\1\0", 2) + word(0)
            + word(0) + word(18);
    }

    void make(const QStringList& answers = {}, const QString& socket = {})
    {
        makeAt(m_sshd->authority(), answers, socket.isEmpty() ? m_libvirtd.socketPath() : socket);
    }

    void makeAt(const QString& authority, const QStringList& answers, const QString& socket)
    {
        const auto uri = HostUri::parse(
            QStringLiteral("qemu+ssh://%1/system?socket=%2").arg(authority, socket));
        QVERIFY2(uri.has_value(), uri ? "" : qPrintable(uri.error().toString()));
        m_host = std::make_unique<LibvirtHost>(*uri, nullptr,
            Timing { .firstBackoff = std::chrono::milliseconds(200) },
            hosts::wire::SshOptions { .arguments = m_sshd->clientArguments(),
                .askpassProgram = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_asked = { answers };
        m_host->setAsker(m_asked.asker());
    }

    void expectConnected()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected,
            qPrintable(m_host->lastError().value_or(vmm::Error {}).toString()), kPatienceMs);
    }

    tests::LibvirtdFixture m_libvirtd;
    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<tests::SshdFixture> m_sshd;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    tests::ScriptedAnswers m_asked;
};

QTEST_GUILESS_MAIN(tst_SshTunnel)
#include "tst_SshTunnel.moc"
