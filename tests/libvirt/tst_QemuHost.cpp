// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <cmath>

using hosts::ConnectionState;
using hosts::VmId;
using hosts::VmInfo;
using hosts::VmMetric;
using hosts::libvirt::LibvirtHost;
using hosts::libvirt::Timing;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::StateReason;
using vmm::VmAction;
using vmm::VmState;

namespace {

constexpr int kPatienceMs = 30'000;

/// A machine without an operating system: small, and it starts in a moment.
QString bareMachine(const QString& name, const QString& devices = {})
{
    return QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory>"
                          "<vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>"
                          "<features><acpi/></features><devices>%2"
                          "<graphics type='spice' autoport='yes' listen='127.0.0.1' "
                          "passwd='secret'/><video><model type='vga'/></video>"
                          "<memballoon model='virtio'/></devices></domain>")
        .arg(name, devices);
}

QString diskXml(const QString& path)
{
    return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                          "<source file='%1'/><target dev='vda' bus='virtio'/></disk>")
        .arg(path);
}

template <typename T> vmm::Result<T> finished(const vmm::Future<T>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatienceMs))
        return vmm::Error { ErrorKind::TimedOut, QStringLiteral("test"),
            QStringLiteral("the future did not finish") };
    return future.result();
}

/// Fails the check with libvirt's words.
#define VERIFY_DONE(result)                                                                        \
    do {                                                                                           \
        const auto done = result;                                                                  \
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().toString()));               \
    } while (false)

} // namespace

