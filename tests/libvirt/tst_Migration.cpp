// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/SlowProxy.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TwoNetworks.h"
#include "tests/support/VdctlRun.h"

#include <csignal>

using namespace tests;
using hosts::CheckMigration;
using hosts::MigrateMachine;
using hosts::MigrationObstacle;
using hosts::MigrationRequest;
using hosts::MigrationRoute;
using hosts::StorageCopy;
using hosts::VmId;
using hosts::libvirt::LibvirtHost;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;
using Kind = MigrationObstacle::Kind;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Machines that move between two real libvirtds, each in a network of its own. Each has its own
/// /var/lib/libvirt: a disk there is another file on the other side.
class tst_Migration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString reason = LibvirtdFixture::missing(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
        m_guest = TestGuest::find();
        if (!m_guest)
            QSKIP("the test guest is not built (./dev guest)");
        m_networks = std::make_unique<TwoNetworks>();
        if (!m_networks->works())
            QSKIP("no network namespaces can be made here");
        m_hereDaemon.joinNetwork(TwoNetworks::first());
        m_thereDaemon.joinNetwork(TwoNetworks::second());
        QVERIFY2(m_hereDaemon.start(), qPrintable(m_hereDaemon.problem()));
        QVERIFY2(m_thereDaemon.start(), qPrintable(m_thereDaemon.problem()));
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_here = open(m_hereDaemon);
        m_there = open(m_thereDaemon);
    }

    void cleanup()
    {
        m_here.reset();
        m_there.reset();
        for (LibvirtdFixture* daemon : { &m_hereDaemon, &m_thereDaemon }) {
            daemon->virsh({ QStringLiteral("destroy"), kName });
            daemon->virsh({ QStringLiteral("undefine"), kName, QStringLiteral("--nvram") });
            for (const QString& name : { kImage, kTop, kBase, kVariables })
                QFile::remove(imageAt(*daemon, name));
        }
    }

    void runningMachine_movesWithItsDisk_data()
    {
        QTest::addColumn<MigrationRoute>("route");
        QTest::newRow("direct") << MigrationRoute::Direct;
        QTest::newRow("peer to peer") << MigrationRoute::PeerToPeer;
    }

    void runningMachine_movesWithItsDisk()
    {
        QFETCH(MigrationRoute, route);
        const VmId vm = defineWithDisk();
        start(vm);
        MigrationRequest wanted = request(route, StorageCopy::Full);
        const auto obstacles = finished(m_here->call(CheckMigration { vm, wanted }));
        VERIFY_DONE(obstacles);
        QVERIFY2(fatal(*obstacles).isEmpty(), qPrintable(fatal(*obstacles)));
        VERIFY_DONE(finished(m_here->call(MigrateMachine { vm, wanted })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::Unknown, kPatienceMs);
        QVERIFY(m_thereDaemon
                    .virsh({ QStringLiteral("list"), QStringLiteral("--persistent"),
                        QStringLiteral("--name") })
                    .contains(kName));
        QCOMPARE(contentOf(imageAt(m_thereDaemon)), contentOf(imageAt(m_hereDaemon)));
    }

    void cancelledMove_leavesItHere()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        MigrationRequest slow = request(MigrationRoute::Direct, StorageCopy::Full);
        slow.bandwidthMiB = 1;
        auto moving = m_here->call(MigrateMachine { vm, slow });
        hosts::MigrationProgress progress;
        const auto isUnderWay = [&] {
            const auto now = finished(m_here->call(hosts::GetMigrationProgress { vm }));
            progress = now.value_or(hosts::MigrationProgress {});
            return moving.isFinished() || (progress.isActive && progress.total.count() > 0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isUnderWay(), kPatienceMs);
        QVERIFY(!moving.isFinished());
        QVERIFY(progress.remaining.count() > 0 && progress.remaining <= progress.total);
        moving.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(moving.isFinished(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            !finished(m_here->call(hosts::GetMigrationProgress { vm }))->isActive, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::Running, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            stateOn(*m_there, vm) == VmState::Unknown || stateOn(*m_there, vm) == VmState::ShutOff,
            kPatienceMs);
        // What was made for it over there is gone, too.
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(imageAt(m_thereDaemon)), kPatienceMs);
        QVERIFY(m_hereDaemon.virsh({ QStringLiteral("list"), QStringLiteral("--name") })
                    .contains(kName));
    }

    void command_movesARunningMachine()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        const VdctlRun refused = runVdctl(hereUri(), migrate() + words(QStringLiteral("--check")));
        QVERIFY2(refused.exitCode == 1, refused.errors.constData());
        QVERIFY2(refused.output.contains("in the way: Disk vdb"), refused.output.constData());
        const VdctlRun moved
            = runVdctl(hereUri(), migrate() + words(QStringLiteral("--copy-disks")));
        QVERIFY2(moved.exitCode == 0, moved.errors.constData());
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::Unknown, kPatienceMs);
    }

    /// What was made over there is gone when the command ends.
    void interruptedCommand_leavesItHere()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        QProcess program;
        startVdctl(
            program, hereUri(), migrate() + words(QStringLiteral("--copy-disks --bandwidth 1")));
        const auto isUnderWay = [&] {
            const auto now = finished(m_here->call(hosts::GetMigrationProgress { vm }));
            return program.state() != QProcess::Running
                || (now && now->isActive && now->total.count() > 0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isUnderWay(), kPatienceMs);
        QVERIFY(QFile::exists(imageAt(m_thereDaemon)));
        ::kill(pid_t(program.processId()), SIGINT);
        const VdctlRun run = endOf(program);
        QVERIFY2(run.exitCode == 130, run.errors.constData());
        QVERIFY(!QFile::exists(imageAt(m_thereDaemon)));
        QCOMPARE(running(m_hereDaemon), 1);
        QCOMPARE(running(m_thereDaemon), 0);
    }

    void cutConnection_leavesItOnOneHost_data()
    {
        QTest::addColumn<bool>("isSource");
        QTest::newRow("to the host that it leaves") << true;
        QTest::newRow("to the host that it goes to") << false;
    }

    void cutConnection_leavesItOnOneHost()
    {
        QFETCH(bool, isSource);
        if (const QString why = SshdFixture::whyMissing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        const TempHome home;
        SshdFixture sshd;
        QVERIFY(sshd.start(QString::fromLocal8Bit(qgetenv("PATH")), home.runtimeFolder()));
        const LibvirtdFixture& far = isSource ? m_hereDaemon : m_thereDaemon;
        const QString uri = sshd.libvirtUri(far.socketPath());
        m_here = open(isSource ? uri : m_hereDaemon.uri().toString(), &sshd);
        const VmId vm = defineWithDisk();
        start(vm);
        MigrationRequest slow = request(MigrationRoute::Direct, StorageCopy::Full);
        slow.bandwidthMiB = 1;
        if (!isSource)
            slow.target = uri;
        const auto moving = m_here->call(MigrateMachine { vm, slow });
        const auto isUnderWay = [&] {
            const auto now = finished(m_here->call(hosts::GetMigrationProgress { vm }));
            return moving.isFinished() || (now && now->isActive && now->total.count() > 0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isUnderWay(), kPatienceMs);
        QVERIFY(!moving.isFinished());
        QVERIFY(sshd.connectionCount() > 0);
        sshd.cutConnections();
        QTRY_VERIFY_WITH_TIMEOUT(moving.isFinished(), kPatienceMs);
        VERIFY_FAILED(finished(moving), ErrorKind::Disconnected);
        const QString words = finished(moving).error().detail;
        QVERIFY2(words.contains(QStringLiteral("/traveller.img")), qPrintable(words));
        QTRY_COMPARE_WITH_TIMEOUT(running(m_hereDaemon) + running(m_thereDaemon), 1, kPatienceMs);
        const bool isHere = running(m_hereDaemon) == 1;
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm) == VmState::Running, isHere, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm) == VmState::Running, !isHere, kPatienceMs);
        // Whichever way libvirt went on, the image is where the machine may be.
        QVERIFY(QFile::exists(imageAt(isHere ? m_hereDaemon : m_thereDaemon)));
        QVERIFY(QFile::exists(imageAt(m_thereDaemon)));
        // It can go where it was to go, then.
        if (!isHere)
            return;
        QTRY_COMPARE_WITH_TIMEOUT(
            m_here->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const auto isOver = [&] {
            const auto now = finished(m_here->call(hosts::GetMigrationProgress { vm }));
            return now && !now->isActive;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOver(), kPatienceMs);
        slow.bandwidthMiB = 0;
        VERIFY_DONE(finished(m_here->call(MigrateMachine { vm, slow })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
    }

    /// The two libvirts need nobody between them: what they write to must not be taken from them.
    void cutConnection_isNoEndPeerToPeer()
    {
        if (const QString why = SshdFixture::whyMissing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        const TempHome home;
        SshdFixture sshd;
        QVERIFY(sshd.start(QString::fromLocal8Bit(qgetenv("PATH")), home.runtimeFolder()));
        m_here = open(sshd.libvirtUri(m_hereDaemon.socketPath()), &sshd);
        const VmId vm = defineWithDisk();
        start(vm);
        MigrationRequest slow = request(MigrationRoute::PeerToPeer, StorageCopy::Full);
        slow.bandwidthMiB = 16;
        const auto moving = m_here->call(MigrateMachine { vm, slow });
        const auto isUnderWay = [&] {
            const auto now = finished(m_here->call(hosts::GetMigrationProgress { vm }));
            return moving.isFinished() || (now && now->isActive && now->total.count() > 0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isUnderWay(), kPatienceMs);
        QVERIFY(!moving.isFinished());
        sshd.cutConnections();
        QTRY_VERIFY_WITH_TIMEOUT(moving.isFinished(), kPatienceMs);
        VERIFY_FAILED(finished(moving), ErrorKind::Disconnected);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
        QVERIFY(QFile::exists(imageAt(m_thereDaemon)));
    }

    void machineThatIsOff_movesWithItsDisk()
    {
        const VmId vm = defineWithDisk();
        VERIFY_DONE(finished(m_here->call(
            MigrateMachine { vm, request(MigrationRoute::Direct, StorageCopy::Full) })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::ShutOff, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::Unknown, kPatienceMs);
        QCOMPARE(contentOf(imageAt(m_thereDaemon)), contentOf(imageAt(m_hereDaemon)));
        VERIFY_DONE(finished(m_there->perform(vm, VmAction::Start)));
    }

    void machineThatIsStartedWhileItMoves_staysHere_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("runs on") << false;
        QTest::newRow("is off again") << true;
    }

    void machineThatIsStartedWhileItMoves_staysHere()
    {
        QFETCH(bool, isStopped);
        const VmId vm = defineWithDisk();
        SlowProxy slow(m_thereDaemon.socketPath(), std::chrono::milliseconds(0));
        slow.setRate(500 << 10);
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        wanted.target = uriOf(slow);
        const auto moving = m_here->call(MigrateMachine { vm, wanted });
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(imageAt(m_thereDaemon)), kPatienceMs);
        const auto refused = finished(m_here->perform(vm, VmAction::Start));
        VERIFY_FAILED(refused, ErrorKind::Busy);
        m_hereDaemon.virsh({ QStringLiteral("start"), kName });
        if (isStopped)
            m_hereDaemon.virsh({ QStringLiteral("destroy"), kName });
        QVERIFY2(!moving.isFinished(), "the copy was done before");
        VERIFY_FAILED(finished(moving), ErrorKind::WrongState);
        expectOnlyHere(vm, isStopped ? VmState::ShutOff : VmState::Running);
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(imageAt(m_thereDaemon)), kPatienceMs);
    }

    /// libvirt moves the definition of a machine that was started a moment ago as well: with shared
    /// disks it could run twice. Later on it refuses the start.
    void startAtAnyMomentOfAMove_leavesOneDefinition()
    {
        constexpr int kSteps = 10;
        SlowProxy slow(m_thereDaemon.socketPath(), std::chrono::milliseconds(100));
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::None);
        wanted.target = uriOf(slow);
        int refusals = 0;
        for (int i = 0; i < kSteps; ++i) {
            const VmId vm = defineWithDisk(false);
            const auto moving = m_here->call(MigrateMachine { vm, wanted });
            QTest::qWait(400 * i);
            m_hereDaemon.virsh({ QStringLiteral("start"), kName });
            const auto moved = finished(moving);
            if (!moved) {
                QVERIFY2(moved.error().kind == ErrorKind::WrongState,
                    qPrintable(moved.error().toString()));
                QCOMPARE(running(m_hereDaemon), 1);
                ++refusals;
            }
            QCOMPARE(isDefinedOn(m_hereDaemon), !moved.has_value());
            QCOMPARE(isDefinedOn(m_thereDaemon), moved.has_value());
            for (LibvirtdFixture* daemon : { &m_hereDaemon, &m_thereDaemon }) {
                daemon->virsh({ QStringLiteral("destroy"), kName });
                daemon->virsh({ QStringLiteral("undefine"), kName });
            }
        }
        QVERIFY(refusals > 0);
    }

    void machineWithSavedMemory_staysHere()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        VERIFY_DONE(finished(m_here->perform(vm, VmAction::Save)));
        const auto refused = finished(m_here->call(
            MigrateMachine { vm, request(MigrationRoute::Direct, StorageCopy::Full) }));
        m_hereDaemon.virsh({ QStringLiteral("managedsave-remove"), kName });
        VERIFY_FAILED(refused, ErrorKind::WrongState);
        QCOMPARE(refused.error().cause, vmm::ErrorCause::SavedMemoryInTheWay);
        expectOnlyHere(vm, VmState::ShutOff);
    }

    void overlayOfMachineThatIsOff_movesWithWhatItStandsOn()
    {
        const VmId vm = defineWithOverlay();
        const MigrationRequest whole = request(MigrationRoute::Direct, StorageCopy::Full);
        const auto obstacles = finished(m_here->call(CheckMigration { vm, whole }));
        QVERIFY2(fatal(*obstacles).isEmpty(), qPrintable(fatal(*obstacles)));
        VERIFY_DONE(finished(m_here->call(MigrateMachine { vm, whole })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::ShutOff, kPatienceMs);
        for (const QString& name : { kTop, kBase })
            QCOMPARE(
                contentOf(imageAt(m_thereDaemon, name)), contentOf(imageAt(m_hereDaemon, name)));
        VERIFY_DONE(finished(m_there->perform(vm, VmAction::Start)));
    }

    void overlayAlone_movesOnlyToWhatItStandsOn_data()
    {
        QTest::addColumn<bool>("isRunning");
        QTest::newRow("off") << false;
        QTest::newRow("running") << true;
    }

    void overlayAlone_movesOnlyToWhatItStandsOn()
    {
        QFETCH(bool, isRunning);
        const VmId vm = defineWithOverlay();
        if (isRunning)
            start(vm);
        const MigrationRequest top = request(MigrationRoute::Direct, StorageCopy::Incremental);
        const auto obstacles = finished(m_here->call(CheckMigration { vm, top }));
        QVERIFY2(fatal(*obstacles).contains(kBase), qPrintable(fatal(*obstacles)));
        const auto refused = finished(m_here->call(MigrateMachine { vm, top }));
        VERIFY_FAILED(refused, ErrorKind::NotFound);
        QVERIFY2(refused.error().detail.contains(kBase), qPrintable(refused.error().toString()));
        QVERIFY(!QFile::exists(imageAt(m_thereDaemon, kTop)));

        QVERIFY(QFile::copy(imageAt(m_hereDaemon, kBase), imageAt(m_thereDaemon, kBase)));
        VERIFY_DONE(finished(m_here->call(MigrateMachine { vm, top })));
        QTRY_COMPARE_WITH_TIMEOUT(
            stateOn(*m_there, vm), isRunning ? VmState::Running : VmState::ShutOff, kPatienceMs);
        QVERIFY(contentOf(imageAt(m_thereDaemon, kTop)).left(4096).contains(kBase.toUtf8()));
    }

    void variablesOfMachineThatIsOff_comeAlong()
    {
        const VmId vm = defineWithDisk();
        QFile variables(imageAt(m_hereDaemon, kVariables));
        QVERIFY(variables.open(QIODevice::WriteOnly));
        QVERIFY(variables.write(QByteArray(128 << 10, 'n')) > 0);
        variables.close();
        QString xml = finished(m_here->definition(vm)).value_or(QString());
        xml.replace(QStringLiteral("</os>"),
            QStringLiteral("<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd"
                           "</loader><nvram>/var/lib/libvirt/images/%1</nvram></os>")
                .arg(kVariables));
        VERIFY_DONE(finished(m_here->define(xml)));
        VERIFY_DONE(finished(m_here->call(
            MigrateMachine { vm, request(MigrationRoute::Direct, StorageCopy::Full) })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::ShutOff, kPatienceMs);
        QCOMPARE(contentOf(imageAt(m_thereDaemon, kVariables)), QByteArray(128 << 10, 'n'));
    }

    void keptDefinition_staysHere()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        wanted.isKept = true;
        VERIFY_DONE(finished(m_here->call(MigrateMachine { vm, wanted })));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::ShutOff, kPatienceMs);
    }

    void postCopy_goesOnOverThere()
    {
        const VmId vm = defineWithDisk(false);
        start(vm);
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::None);
        wanted.isPostCopyAllowed = true;
        wanted.bandwidthMiB = 1;
        const auto moving = m_here->call(MigrateMachine { vm, wanted });
        const auto switched = [&] {
            return moving.isFinished()
                || finished(m_here->call(hosts::SwitchToPostCopy { vm })).has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(switched(), kPatienceMs);
        VERIFY_DONE(finished(moving));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_there, vm), VmState::Running, kPatienceMs);
    }

    void obstacles_areFoundBefore()
    {
        const VmId vm = defineWithDisk();
        const auto found = [&](const MigrationRequest& wanted) {
            return finished(m_here->call(CheckMigration { vm, wanted }))
                .value_or(QVector<MigrationObstacle> {});
        };
        const auto has = [](const QVector<MigrationObstacle>& all, Kind kind) {
            return std::any_of(all.begin(), all.end(),
                [&](const MigrationObstacle& each) { return each.kind == kind && each.isFatal; });
        };
        const MigrationRequest without = request(MigrationRoute::Direct, StorageCopy::None);
        QVERIFY(has(found(without), Kind::DisksNotShared));
        MigrationRequest same = without;
        same.target = m_hereDaemon.uri().toString();
        QVERIFY(has(found(same), Kind::SameHost));
        MigrationRequest nowhere = without;
        nowhere.target = QStringLiteral("qemu+unix:///system?socket=/no/such/socket");
        QVERIFY(has(found(nowhere), Kind::TargetUnreachable));
        MigrationRequest other = without;
        other.target = QStringLiteral("test:///default");
        QVERIFY(has(found(other), Kind::TargetUnsuitable));
        QVERIFY(m_thereDaemon.virshDefine(
            QStringLiteral("<domain type='qemu'><name>%1</name><memory unit='MiB'>32</memory><os>"
                           "<type arch='x86_64' machine='pc'>hvm</type></os></domain>")
                .arg(kName)));
        QVERIFY(has(found(without), Kind::NameTaken));
        const auto refused = finished(m_here->call(
            MigrateMachine { vm, request(MigrationRoute::Direct, StorageCopy::Full) }));
        QVERIFY(!refused);
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::ShutOff, kPatienceMs);
        QVERIFY(!QFile::exists(imageAt(m_thereDaemon)));
    }

    /// It has the same path over there, and that is all that the two have in common.
    void imageOfAnotherMachine_isNotWrittenOver()
    {
        const VmId vm = defineWithDisk();
        start(vm);
        QFile image(imageAt(m_thereDaemon));
        QVERIFY(image.open(QIODevice::WriteOnly));
        QVERIFY(image.write(QByteArray(3 << 20, 'm')) > 0 && image.resize(32 << 20));
        image.close();
        const QByteArray before = contentOf(imageAt(m_thereDaemon));
        QVERIFY(m_thereDaemon.virshDefine(
            QStringLiteral("<domain type='qemu'><name>mail</name><memory unit='MiB'>32</memory><os>"
                           "<type arch='x86_64' machine='pc'>hvm</type></os><devices>"
                           "<disk type='file'><driver name='qemu' type='raw'/>"
                           "<source file='/var/lib/libvirt/images/traveller.img'/>"
                           "<target dev='vda' bus='virtio'/></disk></devices></domain>")));
        const MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        const auto obstacles = finished(m_here->call(CheckMigration { vm, wanted }));
        const auto refused = finished(m_here->call(MigrateMachine { vm, wanted }));
        m_thereDaemon.virsh({ QStringLiteral("undefine"), QStringLiteral("mail") });
        QVERIFY2(fatal(*obstacles).contains(QStringLiteral("mail")), qPrintable(fatal(*obstacles)));
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, vmm::ErrorCause::ImageNeeded);
        QCOMPARE(stateOn(*m_here, vm), VmState::Running);
        QVERIFY(contentOf(imageAt(m_thereDaemon)) == before);
    }

    void silentTarget_isGivenUp()
    {
        SlowProxy silent(m_thereDaemon.socketPath(), std::chrono::milliseconds(0));
        silent.setSilent(true);
        m_here = open(m_hereDaemon.uri().toString(), nullptr, std::chrono::milliseconds(2'000));
        const VmId vm = defineWithDisk();
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        wanted.target = uriOf(silent);
        const auto checked = m_here->call(CheckMigration { vm, wanted });
        const auto moving = m_here->call(MigrateMachine { vm, wanted });
        QTRY_VERIFY_WITH_TIMEOUT(checked.isFinished() && moving.isFinished(), 10'000);
        QVERIFY2(fatal(*finished(checked)).contains(QStringLiteral("2 seconds")),
            qPrintable(fatal(*finished(checked))));
        VERIFY_FAILED(finished(moving), ErrorKind::TimedOut);
        QCOMPARE(finished(moving).error().subject, wanted.target);
        QVERIFY(silent.connections() >= 2);
        VERIFY_DONE(finished(m_here->perform(vm, VmAction::Start)));
    }

    void silentTarget_isLeftWhenTheMoveIsCancelled()
    {
        SlowProxy silent(m_thereDaemon.socketPath(), std::chrono::milliseconds(0));
        silent.setSilent(true);
        const VmId vm = defineWithDisk();
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        wanted.target = uriOf(silent);
        auto moving = m_here->call(MigrateMachine { vm, wanted });
        QTRY_VERIFY_WITH_TIMEOUT(silent.connections() > 0, kPatienceMs);
        moving.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(moving.isFinished(), 5'000);
        VERIFY_FAILED(finished(moving), ErrorKind::Cancelled);
    }

    void silentTunnel_isLeftWhenTheMoveIsCancelled()
    {
        const TempHome home;
        QFile ssh(home.path(QStringLiteral("ssh")));
        QVERIFY(ssh.open(QIODevice::WriteOnly) && ssh.write("#!/bin/sh\nexec sleep 100\n") > 0);
        ssh.close();
        QVERIFY(ssh.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        LibvirtHost here(m_hereDaemon.uri(), nullptr, {}, { .program = ssh.fileName() });
        here.open();
        QTRY_COMPARE_WITH_TIMEOUT(
            here.connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const VmId vm = defineWithDisk();
        MigrationRequest wanted = request(MigrationRoute::Direct, StorageCopy::Full);
        wanted.target = QStringLiteral("qemu+ssh://nowhere.example/system");
        auto moving = here.call(MigrateMachine { vm, wanted });
        QTest::qWait(200);
        QVERIFY(!moving.isFinished());
        moving.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(moving.isFinished(), 5'000);
        VERIFY_FAILED(finished(moving), ErrorKind::Cancelled);
        VERIFY_DONE(finished(here.perform(vm, VmAction::Start)));
    }

    void missingNetwork_isFoundBefore()
    {
        QString xml = m_guest->domainXml(kName);
        xml.replace(QStringLiteral("</devices>"),
            QStringLiteral("<interface type='network'><source network='nowhere'/>"
                           "<model type='virtio'/></interface></devices>"));
        const VmId vm = define(xml);
        const auto found = finished(m_here->call(
            CheckMigration { vm, request(MigrationRoute::Direct, StorageCopy::None) }));
        VERIFY_DONE(found);
        QVERIFY(std::any_of(found->begin(), found->end(), [](const MigrationObstacle& each) {
            return each.kind == Kind::NetworkMissing && each.subject == QStringLiteral("nowhere");
        }));
    }

private:
    static inline const QString kName = QStringLiteral("traveller");
    static inline const QString kImage = QStringLiteral("traveller.img");
    static inline const QString kTop = QStringLiteral("traveller-top.qcow2");
    static inline const QString kBase = QStringLiteral("traveller-base.qcow2");
    static inline const QString kVariables = QStringLiteral("traveller_VARS.fd");

    static std::unique_ptr<LibvirtHost> open(const LibvirtdFixture& daemon)
    {
        return open(daemon.uri().toString());
    }

    static std::unique_ptr<LibvirtHost> open(const QString& uri, const SshdFixture* sshd = nullptr,
        std::chrono::milliseconds connect = hosts::libvirt::Timing().connect)
    {
        auto host = std::make_unique<LibvirtHost>(hosts::HostUri::parse(uri).value(), nullptr,
            hosts::libvirt::Timing {
                .connect = connect, .firstBackoff = std::chrono::milliseconds(200) },
            hosts::wire::SshOptions {
                .arguments = sshd ? sshd->clientArguments() : QStringList() });
        host->open();
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(
                host->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        }();
        return host;
    }

    MigrationRequest request(MigrationRoute route, StorageCopy storage) const
    {
        return { .target = m_thereDaemon.uri().toString(),
            .route = route,
            .storage = storage,
            .dataAddress = QStringLiteral("tcp://") + TwoNetworks::secondAddress() };
    }

    QString hereUri() const { return m_hereDaemon.uri().toString(); }

    QStringList migrate() const
    {
        return { QStringLiteral("migrate"), kName, QStringLiteral("--to"),
            m_thereDaemon.uri().toString(), QStringLiteral("--data-address"),
            QStringLiteral("tcp://") + TwoNetworks::secondAddress() };
    }

    static QString imageAt(const LibvirtdFixture& daemon, const QString& name = kImage)
    {
        return daemon.imageFolder() + QStringLiteral("/lib/images/") + name;
    }

    VmId define(const QString& xml)
    {
        const auto defined = finished(m_here->define(xml));
        if (!defined)
            qWarning("%s", qPrintable(defined.error().toString()));
        return defined.value_or(VmId());
    }

    VmId defineWithDisk(bool hasDisk = true)
    {
        for (const LibvirtdFixture* daemon : { &m_hereDaemon, &m_thereDaemon })
            QDir().mkpath(daemon->imageFolder() + QStringLiteral("/lib/images"));
        QString xml = m_guest->domainXml(kName);
        if (!hasDisk)
            return define(xml);
        QFile image(imageAt(m_hereDaemon));
        if (!image.open(QIODevice::WriteOnly) || image.write(QByteArray(3 << 20, 'v')) < 0
            || !image.resize(32 << 20))
            qWarning("%s", qPrintable(image.errorString()));
        return define(xml.replace(QStringLiteral("</devices>"),
            QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
                           "<source file='/var/lib/libvirt/images/traveller.img'/>"
                           "<target dev='vdb' bus='virtio'/></disk></devices>")));
    }

    VmId defineWithOverlay()
    {
        for (const LibvirtdFixture* daemon : { &m_hereDaemon, &m_thereDaemon })
            QDir().mkpath(daemon->imageFolder() + QStringLiteral("/lib/images"));
        const auto make = [this](const QString& name, const QStringList& rest) {
            QProcess::execute(QStringLiteral("qemu-img"),
                QStringList { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                    QStringLiteral("qcow2"), QStringLiteral("-u"), imageAt(m_hereDaemon, name) }
                    + rest);
        };
        make(kBase, { QStringLiteral("8M") });
        make(kTop,
            { QStringLiteral("-F"), QStringLiteral("qcow2"), QStringLiteral("-b"),
                QStringLiteral("/var/lib/libvirt/images/") + kBase, QStringLiteral("8M") });
        return define(m_guest->domainXml(kName).replace(QStringLiteral("</devices>"),
            QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                           "<source file='/var/lib/libvirt/images/%1'/>"
                           "<target dev='vdb' bus='virtio'/></disk></devices>")
                .arg(kTop)));
    }

    static int running(const LibvirtdFixture& daemon)
    {
        return int(daemon
                       .virsh({ QStringLiteral("list"), QStringLiteral("--state-running"),
                           QStringLiteral("--name") })
                       .contains(kName));
    }

    static bool isDefinedOn(const LibvirtdFixture& daemon)
    {
        return daemon
            .virsh({ QStringLiteral("list"), QStringLiteral("--all"),
                QStringLiteral("--persistent"), QStringLiteral("--name") })
            .contains(kName);
    }

    static QString uriOf(const SlowProxy& way)
    {
        return QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(way.port());
    }

    void expectOnlyHere(VmId vm, VmState state)
    {
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), state, kPatienceMs);
        QVERIFY(isDefinedOn(m_hereDaemon));
        QVERIFY(!isDefinedOn(m_thereDaemon));
    }

    void start(VmId vm)
    {
        VERIFY_DONE(finished(m_here->perform(vm, VmAction::Start)));
        QTRY_COMPARE_WITH_TIMEOUT(stateOn(*m_here, vm), VmState::Running, kPatienceMs);
    }

    static VmState stateOn(const LibvirtHost& host, VmId vm)
    {
        for (const hosts::VmInfo& each : host.vms()) {
            if (each.id == vm)
                return each.state;
        }
        return VmState::Unknown;
    }

    static QString fatal(const QVector<MigrationObstacle>& all)
    {
        QStringList lines;
        for (const MigrationObstacle& each : all) {
            if (each.isFatal)
                lines << hosts::nameOf(each.kind) + QLatin1Char(' ') + each.subject
                        + QLatin1Char(' ') + each.detail;
        }
        return lines.join(QLatin1Char('\n'));
    }

    std::unique_ptr<TwoNetworks> m_networks;
    LibvirtdFixture m_hereDaemon;
    LibvirtdFixture m_thereDaemon;
    std::optional<TestGuest> m_guest;
    std::unique_ptr<LibvirtHost> m_here;
    std::unique_ptr<LibvirtHost> m_there;
};

QTEST_GUILESS_MAIN(tst_Migration)
#include "moc_QemuHostFixture.cpp"
#include "tst_Migration.moc"
