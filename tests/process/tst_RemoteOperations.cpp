// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Limits.h"
#include "tests/support/Await.h"
#include "tests/support/FilledValue.h"
#include "tests/support/LoopbackHost.h"
#include "tests/support/TestNames.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace hosts;
using tests::waitFor;
using vmm::Bytes;
using vmm::ErrorKind;

/// The operations of a host through a whole wire.
class tst_RemoteOperations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_server = std::make_unique<tests::LoopbackServer>();
        m_vm = m_server->host().addVm(QStringLiteral("web"), vmm::VmState::Running);
        m_thread = std::make_unique<wire::WireThread>();
        m_host = std::make_unique<wire::RemoteHost>(m_server->host().uri(), *m_thread,
            wire::RemoteHostOptions { .makeCarrier = m_server->carrierFactory() });
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void cleanup()
    {
        m_host.reset();
        m_thread.reset();
        m_server.reset();
    }

    // Whatever it answers, the answer is one to that operation, and the wire stays whole.
    void everyOperation_isAnsweredInKind()
    {
        for (Operation operation : tests::everyOperation()) {
            std::visit(
                [&]<typename Op>(Op& op) {
                    if constexpr (requires { op.vm; })
                        op.vm = m_vm;
                    const auto answer = waitFor(m_host->call(op));
                    if (answer)
                        return;
                    QVERIFY2(answer.error().kind != ErrorKind::ProtocolViolation
                            && (answer.error().kind != ErrorKind::HostLacksFeature
                                || !m_host->info().has(featureFor(operation))),
                        qPrintable(nameOf(operation) + answer.error().toString()));
                },
                operation);
        }
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void answers_comeBackWhole()
    {
        VERIFY_OK(waitFor(m_host->call(CreateImage {
            .image = { .path = QStringLiteral("/base"), .size = Bytes::fromGiB(3) } })));
        VERIFY_OK(waitFor(m_host->call(CreateImage { .image
            = { .path = QStringLiteral("/top"), .backingFile = QStringLiteral("/base") } })));
        const auto chain = waitFor(m_host->call(InspectImage { .path = QStringLiteral("/top") }));
        VERIFY_OK(chain);
        QCOMPARE(chain->size(), 2);
        QCOMPARE(chain->last().virtualSize.count(), Bytes::fromGiB(3).count());
        const auto deleted = waitFor(m_host->call(DeleteImage { .path = QStringLiteral("/base") }));
        QCOMPARE(deleted.error().kind, ErrorKind::Busy);
        QCOMPARE(deleted.error().detail, QStringLiteral("/top"));

        VERIFY_OK(waitFor(m_host->call(SetMemory { .vm = m_vm, .memory = Bytes::fromMiB(77) })));
        QTRY_COMPARE(m_host->vms().first().memory.count(), Bytes::fromMiB(77).count());

        const auto ran = waitFor(m_host->call(RunInGuest { .vm = m_vm,
            .command = { .program = QStringLiteral("/bin/cat"),
                .arguments = { QStringLiteral("a b") },
                .input = QByteArray("\0\xff", 2) } }));
        VERIFY_OK(ran);
        QCOMPARE(ran->standardOutput, QByteArray("/bin/cat\n\0\xff", 11));
        QCOMPARE(ran->standardError, QByteArray("a b"));
    }

    void changedResources_areTold()
    {
        QSignalSpy told(m_host.get(), &Host::resourcesChanged);
        Q_EMIT m_server->host().resourcesChanged(ResourceKind::Networks);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.first().first().value<ResourceKind>(), ResourceKind::Networks);
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    void progress_reachesTheCaller()
    {
        m_server->host().setJobStep(60); // QFuture tells no more than 25 values a second
        const auto made = m_host->call(
            CreateSnapshot { .vm = m_vm, .request = { .name = QStringLiteral("s") } });
        QFutureWatcher<vmm::Result<QString>> watcher;
        QVector<int> seen;
        connect(&watcher, &QFutureWatcherBase::progressValueChanged, this,
            [&seen](int percent) { seen.append(percent); });
        watcher.setFuture(made);
        const auto name = waitFor(made);
        VERIFY_OK(name);
        QCOMPARE(*name, QStringLiteral("s"));
        QVERIFY2(seen.contains(25) && seen.contains(50) && seen.contains(75),
            qPrintable(QString::number(seen.size())));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    }

    void cancel_stopsTheJobOnTheHost()
    {
        m_server->host().setJobStep(20);
        auto made = m_host->call(
            CreateSnapshot { .vm = m_vm, .request = { .name = QStringLiteral("s") } });
        QTRY_VERIFY(made.progressValue() > 0);
        made.cancel();
        QTRY_COMPARE(m_server->host().cancelledJobs(), 1);
        QTRY_VERIFY(made.isFinished());
        QCOMPARE(made.resultCount(), 0); // which onFinished and the like take for Cancelled
        const auto snapshots = waitFor(m_host->call(ListSnapshots { .vm = m_vm }));
        VERIFY_OK(snapshots);
        QVERIFY(snapshots->isEmpty());
        QVERIFY(!waitFor(m_host->call(RevertSnapshot { .vm = m_vm, .name = QStringLiteral("s") })));
    }

    void cancelThatIsAwaited_isDoneWhenTheHostSaysSo()
    {
        m_host = std::make_unique<wire::RemoteHost>(m_server->host().uri(), *m_thread,
            wire::RemoteHostOptions {
                .awaitsCancelled = true, .makeCarrier = m_server->carrierFactory() });
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
        m_server->host().setJobStep(300);
        auto made = m_host->call(
            CreateSnapshot { .vm = m_vm, .request = { .name = QStringLiteral("s") } });
        int cancelledThen = -1;
        vmm::async::onFinished(
            made, this, [&](const auto&) { cancelledThen = m_server->host().cancelledJobs(); });
        QTRY_VERIFY(made.progressValue() > 0);
        made.cancel();
        QTRY_COMPARE(cancelledThen, 1);
    }

    void overlongText_isRefusedBeforeItIsSent()
    {
        const auto attached = waitFor(
            m_host->call(AttachDevice { .vm = m_vm, .xml = QString(wire::kMaxXml + 1, u'x') }));
        QCOMPARE(attached.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

private:
    std::unique_ptr<tests::LoopbackServer> m_server;
    std::unique_ptr<wire::WireThread> m_thread;
    std::unique_ptr<wire::RemoteHost> m_host;
    VmId m_vm;
};

QTEST_GUILESS_MAIN(tst_RemoteOperations)
#include "tst_RemoteOperations.moc"