/// The libvirt host on a real libvirtd with real QEMUs, and what can go wrong there.
class tst_QemuHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString reason = tests::LibvirtdFixture::missing(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        reopen({ .sample = std::chrono::milliseconds(1500),
            .firstBackoff = std::chrono::milliseconds(200),
            .ticksPerFullSample = 3 });
    }

    void cleanup()
    {
        const QString forbidden = m_seen->forbiddenStep();
        m_host.reset();
        m_seen.reset();
        for (const QString& name : std::as_const(m_defined)) {
            m_libvirtd.virsh({ QStringLiteral("destroy"), name });
            m_libvirtd.virsh({ QStringLiteral("undefine"), name });
        }
        m_defined.clear();
        QVERIFY2(forbidden.isEmpty(), qPrintable(forbidden));
    }

    void info_tellsTheHypervisor()
    {
        const hosts::HostInfo& info = m_host->info();
        QVERIFY2(info.hypervisor.startsWith(QStringLiteral("QEMU ")), qPrintable(info.hypervisor));
        QCOMPARE(info.accelerator, QStringLiteral("TCG"));
        QVERIFY(!info.acceleratorReason.isEmpty());
        QVERIFY(info.cpus > 0);
        QVERIFY(info.memory > vmm::Bytes::fromMiB(256));
        QVERIFY(!info.name.isEmpty());
        QCOMPARE(info.architecture, QStringLiteral("x86_64"));
        QVERIFY2(info.missing.contains(hosts::Feature::CreateDisk), "no pool was made yet");
        QVERIFY(info.has(hosts::Feature::HostLoad));
    }

    void guest_bootsObeysThePowerButtonAndIsMeasured()
    {
        const auto guest = tests::TestGuest::find();
        if (!guest)
            QSKIP("the test guest is not built (./dev guest)");
        const QString name = QStringLiteral("obedient");
        const VmId vm = define(guest->domainXml(name), name);
        m_host->setVisibleVms({ vm });
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Running, kPatienceMs);
        QCOMPARE(m_seen->states(vm),
            (QVector<VmState> { VmState::ShutOff, VmState::Starting, VmState::Running }));
        QVERIFY(m_seen->vm(vm)->since.isValid());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_seen->values(vm)[VmMetric::CpuLoad] > 0.05, kPatienceMs); // it boots
        QTRY_VERIFY_WITH_TIMEOUT(m_seen->values(vm)[VmMetric::MemoryUsed] > 32 << 20, kPatienceMs);
        QVERIFY(m_seen->values(vm)[VmMetric::CpuLoad] <= 1.0);
        QTRY_VERIFY(m_seen->hostValues()[hosts::HostMetric::CpuLoad] > 0.0);
        QVERIFY(m_seen->hostValues()[hosts::HostMetric::MemoryUsed] > 0.0);

        // The guest hears the button once it has booted; pressing it again does no harm.
        const auto press = [&] {
            if (stateOf(vm) == VmState::Running)
                (void)finished(m_host->perform(vm, VmAction::ShutDown));
            return stateOf(vm) == VmState::ShutOff;
        };
        QTRY_VERIFY_WITH_TIMEOUT(press(), 2 * kPatienceMs);
        QCOMPARE(m_seen->vm(vm)->reason, StateReason::GuestRequest);
        QVERIFY(!m_seen->vm(vm)->since.isValid());
    }

    void changesOfAnotherClient_areSeen()
    {
        const QString name = QStringLiteral("foreign");
        m_defined << name;
        QVERIFY(m_libvirtd.virshDefine(bareMachine(name)));
        QTRY_VERIFY(find(name) != nullptr);
        const VmId vm = find(name)->id;
        QTRY_COMPARE(m_seen->vm(vm)->memory, vmm::Bytes::fromMiB(32));
        QVERIFY(m_seen->vm(vm)->hasScreen);
        m_libvirtd.virsh({ QStringLiteral("start"), name });
        QTRY_COMPARE(stateOf(vm), VmState::Running);
        m_libvirtd.virsh({ QStringLiteral("suspend"), name });
        QTRY_COMPARE(stateOf(vm), VmState::Paused);
        m_libvirtd.virsh({ QStringLiteral("resume"), name });
        QTRY_COMPARE(stateOf(vm), VmState::Running);
        m_libvirtd.virsh({ QStringLiteral("destroy"), name });
        QTRY_COMPARE(stateOf(vm), VmState::ShutOff);
        QCOMPARE(m_seen->vm(vm)->reason, StateReason::HostRequest);
        QVERIFY(m_libvirtd.virshDefine(
            bareMachine(name)
                .replace(QStringLiteral("'MiB'>32"), QStringLiteral("'MiB'>64"))
                .replace(QStringLiteral("</name>"),
                    QStringLiteral("</name><uuid>%1</uuid>")
                        .arg(vm.toString(QUuid::WithoutBraces)))));
        QTRY_COMPARE(m_seen->vm(vm)->memory, vmm::Bytes::fromMiB(64));
        m_libvirtd.virsh({ QStringLiteral("undefine"), name });
        QTRY_VERIFY(m_seen->vm(vm) == nullptr);
    }

    /// libvirt 9.0 tells nobody of such a change: it is found by reading all definitions again.
    void changeWithoutEvent_isSeenInTime()
    {
        reopen({ .describe = std::chrono::milliseconds(300) });
        const QString name = QStringLiteral("silent");
        const VmId vm = define(bareMachine(name), name);
        QTRY_COMPARE(m_seen->vm(vm)->memory, vmm::Bytes::fromMiB(32));
        m_libvirtd.virsh({ QStringLiteral("setmaxmem"), name, QStringLiteral("64M"),
            QStringLiteral("--config") });
        QTRY_COMPARE(m_seen->vm(vm)->memory, vmm::Bytes::fromMiB(64));
    }

    void killedQemu_isCrashed()
    {
        const VmId vm = running(QStringLiteral("victim"));
        QVERIFY(m_libvirtd.killQemu(QStringLiteral("victim")));
        QTRY_COMPARE(stateOf(vm), VmState::Crashed);
        QCOMPARE(m_seen->vm(vm)->reason, StateReason::ProcessDied);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start))); // it may start again
        QTRY_COMPARE(stateOf(vm), VmState::Running);
    }

    void console_data()
    {
        QTest::addColumn<QString>("graphics");
        QTest::addColumn<QByteArray>("greeting"); // of the client
        QTest::addColumn<QByteArray>("answer");
        // SpiceLinkHeader and SpiceLinkMess of a main channel, without capabilities.
        const QByteArray spice(
            "REDQ\2\0\0\0\2\0\0\0\x12\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\x12\0\0\0", 16 + 18);
        QTest::newRow("spice, with a password") << QStringLiteral(
            "<graphics type='spice' autoport='yes' listen='127.0.0.1' "
            "passwd='secret'/>") << spice << QByteArray("REDQ");
        QTest::newRow("spice that listens nowhere")
            << QStringLiteral("<graphics type='spice'><listen type='none'/></graphics>") << spice
            << QByteArray("REDQ");
        QTest::newRow("vnc that listens nowhere")
            << QStringLiteral("<graphics type='vnc'><listen type='none'/></graphics>")
            << QByteArray() << QByteArray("RFB ");
    }

    /// Whoever connects to the endpoint, however often, is QEMU's client.
    void console()
    {
        QFETCH(QString, graphics);
        QFETCH(QByteArray, greeting);
        QFETCH(QByteArray, answer);
        const QString name = QStringLiteral("screen");
        const VmId vm = define(withGraphics(name, graphics), name);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        const auto endpoint = finished(m_host->consoleEndpoint(vm));
        VERIFY_DONE(endpoint);
        for (int i = 0; i < 2; ++i) {
            QLocalSocket socket;
            socket.connectToServer(endpoint->unixSocket);
            QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
            socket.write(greeting);
            QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() >= answer.size(), kPatienceMs);
            QCOMPARE(socket.read(answer.size()), answer);
        }
        QCOMPARE(finished(m_host->consoleEndpoint(vm))->unixSocket, endpoint->unixSocket);
    }

    /// It is the screen's own: also when this host is gone.
    void lastingAddress_isThatOfTheScreen()
    {
        const QString name = QStringLiteral("screen");
        const VmId vm = define(withGraphics(name,
                                   QStringLiteral("<graphics type='vnc' port='-1' autoport='yes' "
                                                  "listen='127.0.0.1'/>")),
            name);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        const auto endpoint
            = finished(m_host->call(hosts::GetConsole { .vm = vm, .isLasting = true }));
        VERIFY_DONE(endpoint);
        QVERIFY(endpoint->unixSocket.isEmpty());
        m_host->close();
        QTcpSocket socket;
        socket.connectToHost(endpoint->host, endpoint->port);
        QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() >= 4, kPatienceMs);
        QCOMPARE(socket.read(4), QByteArray("RFB "));
    }

    void screenThatListensNowhere_hasNoLastingAddress()
    {
        const QString name = QStringLiteral("screen");
        const QString graphics
            = QStringLiteral("<graphics type='spice'><listen type='none'/></graphics>");
        const VmId vm = define(withGraphics(name, graphics), name);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        const auto endpoint
            = finished(m_host->call(hosts::GetConsole { .vm = vm, .isLasting = true }));
        QCOMPARE(endpoint.error().kind, ErrorKind::HostLacksFeature);
    }

    void whoIsAtTheScreen_isTold()
    {
        const QString name = QStringLiteral("screen");
        const VmId vm = define(withGraphics(name, QStringLiteral("<graphics type='vnc'/>")), name);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        const auto endpoint = finished(m_host->consoleEndpoint(vm));
        VERIFY_DONE(endpoint);
        QVERIFY(endpoint->clients.isEmpty());
        QLocalSocket socket;
        socket.connectToServer(endpoint->unixSocket);
        QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() > 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(
            finished(m_host->consoleEndpoint(vm))->clients.size(), 1, kPatienceMs);
        QVERIFY(finished(m_host->consoleEndpoint(vm))->clients.first().since.isValid());
        socket.abort();
        QTRY_VERIFY_WITH_TIMEOUT(
            finished(m_host->consoleEndpoint(vm))->clients.isEmpty(), kPatienceMs);
    }

    /// What a VNC server offers who connects: 1 is "come in", 2 asks for the password.
    void screenPassword_isStoredAndAskedForAfterTheNextStart()
    {
        const QString name = QStringLiteral("screen");
        const VmId vm = define(withGraphics(name,
                                   QStringLiteral("<graphics type='vnc' port='-1' autoport='yes' "
                                                  "listen='127.0.0.1'/>")),
            name);
        const auto set = [&](const QString& password) {
            return finished(
                m_host->call(hosts::SetScreenPassword { .vm = vm, .password = password }));
        };
        VERIFY_DONE(set(QStringLiteral("sesame")));
        QCOMPARE(set(text("longer than eight")).error().kind, ErrorKind::InvalidConfig);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Start)));
        const QString running = liveXml(name);
        QVERIFY2(running.contains(text("passwd='sesame'")), qPrintable(running));
        VERIFY_DONE(set(QStringLiteral("another"))); // it asks already: at once, too
        QVERIFY(liveXml(name).contains(text("passwd='another'")));
        VERIFY_DONE(set({}));
        QVERIFY(liveXml(name).contains(text("passwd='another'"))); // until it is off
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::ForceOff)));
        QTRY_VERIFY_WITH_TIMEOUT(!liveXml(name).contains(text("passwd=")), kPatienceMs);
    }

    void libvirtdKilledAndStarted_reconnectsWithItsMachines()
    {
        const VmId vm = running(QStringLiteral("survivor"));
        const qint64 qemu = m_libvirtd.qemuPid(QStringLiteral("survivor"));
        QVERIFY(qemu > 0);
        QVERIFY(m_libvirtd.killDaemon());
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Reconnecting);
        QCOMPARE(m_host->lastError()->kind, ErrorKind::Disconnected);
        QCOMPARE(stateOf(vm), VmState::Running); // what was known last is kept
        const auto refused = finished(m_host->perform(vm, VmAction::Pause));
        QCOMPARE(refused.error().kind, ErrorKind::Disconnected);
        m_seen->clear();
        QVERIFY(m_libvirtd.startDaemon());
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
        QVERIFY(!m_host->lastError().has_value());
        QVERIFY(m_seen->events().contains(QStringLiteral("inventory")));
        QCOMPARE(stateOf(vm), VmState::Running);
        QCOMPARE(m_libvirtd.qemuPid(QStringLiteral("survivor")), qemu);
        VERIFY_DONE(finished(m_host->perform(vm, VmAction::Pause)));
        QTRY_COMPARE(stateOf(vm), VmState::Paused);
    }

    void hungQemu_delaysNobodyElse()
    {
        const VmId healthy = running(QStringLiteral("healthy"));
        const VmId hung = running(QStringLiteral("hung"));
        m_host->setVisibleVms({ healthy, hung });
        QTRY_VERIFY_WITH_TIMEOUT(!std::isnan(m_seen->values(hung)[VmMetric::CpuLoad])
                && !std::isnan(m_seen->values(healthy)[VmMetric::CpuLoad]),
            kPatienceMs);
        int samplesOfHealthy = 0;
        int samplesOfHung = 0;
        connect(m_host.get(), &LibvirtHost::metricsSampled, m_seen.get(),
            [&](const hosts::MetricsBatch& batch) {
                for (const hosts::VmSample& sample : batch.vms) {
                    samplesOfHealthy += sample.id == healthy
                        && !std::isnan(
                            sample.values[VmMetric::DiskRead] + sample.values[VmMetric::CpuLoad]);
                    samplesOfHung
                        += sample.id == hung && !std::isnan(sample.values[VmMetric::CpuLoad]);
                }
            });
        tests::StoppedProcess stopped(m_libvirtd.qemuPid(QStringLiteral("hung")));
        QVERIFY(stopped.isStopped());
        samplesOfHealthy = 0;
        // States and actions go on at once ...
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Pause)));
        QTRY_COMPARE(stateOf(healthy), VmState::Paused);
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Resume)));
        QTRY_COMPARE(stateOf(healthy), VmState::Running);
        // ... the hung one is found and marked; its neighbour has figures before and after that.
        QTRY_VERIFY_WITH_TIMEOUT(
            m_seen->vm(hung)->reasonDetail.contains(QStringLiteral("not answered")), kPatienceMs);
        QVERIFY(samplesOfHealthy >= 1);
        samplesOfHealthy = 0;
        QTRY_VERIFY_WITH_TIMEOUT(samplesOfHealthy >= 3, 6000);
        // It can be switched off even so, or goes on where it was.
        samplesOfHung = 0;
        stopped.resume();
        QTRY_VERIFY_WITH_TIMEOUT(samplesOfHung >= 2, kPatienceMs);
        QTRY_VERIFY(m_seen->vm(hung)->reasonDetail.isEmpty());
    }

    void questionsToHungQemu_leaveThreadsForOthers()
    {
        const VmId healthy = running(QStringLiteral("attentive"));
        const VmId hung = running(QStringLiteral("deaf"));
        tests::StoppedProcess stopped(m_libvirtd.qemuPid(QStringLiteral("deaf")));
        QVERIFY(stopped.isStopped());
        QVector<vmm::Future<vmm::LoadDetail>> asked;
        for (int i = 0; i < 6; ++i)
            asked.append(m_host->call(hosts::GetLoadDetail { hung }));
        QElapsedTimer since;
        since.start();
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Pause)));
        QVERIFY2(since.elapsed() < 10'000, qPrintable(QString::number(since.elapsed())));
        for (int i = 1; i < 6; ++i)
            QCOMPARE(finished(asked[i]).error().kind, ErrorKind::Busy);
        // It is asked again when it has answered.
        stopped.resume();
        const auto answers
            = [&] { return finished(m_host->call(hosts::GetLoadDetail { hung })).has_value(); };
        QTRY_VERIFY_WITH_TIMEOUT(answers(), kPatienceMs);
    }

    void actionOnHungQemu_timesOutAndOthersGoOn()
    {
        const VmId healthy = running(QStringLiteral("awake"));
        const VmId hung = running(QStringLiteral("asleep"));
        reopen({ .action = std::chrono::milliseconds(10'000) });
        tests::StoppedProcess stopped(m_libvirtd.qemuPid(QStringLiteral("asleep")));
        QVERIFY(stopped.isStopped());
        const auto late = m_host->perform(hung, VmAction::Pause);
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Pause)));
        QVERIFY(!late.isFinished());
        QCOMPARE(finished(late).error().kind, ErrorKind::TimedOut);
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Resume)));
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
    }

    /// As many as there are threads for actions: the host answers, so they are slow, no more.
    void slowCalls_doNotCutTheConnection()
    {
        const VmId healthy = running(QStringLiteral("brisk"));
        const VmId slow = running(QStringLiteral("slow"));
        reopen({ .action = std::chrono::milliseconds(8'000) });
        tests::StoppedProcess stopped(m_libvirtd.qemuPid(QStringLiteral("slow")));
        QVERIFY(stopped.isStopped());
        QVector<vmm::Future<void>> late;
        for (int i = 0; i < 3; ++i)
            late.append(m_host->perform(slow, VmAction::Pause));
        for (const auto& each : late)
            QCOMPARE(finished(each).error().kind, ErrorKind::TimedOut);
        VERIFY_DONE(finished(m_host->perform(healthy, VmAction::Pause)));
        QCOMPARE(m_host->connectionState(), ConnectionState::Connected);
        QVERIFY(!m_host->lastError().has_value());
    }

    /// It was told as cancelled, so it is not to be done once a thread is free.
    void callCancelledWhileItWaits_isNotCarriedOut()
    {
        const VmId spared = running(QStringLiteral("spared"));
        const VmId slow = running(QStringLiteral("slow"));
        QVector<vmm::Future<void>> busy;
        {
            tests::StoppedProcess stopped(m_libvirtd.qemuPid(QStringLiteral("slow")));
            QVERIFY(stopped.isStopped());
            for (int i = 0; i < 3; ++i)
                busy.append(m_host->perform(slow, VmAction::Pause));
            auto waiting = m_host->perform(spared, VmAction::ForceOff);
            QTest::qWait(100);
            waiting.cancel();
            QTest::qWait(100); // it is passed on by the event loop
        }
        for (const auto& each : busy)
            (void)finished(each);
        VERIFY_DONE(finished(m_host->perform(spared, VmAction::Pause)));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(spared), VmState::Paused, kPatienceMs);
    }

    void missingImage_failsWithItsPath()
    {
        const QString name = QStringLiteral("imageless");
        const QString path = m_libvirtd.imageFolder() + QStringLiteral("/not-there.qcow2");
        const VmId vm = define(bareMachine(name, diskXml(path)), name);
        const auto result = finished(m_host->perform(vm, VmAction::Start));
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().cause, ErrorCause::ImageMissing);
        QCOMPARE(result.error().kind, ErrorKind::NotFound);
        QCOMPARE(result.error().subject, path);
        QTRY_COMPARE(m_seen->vm(vm)->reason, StateReason::StartFailed);
        QCOMPARE(stateOf(vm), VmState::ShutOff);
        QVERIFY(m_seen->vm(vm)->reasonDetail.contains(path));
    }

    void imageInUse_failsWithImageLocked()
    {
        const QString path = makeImage(QStringLiteral("shared.qcow2"));
        const QString first = QStringLiteral("holder");
        const QString second = QStringLiteral("second");
        const VmId holder = define(bareMachine(first, diskXml(path)), first);
        const VmId other = define(bareMachine(second, diskXml(path)), second);
        VERIFY_DONE(finished(m_host->perform(holder, VmAction::Start)));
        const auto result = finished(m_host->perform(other, VmAction::Start));
        QVERIFY(!result.has_value());
        QVERIFY2(
            result.error().cause == ErrorCause::ImageLocked, qPrintable(result.error().toString()));
        QCOMPARE(result.error().kind, ErrorKind::Busy);
        QVERIFY2(result.error().subject == path, qPrintable(result.error().toString()));
    }

    void definitionRefusedByQemu_failsWithInvalidConfig()
    {
        const QString xml = bareMachine(QStringLiteral("odd"))
                                .replace(QStringLiteral("machine='pc'"),
                                    QStringLiteral("machine='no-such-board'"));
        const auto result = finished(m_host->define(xml));
        QCOMPARE(result.error().kind, ErrorKind::InvalidConfig);
        QVERIFY(!result.error().detail.isEmpty());
    }

    void createMachine_makesItsDiskInThePool()
    {
        const QString folder = m_libvirtd.imageFolder() + QStringLiteral("/pool");
        QDir().mkpath(folder);
        m_libvirtd.virsh({ QStringLiteral("pool-create-as"), QStringLiteral("default"),
            QStringLiteral("dir"), QStringLiteral("--target"), folder });
        m_host->close();
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), ConnectionState::Connected);
        QVERIFY(m_host->info().has(hosts::Feature::CreateDisk));
        const vmm::NewMachine wanted { .name = QStringLiteral("made"),
            .memory = vmm::Bytes::fromMiB(64),
            .newDisk = vmm::Bytes::fromMiB(16) };
        m_defined << wanted.name;
        const auto made = finished(m_host->createMachine(wanted));
        VERIFY_DONE(made);
        QVERIFY(QFile::exists(folder + QStringLiteral("/made.qcow2")));
        QTRY_VERIFY(m_seen->vm(*made) != nullptr);
        QTRY_COMPARE(
            m_seen->vm(*made)->disks, QStringList { folder + QStringLiteral("/made.qcow2") });
        VERIFY_DONE(finished(m_host->perform(*made, VmAction::Start)));
        QTRY_COMPARE(stateOf(*made), VmState::Running);
        VERIFY_DONE(finished(m_host->consoleEndpoint(*made)));

        // A second of that name is refused before anything is made; the first disk is untouched.
        const auto again = finished(m_host->createMachine(wanted));
        QCOMPARE(again.error().cause, ErrorCause::NameInUse);
        QVERIFY(QFile::exists(folder + QStringLiteral("/made.qcow2")));

        // Undefining keeps the disk, and its name is not taken for a new machine's disk.
        VERIFY_DONE(finished(m_host->perform(*made, VmAction::ForceOff)));
        VERIFY_DONE(finished(m_host->perform(*made, VmAction::Undefine)));
        QVERIFY(QFile::exists(folder + QStringLiteral("/made.qcow2")));
        const auto taken = finished(m_host->createMachine(wanted));
        QCOMPARE(taken.error().kind, ErrorKind::AlreadyExists);
        m_libvirtd.virsh({ QStringLiteral("pool-destroy"), QStringLiteral("default") });
    }

    void createMachine_usesThePoolThatIsChosen()
    {
        const auto pool = [this](const char* name) {
            const QString folder = m_libvirtd.imageFolder() + QLatin1Char('/') + text(name);
            QDir().mkpath(folder);
            m_libvirtd.virsh(
                { text("pool-create-as"), text(name), text("dir"), text("--target"), folder });
            return folder;
        };
        const QString usual = pool("default");
        const QString chosen = pool("fast");
        vmm::NewMachine wanted { .name = text("placed"),
            .memory = vmm::Bytes::fromMiB(64),
            .newDisk = vmm::Bytes::fromMiB(16),
            .pool = text("fast"),
            .networkType = text("network"),
            .network = text("no-such-network") };
        const auto refused = finished(m_host->createMachine(wanted));
        QCOMPARE(refused.error().kind, ErrorKind::NotFound);
        QVERIFY(!QFile::exists(chosen + text("/placed.qcow2")));
        wanted.networkType = text("user");
        wanted.network.clear();
        wanted.furtherCards = { { text("network"), text("no-such-network") } };
        QCOMPARE(finished(m_host->createMachine(wanted)).error().kind, ErrorKind::NotFound);
        wanted.furtherCards = { { text("user"), {} } };
        m_defined << wanted.name;
        VERIFY_DONE(finished(m_host->createMachine(wanted)));
        QVERIFY(QFile::exists(chosen + text("/placed.qcow2")));
        const QString xml = m_libvirtd.virsh({ text("dumpxml"), wanted.name });
        QCOMPARE(xml.count(text("<interface type='user'>")), 2);
        QVERIFY(!QFile::exists(usual + text("/placed.qcow2")));
        wanted.name = text("lost");
        wanted.pool = text("no-such-pool");
        QCOMPARE(finished(m_host->createMachine(wanted)).error().kind, ErrorKind::NotFound);
        for (const char* name : { "default", "fast" })
            m_libvirtd.virsh({ text("pool-destroy"), text(name) });
    }

