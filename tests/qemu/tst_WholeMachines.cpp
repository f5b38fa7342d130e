// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/Golden.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestBridge.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

#include <csignal>

using namespace vmm;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isInstalled(const char* program)
{
    return !QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
}

} // namespace

/// Firmware, TPM and devices of machines with a real QEMU, seen from inside the guest where one
/// runs.
class TestWholeMachines : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    std::optional<TestGuest> m_guest = TestGuest::find();

    Machine* define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        [&] { VERIFY_OK(id); }();
        return id ? m_core->machine(*id) : nullptr;
    }

    Result<void> act(Machine* machine, VmAction action)
    {
        return waitFor(m_core->perform(machine->id(), action));
    }

    static QString logOf(const Machine* machine)
    {
        return QString::fromUtf8(contentOf(machine->places().logFile()));
    }

    /// Until the guest offers its shell.
    void waitForGuest(Machine* machine)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(contentOf(machine->places().serialLog()).contains("READY"),
            qPrintable(logOf(machine)), 120'000);
    }

    /// Until the shell reads: what is written before it has the terminal is lost.
    void waitForShell(Machine* machine)
    {
        QLocalSocket shell;
        shell.connectToServer(machine->places().serialSocket());
        QByteArray said;
        const auto isAnswered = [&] {
            shell.write("echo awa''ke\n");
            QTest::qWait(300);
            said += shell.readAll();
            return said.contains("awake\r\n");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isAnswered(), said.constData(), 60'000);
    }

    /// What a command line says in the guest's shell.
    QString ask(Machine* machine, const QString& command)
    {
        static int count = 0;
        const QByteArray mark = QByteArray("end-") + QByteArray::number(++count);
        QLocalSocket shell;
        shell.connectToServer(machine->places().serialSocket());
        // The mark in two parts, so that its echo is no answer.
        shell.write(command.toUtf8() + "; echo '" + mark.left(3) + "''" + mark.mid(3) + "'\n");
        QByteArray said;
        const auto isDone = [&] {
            said += shell.readAll();
            return said.contains(mark + "\r\n");
        };
        if (!QTest::qWaitFor(isDone, 60'000))
            qWarning("no answer to \"%s\": %s", qPrintable(command), said.constData());
        return QString::fromUtf8(said.mid(said.indexOf('\n') + 1));
    }

    /// Tiny Linux with more in it: `devices` and, outside of them, `parts`.
    QString guestXml(const QString& devices, const QString& parts = {}, const QString& os = {})
    {
        static int count = 0;
        QString xml = m_guest->domainXml(
            QStringLiteral("whole%1").arg(++count), QStringLiteral("qemu"), devices);
        xml.replace(QLatin1StringView("<features><acpi/></features>"),
            parts.isEmpty() ? QStringLiteral("<features><acpi/></features>") : parts);
        if (!os.isEmpty())
            xml.replace(QLatin1StringView("<os>"), os);
        return xml;
    }

    Machine* startGuest(const QString& xml)
    {
        Machine* machine = define(xml);
        [&] { VERIFY_OK(act(machine, VmAction::Start)); }();
        waitForGuest(machine);
        waitForShell(machine);
        return machine;
    }

    /// Of each device on a bus of PCI: its port or bus, and its slot ("1/0"). What is behind a port
    /// is there once the firmware has numbered its bus.
    QHash<QString, QString> pciPlaces(Machine* machine)
    {
        const auto answer = waitFor(machine->execute(QStringLiteral("query-pci")));
        if (!answer)
            return {};
        QHash<QString, QString> places;
        const QJsonArray buses = answer->toArray();
        for (const QJsonValue& bus : buses) {
            const QJsonArray devices = bus.toObject().value(QLatin1StringView("devices")).toArray();
            for (const QJsonValue& value : devices) {
                const QJsonObject device = value.toObject();
                const QString port = device.value(QLatin1StringView("qdev_id")).toString();
                places.insert(port,
                    QStringLiteral("0/%1").arg(device.value(QLatin1StringView("slot")).toInt()));
                const QJsonArray behind = device.value(QLatin1StringView("pci_bridge"))
                                              .toObject()
                                              .value(QLatin1StringView("devices"))
                                              .toArray();
                for (const QJsonValue& inner : behind)
                    places.insert(inner.toObject().value(QLatin1StringView("qdev_id")).toString(),
                        port.section(QLatin1Char('-'), 1) + QStringLiteral("/0"));
            }
        }
        return places;
    }

    /// QEMU has each network card on the bus and in the slot that the definition says.
    void verifyPlaces(Machine* machine, const Definition& definition)
    {
        QHash<QString, QString> wanted;
        const QStringList buses = definition.valuesOfEach("devices/interface", "address@bus");
        const QStringList slotNumbers
            = definition.valuesOfEach("devices/interface", "address@slot");
        for (int i = 0; i < slotNumbers.size(); ++i) {
            if (!slotNumbers.at(i).isEmpty())
                wanted.insert(QStringLiteral("net-%1").arg(i),
                    QStringLiteral("%1/%2")
                        .arg(buses.at(i).toInt(nullptr, 0))
                        .arg(slotNumbers.at(i).toInt(nullptr, 0)));
        }
        QHash<QString, QString> places;
        const auto areKnown = [&] {
            places = pciPlaces(machine);
            return std::all_of(wanted.keyBegin(), wanted.keyEnd(),
                [&](const QString& id) { return places.contains(id); });
        };
        QVERIFY(QTest::qWaitFor(areKnown, 120'000));
        for (auto it = wanted.cbegin(); it != wanted.cend(); ++it)
            QCOMPARE(places.value(it.key()), it.value());
    }

    QString image(const QString& name, const QByteArray& start)
    {
        QByteArray content = start;
        content.resize(1 << 20);
        return m_home->write(name, content);
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
    }

    void cleanup()
    {
        const auto machines = m_core->machines();
        for (Machine* machine : machines) {
            if (isAllowed(VmAction::ForceOff, machine->state()))
                VERIFY_OK(waitFor(machine->forceOff()));
        }
        m_core.reset();
        m_home.reset();
    }

    void libvirtsMachine_starts_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::libvirtMachines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void libvirtsMachine_starts()
    {
        QFETCH(QString, name);
        QString xml = tests::golden::xml(name);
        if (xml.contains(QLatin1StringView("<tpm")) && !isInstalled("swtpm"))
            QSKIP("swtpm is not installed");
        if (xml.contains(QLatin1StringView("efi"))
            && !QFile::exists(QStringLiteral("/usr/share/OVMF/OVMF_CODE_4M.ms.fd")))
            QSKIP("OVMF is not installed");
        std::optional<tests::TestBridge> bridge;
        if (xml.contains(QLatin1StringView("type='bridge'"))) {
            if (!bridge.emplace().exists())
                QSKIP("no bridge can be made here: it needs root");
            xml.replace(QLatin1StringView("bridge='br0'"),
                QStringLiteral("bridge='%1'").arg(bridge->name()));
        }
        xml.replace(QLatin1StringView("/srv/"), m_home->path(QString()) + QLatin1Char('/'));
        const Definition definition = Definition::fromXml(xml).value();
        QDir().mkpath(m_home->path(QStringLiteral("share")));
        for (const Disk& disk : definition.devices<Disk>()) {
            if (disk.sourceFile.isEmpty())
                continue;
            QDir().mkpath(QFileInfo(disk.sourceFile).path());
            QCOMPARE(QProcess::execute(QStringLiteral("qemu-img"),
                         { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                             disk.format, disk.sourceFile, QStringLiteral("4M") }),
                0);
        }
        if (!definition.kernel().isEmpty()) {
            if (!m_guest)
                QSKIP("no test guest: ./dev guest builds it");
            xml.replace(definition.kernel(), m_guest->kernel);
            xml.replace(definition.initrd(), m_guest->initrd);
        }
        Machine* machine = define(xml);
        QVERIFY(machine);
        VERIFY_OK(act(machine, VmAction::Start));
        QCOMPARE(machine->state(), VmState::Running);
        verifyPlaces(machine, definition);
    }

    // As Fedora has them since 38.
    void uefiOfQcow2Files_bootsTheGuest()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        const QString rawCode = QStringLiteral("/usr/share/OVMF/OVMF_CODE_4M.fd");
        const QString rawVariables = QStringLiteral("/usr/share/OVMF/OVMF_VARS_4M.fd");
        if (!QFile::exists(rawCode) || !QFile::exists(rawVariables))
            QSKIP("OVMF is not installed");
        const QString code = m_home->path(QStringLiteral("code.qcow2"));
        const QString variables = m_home->path(QStringLiteral("vars.qcow2"));
        const QString convert = QStringLiteral("convert -f raw -O qcow2 %1 %2");
        QVERIFY(tests::qemuImg(convert, { rawCode, code }));
        QVERIFY(tests::qemuImg(convert, { rawVariables, variables }));
        m_home->write(QStringLiteral("config/qemu/firmware/10-own.json"),
            QStringLiteral(R"({"interface-types":["uefi"],"mapping":{"device":"flash",
                "executable":{"filename":"%1","format":"qcow2"},
                "nvram-template":{"filename":"%2","format":"qcow2"}},"features":[],
                "targets":[{"architecture":"x86_64","machines":["pc-q35-*"]}]})")
                .arg(code, variables)
                .toUtf8());
        const QByteArray before = qgetenv("XDG_CONFIG_HOME");
        const bool wasSet = qEnvironmentVariableIsSet("XDG_CONFIG_HOME");
        const auto restore = qScopeGuard(
            [&] { wasSet ? qputenv("XDG_CONFIG_HOME", before) : qunsetenv("XDG_CONFIG_HOME"); });
        qputenv("XDG_CONFIG_HOME", m_home->path(QStringLiteral("config")).toUtf8());
        Machine* machine = startGuest(guestXml({}, {}, QStringLiteral("<os firmware='efi'>")));
        QVERIFY(contentOf(machine->places().folder + QStringLiteral("/firmware.json"))
                    .contains("code.qcow2"));
        const QFileInfo nvram(machine->places().nvramFile());
        QCOMPARE(nvram.size(), QFileInfo(rawVariables).size());
        QCOMPARE(nvram.permissions() & QFile::ReadOther, QFile::Permissions());
        QVERIFY(ask(machine, QStringLiteral("ls /sys/firmware/efi"))
                    .contains(QLatin1StringView("runtime")));
    }

    void uefi_bootsTheGuest_andKeepsItsVariables()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        const QString templateFile = QStringLiteral("/usr/share/OVMF/OVMF_VARS_4M.fd");
        if (!QFile::exists(templateFile))
            QSKIP("OVMF is not installed");
        Machine* machine = startGuest(guestXml({}, {},
            QStringLiteral("<os firmware='efi'><firmware><feature enabled='no' "
                           "name='secure-boot'/></firmware>")));
        QVERIFY(ask(machine, QStringLiteral("ls /sys/firmware/efi"))
                    .contains(QLatin1StringView("runtime")));
        const QString variables = machine->places().nvramFile();
        VERIFY_OK(act(machine, VmAction::ForceOff));
        const QByteArray kept = contentOf(variables);
        QCOMPARE(kept.size(), contentOf(templateFile).size());
        QVERIFY(kept != contentOf(templateFile)); // the firmware has written to it
        QCOMPARE(QFileInfo(variables).permissions() & QFile::ReadOther, QFile::Permissions());

        VERIFY_OK(act(machine, VmAction::Start));
        QVERIFY(contentOf(variables) != contentOf(templateFile));
    }

    void secureBoot_runsWithSmm()
    {
        if (!QFile::exists(QStringLiteral("/usr/share/OVMF/OVMF_CODE_4M.ms.fd")))
            QSKIP("OVMF is not installed");
        Machine* machine = define(QStringLiteral(
            "<domain type='qemu'><name>secure</name><memory unit='MiB'>256</memory>"
            "<os firmware='efi'><type machine='q35'>hvm</type><firmware><feature enabled='yes' "
            "name='enrolled-keys'/><feature enabled='yes' name='secure-boot'/></firmware></os>"
            "<features><acpi/></features></domain>"));
        VERIFY_OK(act(machine, VmAction::Start));
        const QByteArray before = contentOf(QStringLiteral("/usr/share/OVMF/OVMF_VARS_4M.ms.fd"));
        QVERIFY(!before.isEmpty());
        // Only a firmware that runs in system management mode can write to this flash.
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(machine->places().nvramFile()) != before, 120'000);
    }

    void missingFirmware_isNamed()
    {
        Machine* machine = define(
            QStringLiteral("<domain type='qemu'><name>none</name><memory unit='MiB'>64</memory>"
                           "<os><type machine='q35'>hvm</type><loader readonly='yes' "
                           "type='pflash'>/nowhere/code.fd"
                           "</loader></os></domain>"));
        const auto started = act(machine, VmAction::Start);
        QCOMPARE(started.error().cause, ErrorCause::FirmwareMissing);
        QCOMPARE(started.error().subject, QStringLiteral("/nowhere/code.fd"));
        QCOMPARE(machine->state(), VmState::ShutOff);
    }

    void tpm_isSeenByTheGuest_andKeepsItsState()
    {
        if (!m_guest || !isInstalled("swtpm"))
            QSKIP("no test guest, or swtpm is not installed");
        Machine* machine
            = startGuest(guestXml(QStringLiteral("<tpm model='tpm-crb'><backend type='emulator' "
                                                 "version='2.0'/></tpm>")));
        QVERIFY(ask(machine, QStringLiteral("cat /sys/class/tpm/tpm0/tpm_version_major"))
                    .contains(QLatin1Char('2')));
        const QString state = machine->places().folder + QStringLiteral("/tpm/tpm2-00.permall");
        QVERIFY(QFile::exists(state));
        VERIFY_OK(act(machine, VmAction::ForceOff));
        VERIFY_OK(act(machine, VmAction::Start)); // at once: the old swtpm holds no lock
        QVERIFY(QFile::exists(state));
    }

    void companionThatDies_isTold_andTheMachineRunsOn()
    {
        if (!isInstalled("swtpm"))
            QSKIP("swtpm is not installed");
        Machine* machine = define(tests::smallDomainXml(QStringLiteral("lonely"),
            QUuid::createUuid(), QStringLiteral("<tpm model='tpm-crb'/>")));
        VERIFY_OK(act(machine, VmAction::Start));
        const auto record = RuntimeRecord::load(machine->places().recordFile());
        QCOMPARE(record->companions.size(), 1);
        ::kill(static_cast<pid_t>(record->companions.first().process.pid), SIGKILL);
        QTRY_VERIFY(machine->status().detail.contains(QLatin1StringView("swtpm")));
        QCOMPARE(machine->state(), VmState::Running);
    }

    void companion_isAdoptedWithItsMachine_andEndsWithIt()
    {
        if (!isInstalled("swtpm"))
            QSKIP("swtpm is not installed");
        Machine* machine = define(tests::smallDomainXml(QStringLiteral("adopted"),
            QUuid::createUuid(), QStringLiteral("<tpm model='tpm-crb'/>")));
        VERIFY_OK(act(machine, VmAction::Start));
        const auto record = RuntimeRecord::load(machine->places().recordFile());
        const ProcessIdentity companion = record->companions.first().process;
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
        machine = m_core->machines().constFirst();
        QCOMPARE(machine->state(), VmState::Running);
        QVERIFY(companion.isAlive());
        VERIFY_OK(act(machine, VmAction::ForceOff));
        QTRY_VERIFY(!companion.isAlive());
    }

    void missingCompanion_isNamed()
    {
        const QByteArray path = qgetenv("PATH");
        const auto restore = qScopeGuard([&path] { qputenv("PATH", path); });
        Machine* machine = define(tests::smallDomainXml(QStringLiteral("without"),
            QUuid::createUuid(), QStringLiteral("<tpm model='tpm-crb'/>")));
        qputenv("PATH", "/nowhere");
        const auto started = act(machine, VmAction::Start);
        QCOMPARE(started.error().cause, ErrorCause::ProgramMissing);
        QCOMPARE(started.error().subject, QStringLiteral("swtpm"));
        QCOMPARE(machine->state(), VmState::ShutOff);
        QVERIFY(!QFile::exists(machine->places().recordFile()));
    }

    void everyDiskBus_isSeenByTheGuest()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        const auto disk = [this](const char* target, const char* bus, const char* more = "") {
            const QString path = image(QString::fromLatin1(target), QByteArray("I am ") + target);
            return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
                                  "<source file='%1'/><target dev='%2' bus='%3'/>%4</disk>")
                .arg(path, QLatin1StringView(target), QLatin1StringView(bus),
                    QLatin1StringView(more));
        };
        Machine* machine = startGuest(
            guestXml(disk("vda", "virtio", "<serial>a,b</serial>") + disk("sda", "sata")
                + disk("sdb", "scsi") + disk("sdc", "usb") + disk("nvme0n1", "nvme")
                + disk("vdb", "virtio", "<iotune><total_iops_sec>100</total_iops_sec></iotune>")));
        ask(machine, QStringLiteral("drivers"));
        for (const char* target : { "vda", "vdb", "sda", "sdb", "sdc", "nvme0n1" }) {
            QString seen;
            const QString command = QStringLiteral(
                "for d in /dev/vd? /dev/sd? /dev/nvme?n1; do head -c 12 $d; echo; done");
            const auto isSeen = [&] { // USB takes its time to find a disk
                seen = ask(machine, command);
                return seen.contains(QStringLiteral("I am ") + QLatin1StringView(target));
            };
            QTRY_VERIFY2_WITH_TIMEOUT(isSeen(), qPrintable(seen), 30'000);
        }
        QVERIFY(ask(machine, QStringLiteral("cat /sys/block/vda/serial"))
                    .contains(QLatin1StringView("a,b")));
    }

    void pathThatLooksLikeAProtocol_isAFile()
    {
        for (const char* name : { "nbd:localhost:1", "json:{}", "fat:rw:x", "a,snapshot=on",
                 "http:", "quote\"back\\slash" }) {
            const QString path = image(QString::fromLatin1(name), "x");
            Machine* machine = define(
                tests::smallDomainXml(QStringLiteral("p%1").arg(qHash(path)), QUuid::createUuid(),
                    QStringLiteral("<disk type='file'><driver name='qemu' type='raw'/>"
                                   "<source file='%1'/><target dev='vda' bus='virtio'/></disk>")
                        .arg(path.toHtmlEscaped())));
            VERIFY_OK(act(machine, VmAction::Start));
            const auto blocks
                = waitFor(machine->execute(QStringLiteral("query-named-block-nodes")));
            QStringList files;
            const QJsonArray nodes = blocks->toArray();
            for (const QJsonValue& node : nodes)
                files.append(node.toObject().value(QLatin1StringView("file")).toString());
            QVERIFY2(files.contains(path) || files.filter(QLatin1StringView("slash")).size(),
                qPrintable(files.join(QLatin1Char(' '))));
            VERIFY_OK(act(machine, VmAction::ForceOff));
        }
    }

    void virtioChannel_reachesTheHost()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* machine
            = startGuest(guestXml(QStringLiteral("<channel type='unix'><target type='virtio' "
                                                 "name='org.example.test'/></channel>")));
        QLocalSocket channel;
        channel.connectToServer(
            machine->places().runtimeFolder + QStringLiteral("/channel-0.sock"));
        QTRY_COMPARE(channel.state(), QLocalSocket::ConnectedState);
        ask(machine, QStringLiteral("for p in /dev/vport*; do echo hello >$p; done"));
        QByteArray heard;
        QTRY_VERIFY((heard += channel.readAll()).contains("hello"));
    }

    void sharedFolder_isReadByTheGuest_data()
    {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<QString>("mount");
        QTest::newRow("9p") << QStringLiteral("path")
                            << QStringLiteral("mount -t 9p -o trans=virtio,version=9p2000.L");
        QTest::newRow("virtiofs") << QStringLiteral("virtiofs")
                                  << QStringLiteral("mount -t virtiofs");
    }

    void sharedFolder_isReadByTheGuest()
    {
        QFETCH(QString, driver);
        QFETCH(QString, mount);
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        const bool isVirtiofs = driver == QLatin1StringView("virtiofs");
        if (isVirtiofs && ::geteuid() != 0)
            QSKIP("QEMU 7.2's virtiofsd needs root");
        m_home->write(QStringLiteral("share,folder/note"), "from the host");
        Machine* machine = startGuest(guestXml(
            QStringLiteral("<filesystem type='mount' accessmode='passthrough'><driver type='%1'/>"
                           "<source dir='%2'/><target dir='notes'/></filesystem>")
                .arg(driver, m_home->path(QStringLiteral("share,folder"))),
            isVirtiofs ? QStringLiteral("<features><acpi/></features><memoryBacking><source "
                                        "type='memfd'/><access mode='shared'/></memoryBacking>")
                       : QString()));
        const QString said = ask(machine,
            QStringLiteral("drivers; mkdir /notes; %1 notes /notes; cat /notes/note; echo "
                           "'from the guest' >/notes/reply; sync; ls /notes")
                .arg(mount));
        QVERIFY2(said.contains(QLatin1StringView("from the host")), qPrintable(said));
        QCOMPARE(contentOf(m_home->path(QStringLiteral("share,folder/reply"))),
            QByteArray("from the guest\n"));
    }

    void watchdog_pausesTheGuestThatFellAsleep()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* machine
            = startGuest(guestXml(QStringLiteral("<watchdog model='i6300esb' action='pause'/>")));
        ask(machine,
            QStringLiteral("insmod /lib/modules/watchdog.ko; insmod /lib/modules/i6300esb.ko "
                           "heartbeat=1; echo >/dev/watchdog"));
        QTRY_COMPARE_WITH_TIMEOUT(machine->state(), VmState::Paused, 60'000);
    }

    void panic_isTold()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        Machine* machine = startGuest(guestXml(QStringLiteral("<panic model='isa'/>"),
            QStringLiteral("<features><acpi/></features><on_crash>preserve</on_crash>")));
        ask(machine, QStringLiteral("drivers pvpanic pvpanic-mmio"));
        QLocalSocket shell;
        shell.connectToServer(machine->places().serialSocket());
        shell.write("echo c >/proc/sysrq-trigger\n");
        QTRY_COMPARE_WITH_TIMEOUT(machine->status().reason, StateReason::GuestPanicked, 60'000);
    }

    void portForward_isOpenOnTheHost()
    {
        Machine* machine = define(tests::smallDomainXml(QStringLiteral("open"), QUuid::createUuid(),
            QStringLiteral("<interface type='user'><portForward proto='tcp' address='127.0.0.1'>"
                           "<range start='42922' to='22'/></portForward>"
                           "<model type='virtio'/></interface>")));
        VERIFY_OK(act(machine, VmAction::Start));
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), 42922);
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }

    void portForward_reachesTheGuest_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::addColumn<int>("port");
        QTest::newRow("QEMU's own network") << QString() << 42924;
        QTest::newRow("passt") << QStringLiteral("<backend type='passt'/>") << 42925;
    }

    void portForward_reachesTheGuest()
    {
        QFETCH(QString, backend);
        QFETCH(int, port);
        if (!m_guest || (!backend.isEmpty() && !isInstalled("passt")))
            QSKIP("no test guest, or passt is not installed");
        Machine* machine = startGuest(guestXml(
            QStringLiteral("<interface type='user'><portForward proto='tcp' address='127.0.0.1'>"
                           "<range start='%1' to='2222'/></portForward>"
                           "<model type='virtio'/>%2</interface>")
                .arg(port)
                .arg(backend)));
        const QString network = ask(machine,
            QStringLiteral("for i in 1 2 3 4 5 6 7 8 9; do ip addr show eth0 | grep 'inet ' && "
                           "break; sleep 1; done"));
        QVERIFY2(network.contains(QLatin1StringView("inet ")), qPrintable(network));
        ask(machine,
            QStringLiteral(
                "(while :; do nc -l -p 2222 -e /bin/hostname; done) >/dev/null 2>&1 & true"));
        QByteArray said;
        const auto isHeard = [&] { // its first connection may come before the guest listens
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(port));
            socket.write("\n"); // passt of 2023 leaves the guest waiting until something is said
            (void)QTest::qWaitFor(
                [&] {
                    said += socket.readAll();
                    return said.contains("tiny-linux");
                },
                3000);
            return said.contains("tiny-linux");
        };
        QVERIFY2(QTest::qWaitFor(isHeard, 60'000), said.constData());
    }

    void bridge_hasTheMachinesTap_whileItRuns()
    {
        const tests::TestBridge bridge;
        if (!bridge.exists())
            QSKIP("no bridge can be made here: it needs root");
        Machine* machine
            = define(tests::smallDomainXml(QStringLiteral("bridged"), QUuid::createUuid(),
                QStringLiteral("<interface type='bridge'><source bridge='%1'/>"
                               "<model type='virtio'/></interface>")
                    .arg(bridge.name())));
        VERIFY_OK(act(machine, VmAction::Start));
        QCOMPARE(bridge.portCount(), 1);
        VERIFY_OK(act(machine, VmAction::ForceOff));
        QTRY_COMPARE(bridge.portCount(), 0);
    }

    void missingBridge_isNamed()
    {
        Machine* machine
            = define(tests::smallDomainXml(QStringLiteral("unbridged"), QUuid::createUuid(),
                QStringLiteral("<interface type='bridge'><source bridge='vdnone'/></interface>")));
        const auto started = act(machine, VmAction::Start);
        QCOMPARE(started.error().kind, ErrorKind::NotFound);
        QCOMPARE(started.error().subject, QStringLiteral("vdnone"));
    }

    void passt_givesTheGuestANetwork()
    {
        if (!isInstalled("passt"))
            QSKIP("passt is not installed");
        Machine* machine = define(tests::smallDomainXml(QStringLiteral("passt"),
            QUuid::createUuid(),
            QStringLiteral("<interface type='user'><portForward proto='tcp' address='127.0.0.1'>"
                           "<range start='42923' to='22'/></portForward>"
                           "<model type='virtio'/><backend type='passt'/></interface>")));
        VERIFY_OK(act(machine, VmAction::Start));
        const auto record = RuntimeRecord::load(machine->places().recordFile());
        QCOMPARE(record->companions.size(), 1);
        QTcpSocket socket;
        const auto isOpen = [&socket] {
            if (socket.state() == QAbstractSocket::UnconnectedState)
                socket.connectToHost(QStringLiteral("127.0.0.1"), 42923);
            return socket.state() == QAbstractSocket::ConnectedState;
        };
        QTRY_VERIFY2(isOpen(),
            contentOf(machine->places().folder + QStringLiteral("/logs/net-0.log")).constData());
        QVERIFY(record->companions.first().process.isAlive());
    }
};

QTEST_GUILESS_MAIN(TestWholeMachines)
#include "tst_WholeMachines.moc"
