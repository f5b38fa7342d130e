// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/ScriptedAnswers.h"
#include "tests/support/SkipFor.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using hosts::ConnectionState;
using hosts::HostUri;
using hosts::Question;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

/// The ways through ssh that are libvirt's own: its libraries log in and ask, not OpenSSH.
class tst_LibsshTransports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN);
        SKIP_FOR(tests::LibvirtdFixture::missing(), tests::SshdFixture::whyMissing());
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
    }

    void init()
    {
        m_home = std::make_unique<tests::TempHome>();
        QVERIFY(QDir().mkpath(m_home->runtimeFolder()));
        m_sshd = std::make_unique<tests::SshdFixture>();
        QVERIFY(m_sshd->start(QString::fromLocal8Bit(qgetenv("PATH")), m_home->runtimeFolder()));
    }

    void cleanup()
    {
        m_host.reset();
        m_sshd.reset();
    }

    void knownHost_isOpenedWithoutAQuestion_data() { transports(); }
    void knownHost_isOpenedWithoutAQuestion()
    {
        QFETCH(QString, transport);
        open(transport, QString::fromUtf8(m_sshd->knownHostsFile()), {});
        expectConnected();
        QVERIFY(m_asked.questions.isEmpty());
    }

    void unknownHost_isTrustedByWhomIsAsked_data() { transports(); }
    void unknownHost_isTrustedByWhomIsAsked()
    {
        QFETCH(QString, transport);
        const QString known = m_home->runtimeFolder() + QStringLiteral("/known");
        open(transport, known, { QStringLiteral("yes") });
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 1);
        QCOMPARE(m_asked.questions.first().kind, Question::Kind::YesOrNo);
        QVERIFY(m_asked.questions.first().keyName.isEmpty());
        QVERIFY(QFile(known).size() > 0); // it is not asked again
        m_host->close();
        m_host->open();
        expectConnected();
        QCOMPARE(m_asked.questions.size(), 1);
    }

    void unknownHost_isLeftAloneOtherwise_data() { transports(); }
    void unknownHost_isLeftAloneOtherwise()
    {
        QFETCH(QString, transport);
        open(transport, m_home->runtimeFolder() + QStringLiteral("/known"),
            { QStringLiteral("no") });
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        QCOMPARE(m_asked.questions.size(), 1);
    }

    void trustThatCantBeKept_isToldAndNotAskedForAgain_data() { transports(); }
    void trustThatCantBeKept_isToldAndNotAskedForAgain()
    {
        QFETCH(QString, transport);
        open(transport, QStringLiteral("/proc/none/known"), { QStringLiteral("yes") });
        QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Failed, kPatienceMs);
        const vmm::Error error = m_host->lastError().value();
        QVERIFY2(error.detail.contains(QStringLiteral("/proc/none/known")),
            qPrintable(error.toString()));
        QCOMPARE(m_asked.questions.size(), 1);
    }

    void lockedKey_asksForItsPassphrase_data() { transports(); }
    void lockedKey_asksForItsPassphrase()
    {
        QFETCH(QString, transport);
        m_sshd->lockKey(QStringLiteral("secret"));
        open(transport, QString::fromUtf8(m_sshd->knownHostsFile()),
            { QStringLiteral("secret"), QStringLiteral("secret") });
        expectConnected();
        QVERIFY(!m_asked.questions.isEmpty());
        QCOMPARE(m_asked.questions.first().kind, Question::Kind::Secret);
    }

private:
    static void transports()
    {
        QTest::addColumn<QString>("transport");
        QTest::newRow("libssh") << "libssh";
        QTest::newRow("libssh2") << "libssh2";
    }

    void open(const QString& transport, const QString& knownHosts, const QStringList& answers)
    {
        const auto uri
            = HostUri::parse(QStringLiteral(
                "qemu+%1://%2/system?socket=%3&sshauth=privkey&keyfile=%4&known_hosts=%5")
                                 .arg(transport, m_sshd->authority(), m_libvirtd.socketPath(),
                                     QString::fromUtf8(m_sshd->identityFile()), knownHosts));
        QVERIFY2(uri.has_value(), uri ? "" : qPrintable(uri.error().toString()));
        m_host = std::make_unique<LibvirtHost>(
            *uri, nullptr, Timing { .firstBackoff = std::chrono::milliseconds(200) });
        m_asked = { answers };
        m_host->setAsker(m_asked.asker());
        m_host->open();
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
    tests::ScriptedAnswers m_asked;
};

QTEST_GUILESS_MAIN(tst_LibsshTransports)
#include "tst_LibsshTransports.moc"
