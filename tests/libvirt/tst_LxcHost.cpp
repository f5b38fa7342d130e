// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/SkipFor.h"
#include "tests/support/TestNames.h"

#include <QLocalSocket>
#include <QTest>

#include <cmath>

using hosts::ConnectionState;
using hosts::Feature;
using hosts::VmId;
using hosts::VmMetric;
using hosts::libvirt::LibvirtHost;
using vmm::VmAction;
using vmm::VmState;

namespace {

constexpr int kPatienceMs = 20'000;
const QString kDriver = QStringLiteral("lxc");

} // namespace

/// What is peculiar to containers; the rest of what a host promises is in tst_LxcContract.
class tst_LxcHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_FOR(tests::LibvirtdFixture::missing(), tests::LibvirtdFixture::missingForContainers());
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
        m_host = std::make_unique<LibvirtHost>(m_libvirtd.uri(kDriver));
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
    }

    void cleanupTestCase()
    {
        m_host.reset();
        m_seen.reset();
    }

    void whatTheDriverLacks_isToldWithTheFirstContainer()
    {
        const hosts::HostInfo& info = m_host->info();
        QVERIFY2(info.hypervisor.startsWith(QStringLiteral("LXC")), qPrintable(info.hypervisor));
        QVERIFY(!info.has(Feature::Create)); // that is known without one
        QVERIFY(info.has(Feature::Define));
        define();
        for (const Feature lacking : { Feature::Snapshots, Feature::ExternalSnapshots,
                 Feature::Checkpoints, Feature::Backup, Feature::Save, Feature::Rename,
                 Feature::SendKeys, Feature::InjectNmi, Feature::Reset, Feature::VcpuHotPlug,
                 Feature::ResizeDisk, Feature::GuestAgent, Feature::DumpMemory }) {
            QTRY_VERIFY2_WITH_TIMEOUT(
                !info.has(lacking), qPrintable(hosts::nameOf(lacking)), kPatienceMs);
            QVERIFY(info.missing.value(lacking).endsWith(QLatin1Char('.')));
        }
        for (const Feature offered : { Feature::Start, Feature::Pause, Feature::ShutDown,
                 Feature::Reboot, Feature::Autostart, Feature::Notes, Feature::Balloon })
            QVERIFY2(info.has(offered), qPrintable(info.missing.value(offered)));
        QVERIFY(!m_seen->vm(m_vm)->hasScreen);
    }

    void onlyRunningContainers_areNotPutAtRisk()
    {
        start();
        m_host->close();
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
        const hosts::HostInfo& info = m_host->info();
        for (const Feature lacking :
            { Feature::Snapshots, Feature::Checkpoints, Feature::Backup, Feature::ResizeDisk })
            QVERIFY2(!info.has(lacking), qPrintable(hosts::nameOf(lacking)));
        QVERIFY(info.has(Feature::Reset)); // nobody asks one that runs; it is known when one is off
        QCOMPARE(m_seen->vm(m_vm)->state, VmState::Running);
        VERIFY_OK(tests::waitFor(m_host->perform(m_vm, VmAction::ForceOff), kPatienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(!info.has(Feature::Reset), kPatienceMs);
    }

    void runningContainer_waitsForNoChange()
    {
        start();
        const auto running
            = tests::waitFor(m_host->call(hosts::GetRunningDefinition { m_vm }), kPatienceMs);
        VERIFY_OK(running);
        QVERIFY2(!running->contains(QStringLiteral("<filesystem")), qPrintable(*running));
        QVERIFY(!m_seen->vm(m_vm)->hasPendingChanges);
    }

    void container_isMeasured()
    {
        start();
        m_host->setVisibleVms({ m_vm });
        QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(m_seen->values(m_vm)[VmMetric::CpuLoad]), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->values(m_vm)[VmMetric::MemoryUsed] > 0, kPatienceMs);

        const auto first = tests::waitFor(m_host->call(hosts::GetLoadDetail { m_vm }), kPatienceMs);
        VERIFY_OK(first);
        QVERIFY(std::isnan(first->cpu)); // a rate is between two readings
        const auto second
            = tests::waitFor(m_host->call(hosts::GetLoadDetail { m_vm }), kPatienceMs);
        VERIFY_OK(second);
        QVERIFY(second->cpu >= 0 && second->cpu < 1); // its shell waits for somebody to type
        QVERIFY(second->vcpus.isEmpty());
    }

    void console_answers()
    {
        start();
        const auto opened
            = tests::waitFor(m_host->call(hosts::OpenSerial { .vm = m_vm }), kPatienceMs);
        VERIFY_OK(opened);
        QLocalSocket terminal;
        terminal.connectToServer(opened->unixSocket);
        QVERIFY2(terminal.waitForConnected(), qPrintable(terminal.errorString()));
        QByteArray said;
        terminal.write("echo $((6 * 7)) of $$\n"); // the first process of its own
        QTRY_VERIFY2_WITH_TIMEOUT(
            (said += terminal.readAll()).contains("42 of 1\r"), said.constData(), kPatienceMs);
    }

    void daemonKilled_containerLivesOn()
    {
        start();
        QVERIFY(m_libvirtd.killDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Reconnecting, kPatienceMs);
        QVERIFY(m_libvirtd.startDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
        QCOMPARE(m_seen->vm(m_vm)->state, VmState::Running);
        VERIFY_OK(tests::waitFor(m_host->perform(m_vm, VmAction::ForceOff), kPatienceMs));
        QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(m_vm)->state, VmState::ShutOff, kPatienceMs);
    }

private:
    void define()
    {
        const auto defined = tests::waitFor(
            m_host->define(tests::LibvirtdFixture::container(QStringLiteral("first"))),
            kPatienceMs);
        VERIFY_OK(defined);
        m_vm = *defined;
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->vm(m_vm), kPatienceMs);
    }

    void start()
    {
        if (m_vm.isNull())
            define();
        QVERIFY(m_seen->vm(m_vm));
        if (m_seen->vm(m_vm)->state == VmState::ShutOff)
            VERIFY_OK(tests::waitFor(m_host->perform(m_vm, VmAction::Start), kPatienceMs));
        QTRY_COMPARE_WITH_TIMEOUT(m_seen->vm(m_vm)->state, VmState::Running, kPatienceMs);
    }

    tests::LibvirtdFixture m_libvirtd;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    VmId m_vm;
};

QTEST_GUILESS_MAIN(tst_LxcHost)
#include "tst_LxcHost.moc"