private:
    static QString text(const char* latin1) { return QString::fromLatin1(latin1); }

    static QString withGraphics(const QString& name, const QString& graphics)
    {
        return bareMachine(name).replace(
            QRegularExpression(QStringLiteral("<graphics.*/>(?=<video)")), graphics);
    }

    /// What it runs with, or would; with what is secret.
    QString liveXml(const QString& name) const
    {
        return m_libvirtd.virsh({ text("dumpxml"), name, text("--security-info") });
    }

    void reopen(Timing timing)
    {
        m_host.reset();
        m_host = std::make_unique<LibvirtHost>(m_libvirtd.uri(), nullptr, timing);
        m_seen = std::make_unique<tests::HostRecorder>(*m_host);
        m_host->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_host->connectionState(), ConnectionState::Connected, kPatienceMs);
    }

    const VmInfo* find(const QString& name)
    {
        const auto vms = m_host->vms();
        for (const VmInfo& vm : vms) {
            if (vm.name == name)
                return m_seen->vm(vm.id);
        }
        return nullptr;
    }

    VmState stateOf(VmId vm) const
    {
        const VmInfo* info = m_seen->vm(vm);
        return info != nullptr ? info->state : VmState::Unknown;
    }

    VmId define(const QString& xml, const QString& name)
    {
        m_defined << name;
        const auto defined = finished(m_host->define(xml));
        if (!defined.has_value()) {
            qWarning("%s", qPrintable(defined.error().toString()));
            return {};
        }
        [&] { QTRY_VERIFY(m_seen->vm(*defined) != nullptr); }();
        return *defined;
    }

    VmId running(const QString& name)
    {
        const VmId vm = define(bareMachine(name), name);
        const auto started = finished(m_host->perform(vm, VmAction::Start));
        if (!started.has_value())
            qWarning("%s", qPrintable(started.error().toString()));
        [&] { QTRY_COMPARE(stateOf(vm), VmState::Running); }();
        return vm;
    }

    QString makeImage(const QString& name)
    {
        const QString path = m_libvirtd.imageFolder() + QLatin1Char('/') + name;
        QProcess::execute(QStringLiteral("qemu-img"),
            { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                QStringLiteral("qcow2"), path, QStringLiteral("8M") });
        return path;
    }

    tests::LibvirtdFixture m_libvirtd;
    std::unique_ptr<LibvirtHost> m_host;
    std::unique_ptr<tests::HostRecorder> m_seen;
    QStringList m_defined;
};

QTEST_GUILESS_MAIN(tst_QemuHost)
#include "tst_QemuHost.moc"
