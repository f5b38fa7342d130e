// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/MachineMove.h"
#include "tests/support/Await.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QRegularExpression>
#include <QTest>

using namespace tests;
using hosts::VmId;
using hosts::moving::MachineMove;
using hosts::moving::MovePlan;
using hosts::moving::MoveRequest;
using hosts::moving::MoveSurvey;
using hosts::moving::Obstacle;
using vmm::VmState;
using Kind = Obstacle::Kind;
using Weight = Obstacle::Weight;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

QString machineXml(VmId id, const char* devices, const char* parts = "")
{
    return QStringLiteral("<domain type='kvm'><name>web</name><uuid>%1</uuid>"
                          "<memory unit='MiB'>512</memory>"
                          "<os><type arch='x86_64' machine='q35'>hvm</type></os>%3<devices>"
                          "<disk type='file'><driver name='qemu' type='qcow2'/>"
                          "<source file='/images/web.qcow2'/><target dev='vda' bus='virtio'/>"
                          "</disk>%2</devices></domain>")
        .arg(id.toString(QUuid::WithoutBraces), text(devices), text(parts));
}

const Obstacle* find(const MovePlan& plan, Kind kind)
{
    const auto found = std::find_if(plan.obstacles.begin(), plan.obstacles.end(),
        [&](const Obstacle& each) { return each.kind == kind; });
    return found == plan.obstacles.end() ? nullptr : &*found;
}

} // namespace

