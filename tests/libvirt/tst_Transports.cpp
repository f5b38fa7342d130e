// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/FreePort.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/LibvirtdListening.h"
#include "tests/support/ScriptedAnswers.h"
#include "tests/support/SkipFor.h"
#include "tests/support/TestPki.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>

using hosts::ConnectionState;
using hosts::HostUri;
using hosts::Question;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;
using vmm::ErrorCause;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

/// Real libvirtds on the network of this computer: how one gets in, and what is said if not.
class tst_Transports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN); // as whoever runs a wire has it
        SKIP_FOR(tests::LibvirtdFixture::missing(), tests::TestPki::missing());
        m_pki = std::make_unique<tests::TestPki>();
    }

    void cleanup()
    {
        m_seen.reset();
        m_host.reset();
        m_libvirtd.reset();
        m_asked = {};
    }

    void tcpWithoutLogin_opens()
    {
        const int port = tests::freePort();
        listen(tests::tcpListening(port));
        open(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(port));
        expectConnected();
        QVERIFY(m_asked.questions.isEmpty());
    }

    void sasl_asksForNameAndPassword()
    {
        const int port = startSasl();
        m_asked.answers = { QStringLiteral("lab"), QStringLiteral("right") };
        open(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(port));
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
        QCOMPARE(m_asked.questions[0].kind, Question::Kind::Text);
        QCOMPARE(m_asked.questions[1].kind, Question::Kind::Secret);
        QVERIFY(!m_asked.questions[1].keyName.isEmpty());
        QVERIFY(!m_asked.questions[1].isRepeated);
        // The connection that measures is let in by what was said already, and so is the next one.
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->events().contains(QStringLiteral("metrics")), kPatienceMs);
        QVERIFY(m_libvirtd->killDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        QVERIFY(m_libvirtd->startDaemon());
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
    }

    void saslWithUserInUri_asksForThePasswordAlone()
    {
        const int port = startSasl();
        m_asked.answers = { QStringLiteral("wrong"), QStringLiteral("right") };
        open(QStringLiteral("qemu+tcp://lab@127.0.0.1:%1/system").arg(port));
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 2);
        QVERIFY(m_asked.questions.last().isRepeated);
    }

    void wrongPasswordThreeTimes_isRefused()
    {
        const int port = startSasl();
        m_asked.answers = { QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
            QStringLiteral("right") };
        open(QStringLiteral("qemu+tcp://lab@127.0.0.1:%1/system").arg(port));
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
        QCOMPARE(m_asked.questions.size(), 3);
        // Asked for again, it may be tried again.
        m_asked.answers = { {}, {}, {}, QStringLiteral("right") };
        m_host->open();
        expectConnected();
    }

    void declinedPassword_endsTheAttempt()
    {
        const int port = startSasl();
        open(QStringLiteral("qemu+tcp://lab@127.0.0.1:%1/system").arg(port));
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
        QCOMPARE(m_asked.questions.size(), 1);
    }

    void nobodyToAsk_isRefused()
    {
        const int port = startSasl();
        make(QStringLiteral("qemu+tcp://lab@127.0.0.1:%1/system").arg(port));
        m_host->setAsker({});
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
    }

    void closedWhileAsking_forgetsTheQuestion()
    {
        const int port = startSasl();
        make(QStringLiteral("qemu+tcp://lab@127.0.0.1:%1/system").arg(port));
        hosts::QuestionAnswer late;
        m_host->setAsker(
            [&late](const Question&, const hosts::QuestionAnswer& answer) { late = answer; });
        m_host->open();
        QTRY_VERIFY_WITH_TIMEOUT(late, kPatienceMs);
        m_host->close();
        late(QStringLiteral("right"));
        QTest::qWait(200);
        QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
        QCOMPARE(m_seen->events().count(QStringLiteral("connected")), 0);
    }

    void tls_data()
    {
        QTest::addColumn<QString>("address"); // of the server's certificate
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("client"); // whose CA and certificate
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<QString>("words"); // in the explanation
        const QString right = QStringLiteral("IP:127.0.0.1");
        QTest::newRow("good") << right << 2 << "ours" << ErrorCause::None << QString();
        // libvirt 9.0 has no better words for it.
        QTest::newRow("expired") << right << -1 << "ours" << ErrorCause::CertificateInvalid
                                 << QStringLiteral("not trusted");
        QTest::newRow("of another host")
            << QStringLiteral("DNS:other.example") << 2 << "ours" << ErrorCause::CertificateInvalid
            << QStringLiteral("does not match the hostname");
        QTest::newRow("of a stranger")
            << right << 2 << "stranger's" << ErrorCause::CertificateInvalid
            << QStringLiteral("issuer");
        QTest::newRow("without one of ours")
            << right << 2 << "none" << ErrorCause::CertificateRefused << QString();
    }

    void tls()
    {
        QFETCH(QString, address);
        QFETCH(int, days);
        QFETCH(QString, client);
        QFETCH(ErrorCause, cause);
        QFETCH(QString, words);
        const int port = tests::freePort();
        const QString server = m_pki->makeServer(address, days);
        listen(tests::tlsListening(port, server, m_pki->caFile()));
        tests::TestPki stranger;
        const QString ours = client == QStringLiteral("stranger's")
            ? stranger.makeClient()
            : m_pki->makeClient(client != QStringLiteral("none"));
        open(QStringLiteral("qemu+tls://127.0.0.1:%1/system?pkipath=%2").arg(port).arg(ours));
        if (cause == ErrorCause::None)
            return expectConnected();
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QVERIFY2(error.cause == cause, qPrintable(error.toString()));
        QVERIFY2(error.detail.contains(words), qPrintable(error.toString()));
    }

    void nothingListening_isToldAndTriedAgain()
    {
        const int port = tests::freePort();
        open(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(port));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::DaemonMissing);
        listen(tests::tcpListening(port));
        expectConnected();
    }

    void missingDriver_isToldAndNotTriedAgain()
    {
        open(QStringLiteral("hyperv://127.0.0.1/")); // Debian's libvirt is built without
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QVERIFY2(error.cause == ErrorCause::DriverMissing, qPrintable(error.toString()));
        QVERIFY2(error.detail.contains(QStringLiteral("hyperv")), qPrintable(error.toString()));
    }

