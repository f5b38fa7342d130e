// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ClientLoop.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/ProcessFigures.h"
#include "tests/support/SlowProxy.h"

#include <QSignalSpy>
#include <QTest>

#include <unistd.h>

#include <csignal>

using hosts::ConnectionState;
using hosts::HostUri;
using hosts::VmId;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;
using tests::waitFor;
using vmm::ErrorKind;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

/// A far libvirtd, and what can happen on the way to it.
class tst_Faults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN); // as whoever runs a wire has it
        QVERIFY2(hosts::libvirt::mendClientLoop(), "libvirt finds GLib's functions before ours");
        if (const QString why = tests::LibvirtdFixture::missing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        // The proxy stands for the network; libvirtd itself listens on its socket alone.
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
        for (int i = 0; i < kMachines; ++i)
            QVERIFY(m_libvirtd.virshDefine(
                tests::LibvirtdFixture::smallMachine(QStringLiteral("far-%1").arg(i))));
    }

    void init()
    {
        m_proxy = std::make_unique<tests::SlowProxy>(
            m_libvirtd.socketPath(), std::chrono::milliseconds(0));
    }

    void cleanup()
    {
        m_seen.reset();
        m_host.reset();
        m_proxy.reset();
    }

    void distance_costsAFixedNumberOfRoundTrips()
    {
        m_proxy->setDelay(std::chrono::milliseconds(100)); // 200 there and back
        open();
        expectConnected();
        QCOMPARE(m_host->vms().size(), qsizetype(kMachines));
        // One after the other, the definitions alone would take this many.
        QVERIFY2(
            m_proxy->roundTrips() < kMachines, qPrintable(QString::number(m_proxy->roundTrips())));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_seen->vm(m_host->vms().first().id)->memory == vmm::Bytes::fromMiB(32), kPatienceMs);
    }

    void burstOfEvents_isReadTogether()
    {
        m_proxy->setDelay(std::chrono::milliseconds(50));
        open();
        expectConnected();
        for (int i = 0; i < kMachines; ++i)
            m_libvirtd.virsh({ QStringLiteral("desc"), QStringLiteral("far-%1").arg(i),
                QStringLiteral("--title"), QStringLiteral("--config"),
                QStringLiteral("title %1").arg(i) });
        const auto titled = [this] {
            const auto vms = m_host->vms();
            return std::count_if(vms.begin(), vms.end(),
                [](const hosts::VmInfo& vm) { return !vm.title.isEmpty(); });
        };
        QTRY_COMPARE_WITH_TIMEOUT(titled(), kMachines, kPatienceMs);
    }

    void cutConnection_isReestablished()
    {
        open();
        expectConnected();
        QSignalSpy changes(m_host.get(), &hosts::Host::connectionChanged);
        m_proxy->cut();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), kPatienceMs);
        QCOMPARE(changes.first().first().value<ConnectionState>(), ConnectionState::Reconnecting);
        QCOMPARE(m_host->vms().size(), qsizetype(kMachines));
        expectConnected();
    }

    void answersCutInTheMiddle_areNoInventory()
    {
        for (const int bytes : { 10, 100, 500, 2'000, 4'000 }) {
            m_proxy->cutAfter(bytes);
            open();
            QTRY_COMPARE_WITH_TIMEOUT(
                m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
            QVERIFY(m_host->lastError().has_value());
            m_proxy->cutAfter(-1);
            expectConnected();
            QCOMPARE(m_host->vms().size(), qsizetype(kMachines));
        }
    }

    void silentNetwork_disturbsNobodyElse()
    {
        open({ .connect = std::chrono::milliseconds(2'000),
            .query = std::chrono::milliseconds(2'000),
            .firstBackoff = std::chrono::milliseconds(200) });
        expectConnected();
        LibvirtHost other(m_libvirtd.uri());
        other.open();
        QTRY_COMPARE_WITH_TIMEOUT(other.connectionState(), ConnectionState::Connected, kPatienceMs);
        m_proxy->setSilent(true);
        const VmId vm = m_host->vms().first().id;
        const auto question = m_host->definition(vm);
        VERIFY_OK(waitFor(other.definition(vm), kPatienceMs));
        QCOMPARE(waitFor(question, kPatienceMs).error().kind, ErrorKind::TimedOut);
        // libvirt's keepalive finds out, and nothing hangs that could be in the way.
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        m_proxy->setSilent(false);
        m_proxy->cut();
        expectConnected();
    }

    void daemonThatStandsStill_isLostAndFoundAgain()
    {
        open({ .connect = std::chrono::milliseconds(2'000),
            .query = std::chrono::milliseconds(2'000),
            .firstBackoff = std::chrono::milliseconds(200) });
        expectConnected();
        QVERIFY(m_libvirtd.stopDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        const auto refused = waitFor(m_host->definition(m_host->vms().first().id));
        QCOMPARE(refused.error().kind, ErrorKind::Disconnected);
        QVERIFY(m_libvirtd.continueDaemon());
        expectConnected();
    }

    /// libvirt's keepalive finds out; of the calls that wait then, its client wakes one alone. They
    /// all have to end: as errors, and with their threads.
    void silenceWithManyCallsWaiting_endsThemAll()
    {
        LibvirtHost host(m_libvirtd.uri(), nullptr,
            { .connect = std::chrono::milliseconds(3'000),
                .firstBackoff = std::chrono::milliseconds(200),
                .longestBackoff = std::chrono::milliseconds(1'000) });
        host.open();
        QTRY_COMPARE_WITH_TIMEOUT(host.connectionState(), ConnectionState::Connected, kPatienceMs);
        QTest::qWait(500);
        const int threads = tests::ProcessFigures::of(::getpid()).threads;
        for (int round = 0; round < 2; ++round) {
            const auto vms = host.vms();
            QVERIFY(m_libvirtd.stopDaemon());
            QVector<vmm::Future<QString>> calls;
            for (int i = 0; i < 6; ++i)
                calls.append(host.definition(vms.at(i).id));
            const auto job = host.call(hosts::CreateSnapshot { vms.at(7).id, {} });
            QTRY_COMPARE_WITH_TIMEOUT(
                host.connectionState(), ConnectionState::Reconnecting, 2 * kPatienceMs);
            for (const auto& call : calls)
                QVERIFY(!waitFor(call, kPatienceMs));
            QVERIFY(!waitFor(job, kPatienceMs));
            // And so do attempts to connect to it meanwhile.
            QTRY_COMPARE_WITH_TIMEOUT(
                host.lastError().value_or(vmm::Error {}).kind, ErrorKind::TimedOut, kPatienceMs);
            QTRY_VERIFY2_WITH_TIMEOUT(threadsLeft() <= threads,
                qPrintable(tests::threadNames(::getpid()).join(QStringLiteral(", "))), kPatienceMs);
            QVERIFY(m_libvirtd.continueDaemon());
            QTRY_COMPARE_WITH_TIMEOUT(
                host.connectionState(), ConnectionState::Connected, kPatienceMs);
        }
    }

private:
    static constexpr int kMachines = 40;
    static int threadsLeft() { return tests::ProcessFigures::of(::getpid()).threads; }

    void open(const Timing& timing = { .firstBackoff = std::chrono::milliseconds(200) })
    {
        m_seen.reset();
        m_host = std::make_unique<LibvirtHost>(
            HostUri::parse(QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(m_proxy->port()))
                .value(),
            nullptr, timing);
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_host->open();
    }

    void expectConnected()
    {
        QTRY_VERIFY2_WITH_TIMEOUT(m_host->connectionState() == ConnectionState::Connected,
            qPrintable(m_host->lastError().value_or(vmm::Error {}).toString()), kPatienceMs);
    }

    tests::LibvirtdFixture m_libvirtd;
    std::unique_ptr<tests::SlowProxy> m_proxy;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
};

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_Faults.moc"