/// What is found in the way of a move, and what a move asks of the two hosts; both in memory.
class TestMoveSurvey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_core = std::make_unique<FakeHost>(text("embedded:///"));
        m_libvirt = std::make_unique<FakeHost>(text("qemu:///system"));
        for (FakeHost* host : { m_core.get(), m_libvirt.get() })
            host->open();
        QTRY_COMPARE(m_libvirt->connectionState(), hosts::ConnectionState::Connected);
        QTRY_COMPARE(m_core->connectionState(), hosts::ConnectionState::Connected);
        m_libvirt->seedResources();
    }

    void machineThatIsOff_hasNothingInItsWay()
    {
        const MovePlan plan = toLibvirt({ .vm = m_core->addVm(text("web")) });
        QVERIFY2(!plan.refusal(), qPrintable(told(plan)));
        QCOMPARE(plan.request.pool, text("images"));
        QCOMPARE(plan.request.name, text("web"));
        QCOMPARE(plan.files.size(), qsizetype(1));
        QCOMPARE(plan.files[0].name, text("web-vda.qcow2"));
        QVERIFY(!plan.files[0].isMadeAnew);
    }

    void names_doNotCollide()
    {
        const VmId vm = m_core->addVm(text("web"));
        VERIFY_OK(m_libvirt->call(
            hosts::CreateVolume { text("images"), { .name = text("web-vda.qcow2") } }));
        QCOMPARE(toLibvirt({ .vm = vm }).files[0].name, text("web-2-vda.qcow2"));
    }

    void hosts_mustBeOfTheTwoSorts()
    {
        FakeHost other(text("test:///other"));
        FakeHost remote(text("embedded+ssh://root@far/"));
        for (FakeHost* host : { &other, &remote })
            host->open();
        QTRY_COMPARE(remote.connectionState(), hosts::ConnectionState::Connected);
        QCOMPARE(MoveSurvey::checkHosts(*m_core, other)->kind, Kind::SortOfHosts);
        QCOMPARE(MoveSurvey::checkHosts(*m_libvirt, other)->kind, Kind::SortOfHosts);
        QCOMPARE(MoveSurvey::checkHosts(remote, *m_libvirt)->kind, Kind::RemoteCore);
        QVERIFY(!MoveSurvey::checkHosts(*m_core, *m_libvirt));
        QVERIFY(!MoveSurvey::checkHosts(*m_libvirt, *m_core));
        m_libvirt->setMissing(hosts::Feature::TransferVolumes, text("It has no streams."));
        const auto lack = MoveSurvey::checkHosts(*m_core, *m_libvirt);
        QCOMPARE(lack->kind, Kind::HostLacks);
        QCOMPARE(lack->detail, text("It has no streams."));
        m_core->close();
        QCOMPARE(MoveSurvey::checkHosts(*m_core, *m_libvirt)->kind, Kind::HostLacks);
    }

    void state_isInTheWay()
    {
        const VmId vm = m_core->addVm(text("web"), VmState::Running);
        QVERIFY(isFatal(toLibvirt({ .vm = vm }), Kind::NotOff));
        m_core->setState(vm, VmState::ShutOff);
        hosts::VmInfo info = m_core->vm(vm);
        info.hasSavedMemory = true;
        info.isTemplate = true;
        info.snapshots = 2;
        m_core->addKnownVm(info);
        MovePlan plan = toLibvirt({ .vm = vm });
        QVERIFY(isFatal(plan, Kind::SavedMemory));
        QVERIFY(isFatal(plan, Kind::Template));
        QCOMPARE(find(plan, Kind::Snapshots)->weight, Weight::Loss);
        plan = toLibvirt({ .vm = vm, .isCopy = true });
        QCOMPARE(find(plan, Kind::Snapshots)->weight, Weight::Note);
    }

    void identity_isInTheWay()
    {
        const VmId vm = m_core->addVm(text("web"));
        m_libvirt->addVm(text("web"));
        QVERIFY(isFatal(toLibvirt({ .vm = vm }), Kind::NameTaken));
        QVERIFY(!toLibvirt({ .vm = vm, .name = text("other") }).refusal());
        m_libvirt->addVm(text("same"), VmState::ShutOff, vm);
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .name = text("other") }), Kind::AlreadyThere));
        QVERIFY(!find(
            toLibvirt({ .vm = vm, .name = text("other"), .isCopy = true }), Kind::AlreadyThere));
    }

    void pool_isInTheWay()
    {
        const VmId vm = m_core->addVm(text("web"));
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .pool = text("nowhere") }), Kind::NoPool));
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .pool = text("vg0") }), Kind::PoolStopped));
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .pool = text("archive") }), Kind::PoolStopped));
        VERIFY_OK(m_libvirt->call(hosts::ChangePool { text("vg0"), hosts::ResourceAction::Start }));
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .pool = text("vg0") }), Kind::TooLittleRoom));
        QVERIFY(isFatal(toLibvirt({ .vm = vm, .network = text("lab") }), Kind::NetworkMissing));
        QVERIFY(!toLibvirt({ .vm = vm, .network = text("default") }).refusal());
    }

    void blockPool_getsRawDisks()
    {
        const VmId vm = m_core->addVm(text("web"));
        VERIFY_OK(m_libvirt->call(hosts::ChangePool { text("vg0"), hosts::ResourceAction::Start }));
        const MovePlan plan = toLibvirt({ .vm = vm, .pool = text("vg0") });
        QVERIFY(plan.isBlockPool);
        QCOMPARE(plan.files[0].format, text("raw"));
        QVERIFY(plan.files[0].isMadeAnew);
        QCOMPARE(find(plan, Kind::DiskConverted)->detail, text("qcow2 -> raw"));
    }

    void linkedClone_isFlattened()
    {
        const VmId golden = m_core->addVm(text("golden"));
        VERIFY_OK(m_core->call(hosts::CloneMachine {
            golden, { .name = text("web"), .kind = vmm::CloneKind::Linked } }));
        const MovePlan plan = toLibvirt({ .vm = idOf(*m_core, text("web")) });
        QCOMPARE(find(plan, Kind::DiskFlattened)->detail, text("/images/golden.qcow2"));
        QVERIFY(plan.files[0].isMadeAnew);
        QVERIFY(!plan.refusal());
        // And what it stands on can't be taken away from under it.
        QVERIFY(isFatal(toLibvirt({ .vm = golden }), Kind::StoodUpon));
        QVERIFY(!toLibvirt({ .vm = golden, .isCopy = true }).refusal());
    }

    void devicesOfTheHost_areInTheWay()
    {
        const VmId vm = VmId::createUuid();
        m_core->addVm(text("web"), VmState::ShutOff, vm);
        VERIFY_OK(m_core->define(machineXml(vm,
            "<hostdev mode='subsystem' type='usb'><source><vendor id='0x1'/></source></hostdev>"
            "<filesystem><source dir='/srv'/><target dir='x'/></filesystem>"
            "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>")));
        const MovePlan plan = toLibvirt({ .vm = vm });
        QVERIFY(isFatal(plan, Kind::HostDevice));
        QCOMPARE(find(plan, Kind::TpmLost)->weight, Weight::Loss);
        QCOMPARE(find(plan, Kind::SharedFolder)->subject, text("/srv"));
    }

    void loss_isAccepted()
    {
        const VmId vm = VmId::createUuid();
        m_core->addVm(text("web"), VmState::ShutOff, vm);
        VERIFY_OK(m_core->define(
            machineXml(vm, "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>")));
        QCOMPARE(toLibvirt({ .vm = vm }).refusal()->kind, Kind::TpmLost);
        QVERIFY(!toLibvirt({ .vm = vm, .acceptsLoss = true }).refusal());
    }

    void whatTheCoreLacks_isRefusedByName()
    {
        const VmId vm = VmId::createUuid();
        m_libvirt->addVm(text("web"), VmState::ShutOff, vm);
        VERIFY_OK(m_libvirt->define(machineXml(vm, "<smartcard mode='host'/>")));
        VERIFY_OK(
            m_libvirt->call(hosts::CreateVolume { text("images"), { .name = text("web.qcow2") } }));
        const MovePlan plan = toEmbedded({ .vm = vm });
        QVERIFY(isFatal(plan, Kind::Unsupported));
        QCOMPARE(find(plan, Kind::Unsupported)->subject, text("devices/smartcard"));
    }

    void diskInNoPool_isRefusedByName()
    {
        const VmId vm = VmId::createUuid();
        m_libvirt->addVm(text("web"), VmState::ShutOff, vm);
        VERIFY_OK(m_libvirt->define(machineXml(vm,
            "<disk type='block'><source dev='/dev/sdz'/><target dev='vdb' bus='virtio'/></disk>")));
        VERIFY_OK(
            m_libvirt->call(hosts::CreateVolume { text("images"), { .name = text("web.qcow2") } }));
        const MovePlan plan = toEmbedded({ .vm = vm });
        QVERIFY(isFatal(plan, Kind::DiskUnreachable));
        QCOMPARE(find(plan, Kind::DiskUnreachable)->subject, text("vdb"));
        QCOMPARE(find(plan, Kind::DiskUnreachable)->detail, text("/dev/sdz"));
    }

    void move_uploadsThenDefinesThenRemoves()
    {
        const VmId vm = m_core->addVm(text("web"));
        const auto moved = waitFor(MachineMove::start(
            *m_core, *m_libvirt, { .vm = vm, .network = text("default") }, this));
        VERIFY_OK(moved);
        QCOMPARE(*moved, vm);
        QVERIFY(idOf(*m_core, text("web")).isNull());
        QCOMPARE(idOf(*m_libvirt, text("web")), vm);
        const QString xml = waitFor(m_libvirt->definition(vm)).value_or(QString());
        QVERIFY2(xml.contains(text("/images/web-vda.qcow2")), qPrintable(xml));
    }

    void copy_leavesTheMachine()
    {
        const VmId vm = m_core->addVm(text("web"));
        const auto copied
            = waitFor(MachineMove::start(*m_core, *m_libvirt, { .vm = vm, .isCopy = true }, this));
        VERIFY_OK(copied);
        QVERIFY(*copied != vm);
        QCOMPARE(idOf(*m_core, text("web")), vm);
        QCOMPARE(idOf(*m_libvirt, text("web")), *copied);
    }

    void cancelledMove_leavesNothing()
    {
        const VmId vm = m_core->addVm(text("web"));
        const int before = volumeCount();
        m_libvirt->holdJobsAt(50);
        auto moving = MachineMove::start(*m_core, *m_libvirt, { .vm = vm }, this);
        QTRY_VERIFY(moving.progressValue() > 20);
        moving.cancel();
        QTRY_VERIFY(moving.isFinished());
        QCOMPARE(m_libvirt->cancelledJobs(), 1);
        QCOMPARE(volumeCount(), before);
        QVERIFY(m_libvirt->vms().isEmpty());
        QCOMPARE(idOf(*m_core, text("web")), vm);
    }

    void machineThatIsStartedMeanwhile_doesNotMove()
    {
        const VmId vm = m_core->addVm(text("web"));
        const int before = volumeCount();
        m_libvirt->holdJobsAt(50);
        const auto moving = MachineMove::start(*m_core, *m_libvirt, { .vm = vm }, this);
        QTRY_VERIFY(moving.progressValue() > 20);
        m_core->setState(vm, VmState::Running);
        m_core->setState(vm, VmState::ShutOff);
        m_libvirt->holdJobsAt(-1);
        const auto ended = waitFor(moving);
        QVERIFY(!ended);
        QCOMPARE(ended.error().kind, vmm::ErrorKind::WrongState);
        QVERIFY2(ended.error().detail.contains(text("started")), qPrintable(ended.error().detail));
        QCOMPARE(volumeCount(), before);
        QVERIFY(m_libvirt->vms().isEmpty());
    }