private:
    void listen(const QByteArray& configuration)
    {
        m_libvirtd = std::make_unique<tests::LibvirtdFixture>();
        QVERIFY(m_libvirtd->listen(configuration));
        QVERIFY2(m_libvirtd->start(), qPrintable(m_libvirtd->problem()));
    }

    int startSasl()
    {
        const int port = tests::freePort();
        m_libvirtd = std::make_unique<tests::LibvirtdFixture>();
        const QString folder = m_libvirtd->imageFolder() + QStringLiteral("/sasl");
        QDir().mkpath(folder);
        const QString base = folder + QStringLiteral("/passwd.db");
        QFile conf(folder + QStringLiteral("/libvirt.conf"));
        if (!conf.open(QIODevice::WriteOnly))
            return 0;
        conf.write("mech_list: digest-md5\nsasldb_path: " + base.toUtf8() + '\n');
        conf.close();
        QProcess process;
        process.start(QStringLiteral("/usr/sbin/saslpasswd2"),
            { QStringLiteral("-p"), QStringLiteral("-f"), base, QStringLiteral("-a"),
                QStringLiteral("libvirt"), QStringLiteral("lab") });
        process.write("right\n");
        process.closeWriteChannel();
        if (!process.waitForFinished(10'000) || process.exitCode() != 0)
            return 0;
        m_libvirtd->listen(tests::tcpListening(port, "sasl"));
        return m_libvirtd->start() ? port : 0;
    }

    void make(const QString& uri)
    {
        m_host = std::make_unique<LibvirtHost>(HostUri::parse(uri).value(), nullptr,
            Timing { .firstBackoff = std::chrono::milliseconds(200) });
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_host->setAsker(m_asked.asker());
    }

    void open(const QString& uri)
    {
        make(uri);
        m_host->open();
    }

    void expectConnected()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected,
            qPrintable(m_host->lastError().value_or(vmm::Error {}).toString()), kPatienceMs);
    }

    std::unique_ptr<tests::TestPki> m_pki;
    std::unique_ptr<tests::LibvirtdFixture> m_libvirtd;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    tests::ScriptedAnswers m_asked;
};

QTEST_GUILESS_MAIN(tst_Transports)
#include "tst_Transports.moc"
