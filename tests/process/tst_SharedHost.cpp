// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/HostDoor.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LoopbackHost.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

using namespace hosts;
using namespace hosts::wire;
using tests::waitFor;

namespace {

constexpr int kPatienceMs = 20'000;

std::pair<int, int> socketPair(int type)
{
    int ends[2] = { -1, -1 };
    [&] { QCOMPARE(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends), 0); }();
    return { ends[0], ends[1] };
}

} // namespace

/// Several windows and commands at one host: HostHub and HostDoor by themselves, then the real
/// virtdeck-host at one data folder.
class tst_SharedHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    void init()
    {
        m_home = std::make_unique<tests::TempHome>();
        QDir().mkpath(m_home->runtimeFolder());
        QFile::setPermissions(m_home->runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home->runtimeFolder().toLocal8Bit());
        m_thread = std::make_unique<WireThread>();
    }

    void cleanup()
    {
        m_first.reset();
        m_second.reset();
        m_thread.reset();
        QTRY_COMPARE(servingPid(), 0);
    }

    void hub_showsWhatAnyPeerLooksAt()
    {
        tests::FakeHost host;
        const VmId one = host.addVm(QStringLiteral("one"));
        const VmId two = host.addVm(QStringLiteral("two"));
        HostHub hub(host);
        m_first = peerOf(hub);
        m_second = peerOf(hub);
        QTRY_COMPARE(m_first->connectionState(), ConnectionState::Connected);
        QTRY_COMPARE(m_second->connectionState(), ConnectionState::Connected);
        QCOMPARE(m_second->vms().size(), 2);
        m_first->setVisibleVms({ one });
        m_second->setVisibleVms({ two });
        QTRY_COMPARE(host.visibleVms(), (QSet<VmId> { one, two }));
        m_first->close();
        QTRY_COMPARE(host.visibleVms(), QSet<VmId> { two });
        QCOMPARE(host.connectionState(), ConnectionState::Connected);
        QSignalSpy emptied(&hub, &HostHub::emptied);
        m_second->close();
        QTRY_COMPARE(emptied.size(), 1);
        QCOMPARE(hub.peerCount(), 0);
    }

    void peerThatLeaves_cancelsItsOwnJobsOnly()
    {
        tests::FakeHost host;
        const VmId vm = host.addVm(QStringLiteral("one"));
        host.setJobStep(100);
        HostHub hub(host);
        m_first = peerOf(hub);
        m_second = peerOf(hub);
        QTRY_COMPARE(m_first->connectionState(), ConnectionState::Connected);
        QTRY_COMPARE(m_second->connectionState(), ConnectionState::Connected);
        (void)m_first->call(
            CreateSnapshot { .vm = vm, .request = { .name = QStringLiteral("a") } });
        const auto kept = m_second->call(
            CreateSnapshot { .vm = vm, .request = { .name = QStringLiteral("b") } });
        QTRY_VERIFY(kept.progressValue() > 0);
        m_first->close();
        VERIFY_OK(waitFor(kept));
        QCOMPARE(host.cancelledJobs(), 1);
        const auto all = waitFor(m_second->call(ListSnapshots { .vm = vm }));
        QCOMPARE(all->size(), 1);
    }

    void visitorWithoutDescriptors_isTurnedAway()
    {
        tests::FakeHost host;
        HostHub hub(host);
        const auto [ours, theirs] = socketPair(SOCK_SEQPACKET);
        const vmm::FileDescriptor socket(ours);
        new HostVisitor(hub, vmm::FileDescriptor(theirs)); // belongs to the hub
        QCOMPARE(::send(ours, "embedded:///", 12, 0), 12);
        char byte = 0;
        QTRY_COMPARE(::recv(ours, &byte, 1, MSG_DONTWAIT), 0); // closed
        QCOMPARE(hub.peerCount(), 0);
    }

    void twoClients_seeEachOthersChanges()
    {
        connectBoth();
        QCOMPARE(servingCount(), 1);
        const auto made = waitFor(m_first->define(tests::smallDomainXml(QStringLiteral("shared"))));
        VERIFY_OK(made);
        QTRY_VERIFY(knows(*m_second, *made));
        VERIFY_OK(waitFor(m_second->perform(*made, vmm::VmAction::Undefine)));
        QTRY_VERIFY(!knows(*m_first, *made));
    }

    void firstLeaves_secondStays()
    {
        connectBoth();
        const qint64 pid = servingPid();
        QVERIFY(pid > 0);
        QSignalSpy changes(m_second.get(), &Host::connectionChanged);
        m_first.reset();
        const auto made = waitFor(m_second->define(tests::smallDomainXml(QStringLiteral("a"))));
        VERIFY_OK(made);
        QCOMPARE(servingPid(), pid);
        QCOMPARE(changes.size(), 0);
        m_second.reset();
        QTRY_COMPARE(servingPid(), 0); // the last one puts out the light
        // And what was made is there.
        m_first = client();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_first->connectionState(), ConnectionState::Connected, kPatienceMs);
        QVERIFY(knows(*m_first, *made));
    }

    void killedFront_takesItsOwnClientOnly()
    {
        connectBoth();
        const qint64 pid = servingPid();
        QSignalSpy second(m_second.get(), &Host::connectionChanged);
        QSignalSpy first(m_first.get(), &Host::connectionChanged);
        const auto fronts = frontPids();
        QCOMPARE(fronts.size(), 2);
        QCOMPARE(::kill(pid_t(std::min(fronts[0], fronts[1])), SIGKILL), 0); // the older
        QTRY_VERIFY(first.size() + second.size() >= 2); // lost, and back
        QVERIFY(first.isEmpty() || second.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_first->connectionState(), ConnectionState::Connected, kPatienceMs);
        QCOMPARE(m_second->connectionState(), ConnectionState::Connected);
        QCOMPARE(servingPid(), pid);
    }

    void killedServingProcess_isReplacedByOne()
    {
        connectBoth();
        const qint64 pid = servingPid();
        QSignalSpy losses(m_second.get(), &Host::connectionChanged);
        QCOMPARE(::kill(pid_t(pid), SIGKILL), 0);
        QTRY_VERIFY(!losses.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_first->connectionState(), ConnectionState::Connected, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_second->connectionState(), ConnectionState::Connected, kPatienceMs);
        QVERIFY(servingPid() != pid);
        QCOMPARE(servingCount(), 1);
        const auto made = waitFor(m_first->define(tests::smallDomainXml(QStringLiteral("b"))));
        VERIFY_OK(made);
        QTRY_VERIFY(knows(*m_second, *made));
    }

    void hungServingProcess_isReplacedWhenSomebodyComes()
    {
        m_first = client();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_first->connectionState(), ConnectionState::Connected, kPatienceMs);
        const qint64 pid = servingPid();
        QCOMPARE(::kill(pid_t(pid), SIGSTOP), 0);
        m_second = client();
        QTRY_COMPARE_WITH_TIMEOUT(m_second->connectionState(), ConnectionState::Connected, 60'000);
        QVERIFY(servingPid() != pid);
        QTRY_COMPARE_WITH_TIMEOUT(m_first->connectionState(), ConnectionState::Connected, 60'000);
    }

    void manyAtOnce_findOneAnother()
    {
        std::vector<std::unique_ptr<RemoteHost>> all;
        for (int i = 0; i < 6; ++i)
            all.push_back(client());
        for (const auto& host : all)
            QTRY_COMPARE_WITH_TIMEOUT(
                host->connectionState(), ConnectionState::Connected, 2 * kPatienceMs);
        QCOMPARE(servingCount(), 1);
    }

private:
    std::unique_ptr<RemoteHost> peerOf(HostHub& hub)
    {
        const auto ends = socketPair(SOCK_STREAM);
        hub.addPeer(ends.first, ends.first);
        auto host = std::make_unique<RemoteHost>(
            HostUri::parse(QStringLiteral("test:///fake")).value(), *m_thread,
            RemoteHostOptions { .makeCarrier
                = [fd = ends.second] { return std::make_unique<tests::SocketCarrier>(fd); } });
        host->open();
        return host;
    }

    std::unique_ptr<RemoteHost> client() const
    {
        auto host = std::make_unique<RemoteHost>(
            HostUri::parse(QStringLiteral("embedded://") + m_home->dataFolder()).value(), *m_thread,
            RemoteHostOptions { .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
        host->open();
        return host;
    }

    void connectBoth()
    {
        m_first = client();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_first->connectionState(), ConnectionState::Connected, kPatienceMs);
        m_second = client();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_second->connectionState(), ConnectionState::Connected, kPatienceMs);
    }

    static bool knows(const Host& host, const VmId& id)
    {
        const auto vms = host.vms();
        return std::any_of(vms.begin(), vms.end(), [&id](const VmInfo& vm) { return vm.id == id; });
    }

    /// All virtdeck-host processes of this test's folder; the serving one has a session of its own.
    QVector<qint64> hostPids(bool isServing) const
    {
        QVector<qint64> all;
        const auto entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
        for (const QString& entry : entries) {
            QFile file(QStringLiteral("/proc/") + entry + QStringLiteral("/cmdline"));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray line = file.readAll();
            const auto pid = pid_t(entry.toLongLong());
            if (line.contains("virtdeck-host") && line.contains(m_home->dataFolder().toLocal8Bit())
                && (::getsid(pid) == pid) == isServing)
                all.append(pid);
        }
        return all;
    }

    qint64 servingPid() const { return hostPids(true).value(0); }
    qsizetype servingCount() const { return hostPids(true).size(); }
    QVector<qint64> frontPids() const { return hostPids(false); }

    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<WireThread> m_thread;
    std::unique_ptr<RemoteHost> m_first;
    std::unique_ptr<RemoteHost> m_second;
};

QTEST_GUILESS_MAIN(tst_SharedHost)
#include "tst_SharedHost.moc"