private:
    MovePlan toLibvirt(const MoveRequest& request)
    {
        return waitFor(MoveSurvey::make(*m_core, *m_libvirt, request, this)).value();
    }
    MovePlan toEmbedded(const MoveRequest& request)
    {
        return waitFor(MoveSurvey::make(*m_libvirt, *m_core, request, this)).value();
    }
    static bool isFatal(const MovePlan& plan, Kind kind)
    {
        const Obstacle* found = find(plan, kind);
        return found && found->weight == Weight::Fatal;
    }
    static QString told(const MovePlan& plan)
    {
        QStringList all;
        for (const Obstacle& each : plan.obstacles)
            all.append(nameOf(each.kind) + QLatin1Char(' ') + each.subject + QLatin1Char(' ')
                + each.detail);
        return all.join(QLatin1Char('\n'));
    }
    static VmId idOf(const FakeHost& host, const QString& name)
    {
        for (const hosts::VmInfo& vm : host.vms()) {
            if (vm.name == name)
                return vm.id;
        }
        return {};
    }
    int volumeCount()
    {
        return static_cast<int>(
            waitFor(m_libvirt->call(hosts::ListVolumes { text("images") }))->size());
    }

    std::unique_ptr<FakeHost> m_core;
    std::unique_ptr<FakeHost> m_libvirt;
};

QTEST_GUILESS_MAIN(TestMoveSurvey)
#include "tst_MoveSurvey.moc"
