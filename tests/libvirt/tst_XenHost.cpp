// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/TestNames.h"
#include "tests/support/XenHostFixture.h"

#include <QLocalSocket>
#include <QRegularExpression>
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

constexpr int kPatienceMs = 120'000; // Xen under TCG: calls of 30 s were seen

} // namespace

/// The libvirt host on a real Xen: another hypervisor, whose driver has less than QEMU's. What it
/// lacks is said with its reason and never met as an error.
class tst_XenHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void info_namesXen();
    void whatTheDriverLacks_isToldBeforehand();
    void guest_livesItsLifeAndIsMeasured();
    void serialPort_answers();

private:
    VmState stateOf(VmId vm) const
    {
        const hosts::VmInfo* info = m_seen->vm(vm);
        return info != nullptr ? info->state : VmState::Unknown;
    }

    void perform(VmAction action, VmState expected)
    {
        VERIFY_OK(tests::waitFor(m_host->perform(m_vm, action), kPatienceMs));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(m_vm), expected, kPatienceMs);
    }

    tests::XenHostFixture m_xen;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    VmId m_vm;
};

void tst_XenHost::initTestCase()
{
    if (const QString reason = tests::XenHostFixture::missing(); !reason.isEmpty())
        QSKIP(qPrintable(reason));
    QVERIFY2(m_xen.start(), qPrintable(m_xen.problem()));
    m_host = std::make_unique<LibvirtHost>(m_xen.uri());
    m_seen = std::make_unique<tests::HostRecorder>(*m_host);
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
    const auto defined = tests::waitFor(
        m_host->define(tests::XenHostFixture::guestXml(QStringLiteral("pv"))), kPatienceMs);
    VERIFY_OK(defined);
    m_vm = *defined;
    QTRY_VERIFY(m_seen->vm(m_vm));
    // Abilities are asked about a machine that is off: there was none before.
    m_host->close();
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
}

void tst_XenHost::cleanupTestCase()
{
    if (m_seen)
        QVERIFY2(m_seen->forbiddenStep().isEmpty(), qPrintable(m_seen->forbiddenStep()));
    m_host.reset();
    m_seen.reset();
}

void tst_XenHost::info_namesXen()
{
    const hosts::HostInfo& info = m_host->info();
    QVERIFY2(info.hypervisor.startsWith(QStringLiteral("Xen 4.17")), qPrintable(info.hypervisor));
    QCOMPARE(info.architecture, QStringLiteral("x86_64"));
    QCOMPARE(info.cpus, 2);
    QVERIFY(info.memory > vmm::Bytes::fromGiB(1));
    // dom0 is the host itself: shutting it down by a click would take all others along.
    for (const hosts::VmInfo& vm : m_host->vms())
        QVERIFY(vm.name != QStringLiteral("Domain-0"));
}

void tst_XenHost::whatTheDriverLacks_isToldBeforehand()
{
    const hosts::HostInfo& info = m_host->info();
    for (const Feature lacking : { Feature::Snapshots, Feature::ExternalSnapshots, Feature::Rename,
             Feature::SendKeys, Feature::InjectNmi, Feature::Reset, Feature::GuestAgent }) {
        QVERIFY2(!info.has(lacking), qPrintable(hosts::nameOf(lacking)));
        QVERIFY(info.missing.value(lacking).endsWith(QLatin1Char('.')));
    }
    for (const Feature offered : { Feature::Save, Feature::Autostart, Feature::Console })
        QVERIFY2(info.has(offered), qPrintable(info.missing.value(offered)));
    const auto refused = tests::waitFor(m_host->call(hosts::ListSnapshots { m_vm }), kPatienceMs);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, vmm::ErrorKind::HostLacksFeature);
}

void tst_XenHost::guest_livesItsLifeAndIsMeasured()
{
    perform(VmAction::Start, VmState::Running);
    m_host->setVisibleVms({ m_vm });
    // Without bulk statistics: each machine is asked for itself.
    QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(m_seen->values(m_vm)[VmMetric::CpuLoad]), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(
        !std::isnan(m_seen->values(m_vm)[VmMetric::NetworkReceive]), kPatienceMs);
    perform(VmAction::Pause, VmState::Paused);
    perform(VmAction::Resume, VmState::Running);
    perform(VmAction::ForceOff, VmState::ShutOff);
}

void tst_XenHost::serialPort_answers()
{
    perform(VmAction::Start, VmState::Running);
    const auto opened = tests::waitFor(m_host->call(hosts::OpenSerial { .vm = m_vm }), kPatienceMs);
    VERIFY_OK(opened);
    QLocalSocket terminal;
    terminal.connectToServer(opened->unixSocket);
    QVERIFY2(terminal.waitForConnected(), qPrintable(terminal.errorString()));
    QByteArray said;
    const auto isSaid = [&](const QByteArray& words) {
        if (terminal.bytesAvailable() == 0)
            terminal.write("\n"); // the shell may not have been there yet
        said += terminal.readAll();
        return said.contains(words);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSaid("# "), kPatienceMs);
    terminal.write("echo $((6 * 7))\n");
    QTRY_VERIFY_WITH_TIMEOUT(isSaid("42"), kPatienceMs);
    // Its init listens to the power button by now.
    perform(VmAction::ShutDown, VmState::ShutOff);
}

QTEST_GUILESS_MAIN(tst_XenHost)
#include "tst_XenHost.moc"
