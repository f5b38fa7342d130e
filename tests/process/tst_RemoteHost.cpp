// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Limits.h"
#include "hosts/wire/RemoteHost.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/TestNames.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <csignal>

using namespace hosts;
using namespace hosts::wire;
using namespace std::chrono_literals;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;

namespace {

bool isAlive(qint64 pid)
{
    return pid > 0 && ::kill(pid_t(pid), 0) == 0;
}

} // namespace

/// How a RemoteHost takes what can happen to its process.
class tst_RemoteHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_thread = std::make_unique<WireThread>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = QStringLiteral(VIRTDECK_TEST_BIN_DIR "/fake-host");
    }

    void cleanup()
    {
        m_seen.reset();
        m_host.reset();
        m_thread.reset();
        for (const qint64 pid : pids())
            QVERIFY2(!isAlive(pid), "a host program was left behind");
    }

    void missingProgram_failsWithHostProgramMissing()
    {
        m_program = QStringLiteral("/nonexistent/virtdeck-host");
        make({});
        m_host->open();
        QCOMPARE(m_host->connectionState(), ConnectionState::Connecting);
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Failed);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::HostProgramMissing);
        QCOMPARE(m_host->lastError()->subject, m_program);
        QVERIFY(!m_host->lastSeen().isValid());
        QCOMPARE(m_seen->events(),
            (QStringList { QStringLiteral("connecting"), QStringLiteral("failed") }));
        m_host->open(); // asked again, tried again
        QCOMPARE(m_host->connectionState(), ConnectionState::Connecting);
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Failed);
    }

    void crash_failsOperationsAndRecovers()
    {
        makeConnected({});
        const auto never = start("never");
        const auto crashed = start("crash");
        const qsizetype known = m_host->vms().size();
        QVERIFY(known >= 4);
        QTRY_COMPARE(m_losses.size(), 1);
        const Loss loss = m_losses.first();
        QCOMPARE(loss.known, known); // the last known inventory stays
        QVERIFY(loss.lastSeen.secsTo(QDateTime::currentDateTimeUtc()) < 10);
        QCOMPARE(loss.error.cause, ErrorCause::HostProgramDied);
        for (const auto& future : { never, crashed }) {
            QTRY_VERIFY(future.isFinished());
            const vmm::Error error = future.resultAt(0).error();
            QCOMPARE(error.kind, ErrorKind::Disconnected);
            QCOMPARE(error.cause, ErrorCause::HostProgramDied);
            QCOMPARE(error.subject, QStringLiteral("test:///fake"));
            QVERIFY2(error.detail.contains(QStringLiteral("signal 6")), qPrintable(error.detail));
            QVERIFY(error.detail.contains(QStringLiteral("about to crash")));
        }
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
        QCOMPARE(m_seen->events().count(QStringLiteral("inventory")), 2);
        QVERIFY(!m_host->lastError().has_value());
        QCOMPARE(m_host->vms().size(), known);
        QCOMPARE(pids().size(), 2);
    }

    void hang_isFoundKilledAndRecovers()
    {
        m_options.link.silenceLimit = 400ms;
        makeConnected({});
        const auto hanging = start("hang");
        QTRY_COMPARE(m_losses.size(), 1);
        QVERIFY(m_losses.first().error.detail.contains(QStringLiteral("has not answered")));
        QTRY_VERIFY(hanging.isFinished());
        QCOMPARE(hanging.resultAt(0).error().kind, ErrorKind::Disconnected);
        QTRY_VERIFY(!isAlive(pids().first()));
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void quietHost_isNotTakenForHung()
    {
        m_options.link.silenceLimit = 200ms;
        makeConnected({});
        const auto never = start("never");
        m_options.deadline = 1s;
        QSignalSpy changes(m_host.get(), &Host::connectionChanged);
        QVERIFY(!changes.wait(1000));
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
        QVERIFY(!never.isFinished());
    }

    void garbageWhileConnected_recovers()
    {
        makeConnected({});
        const auto garbage = start("garbage");
        QTRY_COMPARE(m_losses.size(), 1);
        QCOMPARE(m_losses.first().error.kind, ErrorKind::ProtocolViolation);
        QTRY_VERIFY(garbage.isFinished());
        QCOMPARE(garbage.resultAt(0).error().kind, ErrorKind::Disconnected);
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void badStart_isTriedAgain_data()
    {
        QTest::addColumn<QString>("misbehaviour");
        QTest::addColumn<QString>("detail");
        QTest::newRow("garbage") << QStringLiteral("--garbage") << QStringLiteral("frame");
        QTest::newRow("a huge frame") << QStringLiteral("--huge-frame") << QStringLiteral("frame");
        QTest::newRow("silence") << QStringLiteral("--silent") << QStringLiteral("said nothing");
        QTest::newRow("exit code 7")
            << QStringLiteral("--exit=7") << QStringLiteral("exit code 7\nfirst words\nlast words");
    }

    void badStart_isTriedAgain()
    {
        QFETCH(QString, misbehaviour);
        QFETCH(QString, detail);
        m_options.link.helloLimit = 2s;
        make({ misbehaviour,
            QStringLiteral("--once=") + m_folder->filePath(QStringLiteral("once")) });
        m_host->open();
        QTRY_COMPARE(m_losses.size(), 1);
        QVERIFY2(m_losses.first().error.detail.contains(detail),
            qPrintable(m_losses.first().error.detail));
        QCOMPARE(m_losses.first().error.cause, ErrorCause::HostProgramDied);
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void hopelessStart_isNotTriedAgain_data()
    {
        QTest::addColumn<QString>("misbehaviour");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<QString>("detail");
        QTest::newRow("another version")
            << QStringLiteral("--protocol=99") << ErrorKind::ProtocolViolation
            << ErrorCause::HostProgramVersion << QStringLiteral("speaks version 99");
        QTest::newRow("wrong arguments") << QStringLiteral("--exit=2") << ErrorKind::InvalidConfig
                                         << ErrorCause::None << QStringLiteral("last words");
        QTest::newRow("the host gives up")
            << QStringLiteral("--fail-open") << ErrorKind::PermissionDenied << ErrorCause::None
            << QStringLiteral("no entry");
    }

    void hopelessStart_isNotTriedAgain()
    {
        QFETCH(QString, misbehaviour);
        QFETCH(ErrorKind, kind);
        QFETCH(ErrorCause, cause);
        QFETCH(QString, detail);
        make({ misbehaviour,
            QStringLiteral("--once=") + m_folder->filePath(QStringLiteral("once")) });
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Failed);
        QCOMPARE(m_host->lastError()->kind, kind);
        QCOMPARE(m_host->lastError()->cause, cause);
        QVERIFY2(
            m_host->lastError()->detail.contains(detail), qPrintable(m_host->lastError()->detail));
        QSignalSpy changes(m_host.get(), &Host::connectionChanged);
        QVERIFY(!changes.wait(300)); // thirty times the backoff of these tests
        QCOMPARE(pids().size(), 1);
        QTRY_VERIFY(!isAlive(pids().first()));

        m_host->open(); // until the user asks again
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void openWhileReconnecting_triesAtOnce()
    {
        m_options.backoff.first = 1h;
        m_options.backoff.longest = 1h;
        makeConnected({});
        (void)start("crash");
        QTRY_COMPARE(m_losses.size(), 1);
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void closeWhileReconnecting_staysClosed()
    {
        m_options.backoff.first = m_options.backoff.longest = 500ms;
        makeConnected({});
        (void)start("crash");
        QTRY_COMPARE(m_losses.size(), 1);
        m_host->close();
        QSignalSpy changes(m_host.get(), &Host::connectionChanged);
        QVERIFY(!changes.wait(1000));
        QCOMPARE(m_host->connectionState(), ConnectionState::Disconnected);
        QVERIFY(m_host->lastSeen().isValid());
    }

    void operationWithoutAnswer_timesOut()
    {
        m_options.longDeadline = 100ms;
        makeConnected({});
        const auto never = start("never");
        QTRY_VERIFY(never.isFinished());
        QCOMPARE(never.resultAt(0).error().kind, ErrorKind::TimedOut);
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void cancelledOperation_finishesAtOnce()
    {
        makeConnected({});
        auto never = start("never");
        ErrorKind kind = ErrorKind::Io;
        vmm::async::onFinished(
            never, this, [&kind](const vmm::Result<void>& result) { kind = result.error().kind; });
        never.cancel();
        QTRY_COMPARE(kind, ErrorKind::Cancelled);
        QVERIFY(never.isFinished());
    }

    void close_cancelsPendingOperationsAndEndsTheProcess()
    {
        makeConnected({});
        const auto never = start("never");
        m_host->close();
        QTRY_VERIFY(never.isFinished());
        QCOMPARE(never.resultAt(0).error().kind, ErrorKind::Cancelled);
        QTRY_VERIFY(!isAlive(pids().first()));
    }

    void processThatIgnoresTheEnd_isKilled()
    {
        m_options.link.endGrace = 100ms;
        makeConnected({ QStringLiteral("--ignore-eof") });
        QVERIFY(isAlive(pids().first()));
        m_host->close();
        QTRY_VERIFY(!isAlive(pids().first()));
    }

    void destroyingAHungHost_doesNotWait()
    {
        m_options.link.endGrace = 5s;
        makeConnected({});
        const qint64 pid = pids().first();
        QCOMPARE(::kill(pid_t(pid), SIGSTOP), 0);
        m_seen.reset();
        m_host.reset();
        QVERIFY(isAlive(pid)); // nobody waited for its end
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(pid), 60'000);
    }

    void destroyingTheThreadToo_leavesNoProcess()
    {
        makeConnected({ QStringLiteral("--ignore-eof") });
        const qint64 pid = pids().first();
        m_seen.reset();
        m_host.reset();
        m_thread.reset();
        QVERIFY(!isAlive(pid));
    }

    void printingLibrary_doesNotDisturb()
    {
        makeConnected({ QStringLiteral("--stdout-noise") });
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void visibleMachines_areToldAgainAfterACrash()
    {
        makeConnected({ QStringLiteral("--vms=1"), QStringLiteral("--sample=20"),
            QStringLiteral("--sample-visible") });
        const VmId steady = vmNamed("steady");
        m_host->setVisibleVms({ steady });
        QTRY_VERIFY(m_seen->isSampled(steady));
        (void)start("crash");
        QTRY_COMPARE(m_losses.size(), 1);
        m_seen->clear();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
        QTRY_VERIFY(!m_seen->isSampled(vmNamed("vm00000")) && m_seen->isSampled(steady));
    }

    void overlongDefinition_isRefusedHere()
    {
        makeConnected({});
        const auto defined = m_host->define(QString(kMaxXml + 1, u'x'));
        QVERIFY(defined.isFinished());
        QCOMPARE(defined.resultAt(0).error().kind, ErrorKind::InvalidConfig);
    }

    void tenThousandMachines_arriveInOnePiece()
    {
        makeConnected({ QStringLiteral("--vms=10000") });
        QCOMPARE(m_seen->events().count(QStringLiteral("inventory")), 1);
        QCOMPARE(m_host->vms().size(), 10'005);
    }

    void fortyHosts_shareOneThread()
    {
        std::vector<std::unique_ptr<RemoteHost>> all;
        for (int i = 0; i < 40; ++i) {
            all.push_back(makeHost({}));
            all.back()->open();
        }
        for (const auto& host : all)
            QTRY_COMPARE_WITH_TIMEOUT(host->connectionState(), ConnectionState::Connected, 30'000);
    }

    void hostThatAsks_isAnsweredByThePerson_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<ConnectionState>("state");
        QTest::newRow("right") << QStringLiteral("grün") << ConnectionState::Connected;
        QTest::newRow("wrong") << QStringLiteral("red") << ConnectionState::Failed;
        QTest::newRow("declined") << QString() << ConnectionState::Failed;
    }

    void hostThatAsks_isAnsweredByThePerson()
    {
        QFETCH(QString, answer);
        QVector<Question> asked;
        QuestionAnswer reply;
        m_options.ask = [&](const Question& question, const QuestionAnswer& say) {
            asked.append(question);
            reply = say;
        };
        make({ QStringLiteral("--ask=grün") });
        m_host->open();
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked.first().prompt, QStringLiteral("Password:"));
        QCOMPARE(asked.first().keyName, QStringLiteral("fake"));
        QCOMPARE(m_host->connectionState(), ConnectionState::Connecting);
        reply(answer.isNull() ? std::nullopt : std::optional(answer));
        QFETCH(ConnectionState, state);
        QTRY_COMPARE(m_host->connectionState(), state);
    }

    void hostThatAsksNobody_isRefused()
    {
        make({ QStringLiteral("--ask=x") });
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Failed);
        QCOMPARE(m_host->lastError()->cause, ErrorCause::AuthenticationFailed);
    }

    void inventory_isKeptForTheNextRun()
    {
        m_options.cacheFolder = m_folder->filePath(QStringLiteral("cache"));
        m_options.saveAfter = 10ms;
        const RemoteHostOptions options = m_options;
        makeConnected({ QStringLiteral("--vms=100") });
        QCOMPARE(m_host->vms().size(), 105);
        const QDateTime before = QDateTime::currentDateTimeUtc();
        m_seen.reset();
        m_host.reset();
        m_thread = std::make_unique<WireThread>(); // waits for what is still to be written

        // In the next run the host does not answer; what was known is there at once, with its age.
        m_options = options;
        make({ QStringLiteral("--silent") });
        m_host->open();
        QTRY_COMPARE(m_host->vms().size(), 105);
        QCOMPARE(m_host->connectionState(), ConnectionState::Connecting);
        QVERIFY(m_host->lastSeen() <= QDateTime::currentDateTimeUtc());
        QVERIFY(m_host->lastSeen().msecsTo(before) < 60'000);
        QVERIFY(!vmNamed("steady").isNull());
        QVERIFY(m_seen->events().contains(QStringLiteral("inventory")));
        m_seen.reset();
        m_host.reset();

        // And when it does, what is gone meanwhile is gone.
        m_options = options;
        makeConnected({});
        QCOMPARE(m_host->vms().size(), 5);
    }

private:
    std::unique_ptr<RemoteHost> makeHost(const QStringList& arguments)
    {
        RemoteHostOptions options = m_options;
        options.program = m_program;
        options.arguments = arguments
            + QStringList { QStringLiteral("--pid-file=")
                  + m_folder->filePath(QStringLiteral("pids")) };
        return std::make_unique<RemoteHost>(
            HostUri::parse(QStringLiteral("test:///fake")).value(), *m_thread, options);
    }

    void make(const QStringList& arguments)
    {
        m_host = makeHost(arguments);
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_losses.clear();
        connect(m_host.get(), &Host::connectionChanged, this, [this](ConnectionState state) {
            if (state == ConnectionState::Reconnecting)
                m_losses.append({ .error = m_host->lastError().value_or(vmm::Error {}),
                    .lastSeen = m_host->lastSeen(),
                    .known = m_host->vms().size() });
        });
        m_options = defaults();
    }

    void makeConnected(const QStringList& arguments)
    {
        make(arguments);
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    static RemoteHostOptions defaults()
    {
        return { .backoff = { .first = 10ms, .longest = 50ms } };
    }

    VmId vmNamed(const char* name) const
    {
        const auto vms = m_host->vms();
        for (const VmInfo& vm : vms) {
            if (vm.name == QLatin1StringView(name))
                return vm.id;
        }
        return {};
    }

    vmm::Future<void> start(const char* name)
    {
        return m_host->perform(vmNamed(name), VmAction::Start);
    }

    QVector<qint64> pids() const
    {
        QVector<qint64> all;
        QFile file(m_folder->filePath(QStringLiteral("pids")));
        if (file.open(QIODevice::ReadOnly)) {
            while (!file.atEnd())
                all.append(file.readLine().trimmed().toLongLong());
        }
        return all;
    }

    /// What could be seen when the connection was lost; the next one may come within milliseconds.
    struct Loss {
        vmm::Error error {};
        QDateTime lastSeen {};
        qsizetype known = 0;
    };

    QVector<Loss> m_losses;
    RemoteHostOptions m_options = defaults();
    QString m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WireThread> m_thread;
    std::unique_ptr<RemoteHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
};

QTEST_GUILESS_MAIN(tst_RemoteHost)
#include "tst_RemoteHost.moc"
