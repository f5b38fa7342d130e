// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/MachineMove.h"
#include "hosts/wire/RemoteHost.h"
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/EmbeddedHome.h"
#include "tests/support/GuestShell.h"
#include "tests/support/QemuImg.h"
#include "tests/support/SlowProxy.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TestGuest.h"

#include <QRandomGenerator>
#include <QScopeGuard>
#include <QStandardPaths>

using namespace tests;
using hosts::VmId;
using hosts::moving::MachineMove;
using hosts::moving::MovePlan;
using hosts::moving::MoveRequest;
using hosts::moving::MoveSurvey;
using hosts::moving::Obstacle;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

namespace {

const auto kPool = QStringLiteral("shelf");
const auto kSmallPool = QStringLiteral("small");
const QByteArray kMark = "VIRTDECK-TRAVELS";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QStringList filesBelow(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

/// Machines that move between a real embedded core and a real libvirtd, with their disks.
class tst_MoveMachine : public QemuHostTest {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        m_guest = TestGuest::find(); // before the paths are those of tests
        QStandardPaths::setTestModeEnabled(true);
        if (!m_guest)
            QSKIP("the test guest is not built (./dev guest)");
        // Before the daemon, which has its own view of what is mounted.
        m_small = std::make_unique<SmallDisk>(
            m_libvirtd.imageFolder() + QStringLiteral("/small"), "40m");
        QemuHostTest::initTestCase();
    }

    void init()
    {
        QemuHostTest::init();
        m_home = std::make_unique<TempHome>();
        m_core = embeddedHostIn(*m_home);
        m_core->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_core->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        VERIFY_DONE(
            ask(hosts::DefinePool { { .name = kPool, .target = folder(), .isBuilt = true } }));
        m_raw = m_home->path(QStringLiteral("content.raw"));
        QVERIFY(makeContent(m_raw, 24 << 20));
        m_defined << kName;
    }

    void cleanup()
    {
        if (m_core) {
            for (const hosts::VmInfo& vm : m_core->vms()) {
                if (vmm::isActive(vm.state))
                    VERIFY_DONE(finished(m_core->perform(vm.id, VmAction::ForceOff)));
            }
        }
        m_core.reset();
        m_home.reset();
        m_far.reset();
        m_proxy.reset();
        for (const QString& name : { kName, QStringLiteral("twin") }) {
            m_libvirtd.virsh({ QStringLiteral("destroy"), name });
            m_libvirtd.virsh({ QStringLiteral("undefine"), name, QStringLiteral("--nvram") });
        }
        for (const QString& pool : { kPool, kSmallPool }) {
            m_libvirtd.virsh({ QStringLiteral("pool-destroy"), pool });
            m_libvirtd.virsh({ QStringLiteral("pool-undefine"), pool });
        }
        QDir(folder()).removeRecursively();
        QDir(loose()).removeRecursively();
        for (const QString& file : filesBelow(m_libvirtd.imageFolder() + QStringLiteral("/small")))
            QFile::remove(m_libvirtd.imageFolder() + QStringLiteral("/small/") + file);
        QemuHostTest::cleanup();
    }

private Q_SLOTS:
    /// The whole way: there, run there, back, run here.
    void machine_goesToLibvirtAndComesBack()
    {
        const VmId vm = defineHere();
        VERIFY_DONE(move(*m_core, *m_host, { .vm = vm, .pool = kPool }));
        QCOMPARE(stateIn(*m_core, vm), VmState::Unknown);
        QCOMPARE(trashed(), qsizetype(1));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        const QString there = folder() + QStringLiteral("/traveller-vda.qcow2");
        QVERIFY(isSame(there, m_raw));
        QVERIFY2(stored(vm).contains(folder() + QStringLiteral("/traveller-kernel")),
            qPrintable(stored(vm)));

        start(vm);
        const auto port = ask(hosts::OpenSerial { .vm = vm });
        VERIFY_DONE(port);
        GuestShell shell(port->unixSocket);
        QCOMPARE(shell.ask("dd if=/dev/vda bs=16 count=1 2>/dev/null", 120'000), kMark);
        perform(vm, VmAction::ForceOff, VmState::ShutOff);

        VERIFY_DONE(move(*m_host, *m_core, { .vm = vm, .deletesDisks = true }));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Unknown, kPatienceMs);
        QCOMPARE(stateIn(*m_core, vm), VmState::ShutOff);
        QVERIFY(isSame(diskHere(vm), m_raw));
        QVERIFY(!QFile::exists(there));
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::Start)));
        QTRY_VERIFY_WITH_TIMEOUT(
            contentOf(placeHere(vm) + QStringLiteral("/logs/serial.log")).contains("READY"),
            2 * kPatienceMs);
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::ForceOff)));
    }

    void copy_hasAnIdentityOfItsOwn()
    {
        const VmId vm = defineHere();
        const auto copied = move(*m_core, *m_host,
            { .vm = vm, .name = QStringLiteral("twin"), .isCopy = true, .pool = kPool });
        VERIFY_DONE(copied);
        QVERIFY(*copied != vm);
        QCOMPARE(stateIn(*m_core, vm), VmState::ShutOff);
        QVERIFY(isSame(diskHere(vm), m_raw));
        QVERIFY(isSame(folder() + QStringLiteral("/twin-vda.qcow2"), m_raw));
        const QString xml = stored(*copied);
        QVERIFY(xml.contains(QStringLiteral("<name>twin</name>")));
        QVERIFY(!xml.contains(kMac) && xml.contains(QStringLiteral("52:54:00:")));
    }

    void linkedClone_arrivesWhole()
    {
        const VmId vm = defineHere();
        const auto clone = finished(m_core->call(hosts::CloneMachine {
            vm, { .name = QStringLiteral("twin"), .kind = vmm::CloneKind::Linked } }));
        VERIFY_DONE(clone);
        QVERIFY(chainOf(diskHere(*clone)).size() == 2);
        // What it stands on can't go.
        const auto refused = move(*m_core, *m_host, { .vm = vm, .pool = kPool });
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(filesBelow(folder()), QStringList());
        VERIFY_DONE(move(*m_core, *m_host, { .vm = *clone, .pool = kPool }));
        const QString there = folder() + QStringLiteral("/twin-vda.qcow2");
        QCOMPARE(chainOf(there).size(), qsizetype(1));
        QVERIFY(isSame(there, m_raw));
        QCOMPARE(leftovers(), QStringList());
    }

    /// A disk in a folder that no pool has, and stands on another.
    void looseOverlay_comesHereWhole()
    {
        QVERIFY(QDir().mkpath(loose()));
        const QString base = loose() + QStringLiteral("/base.qcow2");
        const QString top = loose() + QStringLiteral("/top.qcow2");
        QVERIFY(qemuImg(QStringLiteral("convert -f raw -O qcow2 %1 %2"), { m_raw, base }));
        QVERIFY(qemuImg(QStringLiteral("create -f qcow2 -F qcow2 -b %1 %2"), { base, top }));
        const VmId vm = define(bareMachine(kName, diskXml(top)), kName);
        VERIFY_DONE(move(*m_host, *m_core, { .vm = vm }));
        QCOMPARE(chainOf(diskHere(vm)).size(), qsizetype(1));
        QVERIFY(isSame(diskHere(vm), m_raw));
        QVERIFY(QFile::exists(top)); // it was not asked to go
        QCOMPARE(filesBelow(loose()).size(), qsizetype(2));
        QVERIFY(!m_libvirtd.virsh({ QStringLiteral("pool-list"), QStringLiteral("--all") })
                     .contains(QStringLiteral("virtdeck-")));
    }

    void firmwareVariables_comeAlong()
    {
        if (!QFile::exists(QStringLiteral("/usr/share/qemu/firmware/60-edk2-x86_64.json")))
            QSKIP("no UEFI firmware is installed (Debian: ovmf)");
        const VmId vm = defineHere(QStringLiteral("<os firmware='efi'>"));
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::Start)));
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::ForceOff)));
        const QString nvram = placeHere(vm) + QStringLiteral("/nvram.fd");
        QByteArray variables = contentOf(nvram);
        QVERIFY(variables.size() > 4096);
        variables.replace(variables.size() - 16, 16, kMark);
        QVERIFY(write(nvram, variables));
        VERIFY_DONE(move(*m_core, *m_host, { .vm = vm, .pool = kPool }));
        const QString there = folder() + QStringLiteral("/traveller_VARS.fd");
        QCOMPARE(contentOf(there), variables);
        start(vm); // libvirt takes them as they are
        perform(vm, VmAction::ForceOff, VmState::ShutOff);
        QVERIFY(contentOf(there).endsWith(kMark));
        VERIFY_DONE(move(*m_host, *m_core, { .vm = vm }));
        QVERIFY(contentOf(nvram).endsWith(kMark));
    }

    void nameInUse_isRefusedBefore()
    {
        const VmId vm = defineHere();
        QVERIFY(m_libvirtd.virshDefine(bareMachine(kName)));
        QTRY_VERIFY_WITH_TIMEOUT(!m_host->vms().isEmpty(), kPatienceMs);
        const auto refused = move(*m_core, *m_host, { .vm = vm, .pool = kPool });
        VERIFY_FAILED(refused, ErrorKind::AlreadyExists);
        QCOMPARE(refused.error().cause, ErrorCause::NameInUse);
        verifyUntouched(vm);
    }

    /// Found by asking libvirt before anything goes over.
    void definitionThatLibvirtRefuses_costsNothing()
    {
        const VmId vm = defineHere({}, QStringLiteral("machine='pc-q35-99.0'"));
        const auto refused = move(*m_core, *m_host, { .vm = vm, .pool = kPool });
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(QStringLiteral("pc-q35-99.0")),
            qPrintable(refused.error().toString()));
        verifyUntouched(vm);
    }

    void runningMachine_isRefused()
    {
        const VmId vm = defineHere();
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::Start)));
        VERIFY_FAILED(move(*m_core, *m_host, { .vm = vm, .pool = kPool }), ErrorKind::WrongState);
        QCOMPARE(filesBelow(folder()), QStringList());
        VERIFY_DONE(finished(m_core->perform(vm, VmAction::ForceOff)));
    }

    void fullPool_takesAllBack()
    {
        if (!m_small->isMounted())
            QSKIP("nothing can be mounted here");
        const QString small = m_libvirtd.imageFolder() + QStringLiteral("/small");
        VERIFY_DONE(ask(hosts::DefinePool { { .name = kSmallPool, .target = small } }));
        QVERIFY(makeContent(small + QStringLiteral("/filler"), 34 << 20)); // it has not heard of it
        const VmId vm = defineHere();
        const auto failed = move(*m_core, *m_host, { .vm = vm, .pool = kSmallPool });
        VERIFY_FAILED(failed, ErrorKind::Io);
        QCOMPARE(failed.error().cause, ErrorCause::DiskFull);
        QCOMPARE(filesBelow(small), QStringList { QStringLiteral("filler") });
        verifyUntouched(vm);
    }

    void poolThatGoesOnTheWay_takesAllBack_data()
    {
        QTest::addColumn<bool>("isRemoved");
        QTest::newRow("stopped") << false;
        QTest::newRow("removed") << true;
    }

    void poolThatGoesOnTheWay_takesAllBack()
    {
        QFETCH(bool, isRemoved);
        const VmId vm = defineHere();
        openFar();
        m_proxy->setRate(8 << 20);
        const auto moving = begin(*m_core, *m_far, { .vm = vm, .pool = kPool });
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(folder() + QStringLiteral("/traveller-vda.qcow2")), kPatienceMs);
        const auto isStopped = [this] { // refused while libvirtd looks into the pool
            m_libvirtd.virsh({ QStringLiteral("pool-destroy"), kPool });
            return !m_libvirtd.virsh({ QStringLiteral("pool-list") }).contains(kPool);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isStopped(), kPatienceMs);
        if (isRemoved)
            m_libvirtd.virsh({ QStringLiteral("pool-undefine"), kPool });
        m_proxy->setRate(0);
        QVERIFY(!finished(moving));
        verifyUntouched(vm);
        const QString pools
            = m_libvirtd.virsh({ QStringLiteral("pool-list"), QStringLiteral("--all") });
        QCOMPARE(pools.contains(kPool), !isRemoved);
        QVERIFY2(!pools.contains(QStringLiteral("virtdeck-")), qPrintable(pools));
    }

    void cancelledOnTheWayThere_leavesNothing()
    {
        const VmId vm = defineHere();
        openFar();
        m_proxy->setRate(8 << 20);
        auto moving = begin(*m_core, *m_far, { .vm = vm, .pool = kPool });
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(folder() + QStringLiteral("/traveller-vda.qcow2")), kPatienceMs);
        moving.cancel();
        m_proxy->setRate(0);
        VERIFY_FAILED(finished(moving), ErrorKind::Cancelled);
        verifyUntouched(vm);
    }

    void cancelledOnTheWayBack_leavesNothing()
    {
        const VmId vm = defineThere();
        openFar();
        m_proxy->setRate(4 << 20);
        auto moving = begin(*m_far, *m_core, { .vm = vm, .deletesDisks = true });
        const QString aside = m_home->dataFolder() + QStringLiteral("/machines");
        QTRY_COMPARE_WITH_TIMEOUT(filesBelow(aside).size(), qsizetype(1), kPatienceMs);
        const QString part = aside + QLatin1Char('/') + filesBelow(aside).first()
            + QStringLiteral("/disks/vda.qcow2.part");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(part), kPatienceMs);
        moving.cancel();
        m_proxy->setRate(0);
        VERIFY_FAILED(finished(moving), ErrorKind::Cancelled);
        QCOMPARE(leftovers(), QStringList());
        QVERIFY(m_core->vms().isEmpty());
        QCOMPARE(stateOf(vm), VmState::ShutOff);
        QVERIFY(isSame(folder() + QStringLiteral("/traveller.qcow2"), m_raw));
    }

    void vdctl_movesAMachine()
    {
        const VmId vm = defineHere();
        m_core->close(); // a data folder has one core
        shareRuntimeFolder();
        const QStringList line { QStringLiteral("-c"), m_core->uri().toString(),
            QStringLiteral("move"), kName, QStringLiteral("--to"), m_libvirtd.uri().toString(),
            QStringLiteral("--pool"), kPool };
        QCOMPARE(vdctl(line + QStringList { QStringLiteral("--check") }), 0);
        QVERIFY2(m_told.contains("It will be slower"), m_told.constData());
        QCOMPARE(filesBelow(folder()), QStringList());
        const int code = vdctl(line);
        QVERIFY2(code == 0, m_told.constData());
        QVERIFY(m_told.contains(vm.toString(QUuid::WithoutBraces).toLatin1()));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        QVERIFY(isSame(folder() + QStringLiteral("/traveller-vda.qcow2"), m_raw));
        // The host program lets go of the folder a moment after its client.
        const auto isOpen = [this] {
            m_core->open();
            return QTest::qWaitFor(
                [this] { return m_core->connectionState() == hosts::ConnectionState::Connected; },
                1000);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOpen(), kPatienceMs);
        QVERIFY(m_core->vms().isEmpty());
    }

    /// The window and vdctl at the same core. Without a lock the one takes back what the other has
    /// just defined over there.
    void twoPrograms_areKeptApart()
    {
        const VmId vm = defineHere();
        m_core->close(); // a data folder has one core
        shareRuntimeFolder();
        const auto environment = qScopeGuard(
            [before = qgetenv("XDG_RUNTIME_DIR")] { qputenv("XDG_RUNTIME_DIR", before); });
        qputenv("XDG_RUNTIME_DIR", m_home->runtimeFolder().toLocal8Bit());
        hosts::wire::WireThread thread;
        hosts::wire::RemoteHost core(m_core->uri(), thread,
            hosts::wire::RemoteHostOptions {
                .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") });
        core.open();
        QTRY_COMPARE_WITH_TIMEOUT(
            core.connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        openFar();
        m_proxy->setRate(4 << 20);
        const auto moving = begin(core, *m_far, { .vm = vm, .pool = kPool });
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(folder() + QStringLiteral("/traveller-vda.qcow2")), kPatienceMs);
        const QStringList line { QStringLiteral("-c"), m_core->uri().toString(),
            QStringLiteral("move"), kName, QStringLiteral("--to"), m_libvirtd.uri().toString(),
            QStringLiteral("--pool"), kPool };
        QVERIFY(vdctl(line) != 0);
        QVERIFY2(m_told.contains("another program is moving it already"), m_told.constData());
        QVERIFY(!moving.isFinished());
        m_proxy->setRate(0);
        VERIFY_DONE(finished(moving));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::ShutOff, kPatienceMs);
        QVERIFY(isSame(folder() + QStringLiteral("/traveller-vda.qcow2"), m_raw));
        QCOMPARE(stateIn(core, vm), VmState::Unknown);
        QCOMPARE(filesBelow(m_home->dataFolder() + QStringLiteral("/moving")), QStringList());
    }

    /// Two cores that know nothing of each other, and one machine that both want: one has it in the
    /// end, whole, and the other nothing.
    void twoCoresAtOneMachine_oneGetsIt()
    {
        const VmId vm = defineThere();
        TempHome home;
        const auto other = embeddedHostIn(home);
        other->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            other->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        QObject elsewhere;
        const MoveRequest request { .vm = vm, .deletesDisks = true };
        const auto first = begin(*m_host, *m_core, request);
        const auto second = MachineMove::start(*m_host, *other, request, &elsewhere);
        const auto one = finished(first);
        const auto two = finished(second);
        if (!one && !two)
            QVERIFY2(false, qPrintable(one.error().toString() + two.error().toString()));
        QVERIFY2(one.has_value() != two.has_value(), "both have it");
        const hosts::Host& winner = one ? *m_core : *other;
        const hosts::Host& loser = one ? *other : *m_core;
        QCOMPARE(stateIn(winner, vm), VmState::ShutOff);
        QTRY_VERIFY_WITH_TIMEOUT(loser.vms().isEmpty(), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(vm), VmState::Unknown, kPatienceMs);
        const QString disk = one ? diskHere(vm)
                                 : home.dataFolder() + QStringLiteral("/machines/")
                + vm.toString(QUuid::WithoutBraces) + QStringLiteral("/disks/vda.qcow2");
        QVERIFY(isSame(disk, m_raw));
    }

    void whatTheCoreLacks_isToldByName()
    {
        const VmId vm
            = define(bareMachine(kName,
                         QStringLiteral("<input type='evdev'><source dev='/dev/null'/></input>")),
                kName);
        const auto plan = finished(MoveSurvey::make(*m_host, *m_core, { .vm = vm }, this));
        VERIFY_DONE(plan);
        const auto refusal = plan->refusal();
        QVERIFY(refusal);
        QCOMPARE(refusal->kind, Obstacle::Kind::Unsupported);
        QVERIFY(!move(*m_host, *m_core, { .vm = vm }));
        QCOMPARE(leftovers(), QStringList());
    }

private:
    static inline const QString kName = QStringLiteral("traveller");
    static inline const QString kMac = QStringLiteral("52:54:00:11:22:33");

    void shareRuntimeFolder() const
    {
        QDir().mkpath(m_home->runtimeFolder());
        QFile::setPermissions(
            m_home->runtimeFolder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QString folder() const { return m_libvirtd.imageFolder() + QStringLiteral("/shelf"); }
    QString loose() const { return m_libvirtd.imageFolder() + QStringLiteral("/loose"); }
    QString placeHere(VmId vm) const
    {
        return m_home->dataFolder() + QStringLiteral("/machines/")
            + vm.toString(QUuid::WithoutBraces);
    }

    /// As its definition says.
    QString diskHere(VmId vm)
    {
        const auto xml = finished(m_core->definition(vm));
        return vmm::Definition::fromXml(xml.value_or(QString()))
            .value()
            .devices<vmm::Disk>()
            .value(0)
            .sourceFile;
    }

    static bool makeContent(const QString& path, int size)
    {
        QByteArray content(size, Qt::Uninitialized);
        QRandomGenerator::global()->generate(content.begin(), content.end());
        content.replace(0, kMark.size(), kMark);
        return write(path, content);
    }

    static bool isSame(const QString& image, const QString& raw)
    {
        return qemuImg(QStringLiteral("compare -U -f qcow2 -F raw %1 %2"), { image, raw });
    }

    /// The test guest with a disk, in the core.
    VmId defineHere(const QString& os = {}, const QString& machine = {})
    {
        const QString disk = m_home->path(QStringLiteral("traveller.qcow2"));
        if (!qemuImg(QStringLiteral("convert -f raw -O qcow2 %1 %2"), { m_raw, disk }))
            qWarning("no disk could be made");
        QString xml = m_guest->domainXml(kName, QStringLiteral("kvm"),
            diskXml(disk)
                + QStringLiteral("<interface type='user'><mac address='%1'/>"
                                 "<model type='virtio'/></interface>")
                      .arg(kMac));
        if (!os.isEmpty())
            xml.replace(QStringLiteral("<os>"), os);
        if (!machine.isEmpty())
            xml.replace(QStringLiteral("machine='q35'"), machine);
        const auto defined = finished(m_core->define(xml));
        if (!defined)
            qWarning("%s", qPrintable(defined.error().toString()));
        return defined.value_or(VmId());
    }

    VmId defineThere()
    {
        const QString disk = folder() + QStringLiteral("/traveller.qcow2");
        if (!qemuImg(QStringLiteral("convert -f raw -O qcow2 %1 %2"), { m_raw, disk }))
            qWarning("no disk could be made");
        return define(bareMachine(kName, diskXml(disk)), kName);
    }

    vmm::Future<VmId> begin(hosts::Host& from, hosts::Host& to, const MoveRequest& request)
    {
        return MachineMove::start(from, to, request, this);
    }
    vmm::Result<VmId> move(hosts::Host& from, hosts::Host& to, const MoveRequest& request)
    {
        return finished(begin(from, to, request));
    }

    /// Runs it; what it says, on both streams, is in m_told.
    int vdctl(const QStringList& arguments)
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home->runtimeFolder());
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"), arguments);
        if (!QTest::qWaitFor(
                [&] { return program.state() == QProcess::NotRunning; }, 3 * kPatienceMs))
            return -1;
        m_told = program.readAll();
        return program.exitCode();
    }

    static VmState stateIn(const hosts::Host& host, VmId vm)
    {
        for (const hosts::VmInfo& each : host.vms()) {
            if (each.id == vm)
                return each.state;
        }
        return VmState::Unknown;
    }
    qsizetype trashed()
    {
        return finished(m_core->call(hosts::ListTrash {}))
            .value_or(QVector<vmm::TrashedMachine> {})
            .size();
    }

    /// What is in the core's folder of machines beside those that it has.
    QStringList leftovers() const
    {
        QStringList left = filesBelow(m_home->dataFolder() + QStringLiteral("/machines"));
        for (const hosts::VmInfo& vm : m_core->vms())
            left.removeAll(vm.id.toString(QUuid::WithoutBraces));
        return left;
    }

    /// The machine is here as it was, and nothing of it is there.
    void verifyUntouched(VmId vm)
    {
        QCOMPARE(stateIn(*m_core, vm), VmState::ShutOff);
        QVERIFY(isSame(diskHere(vm), m_raw));
        QTRY_COMPARE_WITH_TIMEOUT(filesBelow(folder()), QStringList(), kPatienceMs);
        QCOMPARE(leftovers(), QStringList());
        QVERIFY(!m_libvirtd
                     .virsh({ QStringLiteral("list"), QStringLiteral("--all"),
                         QStringLiteral("--uuid") })
                     .contains(vm.toString(QUuid::WithoutBraces)));
    }

    /// The same libvirtd over a wire that can be slow.
    void openFar()
    {
        m_proxy
            = std::make_unique<SlowProxy>(m_libvirtd.socketPath(), std::chrono::milliseconds(0));
        m_far = std::make_unique<hosts::libvirt::LibvirtHost>(hosts::HostUri::parse(
            QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(m_proxy->port()))
                                                                  .value());
        m_far->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
    }

    std::optional<TestGuest> m_guest;
    std::unique_ptr<SmallDisk> m_small;
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<hosts::embedded::EmbeddedHost> m_core;
    std::unique_ptr<SlowProxy> m_proxy;
    std::unique_ptr<hosts::libvirt::LibvirtHost> m_far;
    QByteArray m_told;
    QString m_raw; ///< what every disk here holds
};

QTEST_GUILESS_MAIN(tst_MoveMachine)
#include "moc_QemuHostFixture.cpp"
#include "tst_MoveMachine.moc"
