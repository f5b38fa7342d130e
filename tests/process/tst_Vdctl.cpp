// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/MessageCodec.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <termios.h>

#include <csignal>
#include <cstdlib>

using namespace hosts;
using vmm::Bytes;

namespace {

const VmId kSteady = VmId::createUuidV5(VmId(), QStringLiteral("steady"));
const VmId kOld = VmId::createUuidV5(VmId(), QStringLiteral("old"));

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

/// vdctl as a script sees it, against the fake host.
class tst_Vdctl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_hostProgram = QStringLiteral(VIRTDECK_TEST_BIN_DIR "/fake-host");
        m_switches = { QStringLiteral("--seed"), QStringLiteral("--log=") + path("log") };
        write("device.xml", "<disk type='file'><source file='/d.qcow2'/></disk>");
        write("machine.xml", "<domain><name>new</name></domain>");
        write("broken.xml", "<domain>");
        write("input", "typed");
    }

    // Each command, and what reaches the host.
    void command_asksTheHost_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<Operation>("operation");
        const auto row = [](const char* line, const Operation& operation) {
            QTest::newRow(line) << words(line) << operation;
        };
        using vmm::VmAction;
        const QString disk = QStringLiteral("<disk type='file'><source file='/d.qcow2'/></disk>");
        row("pause steady", Perform { .vm = kSteady, .action = VmAction::Pause });
        row("shutdown steady", Perform { .vm = kSteady, .action = VmAction::ShutDown });
        row("shutdown --wait 5 steady", Perform { .vm = kSteady, .action = VmAction::ShutDown });
        row("reboot steady", Perform { .vm = kSteady, .action = VmAction::Reboot });
        row("reset steady", Perform { .vm = kSteady, .action = VmAction::Reset });
        row("force-off steady", Perform { .vm = kSteady, .action = VmAction::ForceOff });
        row("save steady", Perform { .vm = kSteady, .action = VmAction::Save });
        row("xml steady", GetDefinition { .vm = kSteady });
        row("xml --running steady", GetRunningDefinition { .vm = kSteady });
        row("console-uri steady", GetConsole { .vm = kSteady, .isLasting = true });
        row("load steady", GetLoadDetail { .vm = kSteady });
        row("load", GetHostLoadDetail {});
        row("define @/machine.xml",
            Define { .xml = QStringLiteral("<domain><name>new</name></domain>") });
        row("create new --memory 2G --vcpus=3 --disk 8GiB --iso /cd.iso",
            CreateMachine { .machine = { .name = QStringLiteral("new"),
                                .memory = Bytes::fromGiB(2),
                                .vcpus = 3,
                                .newDisk = Bytes::fromGiB(8),
                                .isoImage = QStringLiteral("/cd.iso") } });
        row("create new --image /d --kernel /k --initrd /i --append quiet",
            CreateMachine { .machine = { .name = QStringLiteral("new"),
                                .diskImage = QStringLiteral("/d"),
                                .kernel = QStringLiteral("/k"),
                                .initrd = QStringLiteral("/i"),
                                .kernelCommandLine = QStringLiteral("quiet") } });
        row("create new --pool images --network default --network bridge=br0 --network user",
            CreateMachine {
                .machine = { .name = QStringLiteral("new"),
                    .pool = QStringLiteral("images"),
                    .networkType = QStringLiteral("network"),
                    .network = QStringLiteral("default"),
                    .furtherCards = { { QStringLiteral("bridge"), QStringLiteral("br0") },
                        { QStringLiteral("user"), {} } } } });
        row("create new --network none",
            CreateMachine { .machine
                = { .name = QStringLiteral("new"), .networkType = QStringLiteral("none") } });
        row("create new --network network=user",
            CreateMachine { .machine = { .name = QStringLiteral("new"),
                                .networkType = QStringLiteral("network"),
                                .network = QStringLiteral("user") } });
        row("rename steady calm", Rename { .vm = kSteady, .name = QStringLiteral("calm") });
        row("autostart steady on", SetAutostart { .vm = kSteady, .isOn = true });
        row("attach steady @/device.xml", AttachDevice { .vm = kSteady, .xml = disk });
        row("attach --running steady @/device.xml",
            AttachDevice { .vm = kSteady, .xml = disk, .scope = DeviceScope::Running });
        row("set-memory steady 1.5G", SetMemory { .vm = kSteady, .memory = Bytes::fromMiB(1536) });
        row("set-vcpus steady 1", SetVcpus { .vm = kSteady, .count = 1 });
        row("resize-disk steady vda 20G",
            ResizeDisk {
                .vm = kSteady, .target = QStringLiteral("vda"), .size = Bytes::fromGiB(20) });
        row("snapshot list steady", ListSnapshots { .vm = kSteady });
        row("snapshot create steady before --description note --no-memory --quiesce",
            CreateSnapshot { .vm = kSteady,
                .request = { .name = QStringLiteral("before"),
                    .description = QStringLiteral("note"),
                    .withMemory = false,
                    .quiesce = true } });
        row("snapshot revert steady first",
            RevertSnapshot { .vm = kSteady, .name = QStringLiteral("first") });
        row("snapshot delete steady first",
            DeleteSnapshot { .vm = kSteady, .name = QStringLiteral("first") });
        row("snapshot delete steady first --children",
            DeleteSnapshot { .vm = kSteady,
                .name = QStringLiteral("first"),
                .deletion = vmm::SnapshotDeletion::WithChildren });
        row("checkpoint list steady", ListCheckpoints { .vm = kSteady });
        row("checkpoint create steady tue --description note",
            CreateCheckpoint { .vm = kSteady,
                .request
                = { .name = QStringLiteral("tue"), .description = QStringLiteral("note") } });
        row("checkpoint delete steady mon",
            DeleteCheckpoint { .vm = kSteady, .name = QStringLiteral("mon") });
        row("checkpoint delete steady mon --metadata-only",
            DeleteCheckpoint { .vm = kSteady,
                .name = QStringLiteral("mon"),
                .deletion = vmm::CheckpointDeletion::MetadataOnly });
        row("backup steady /backups",
            BackUpMachine { .vm = kSteady, .request = { .folder = QStringLiteral("/backups") } });
        row("backup steady /backups --since mon --checkpoint tue --quiesce",
            BackUpMachine { .vm = kSteady,
                .request = { .folder = QStringLiteral("/backups"),
                    .since = QStringLiteral("mon"),
                    .checkpoint = QStringLiteral("tue"),
                    .quiesce = true } });
        row("snapshot create steady outside --place layer",
            CreateSnapshot { .vm = kSteady,
                .request
                = { .name = QStringLiteral("outside"), .place = vmm::SnapshotPlace::Layer } });
        row("notes steady --title Web --tags a,b",
            SetNotes { .vm = kSteady,
                .title = QStringLiteral("Web"),
                .tags = { QStringLiteral("a"), QStringLiteral("b") } });
        row("send-keys steady ctrl alt delete",
            SendKeys { .vm = kSteady,
                .keys
                = { QStringLiteral("ctrl"), QStringLiteral("alt"), QStringLiteral("delete") } });
        row("nmi steady", InjectNmi { .vm = kSteady });
        row("dump steady /m.elf", DumpMemory { .vm = kSteady, .path = QStringLiteral("/m.elf") });
        row("guest freeze steady on", FreezeGuest { .vm = kSteady, .isFrozen = true });
        row("clone steady twin --linked --start",
            CloneMachine { .vm = kSteady,
                .request = { .name = QStringLiteral("twin"),
                    .kind = vmm::CloneKind::Linked,
                    .isStarted = true } });
        const MigrationRequest away { .target = QStringLiteral("test:///other") };
        row("migrate steady --to test:///other --check",
            CheckMigration { .vm = kSteady, .request = away });
        row("migrate steady --to test:///other", MigrateMachine { .vm = kSteady, .request = away });
        row("migrate steady --to=test:///other --copy-disks --data-address tcp://h --bandwidth 9",
            MigrateMachine { .vm = kSteady,
                .request = { .target = away.target,
                    .storage = StorageCopy::Full,
                    .bandwidthMiB = 9,
                    .dataAddress = QStringLiteral("tcp://h") } });
        row("template steady on", SetTemplate { .vm = kSteady, .isOn = true });
        row("trash list", ListTrash {});
        row("trash restore old", RestoreTrashed { .vm = kOld });
        row("trash empty", EmptyTrash {});
        row("trash empty old", EmptyTrash { .vms = { kOld } });
        row("image list", ListImages {});
        row("image inspect /images/top.qcow2",
            InspectImage { .path = QStringLiteral("/images/top.qcow2") });
        row("image create /n.raw 1G --format raw",
            CreateImage { .image = { .path = QStringLiteral("/n.raw"),
                              .format = QStringLiteral("raw"),
                              .size = Bytes::fromGiB(1) } });
        row("image create /n --backing /images/base.qcow2 --backing-format qcow2",
            CreateImage { .image = { .path = QStringLiteral("/n"),
                              .backingFile = QStringLiteral("/images/base.qcow2"),
                              .backingFormat = QStringLiteral("qcow2") } });
        row("image resize /images/top.qcow2 9G",
            ResizeImage { .path = QStringLiteral("/images/top.qcow2"), .size = Bytes::fromGiB(9) });
        row("image convert /images/top.qcow2 /n.vmdk --format vmdk --compress",
            ConvertImage { .conversion = { .source = QStringLiteral("/images/top.qcow2"),
                               .target = QStringLiteral("/n.vmdk"),
                               .format = QStringLiteral("vmdk"),
                               .isCompressed = true } });
        row("image flatten /images/top.qcow2",
            FlattenImage { .path = QStringLiteral("/images/top.qcow2") });
        row("image check /images/top.qcow2 --repair",
            CheckImage { .path = QStringLiteral("/images/top.qcow2"), .repair = true });
        row("image delete /images/top.qcow2",
            DeleteImage { .path = QStringLiteral("/images/top.qcow2") });
        row("pool list", ListPools {});
        row("volume list images", ListVolumes { .pool = QStringLiteral("images") });
        row("volume create images new.qcow2 8G",
            CreateVolume { .pool = QStringLiteral("images"),
                .volume = { .name = QStringLiteral("new.qcow2"), .capacity = Bytes::fromGiB(8) } });
        row("volume create vg0 data 8G", // its volumes have no formats
            CreateVolume { .pool = QStringLiteral("vg0"),
                .volume = { .name = QStringLiteral("data"),
                    .format = QString(),
                    .capacity = Bytes::fromGiB(8) } });
        row("volume create images n 8G --format raw --allocation 1G",
            CreateVolume { .pool = QStringLiteral("images"),
                .volume = { .name = QStringLiteral("n"),
                    .format = QStringLiteral("raw"),
                    .capacity = Bytes::fromGiB(8),
                    .allocation = Bytes::fromGiB(1) } });
        row("volume create images n 20G --backing /images/golden.qcow2 --backing-format qcow2",
            CreateVolume { .pool = QStringLiteral("images"),
                .volume = { .name = QStringLiteral("n"),
                    .capacity = Bytes::fromGiB(20),
                    .backing = QStringLiteral("/images/golden.qcow2"),
                    .backingFormat = QStringLiteral("qcow2") } });
        row("volume upload images new.iso /cd.iso",
            UploadVolume { .pool = QStringLiteral("images"),
                .volume = QStringLiteral("new.iso"),
                .file = QStringLiteral("/cd.iso") });
        row("volume download images spare.img spare.img",
            DownloadVolume { .pool = QStringLiteral("images"),
                .volume = QStringLiteral("spare.img"),
                .file = QDir::current().filePath(QStringLiteral("spare.img")) });
        row("volume delete images spare.img twin.qcow2",
            DeleteVolume {
                .pool = QStringLiteral("images"), .volume = QStringLiteral("twin.qcow2") });
        row("network list", ListNetworks {});
        row("network leases default", ListLeases { .network = QStringLiteral("default") });
        row("guest facts steady", GetGuestFacts { .vm = kSteady });
        row("guest set-time steady", SetGuestTime { .vm = kSteady });
    }

    void command_asksTheHost()
    {
        QFETCH(QStringList, line);
        QFETCH(Operation, operation);
        run(line);
        QVERIFY2(m_exitCode == 0, m_errors.constData());
        QVERIFY2(m_errors.isEmpty(), m_errors.constData());
        QVERIFY(asked().contains(operation));
    }

    void whatTheHostRefuses_wasAskedAsTyped()
    {
        run(words("update-device steady @/device.xml --stored"));
        QCOMPARE(m_exitCode, 4);
        QCOMPARE(std::get<UpdateDevice>(asked().constLast()).scope, DeviceScope::Stored);
        run(words("clone steady twin --instant"));
        QCOMPARE(m_exitCode, 7);
        QCOMPARE(std::get<CloneMachine>(asked().constLast()).request.kind, vmm::CloneKind::Instant);
        run(words("discard-save steady"));
        QCOMPARE(m_exitCode, 7);
        QCOMPARE(std::get<Perform>(asked().constLast()).action, vmm::VmAction::DiscardSave);
        run(words("remove-with-disks steady web.qcow2 /d.qcow2"));
        QVERIFY(m_exitCode != 0);
        QCOMPARE(std::get<RemoveWithDisks>(asked().constLast()).disks,
            (QStringList { QDir::current().filePath(QStringLiteral("web.qcow2")),
                QStringLiteral("/d.qcow2") }));
    }

    void machineThatIsOff_takesItsCommands_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<vmm::VmAction>("action");
        QTest::newRow("start") << QStringLiteral("start") << vmm::VmAction::Start;
        QTest::newRow("undefine") << QStringLiteral("undefine") << vmm::VmAction::Undefine;
    }

    void machineThatIsOff_takesItsCommands()
    {
        QFETCH(QString, command);
        m_switches.append(QStringLiteral("--vms=6"));
        run({ command, QStringLiteral("vm00005") });
        QVERIFY2(m_exitCode == 0, m_errors.constData());
        QCOMPARE(asked().size(), 1);
        QTEST(std::get<Perform>(asked().first()).action, "action");
    }

    void detachOfWhatIsNotThere_failsWithNotFound()
    {
        run(words("detach steady @/device.xml"));
        QCOMPARE(m_exitCode, 4);
    }

    void list_isATableOrJson()
    {
        run({ QStringLiteral("list") });
        QVERIFY(m_output.startsWith("NAME"));
        QVERIFY(m_output.contains("steady"));
        QCOMPARE(m_output.count('\n'), 6);
        run(words("list --running --names"));
        QCOMPARE(m_output, QByteArray("steady\n"));
        run(words("list --running --ids"));
        QCOMPARE(m_output.trimmed(), kSteady.toByteArray(QUuid::WithoutBraces));
        run(words("--json list"));
        const QJsonArray all = QJsonDocument::fromJson(m_output).array();
        QCOMPARE(all.size(), 5);
        const QJsonObject steady = all.last().toObject();
        QCOMPARE(steady.value(QStringLiteral("name")).toString(), QStringLiteral("steady"));
        QCOMPARE(steady.value(QStringLiteral("state")).toString(), QStringLiteral("running"));
        QCOMPARE(steady.value(QStringLiteral("memory")).toDouble(), 2048.0 * (1 << 20));
    }

    void list_takesThoseWithTags()
    {
        m_switches += { QStringLiteral("--tag=web") };
        run(words("list --tag web --names"));
        QCOMPARE(m_output, QByteArray("steady\n"));
        run(words("list --tag web --tag old --names"));
        QVERIFY2(m_exitCode == 0, m_errors.constData());
        QCOMPARE(m_output, QByteArray());
    }

    void poolsAndVolumes_areTablesOrJson()
    {
        run(words("pool list"));
        QCOMPARE(QString::fromUtf8(m_output),
            QStringLiteral(
                "NAME     TYPE     STATE         SIZE     USED     FREE     AUTOSTART  PLACE\n"
                "archive  netfs    inaccessible  0 B      0 B      0 B      yes        "
                "/mnt/archive\n"
                "images   dir      running       500 GiB  212 GiB  288 GiB  yes        /images\n"
                "vg0      logical  stopped       -        -        -        no         vg0\n"));
        run(words("pool list --names"));
        QCOMPARE(m_output, QByteArray("archive\nimages\nvg0\n"));
        run(words("--json pool list"));
        const QJsonObject images = QJsonDocument::fromJson(m_output).array().at(1).toObject();
        QCOMPARE(images.value(QStringLiteral("state")).toString(), QStringLiteral("running"));
        QCOMPARE(images.value(QStringLiteral("available")).toDouble(), 288.0 * (1 << 30));
        run(words("volume list images"));
        QVERIFY2(m_output.startsWith("NAME           FORMAT  SIZE    ON DISK"), m_output);
        QVERIFY2(m_output.contains("twin.qcow2     qcow2   20 GiB  6.1 GiB   -         "
                                   "/images/golden.qcow2\n"),
            m_output);
        run(words("--json volume list images"));
        const QJsonObject twin = QJsonDocument::fromJson(m_output).array().at(3).toObject();
        QCOMPARE(twin.value(QStringLiteral("backing")).toString(),
            QStringLiteral("/images/golden.qcow2"));
        run(words("volume create nowhere n 1G"));
        QCOMPARE(m_exitCode, 4);
        run(words("volume delete images nothing"));
        QCOMPARE(m_exitCode, 4);
    }

    void networksAndLeases_areTablesOrJson()
    {
        run(words("network list"));
        QCOMPARE(QString::fromUtf8(m_output),
            QStringLiteral(
                "NAME     MODE      STATE    BRIDGE  ADDRESSES         AUTOSTART  MACHINES\n"
                "default  nat       running  virbr0  192.168.122.1/24  yes        -\n"
                "lab      isolated  stopped  virbr1  -                 no         -\n"
                "office   bridge    running  br0     -                 no         -\n"));
        run(words("--json network list"));
        const QJsonObject usual = QJsonDocument::fromJson(m_output).array().at(0).toObject();
        QCOMPARE(usual.value(QStringLiteral("addresses")).toArray().at(0).toObject(),
            (QJsonObject { { QStringLiteral("address"), QStringLiteral("192.168.122.1/24") },
                { QStringLiteral("dhcpFirst"), QStringLiteral("192.168.122.2") },
                { QStringLiteral("dhcpLast"), QStringLiteral("192.168.122.254") } }));
        run(words("network leases default"));
        QVERIFY2(m_output.startsWith("ADDRESS"), m_output);
        QVERIFY2(m_output.contains("192.168.122.17/24  52:54:00:12:34:56  web-01"), m_output);
        run(words("--json network leases default"));
        const QJsonObject lease = QJsonDocument::fromJson(m_output).array().at(0).toObject();
        QCOMPARE(lease.value(QStringLiteral("hostName")).toString(), QStringLiteral("web-01"));
    }

    void migration_tellsWhatIsInItsWay()
    {
        m_switches += { QStringLiteral("--obstacles") };
        run(words("migrate steady --to test:///other --check"));
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(QString::fromUtf8(m_output),
            QStringLiteral("note: QEMU is older over there: going back may fail.\n"
                           "in the way: Disk vda is not on storage that both hosts share: have it "
                           "copied.\n"));
        run(words("--json migrate steady --to test:///other --check"));
        const QJsonObject disk = QJsonDocument::fromJson(m_output).array().at(1).toObject();
        QCOMPARE(disk.value(QStringLiteral("kind")).toString(), QStringLiteral("disks-not-shared"));
        QCOMPARE(disk.value(QStringLiteral("fatal")).toBool(), true);
        run(words("migrate steady --to test:///other"));
        QCOMPARE(m_exitCode, 3);
        QVERIFY2(m_errors.contains("note: QEMU is older"), m_errors);
        QVERIFY2(m_errors.contains("have it copied"), m_errors);
        QVERIFY(!std::holds_alternative<MigrateMachine>(asked().constLast()));
        run(words("migrate steady"));
        QCOMPARE(m_exitCode, 3);
    }

    void checkpointsAndBackups_areTablesOrJson()
    {
        run(words("checkpoint list steady"));
        QVERIFY(m_output.startsWith("NAME") && m_output.contains("24 MiB"));
        run(words("--json checkpoint list steady"));
        const QJsonObject mon = QJsonDocument::fromJson(m_output).array().first().toObject();
        QCOMPARE(mon.value(QStringLiteral("name")).toString(), QStringLiteral("mon"));
        QCOMPARE(mon.value(QStringLiteral("changed")).toDouble(), 24.0 * (1 << 20));
        QCOMPARE(
            mon.value(QStringLiteral("disks")).toArray(), QJsonArray { QStringLiteral("vda") });
        run(words("backup steady /b --since mon"));
        QVERIFY(m_output.startsWith("DISK") && m_output.contains("/b/steady-vda@mon.qcow2"));
        run(words("--json backup steady /b --since mon --checkpoint tue"));
        const QJsonObject done = QJsonDocument::fromJson(m_output).object();
        QCOMPARE(done.value(QStringLiteral("checkpoint")).toString(), QStringLiteral("tue"));
        const QJsonObject file = done.value(QStringLiteral("files")).toArray().first().toObject();
        QVERIFY(file.value(QStringLiteral("increment")).toBool());
        QCOMPARE(file.value(QStringLiteral("standsOn")).toString(),
            QStringLiteral("/b/steady-vda@mon.qcow2"));
        run(words("backup steady /b --since="));
        QCOMPARE(m_exitCode, 3);
    }

    void machine_isFoundByUuidToo()
    {
        run({ QStringLiteral("info"), kSteady.toString(QUuid::WithoutBraces) });
        QCOMPARE(m_exitCode, 0);
        QVERIFY(m_output.contains("steady"));
        run({ QStringLiteral("info") });
        QVERIFY(m_output.contains("Fake 1.0"));
        run(words("info --json"));
        QCOMPARE(QJsonDocument::fromJson(m_output)
                     .object()
                     .value(QStringLiteral("hypervisor"))
                     .toString(),
            QStringLiteral("Fake 1.0"));
    }

    void removedMachines_areToldApart_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("restore") << QStringLiteral("trash restore");
        QTest::newRow("empty") << QStringLiteral("trash empty");
    }

    void removedMachines_areToldApart()
    {
        QFETCH(QString, command);
        m_switches.append(QStringLiteral("--twins"));
        const QStringList line = command.split(QLatin1Char(' '));
        run(line + words("old"));
        QCOMPARE(m_exitCode, 3);
        QVERIFY2(m_errors.contains("UUID"), m_errors.constData());
        QVERIFY(asked() == QVector<Operation> { ListTrash {} });
        run(line + QStringList { kOld.toString(QUuid::WithoutBraces) });
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(asked().size(), 3);
    }

    void severalMachines_goOnAfterAFailure()
    {
        m_switches.append(QStringLiteral("--vms=6"));
        run(words("start steady vm00005")); // the first one runs already
        QCOMPARE(m_exitCode, 7);
        QCOMPARE(asked().size(), 2);
        run(words("start vm00005 nobody")); // all are known, or nothing is done
        QCOMPARE(m_exitCode, 4);
        QCOMPARE(asked().size(), 2);
    }

    void errors_sayWhatAndWhatToDo()
    {
        run(words("info nobody"));
        QCOMPARE(m_exitCode, 4);
        QVERIFY2(m_errors.startsWith("vdctl: Not found: ") && m_errors.contains("nobody"),
            m_errors.constData());
        QVERIFY(m_errors.count('\n') >= 3);
        QVERIFY(m_output.isEmpty());
        run(words("--json info nobody"));
        const QJsonObject error
            = QJsonDocument::fromJson(m_errors).object().value(QStringLiteral("error")).toObject();
        QCOMPARE(error.value(QStringLiteral("kind")).toString(), QStringLiteral("NotFound"));
        QVERIFY(!error.value(QStringLiteral("message")).toString().isEmpty());
        run(words("set-memory steady 1X"));
        QVERIFY2(m_errors.contains("such as 512M"), m_errors.constData());
        run(words("define @/broken.xml"));
        QCOMPARE(m_exitCode, 3);
        run(words("define @/nowhere.xml"));
        QCOMPARE(m_exitCode, 4);
        run(words("image delete /images/base.qcow2"));
        QCOMPARE(m_exitCode, 6);
    }

    void wrongUsage_isCode2AndAsksNobody_data()
    {
        QTest::addColumn<QStringList>("line");
        for (const char* line : { "", "fly", "start", "list all", "start --fast steady", "snapshot",
                 "snapshot fly steady", "create new --memory", "--fly list", "list --running=yes" })
            QTest::newRow(line) << words(line);
    }

    void wrongUsage_isCode2AndAsksNobody()
    {
        QFETCH(QStringList, line);
        run(line);
        QCOMPARE(m_exitCode, 2);
        QVERIFY(m_errors.startsWith("vdctl: ") && m_output.isEmpty());
        QVERIFY(asked().isEmpty());
    }

    void wrongUsage_isJsonWhereThatIsAskedFor_data()
    {
        QTest::addColumn<QStringList>("line");
        for (const char* line : { "--json", "--json fly", "fly --json", "start --json",
                 "list --json --fast", "-c bogus list --json" })
            QTest::newRow(line) << words(line);
    }

    void wrongUsage_isJsonWhereThatIsAskedFor()
    {
        QFETCH(QStringList, line);
        run(line);
        QCOMPARE(m_exitCode, 2);
        QVERIFY(m_output.isEmpty());
        const QJsonObject error
            = QJsonDocument::fromJson(m_errors).object().value(QStringLiteral("error")).toObject();
        QCOMPARE(error.value(QStringLiteral("kind")).toString(), QStringLiteral("InvalidConfig"));
        QVERIFY(!error.value(QStringLiteral("message")).toString().isEmpty());
    }

    void move_tellsWhyTheHostsAreWrong()
    {
        run(words("move steady --to test:///other"));
        QCOMPARE(m_exitCode, 9);
        QVERIFY2(m_errors.contains("in the way: Between these two hosts"), m_errors.constData());
        run(words("--json move steady --check --to test:///other"));
        QCOMPARE(m_exitCode, 1);
        const QJsonObject told = QJsonDocument::fromJson(m_output).array().at(0).toObject();
        QCOMPARE(told.value(QStringLiteral("kind")).toString(), QStringLiteral("sort-of-hosts"));
        QCOMPARE(told.value(QStringLiteral("weight")).toString(), QStringLiteral("fatal"));
        QVERIFY(asked().isEmpty());
    }

    void wrongValues_areRefused_data()
    {
        QTest::addColumn<QStringList>("line");
        for (const char* line :
            { "set-memory steady much", "set-vcpus steady 0", "autostart steady maybe",
                "create new --memory 1X", "image create /n", "clone steady twin --linked --instant",
                "attach steady @/device.xml --stored --running", "metrics --count few",
                "create new --network bridge=", "volume create images n much" })
            QTest::newRow(line) << words(line);
    }

    void wrongValues_areRefused()
    {
        QFETCH(QStringList, line);
        run(line);
        QCOMPARE(m_exitCode, 3);
        QVERIFY(asked().isEmpty());
    }

    void guestRun_passesEverythingThrough()
    {
        run({ QStringLiteral("guest"), QStringLiteral("run"),
            QStringLiteral("--input=") + path("input"), QStringLiteral("steady"),
            QStringLiteral("/bin/false"), QStringLiteral("--json"), QStringLiteral("a b") });
        QCOMPARE(m_exitCode, 1);
        QCOMPARE(m_output, QByteArray("/bin/false\ntyped"));
        QCOMPARE(m_errors, QByteArray("--json a b"));
    }

    void guestRun_saysThatOutputIsMissing()
    {
        run(words("guest run steady /bin/yes no"));
        QCOMPARE(m_output, QByteArray("/bin/yes\n"));
        QVERIFY2(m_errors.startsWith("no\nvdctl: ") && m_errors.contains("lost"), m_errors);
        run(words("--json guest run steady /bin/yes no"));
        QVERIFY(QJsonDocument::fromJson(m_output).object().value(QStringLiteral("cut")).toBool());
        QCOMPARE(m_errors, QByteArray());
        run(words("guest run steady /bin/echo no"));
        QCOMPARE(m_errors, QByteArray("no"));
    }

    void xml_isPrintedAsItIs()
    {
        run(words("xml steady"));
        QVERIFY2(m_output.startsWith("<domain type='kvm'>\n  <name>steady</name>"), m_output);
        QVERIFY2(m_output.endsWith("</domain>\n"), m_output);
    }

    void outputThatCannotBeWritten_isCode15_data()
    {
        QTest::addColumn<QString>("line");
        for (const char* line : { "xml steady", "list", "--json list", "--help", "metrics steady" })
            QTest::newRow(line) << QString::fromLatin1(line);
    }

    void outputThatCannotBeWritten_isCode15()
    {
        QFETCH(QString, line);
        m_switches += { QStringLiteral("--sample=50") };
        QProcess program;
        program.setStandardOutputFile(QStringLiteral("/dev/full"));
        start(program, withHost(line.split(QLatin1Char(' '))));
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 20'000);
        QCOMPARE(program.exitCode(), 15);
        const QByteArray errors = program.readAllStandardError();
        QVERIFY2(errors.count('\n') == 1 && errors.contains("output"), errors.constData());
        QCOMPARE(
            QJsonDocument::fromJson(errors).isObject(), line.startsWith(QLatin1String("--json")));
    }

    void readerThatIsGone_endsIt()
    {
        m_switches += { QStringLiteral("--sample=50") };
        QProcess shell;
        const QString line
            = QStringLiteral("'%1' %2 | head -n 1; echo ${PIPESTATUS[0]}")
                  .arg(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"),
                      withHost(words("metrics --count 0 steady")).join(QLatin1Char(' ')));
        setUp(shell);
        shell.start(QStringLiteral("bash"), { QStringLiteral("-c"), line });
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 20'000);
        const QByteArray output = shell.readAllStandardOutput();
        QVERIFY2(output.endsWith("\n141\n"), output.constData());
        QCOMPARE(shell.readAllStandardError(), QByteArray());
    }

    void consoleUri_isOneForViewers()
    {
        run(words("console-uri steady"));
        QCOMPARE(m_output, QByteArray("spice+unix:///nonexistent/virtdeck-fake.sock\n"));
        m_switches += { QStringLiteral("--screen=/run/\u00fc#1") };
        run(words("console-uri steady"));
        QCOMPARE(m_output, QByteArray("spice+unix:///run/%C3%BC%231\n"));
        run(words("--json console-uri steady"));
        QCOMPARE(QJsonDocument::fromJson(m_output).object().value(QStringLiteral("uri")).toString(),
            QStringLiteral("spice+unix:///run/%C3%BC%231"));
    }

    void screenOfAnotherComputer_hasNoAddressHere()
    {
        write("ssh", "#!/bin/sh\nexec '" + m_hostProgram.toUtf8() + "' embedded:///\n");
        QFile::setPermissions(path("ssh"), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        qputenv("VIRTDECK_SSH", path("ssh").toLocal8Bit());
        run(words("-c embedded+ssh://far/ console-uri steady"));
        qunsetenv("VIRTDECK_SSH");
        QCOMPARE(m_exitCode, 9);
        QVERIFY2(m_output.isEmpty() && m_errors.contains("--hold"), m_errors.constData());
        QVERIFY(asked().isEmpty());
    }

    void consoleUri_isHeldUntilInterrupted()
    {
        QProcess program;
        start(program, withHost(words("console-uri --hold steady")));
        QTRY_VERIFY(program.bytesAvailable() > 0);
        QCOMPARE(asked(), QVector<Operation> { GetConsole { .vm = kSteady } });
        QTest::qWait(300);
        QCOMPARE(program.state(), QProcess::Running);
        ::kill(pid_t(program.processId()), SIGINT);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.readAllStandardOutput(),
            QByteArray("spice+unix:///nonexistent/virtdeck-fake.sock\n"));
    }

    void metrics_endAfterTheirCount()
    {
        m_switches.append(QStringLiteral("--sample=20"));
        run(words("metrics steady --count 2"));
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(m_output.count("NAME"), 2);
        run(words("--json metrics steady --count 2")); // one document a line
        const QList<QByteArray> lines = m_output.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        for (const QByteArray& line : lines)
            QVERIFY(QJsonDocument::fromJson(line).isArray());
        run(words("metrics steady"));
        QVERIFY(m_output.contains("steady") && m_output.contains("%"));
        run(words("--json metrics steady"));
        const QJsonArray all = QJsonDocument::fromJson(m_output).array();
        QVERIFY(all.first().toObject().value(QStringLiteral("cpu")).isDouble());
    }

    void metricsOfAMachineThatIsOff_fail()
    {
        m_switches.append(QStringLiteral("--sample=20"));
        run(words("metrics never"));
        QCOMPARE(m_exitCode, 7);
        QVERIFY(m_errors.contains("never"));
        QVERIFY(m_output.isEmpty());
        run(words("metrics never steady")); // of the other there is something to tell
        QCOMPARE(m_exitCode, 7);
        QVERIFY(m_output.contains("steady") && !m_output.contains("never"));
    }

    void shutdown_asksAllBeforeItWaits()
    {
        m_switches += { QStringLiteral("--vms=2"), QStringLiteral("--deaf") };
        run(words("shutdown --wait 1 steady vm00000 vm00001"));
        QCOMPARE(asked().size(), 3);
        for (const char* name : { "steady", "vm00000", "vm00001" })
            QVERIFY2(m_errors.contains(name), name);
        QVERIFY(m_exitCode != 0);
    }

    void interruptWhileWaiting_endsAtOnce()
    {
        m_switches += { QStringLiteral("--vms=1"), QStringLiteral("--deaf") };
        QProcess program;
        start(program, withHost(words("shutdown --wait 60 steady vm00000")));
        QTRY_COMPARE(asked().size(), 2);
        QTest::qWait(300); // the answer to the last
        ::kill(pid_t(program.processId()), SIGINT);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(program.exitCode(), 130);
    }

    void manyMachines_areFoundInNoTime()
    {
        constexpr int kMachines = 10'000;
        m_switches += { QStringLiteral("--vms=%1").arg(kMachines), QStringLiteral("--sample=500") };
        run(words("list --names --running"));
        const QList<QByteArray> running = m_output.trimmed().split('\n');
        QVERIFY(running.size() > kMachines / 2);
        QStringList line = words("metrics");
        for (const QByteArray& name : running)
            line.append(QString::fromLatin1(name));
        QElapsedTimer timer;
        timer.start();
        run(line);
        QVERIFY2(m_exitCode == 0, m_errors.constData());
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(m_output.count('\n') > kMachines / 2); // paused ones have no load
    }

    void shutdown_endsWhenAllAreOff()
    {
        m_switches.append(QStringLiteral("--vms=2"));
        run(words("shutdown --wait 60 steady vm00000 vm00001"));
        QCOMPARE(m_exitCode, 0);
        QCOMPARE(asked().size(), 3);
    }

    void events_areToldUntilInterrupted()
    {
        QProcess program;
        start(program, withHost(words("--json events")));
        // Nothing happens by itself: the interrupt finds it connected and waiting.
        QTRY_VERIFY(QFile::exists(path("pid")));
        QTest::qWait(300);
        ::kill(pid_t(program.processId()), SIGINT);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    }

    void interrupt_cancelsTheJob()
    {
        m_switches.append(QStringLiteral("--job-step=2000"));
        QProcess program;
        start(program, withHost(words("snapshot create steady s")));
        QTRY_COMPARE(asked().size(), 1);
        ::kill(pid_t(program.processId()), SIGINT);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 130);
        QVERIFY(program.readAllStandardError().contains("cancelled"));
    }

    void interruptOfAConsole_givesTheTerminalBack()
    {
        QLocalServer port;
        QVERIFY(port.listen(path("serial")));
        m_switches.append(QStringLiteral("--serial=") + port.fullServerName());
        QFile terminal(QStringLiteral("/dev/ptmx"));
        QVERIFY(terminal.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        QVERIFY(::grantpt(terminal.handle()) == 0 && ::unlockpt(terminal.handle()) == 0);
        const QString name = QString::fromLocal8Bit(::ptsname(terminal.handle()));
        QFile held(name);
        QVERIFY(held.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        const auto isRaw = [&held] {
            termios settings {};
            return ::tcgetattr(held.handle(), &settings) == 0 && !(settings.c_lflag & ICANON);
        };
        QVERIFY(!isRaw());
        QProcess program;
        program.setStandardInputFile(name);
        start(program, withHost(words("console steady")));
        QTRY_VERIFY(isRaw());
        ::kill(pid_t(program.processId()), SIGTERM);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 130);
        QVERIFY(!isRaw());
    }

    void interruptBetweenTwoMeasurements_isCode130()
    {
        QProcess program;
        start(program, withHost(words("load steady")));
        QTRY_COMPARE(asked().size(), 1);
        QTest::qWait(300); // the first answer
        ::kill(pid_t(program.processId()), SIGINT);
        QTRY_COMPARE(program.state(), QProcess::NotRunning);
        QCOMPARE(asked().size(), 1);
        QCOMPARE(program.exitCode(), 130);
    }

    void hostThatDies_isCode13()
    {
        run(words("start crash"));
        QCOMPARE(m_exitCode, 13);
        QVERIFY(!m_errors.isEmpty());
    }

    void missingHostProgram_isSaid()
    {
        m_hostProgram = QStringLiteral("/nonexistent/virtdeck-host");
        run({ QStringLiteral("list") });
        QCOMPARE(m_exitCode, 10);
        QVERIFY(m_errors.contains("virtdeck-host"));
    }

    void help_tellsOfEachCommand()
    {
        run({ QStringLiteral("--help") });
        QCOMPARE(m_exitCode, 0);
        QVERIFY(m_output.contains("snapshot create MACHINE [NAME]"));
        run(words("shutdown --help"));
        QVERIFY(m_output.contains("--wait SECONDS"));
        run({ QStringLiteral("--version") });
        QCOMPARE(m_output, QByteArray("vdctl " VIRTDECK_VERSION "\n"));
    }

    void manPage_knowsEveryCommandAndOption()
    {
        QFile page(QStringLiteral(VIRTDECK_SOURCE_DIR "/packaging/man/vdctl.1"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll().replace("\\-", "-");
        run({ QStringLiteral("--help") });
        const auto lines = m_output.mid(m_output.indexOf("Commands:")).split('\n');
        int commands = 0;
        for (const QByteArray& line : lines) {
            if (!line.startsWith("  "))
                continue;
            const QByteArray command = line.mid(2, line.indexOf("  ", 2) - 2).trimmed();
            QStringList name;
            for (const QByteArray& word : command.split(' ')) {
                if (word.isEmpty() || !islower(word[0]))
                    break;
                name.append(QString::fromLatin1(word));
            }
            QVERIFY2(text.contains(name.join(QLatin1Char(' ')).toLatin1()), command.constData());
            ++commands;
            run(name + QStringList { QStringLiteral("--help") });
            for (const QByteArray& option : m_output.split('\n')) {
                if (option.startsWith("  --"))
                    QVERIFY2(
                        text.contains(option.trimmed().split(' ').first()), option.constData());
            }
        }
        QVERIFY(commands > 40);
    }

    void completion_knowsCommandsOptionsAndMachines_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const QStringList& line, const char* expected) {
            QTest::newRow(name) << line << words(expected);
        };
        row("a command", { QStringLiteral("sn") }, "snapshot");
        row("a host", words("-c qemu:///s"), "qemu:///system qemu:///session");
        row("a host in one word", words("--connect=qemu:///sy"), "--connect=qemu:///system");
        row("the other host of a move", words("move steady --to qemu+"), "qemu+ssh://");
        row("a machine after the other host", words("move --to qemu:///system st"), "steady");
        row("a machine after values", words("snapshot create --description start st"), "steady");
        row("no second machine", words("move steady --to qemu:///system st"), "");
        row("a pool", words("volume list im"), "images");
        row("a volume", words("volume delete images tw"), "twin.qcow2");
        row("a network", words("network leases of"), "office");
        row("a network of a new machine", words("create new --network of"), "office");
        row("its second word", { QStringLiteral("snapshot"), QString() },
            "list create revert delete");
        row("an option", { QStringLiteral("shutdown"), QStringLiteral("--w") }, "--wait");
        row("a machine", { QStringLiteral("start"), QStringLiteral("st") }, "steady");
        row("a later machine",
            { QStringLiteral("start"), QStringLiteral("steady"), QStringLiteral("cr") }, "crash");
        row("a machine after an option",
            { QStringLiteral("shutdown"), QStringLiteral("--wait=5"), QStringLiteral("ha") },
            "hang");
        row("nothing but a name of one's own",
            { QStringLiteral("rename"), QStringLiteral("steady"), QString() }, "");
    }

    void completion_knowsCommandsOptionsAndMachines()
    {
        QFETCH(QStringList, line);
        QFETCH(QStringList, expected);
        runRaw(QStringList { QStringLiteral("__complete"), QStringLiteral("--host-program"),
                   m_hostProgram, QStringLiteral("-c"), QStringLiteral("test:///fake") }
            + line);
        QStringList got = QString::fromUtf8(m_output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        const QString prefix = line.last();
        got.removeIf([&](const QString& word) { return !word.startsWith(prefix); });
        QCOMPARE(got, expected);
    }

    void completion_asksTheHostThatIsNamed_data()
    {
        QTest::addColumn<QStringList>("line");
        for (const char* line : { "-c test:///here start st", "--connect test:///here start st",
                 "--connect=test:///here start st", "start --connect=test:///here st",
                 "-c=test:///here start st", "-c test:///here move --to test:///there st" })
            QTest::newRow(line) << words(line);
    }

    void completion_asksTheHostThatIsNamed()
    {
        QFETCH(QStringList, line);
        write("host",
            "#!/bin/sh\necho \"$@\" >>'" + path("uris").toUtf8() + "'\nexec '"
                + m_hostProgram.toUtf8() + "' \"$@\"\n");
        QFile::setPermissions(path("host"), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        runRaw(QStringList {
                   QStringLiteral("__complete"), QStringLiteral("--host-program=") + path("host") }
            + line);
        QVERIFY(m_output.contains("steady\n"));
        QFile uris(path("uris"));
        QVERIFY(uris.open(QIODevice::ReadOnly));
        QCOMPARE(uris.readAll(), QByteArray("test:///here\n"));
    }

    void bashCompletion_takesUrisForOneWord()
    {
        // The line and its words as bash cuts them, at ":" too.
        const QByteArray script = R"(
source "$1"
vdctl() {
    case "$*" in
    '__complete -c test:///fake sta') printf '%s\n' start starve ;;
    '__complete --connect=test:///fake sta') printf '%s\n' start starve ;;
    '__complete --connect=test:///') echo '--connect=test:///here' ;;
    '__complete -c test:///') echo 'test:///here' ;;
    '__complete ') echo list ;;
    esac
}
complete_line() {
    COMP_LINE=$1 COMP_WORDS=("${@:2}")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _vdctl
    printf '%s,' "${COMPREPLY[@]}"
    echo
}
complete_line 'vdctl -c test:///fake  sta' vdctl -c test : ///fake sta
complete_line 'vdctl -c test:///' vdctl -c test : ///
complete_line 'vdctl --connect=test:///fake sta' vdctl --connect = test : ///fake sta
complete_line 'vdctl --connect=test:///' vdctl --connect = test : ///
complete_line 'vdctl ' vdctl ''
)";
        QProcess bash;
        bash.start(QStringLiteral("bash"),
            { QStringLiteral("-c"), QString::fromUtf8(script), QStringLiteral("bash"),
                QStringLiteral(VIRTDECK_SOURCE_DIR "/packaging/completions/vdctl.bash") });
        QVERIFY(bash.waitForFinished());
        const QList<QByteArray> lines = bash.readAllStandardOutput().trimmed().split('\n');
        QCOMPARE(lines,
            (QList<QByteArray> {
                "start,starve,", "///here,", "start,starve,", "///here,", "list," }));
    }

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    void write(const char* name, const QByteArray& content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    void setUp(QProcess& program) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("VIRTDECK_FAKE_HOST"),
            (m_switches + QStringList { QStringLiteral("--pid-file=") + path("pid") })
                .join(QLatin1Char(' ')));
        environment.insert(QStringLiteral("VIRTDECK_URI"), QStringLiteral("test:///fake"));
        program.setProcessEnvironment(environment);
    }

    void start(QProcess& program, const QStringList& line) const
    {
        setUp(program);
        program.start(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"), line);
        program.closeWriteChannel();
    }

    void runRaw(const QStringList& line)
    {
        QProcess program;
        start(program, line);
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 20'000);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        m_exitCode = program.exitCode();
        m_output = program.readAllStandardOutput();
        m_errors = program.readAllStandardError();
    }

    /// "@" in an argument stands for this test's folder.
    void run(const QStringList& line) { runRaw(withHost(line)); }

    QStringList withHost(const QStringList& line) const
    {
        QStringList arguments { QStringLiteral("--host-program"), m_hostProgram };
        for (const QString& word : line)
            arguments.append(
                word.startsWith(QLatin1Char('@')) ? m_folder->path() + word.mid(1) : word);
        return arguments;
    }

    QVector<Operation> asked() const
    {
        QVector<Operation> all;
        QFile log(path("log"));
        if (!log.open(QIODevice::ReadOnly))
            return all;
        const auto lines = log.readAll().split('\n');
        for (const QByteArray& line : lines) {
            if (const auto message = wire::decode(QByteArray::fromHex(line)))
                all.append(std::get<wire::Request>(*message).operation);
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QStringList m_switches;
    QString m_hostProgram;
    int m_exitCode = 0;
    QByteArray m_output;
    QByteArray m_errors;
};

QTEST_GUILESS_MAIN(tst_Vdctl)
#include "tst_Vdctl.moc"
