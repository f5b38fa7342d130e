// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/support/Await.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/ImageTool.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QTest>
#include <QTextStream>

#include <cmath>
#include <csignal>

using namespace vmm;
using hosts::VmMetric;
using hosts::embedded::EmbeddedHost;
using tests::smallDomainXml;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

const QString kOwnerArgument = QStringLiteral("--own");

/// This program called with kOwnerArgument: opens a core, starts the one machine, tells its pid,
/// and stays until it is killed.
int own(const QString& dataFolder, const QString& runtimeFolder)
{
    Core core({ .dataFolder = dataFolder,
        .runtimeFolder = runtimeFolder,
        .accelerator = AcceleratorReport {} });
    QObject context;
    async::onFinished(core.open(), &context, [&](const Result<void>& opened) {
        if (!opened)
            qFatal("%s", qPrintable(opened.error().toString()));
        Machine* machine = core.machines().constFirst();
        async::onFinished(core.perform(machine->id(), VmAction::Start), &context,
            [machine](const Result<void>& started) {
                if (!started)
                    qFatal("%s", qPrintable(started.error().toString()));
                QTextStream(stdout) << "running " << machine->process().pid << '\n';
            });
    });
    return QCoreApplication::exec();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Machines with a real QEMU, some with a real guest.
class TestMachines : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    std::optional<TestGuest> m_guest = TestGuest::find();

    void open()
    {
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
    }

    Machine* define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        [&] { VERIFY_OK(id); }();
        return id ? m_core->machine(*id) : nullptr;
    }

    Machine* defineSmall(const QString& extraDevices = {})
    {
        static int count = 0;
        return define(
            smallDomainXml(QStringLiteral("vm%1").arg(++count), QUuid::createUuid(), extraDevices));
    }

    Result<void> act(Machine* machine, VmAction action)
    {
        return waitFor(m_core->perform(machine->id(), action));
    }

    /// Until the guest offers its shell.
    void waitForGuest(Machine* machine)
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            contentOf(machine->places().serialLog()).contains("READY"), 60'000);
    }

    static QString diskXml(const QString& path)
    {
        return QStringLiteral("<disk type='file'><driver name='qemu' type='qcow2'/>"
                              "<source file='%1'/><target dev='vda' bus='virtio'/></disk>")
            .arg(path);
    }

    QString makeImage(const QString& name)
    {
        ImageTool tool(QStringLiteral("qemu-img"));
        const QString path = m_home->path(name);
        [&] {
            VERIFY_OK(waitFor(tool.create(path, QStringLiteral("qcow2"), Bytes::fromMiB(64))));
        }();
        return path;
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<TempHome>(); }

    void cleanup()
    {
        if (m_core) {
            const auto machines = m_core->machines();
            for (Machine* machine : machines) {
                if (isAllowed(VmAction::ForceOff, machine->state()))
                    VERIFY_OK(waitFor(machine->forceOff()));
            }
        }
        m_core.reset();
        m_home.reset();
    }

    void guest_powersOffWhenAsked()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        open();
        Machine* vm = define(m_guest->domainXml(QStringLiteral("obedient")));
        VERIFY_OK(act(vm, VmAction::Start));
        waitForGuest(vm);
        VERIFY_OK(act(vm, VmAction::ShutDown));
        QVERIFY(vm->state() == VmState::ShuttingDown || vm->state() == VmState::ShutOff);
        QTRY_COMPARE_WITH_TIMEOUT(vm->state(), VmState::ShutOff, 30'000);
        QCOMPARE(vm->status().reason, StateReason::GuestRequest);
    }

    void pausedMachine_burnsNothing()
    {
        open();
        Machine* vm = defineSmall();
        VERIFY_OK(act(vm, VmAction::Start));
        VERIFY_OK(act(vm, VmAction::Pause));
        QCOMPARE(vm->state(), VmState::Paused);
        const auto status = waitFor(vm->execute(QStringLiteral("query-status")));
        QCOMPARE(status->toObject().value(QLatin1StringView("status")).toString(),
            QStringLiteral("paused"));
        VERIFY_OK(act(vm, VmAction::Resume));
        QCOMPARE(vm->state(), VmState::Running);
        VERIFY_OK(act(vm, VmAction::Reset));
        QCOMPARE(vm->state(), VmState::Running);
    }

    void killedQemu_isCrashed()
    {
        open();
        Machine* vm = defineSmall();
        VERIFY_OK(act(vm, VmAction::Start));
        ::kill(static_cast<pid_t>(vm->process().pid), SIGKILL);
        QTRY_COMPARE(vm->state(), VmState::Crashed);
        QCOMPARE(vm->status().reason, StateReason::ProcessDied);
        QVERIFY(vm->status().detail.contains(QStringLiteral("signal 9")));
    }

    void terminatedQemu_isShutOffWithTheReason()
    {
        open();
        Machine* vm = defineSmall();
        VERIFY_OK(act(vm, VmAction::Start));
        ::kill(static_cast<pid_t>(vm->process().pid), SIGTERM);
        QTRY_COMPARE(vm->state(), VmState::ShutOff);
        QCOMPARE(vm->status().reason, StateReason::Other);
        QVERIFY(vm->status().detail.contains(QStringLiteral("signal")));
    }

    void imageInUse_isNamed()
    {
        open();
        const QString image = makeImage(QStringLiteral("shared.qcow2"));
        Machine* first = defineSmall(diskXml(image));
        Machine* second = defineSmall(diskXml(image));
        VERIFY_OK(act(first, VmAction::Start));
        const auto started = act(second, VmAction::Start);
        QCOMPARE(started.error().kind, ErrorKind::Busy);
        QCOMPARE(started.error().cause, ErrorCause::ImageLocked);
        QCOMPARE(started.error().subject, image);
        QCOMPARE(first->state(), VmState::Running);
        QCOMPARE(second->state(), VmState::ShutOff);
    }

    void brokenImage_failsWithQemusWords()
    {
        open();
        const QString image = m_home->write(QStringLiteral("broken.qcow2"), "no image at all");
        Machine* vm = defineSmall(diskXml(image));
        const auto started = act(vm, VmAction::Start);
        QVERIFY(!started.has_value());
        QVERIFY2(started.error().detail.contains(QStringLiteral("qcow2")),
            qPrintable(started.error().toString()));
        QCOMPARE(vm->status().reason, StateReason::StartFailed);
    }

    void machinesOfAKilledOwner_runOnAndAreTakenUp()
    {
        open();
        defineSmall();
        m_core.reset();
        QProcess owner;
        owner.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        owner.start(QCoreApplication::applicationFilePath(),
            { kOwnerArgument, m_home->dataFolder(), m_home->runtimeFolder() });
        QTRY_VERIFY_WITH_TIMEOUT(owner.canReadLine(), 20'000);
        const qint64 pid = owner.readLine().trimmed().split(' ').last().toLongLong();
        QVERIFY(pid > 0);

        // As long as it lives, it alone has the folder.
        Core second(m_home->options());
        const auto refused = waitFor(second.open());
        QCOMPARE(refused.error().cause, ErrorCause::DataFolderInUse);
        QCOMPARE(refused.error().detail, QString::number(owner.processId()));

        owner.kill();
        QTRY_COMPARE(owner.state(), QProcess::NotRunning);
        open();
        Machine* vm = m_core->machines().constFirst();
        QCOMPARE(vm->state(), VmState::Running);
        QCOMPARE(vm->status().reason, StateReason::Adopted);
        QCOMPARE(vm->process().pid, pid);
        // Not our child: its end is noticed all the same.
        VERIFY_OK(act(vm, VmAction::ForceOff));
        QCOMPARE(vm->state(), VmState::ShutOff);
        VERIFY_OK(act(vm, VmAction::Start));
    }

    void adoptedMachineThatIsKilled_isCrashed()
    {
        open();
        Machine* vm = defineSmall();
        VERIFY_OK(act(vm, VmAction::Start));
        const pid_t pid = static_cast<pid_t>(vm->process().pid);
        open();
        vm = m_core->machines().constFirst();
        QCOMPARE(vm->status().reason, StateReason::Adopted);
        ::kill(pid, SIGKILL);
        QTRY_COMPARE(vm->state(), VmState::Crashed);
    }

    void pausedMachine_isPausedWhenTakenUp()
    {
        open();
        Machine* vm = defineSmall();
        VERIFY_OK(act(vm, VmAction::Start));
        VERIFY_OK(act(vm, VmAction::Pause));
        open();
        QCOMPARE(m_core->machines().constFirst()->state(), VmState::Paused);
    }

    void createdMachine_hasItsDiskAndStarts()
    {
        open();
        const auto id = waitFor(m_core->create({ .name = QStringLiteral("new one, with comma"),
            .memory = Bytes::fromMiB(64),
            .newDisk = Bytes::fromMiB(32) }));
        VERIFY_OK(id);
        Machine* vm = m_core->machine(*id);
        const auto disks = vm->definition().devices<Disk>();
        QVERIFY(!disks.isEmpty());
        QVERIFY(disks.first().sourceFile.startsWith(vm->places().diskFolder()));
        QVERIFY(QFile::exists(disks.first().sourceFile));
        VERIFY_OK(act(vm, VmAction::Start));
        VERIFY_OK(act(vm, VmAction::ForceOff));
        const QString folder = vm->places().folder;
        VERIFY_OK(act(vm, VmAction::Undefine));
        QVERIFY(!QFile::exists(folder));
    }

    void twinsCreatedAtOnce_areOne()
    {
        open();
        const NewMachine wish { .name = QStringLiteral("twin"), .newDisk = Bytes::fromMiB(32) };
        const auto first = m_core->create(wish);
        const auto second = m_core->create(wish);
        VERIFY_OK(waitFor(first));
        QCOMPARE(waitFor(second).error().cause, ErrorCause::NameInUse);
        QCOMPARE(m_core->machines().size(), 1);
    }

    void refusedCreation_leavesNothing()
    {
        open();
        const auto made = waitFor(m_core->create({ .name = QStringLiteral("a/b"),
            .memory = Bytes::fromMiB(64),
            .newDisk = Bytes::fromMiB(32) }));
        QCOMPARE(made.error().kind, ErrorKind::InvalidConfig);
        const auto missing = waitFor(m_core->create({ .name = QStringLiteral("ab"),
            .memory = Bytes::fromMiB(64),
            .diskImage = QStringLiteral("/nonexistent/a.qcow2") }));
        QCOMPARE(missing.error().cause, ErrorCause::ImageMissing);
        QVERIFY(m_core->machines().isEmpty());
        QVERIFY(QDir(m_home->dataFolder() + QStringLiteral("/machines"))
                    .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void existingImage_isUsedInItsFormat()
    {
        open();
        const QString image = makeImage(QStringLiteral("mine.img")); // a qcow2, whatever its name
        const auto id = waitFor(m_core->create(
            { .name = QStringLiteral("user"), .memory = Bytes::fromMiB(64), .diskImage = image }));
        VERIFY_OK(id);
        QCOMPARE(m_core->machine(*id)->definition().devices<Disk>().first().format,
            QStringLiteral("qcow2"));
        VERIFY_OK(act(m_core->machine(*id), VmAction::Undefine));
        QVERIFY(QFile::exists(image));
    }

    void load_risesWithTheGuests()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        const QString image = makeImage(QStringLiteral("data.qcow2"));
        EmbeddedHost host(
            *hosts::HostUri::parse(QStringLiteral("embedded:///")), m_home->options());
        tests::HostRecorder seen(host);
        host.open();
        QTRY_COMPARE(host.connectionState(), hosts::ConnectionState::Connected);
        const auto id = waitFor(host.define(
            m_guest->domainXml(QStringLiteral("burner"), QStringLiteral("qemu"), diskXml(image))));
        VERIFY_OK(id);
        const auto finish
            = qScopeGuard([&] { (void)waitFor(host.perform(*id, VmAction::ForceOff)); });
        VERIFY_OK(waitFor(host.perform(*id, VmAction::Start)));
        host.setVisibleVms({ *id });
        const QString runtime
            = m_home->runtimeFolder() + QLatin1Char('/') + id->toString(QUuid::Id128);
        const QString serialLog = m_home->dataFolder() + QStringLiteral("/machines/")
            + id->toString(QUuid::WithoutBraces) + QStringLiteral("/logs/serial.log");
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(serialLog).contains("READY"), 60'000);
        const auto value = [&](VmMetric metric) { return seen.values(*id)[metric]; };
        QTRY_VERIFY_WITH_TIMEOUT(value(VmMetric::CpuLoad) < 0.2, 60'000);
        const double idle = value(VmMetric::CpuLoad);
        QVERIFY(value(VmMetric::MemoryUsed) > 50e6);
        QVERIFY(value(VmMetric::MemoryUsed) < 2e9);
        QTRY_COMPARE_WITH_TIMEOUT(value(VmMetric::DiskWrite), 0.0, 5'000);
        QVERIFY(std::isnan(value(VmMetric::NetworkReceive)));
        QVERIFY(!host.info().has(hosts::Feature::VmNetworkRates));

        QLocalSocket shell;
        shell.connectToServer(runtime + QStringLiteral("/serial"));
        QTRY_COMPARE(shell.state(), QLocalSocket::ConnectedState);
        shell.write("burn 100\n");
        // A busy computer gives the guest only a part of a CPU.
        QTRY_VERIFY_WITH_TIMEOUT(value(VmMetric::CpuLoad) > 0.1 + 2 * idle, 60'000);
        QVERIFY(value(VmMetric::CpuLoad) <= 1.0);
        QVERIFY(seen.hostValues()[hosts::HostMetric::CpuLoad] > 0.1);
        shell.write("burn 0\ndd if=/dev/zero of=/dev/vda bs=64k count=800\n");
        QTRY_VERIFY_WITH_TIMEOUT(value(VmMetric::DiskWrite) > 1e5, 20'000);
    }
};

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == kOwnerArgument)
        return own(arguments.value(2), arguments.value(3));
    TestMachines test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Machines.moc"
