// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/qemu/CommandLine.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vmm;

namespace {

Definition machine(const QString& devices, const QString& type = QStringLiteral("q35"))
{
    const QString xml = QStringLiteral("<domain type='kvm'><name>m</name><memory>65536</memory>"
                                       "<os><type machine='%1'>hvm</type></os>"
                                       "<devices>%2</devices></domain>")
                            .arg(type, devices);
    return Definition::fromXml(xml).value();
}

Result<QStringList> build(const Definition& definition, LaunchContext context = {})
{
    context.spiceSocket = QStringLiteral("/run/s.sock");
    return buildCommandLine(definition, context);
}

// All -device options as objects.
QVector<QJsonObject> devicesOf(const QStringList& arguments)
{
    QVector<QJsonObject> devices;
    for (qsizetype i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments.at(i) == QLatin1StringView("-device"))
            devices.append(QJsonDocument::fromJson(arguments.at(i + 1).toUtf8()).object());
    }
    return devices;
}

QString optionOf(const QStringList& arguments, const char* name)
{
    const qsizetype at = arguments.indexOf(QString::fromLatin1(name));
    return at < 0 ? QString() : arguments.value(at + 1);
}

QString placeOf(const QStringList& arguments, const char* id)
{
    for (const QJsonObject& device : devicesOf(arguments)) {
        if (device.value(QLatin1StringView("id")).toString() == QLatin1StringView(id))
            return device.value(QLatin1StringView("bus")).toString() + QLatin1Char('/')
                + device.value(QLatin1StringView("addr")).toString();
    }
    return {};
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void goldenMachine_becomesGoldenCommandLine_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::machines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void goldenMachine_becomesGoldenCommandLine()
    {
        QFETCH(QString, name);
        const auto definition = Definition::fromXml(tests::golden::xml(name));
        QVERIFY2(definition, qPrintable(definition ? QString() : definition.error().toString()));
        const auto arguments = buildCommandLine(*definition, tests::golden::context(name));
        QVERIFY2(arguments, qPrintable(arguments ? QString() : arguments.error().toString()));
        QString text;
        for (const QString& argument : *arguments)
            text += argument
                + (argument.startsWith(QLatin1Char('-')) && !argument.contains(QLatin1Char(' '))
                            && argument != QLatin1StringView("-S")
                            && !argument.startsWith(QLatin1StringView("-no"))
                        ? QLatin1Char(' ')
                        : QLatin1Char('\n'));
        const QString difference = tests::golden::difference(name + QStringLiteral(".argv"), text);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void everyTypedField_occursInSomeGolden()
    {
        QStringList seen;
        for (const QString& name : tests::golden::machines()) {
            const auto definition = Definition::fromXml(tests::golden::xml(name));
            definition->forEachPart([&seen](const std::string& path, const QString&) {
                seen.append(QString::fromStdString(path));
                return true;
            });
        }
        // What only other hosts offer.
        const QStringList elsewhere { QStringLiteral("devices/interface/source@network") };
        QStringList missing;
        for (const QString& path : Definition::typedPaths()) {
            if (!seen.contains(path) && !elsewhere.contains(path))
                missing.append(path);
        }
        QCOMPARE(missing, QStringList());
    }

    void libvirtsMachine_becomesACommandLine_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::libvirtMachines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void libvirtsMachine_becomesACommandLine()
    {
        QFETCH(QString, name);
        const auto definition = Definition::fromXml(tests::golden::xml(name));
        QVERIFY(definition);
        const auto checked = checkStartable(*definition);
        QVERIFY2(checked, qPrintable(checked ? QString() : checked.error().toString()));
    }

    void virtInstallsMachine_isTaken_orRefusedByName()
    {
        const QHash<QString, QString> refusals { { QStringLiteral("libvirt-network"),
                                                     QStringLiteral(
                                                         "devices/interface@type=\"network\"") },
            { QStringLiteral("open-screen"),
                QStringLiteral("devices/graphics@listen=\"0.0.0.0\"") },
            { QStringLiteral("numa-tuning"), QStringLiteral("numatune") },
            { QStringLiteral("parallel"), QStringLiteral("devices/parallel") } };
        int taken = 0;
        int refused = 0;
        for (const QString& name : tests::golden::virtInstallMachines()) {
            const auto definition = Definition::fromXml(tests::golden::xml(name));
            QVERIFY2(definition, qPrintable(name));
            const auto supported = checkSupportedByEmbedded(*definition);
            const QString why = name.section(QStringLiteral("/refused-"), 1);
            if (why.isEmpty()) {
                QVERIFY2(supported,
                    qPrintable(name + (supported ? QString() : supported.error().toString())));
                ++taken;
                continue;
            }
            QVERIFY2(!supported, qPrintable(name));
            QVERIFY2(refusals.contains(why) && supported.error().detail.contains(refusals[why]),
                qPrintable(supported.error().toString()));
            ++refused;
        }
        QVERIFY(taken >= 12);
        QCOMPARE(refused, refusals.size());
    }

    void pciPlaces_areLibvirts()
    {
        // All that libvirt placed behind root ports or on the root bus is there for the guest, too.
        const auto definition = Definition::fromXml(
            tests::golden::xml(QStringLiteral("../data/virt-install/debian")));
        const auto arguments = build(*definition);
        VERIFY_OK(arguments);
        QCOMPARE(placeOf(*arguments, "net-0"), QStringLiteral("port-1/0x0"));
        QCOMPARE(placeOf(*arguments, "usb"), QStringLiteral("port-2/0x0"));
        QCOMPARE(placeOf(*arguments, "virtio-serial"), QStringLiteral("port-3/0x0"));
        QCOMPARE(placeOf(*arguments, "disk-vda"), QStringLiteral("port-4/0x0"));
        QCOMPARE(placeOf(*arguments, "balloon"), QStringLiteral("port-5/0x0"));
        QCOMPARE(placeOf(*arguments, "rng-0"), QStringLiteral("port-6/0x0"));
        QCOMPARE(placeOf(*arguments, "sound-0"), QStringLiteral("pcie.0/0x1b"));
        QCOMPARE(placeOf(*arguments, "port-10"), QStringLiteral("pcie.0/0x3.0x1")); // a spare one
        const auto old = Definition::fromXml(
            tests::golden::xml(QStringLiteral("../data/virt-install/debian-i440fx")));
        const auto oldArguments = build(*old);
        VERIFY_OK(oldArguments);
        const QStringList places = old->valuesOfEach("devices/interface", "address@slot");
        QCOMPARE(placeOf(*oldArguments, "net-0"),
            QStringLiteral("pci.0/0x%1").arg(places.first().toInt(nullptr, 0), 0, 16));
    }

    void pciPlace_ofOneKeepsOthersAway()
    {
        const auto arguments = build(machine(QStringLiteral(
            "<interface type='user'><model type='virtio'/></interface>"
            "<interface type='user'><model type='virtio'/>"
            "<address type='pci' bus='1' slot='0'/></interface>"
            "<rng model='virtio'><address type='pci' bus='0x09' slot='0x00' function='0x0'/></rng>"
            "<watchdog model='i6300esb'><address type='pci' slot='0x10'/></watchdog>"
            "<sound model='ac97'/>")));
        VERIFY_OK(arguments);
        QCOMPARE(placeOf(*arguments, "net-0"), QStringLiteral("port-2/0x0"));
        QCOMPARE(placeOf(*arguments, "net-1"), QStringLiteral("port-1/0x0"));
        QCOMPARE(placeOf(*arguments, "rng-0"), QStringLiteral("port-9/0x0"));
        QCOMPARE(placeOf(*arguments, "watchdog"), QStringLiteral("pcie.0/0x10"));
        QCOMPARE(placeOf(*arguments, "sound-0"), QStringLiteral("pcie.0/0x11"));
        QVERIFY(!placeOf(*arguments, "port-13").isEmpty());
    }

    void pciPlace_thatIsTaken_failsAndSaysBy_data()
    {
        QTest::addColumn<QString>("devices");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("words");
        const auto card = [](const char* address) {
            return QStringLiteral("<interface type='user'><model type='virtio'/>"
                                  "<address type='pci' %1/></interface>")
                .arg(QLatin1StringView(address));
        };
        const QString subject = QStringLiteral("devices/interface/address");
        QTest::newRow("twice") << card("bus='1' slot='0'") + card("bus='0x01' slot='0x00'")
                               << subject << QStringLiteral("0000:01:00.0");
        QTest::newRow("root ports")
            << card("bus='0' slot='2'") << subject << QStringLiteral("root ports");
        QTest::newRow("chipset") << card("slot='0x1f'") << subject << QStringLiteral("chipset");
        QTest::newRow("slot") << card("slot='32'") << subject + QStringLiteral("@slot")
                              << QStringLiteral("32");
        QTest::newRow("domain") << card("domain='1' slot='3'")
                                << subject + QStringLiteral("@domain") << QStringLiteral("1");
        QTest::newRow("no number")
            << card("bus='x' slot='3'") << subject + QStringLiteral("@bus") << QStringLiteral("x");
    }

    void pciPlace_thatIsTaken_failsAndSaysBy()
    {
        QFETCH(QString, devices);
        QFETCH(QString, subject);
        QFETCH(QString, words);
        const auto arguments = build(machine(devices));
        QCOMPARE(arguments.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(arguments.error().subject, subject);
        QVERIFY2(arguments.error().detail.contains(words), qPrintable(arguments.error().detail));
    }

    void placeBehindAnotherBridge_isTheCoresChoice()
    {
        const auto arguments = build(machine(QStringLiteral(
            "<controller type='pci' index='1' model='pcie-root-port'/>"
            "<controller type='pci' index='2' model='pcie-to-pci-bridge'/>"
            "<watchdog model='i6300esb'><address type='pci' bus='2' slot='1'/></watchdog>")));
        VERIFY_OK(arguments);
        QCOMPARE(placeOf(*arguments, "watchdog"), QStringLiteral("pcie.0/0x10"));
    }

    void crashAction_isQemus_onceTheGuestCanTell()
    {
        Definition definition = machine(QStringLiteral("<panic model='isa'/>"));
        QCOMPARE(optionOf(*build(definition), "-action"), QStringLiteral("panic=shutdown"));
        definition.setValue("on_crash", QStringLiteral("preserve"));
        QCOMPARE(optionOf(*build(definition), "-action"), QStringLiteral("panic=pause"));
        definition.setValue("on_crash", QStringLiteral("restart"));
        QCOMPARE(build(definition).error().subject, QStringLiteral("on_crash"));
    }

    void virtiofsWithoutSharedMemory_failsAndSaysWhatIsMissing()
    {
        const auto arguments = build(machine(
            QStringLiteral("<filesystem type='mount'><driver type='virtiofs'/><source dir='/x'/>"
                           "<target dir='t'/></filesystem>")));
        QCOMPARE(arguments.error().cause, ErrorCause::DefinitionUnsupported);
        QVERIFY(arguments.error().detail.contains(QLatin1StringView("memoryBacking")));
    }

    void portForward_outsideThePorts_fails()
    {
        const auto arguments = build(machine(QStringLiteral(
            "<interface type='user'><portForward proto='tcp'><range start='65000' end='65535' "
            "to='2000'/><range start='70000'/></portForward></interface>")));
        QCOMPARE(arguments.error().subject, QStringLiteral("devices/interface/portForward/range"));
    }

    void sameInput_givesSameList()
    {
        const Definition definition = machine(QStringLiteral("<graphics type='spice'/>"));
        QCOMPARE(build(definition).value(), build(definition).value());
    }

    void commaInName_isNoFurtherOption()
    {
        Definition definition = machine({});
        definition.setName(QStringLiteral("a,process=evil"));
        QCOMPARE(optionOf(*build(definition), "-name"),
            QStringLiteral("guest=a,,process=evil,debug-threads=on"));
    }

    void commaInSocketPath_isNoFurtherOption()
    {
        const LaunchContext context { .spiceSocket = QStringLiteral("/x,tls-port=1") };
        const auto arguments
            = buildCommandLine(machine(QStringLiteral("<graphics type='spice'/>")), context);
        QVERIFY(optionOf(*arguments, "-spice")
                    .startsWith(QLatin1StringView("unix=on,addr=/x,,tls-port=1,disable-")));
    }

    void machineTypeWithComma_failsWithInvalidConfig()
    {
        Definition definition = machine({});
        definition.setMachineType(QStringLiteral("q35,accel=kvm"));
        QCOMPARE(build(definition).error().subject, QStringLiteral("os/type@machine"));
    }

    void cpuModelWithComma_failsWithInvalidConfig()
    {
        Definition definition = machine({});
        definition.setCpu(QStringLiteral("custom"), QStringLiteral("qemu64,enforce"));
        QCOMPARE(build(definition).error().subject, QStringLiteral("cpu/model"));
    }

    void unknownDevice_failsWithDefinitionUnsupported()
    {
        const auto arguments = build(machine(QStringLiteral("<smartcard mode='host'/>")));
        QVERIFY(!arguments);
        QCOMPARE(arguments.error().cause, ErrorCause::DefinitionUnsupported);
        QCOMPARE(arguments.error().subject, QStringLiteral("devices/smartcard"));
    }

    void domainOfTypeQemu_neverUsesKvm()
    {
        Definition definition = machine({});
        const LaunchContext kvm { .accelerator = QStringLiteral("kvm") };
        QCOMPARE(optionOf(*build(definition, kvm), "-accel"), QStringLiteral("kvm"));
        definition.setDomainType(QStringLiteral("qemu"));
        QCOMPARE(optionOf(*build(definition, kvm), "-accel"), QStringLiteral("tcg"));
    }

    void hostCpu_underTranslation_isTheBestItHas()
    {
        Definition definition = machine({});
        definition.setCpu(QStringLiteral("host-passthrough"));
        QCOMPARE(optionOf(*build(definition), "-cpu"), QStringLiteral("max"));
        QCOMPARE(optionOf(*build(definition, { .accelerator = QStringLiteral("kvm") }), "-cpu"),
            QStringLiteral("host"));
    }

    void networkCard_keepsItsPlace_whateverElseIsAdded_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("q35") << QStringLiteral("q35");
        QTest::newRow("pc") << QStringLiteral("pc");
    }

    void networkCard_keepsItsPlace_whateverElseIsAdded()
    {
        QFETCH(QString, type);
        Definition definition = machine(
            QStringLiteral("<interface type='user'><model type='virtio'/></interface>"), type);
        const QString before = placeOf(*build(definition), "net-0");
        QVERIFY(!before.isEmpty());
        definition.addDevice(
            Disk { .sourceFile = QStringLiteral("/x"), .target = QStringLiteral("vda") });
        definition.addDevice(Graphics {});
        definition.addDevice(Video { .model = QStringLiteral("qxl") });
        definition.addDevice(Sound {});
        QCOMPARE(placeOf(*build(definition), "net-0"), before);
    }

    void hotPlug_hasSparePorts_onQ35()
    {
        const auto arguments = build(machine(QStringLiteral("<memballoon model='none'/>")));
        int ports = 0;
        for (const QJsonObject& device : devicesOf(*arguments))
            ports
                += device.value(QLatin1StringView("driver")) == QLatin1StringView("pcie-root-port");
        QVERIFY(ports >= 4);
    }

    void tooManyDevices_failInsteadOfOverlapping()
    {
        Definition definition = machine({}, QStringLiteral("pc"));
        for (int i = 0; i < 40; ++i)
            definition.addDevice(NetworkInterface { .model = QStringLiteral("virtio") });
        QCOMPARE(build(definition).error().subject, QStringLiteral("devices"));
    }

    void deviceless_hasNoDevice()
    {
        Definition definition
            = Definition::fromXml(tests::golden::xml(QStringLiteral("everything"))).value();
        const auto arguments = build(definition, { .isDeviceless = true });
        QVERIFY(devicesOf(*arguments).isEmpty());
        QVERIFY(!arguments->contains(QStringLiteral("-spice")));
    }

    void memory_isPassedInKiB()
    {
        Definition definition = machine({});
        definition.setMemory(Bytes::fromMiB(100) + Bytes::fromKiB(4));
        QCOMPARE(optionOf(*build(definition), "-m"), QStringLiteral("size=102404k"));
    }

    void ideDiskOnQ35_failsAndSaysWhatToUse()
    {
        const auto arguments = build(machine(
            QStringLiteral("<disk><source file='/x'/><target dev='hda' bus='ide'/></disk>")));
        QCOMPARE(arguments.error().cause, ErrorCause::DefinitionUnsupported);
        QVERIFY(arguments.error().detail.contains(QLatin1StringView("sata")));
    }

    void spiceChannelWithoutSpice_fails()
    {
        const auto arguments = build(machine(
            QStringLiteral("<channel type='spicevmc'><target type='virtio' name='x'/></channel>")));
        QCOMPARE(arguments.error().subject, QStringLiteral("devices/channel"));
    }

    void openGl_whereItCannotBeShown_failsAndSaysWhy_data()
    {
        QTest::addColumn<QString>("devices");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char* name, const char* devices, const char* subject) {
            QTest::newRow(name) << QString::fromLatin1(devices) << QString::fromLatin1(subject);
        };
        const char* const openGl = "devices/graphics/gl@enable";
        const char* const acceleration = "devices/video/model/acceleration@accel3d";
        row("over VNC", "<graphics type='vnc'><gl enable='yes'/></graphics>", openGl);
        row("over a port",
            "<graphics type='spice' port='5901' autoport='no'><gl enable='yes'/></graphics>",
            openGl);
        row("3D without OpenGL",
            "<graphics type='spice'/><video><model type='virtio'><acceleration accel3d='yes'/>"
            "</model></video>",
            acceleration);
        row("3D of another card",
            "<graphics type='spice'><gl enable='yes'/></graphics><video><model type='qxl'>"
            "<acceleration accel3d='yes'/></model></video>",
            acceleration);
    }

    void openGl_whereItCannotBeShown_failsAndSaysWhy()
    {
        QFETCH(QString, devices);
        QFETCH(QString, subject);
        const auto arguments = build(machine(devices));
        QCOMPARE(arguments.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(arguments.error().subject, subject);
    }

    void overlongSocketPath_failsBeforeQemuDoes()
    {
        const LaunchContext context { .spiceSocket
            = QLatin1Char('/') + QString(107, QLatin1Char('x')) };
        const auto arguments
            = buildCommandLine(machine(QStringLiteral("<graphics type='spice'/>")), context);
        QCOMPARE(arguments.error().subject, QStringLiteral("devices/graphics"));
    }

    void itcoWatchdog_isTheChipsets()
    {
        const QString watchdog = QStringLiteral("<watchdog model='itco' action='pause'/>");
        const auto arguments = build(machine(watchdog));
        QVERIFY(arguments->contains(QStringLiteral("ICH9-LPC.noreboot=off")));
        QCOMPARE(optionOf(*arguments, "-action"), QStringLiteral("watchdog=pause"));
        QCOMPARE(build(machine(watchdog, QStringLiteral("pc"))).error().subject,
            QStringLiteral("devices/watchdog@model"));
    }

    void commaInSerial_staysInTheSerial()
    {
        const auto arguments = build(machine(QStringLiteral(
            "<disk><source file='/x'/><target dev='vda'/><serial>a,drive=b\"</serial></disk>")));
        QString serial;
        for (const QJsonObject& device : devicesOf(*arguments))
            serial += device.value(QLatin1StringView("serial")).toString();
        QCOMPARE(serial, QStringLiteral("a,drive=b\""));
    }

    void topologyThatDoesNotFit_fails()
    {
        Definition definition = machine({});
        definition.setVcpus(4);
        definition.setValue("cpu/topology@sockets", QStringLiteral("3"));
        QCOMPARE(build(definition).error().subject, QStringLiteral("cpu/topology"));
    }

    void bootOrder_disksBeforeCdroms_asTheDefinitionSays()
    {
        const QString disks = QStringLiteral(
            "<disk device='cdrom'><source file='/c'/><target dev='sda' bus='sata'/></disk>"
            "<disk><source file='/d'/><target dev='vda'/></disk>");
        Definition definition = machine(disks);
        definition.setBootDevices({ QStringLiteral("hd"), QStringLiteral("cdrom") });
        QHash<QString, int> order;
        for (const QJsonObject& device : devicesOf(*build(definition)))
            order[device.value(QLatin1StringView("id")).toString()]
                = device.value(QLatin1StringView("bootindex")).toInt();
        QVERIFY(order.value(QStringLiteral("disk-vda")) > 0);
        QVERIFY(order.value(QStringLiteral("disk-vda")) < order.value(QStringLiteral("disk-sda")));
    }

    void screen_isWhereTheContextSays()
    {
        const LaunchContext context { .spiceSocket = QStringLiteral("/run/s"),
            .vncSocket = QStringLiteral("/run/v") };
        QCOMPARE(screenOf(machine({}), context), std::nullopt);
        QCOMPARE(screenOf(machine(QStringLiteral("<graphics type='vnc'/>")), context)->unixSocket,
            QStringLiteral("/run/v"));
        const auto both = screenOf(
            machine(QStringLiteral("<graphics type='vnc'/><graphics type='spice'/>")), context);
        QCOMPARE(both->protocol, ConsoleEndpoint::Protocol::Spice);
        const auto fixed = screenOf(
            machine(QStringLiteral("<graphics type='spice' port='5901' autoport='no'/>")), context);
        QCOMPARE(fixed->port, quint16(5901));
        QCOMPARE(fixed->host, QStringLiteral("127.0.0.1"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_CommandLine.moc"
