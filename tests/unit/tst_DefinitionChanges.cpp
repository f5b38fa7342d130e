// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/DefinitionChanges.h"
#include "vmm/definition/DeviceEdit.h"

#include <QRegularExpression>
#include <QTest>

using namespace vmm;

namespace {

Definition definitionOf(const QString& devices, const QString& parts = {})
{
    const auto definition = Definition::fromXml(QStringLiteral(
        "<domain type='kvm'><name>vm</name><uuid>11111111-2222-3333-4444-555555555555</uuid>"
        "<memory unit='MiB'>512</memory>%2<devices>\n  <!-- mine -->%1\n</devices></domain>")
                                                    .arg(devices, parts));
    return definition.value();
}

QString differences(const Definition& running, const Definition& stored)
{
    QStringList lines;
    for (const DefinitionChange& change : changesBetween(running, stored))
        lines.append(QStringLiteral("%1: \"%2\" -> \"%3\"")
                         .arg(change.element, change.running, change.stored));
    return lines.join(QStringLiteral("; "));
}

const QString kDisk
    = QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                     "<source file='/a.qcow2'/><target dev='vda' bus='virtio'/></disk>");
const QString kCd = QStringLiteral("<disk type='file' device='cdrom'><source file='/cd.iso'/>"
                                   "<target dev='sda' bus='sata'/><readonly/></disk>");
const QString kCard = QStringLiteral("<interface type='user'><mac address='52:54:00:AA:bb:cc'/>"
                                     "<model type='virtio'/></interface>");

} // namespace

/// What differs between two definitions, and how devices are put into one and taken out.
class TestDefinitionChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void changes_areTold_data()
    {
        QTest::addColumn<QString>("runningDevices");
        QTest::addColumn<QString>("runningParts");
        QTest::addColumn<QString>("storedDevices");
        QTest::addColumn<QString>("storedParts");
        QTest::addColumn<QString>("told");
        const auto row
            = [](const char* name, const QString& devices, const QString& parts,
                  const QString& devicesAfter, const QString& partsAfter, const char* told) {
                  QTest::newRow(name) << devices << parts << devicesAfter << partsAfter
                                      << QString::fromLatin1(told);
              };
        const QString none;
        row("nothing", kDisk, none, kDisk, none, "");
        row("layout", kDisk, none, QStringLiteral("\n\n  ") + kDisk, none, "");
        row("no matter", none, none, none,
            QStringLiteral("<title>T</title><description>D</description>"
                           "<metadata><x:y xmlns:x='urn:x'>1</x:y></metadata>"),
            "");
        row("same memory in other words", none,
            QStringLiteral("<currentMemory unit='KiB'>524288</currentMemory>"), none, none, "");
        row("balloon", none, none, none,
            QStringLiteral("<currentMemory unit='MiB'>256</currentMemory>"),
            "currentMemory: \"512 MiB\" -> \"256 MiB\"");
        row("vcpus", none, QStringLiteral("<vcpu current='1'>2</vcpu>"), none,
            QStringLiteral("<vcpu>4</vcpu>"), "vcpu: \"2\" -> \"4\"; vcpu@current: \"1\" -> \"4\"");
        row("medium", kCd, none, QString(kCd).replace(QStringLiteral("/cd"), QStringLiteral("/x")),
            none, "devices/disk[sda]/source@file: \"/cd.iso\" -> \"/x.iso\"");
        row("eject", kCd, none, QString(kCd).remove(QStringLiteral("<source file='/cd.iso'/>")),
            none, "devices/disk[sda]/source: \"yes\" -> \"\"");
        row("new disk", kDisk, none, kCd + kDisk, none, "devices/disk[sda]: \"\" -> \"/cd.iso\"");
        row("card goes", kDisk + kCard, none, kDisk, none,
            "devices/interface[52:54:00:aa:bb:cc]: \"virtio\" -> \"\"");
        row("order of devices is none", kDisk + kCd, none, kCd + kDisk, none, "");
        row("link", kCard, none,
            QString(kCard).replace(
                QStringLiteral("</interface>"), QStringLiteral("<link state='down'/></interface>")),
            none, "devices/interface[52:54:00:aa:bb:cc]/link: \"\" -> \"down\"");
        row("alias", kCard, none,
            QString(kCard).replace(
                QStringLiteral("</interface>"), QStringLiteral("<alias name='net0'/></interface>")),
            none, "");
        row("feature", none, QStringLiteral("<features><acpi/></features>"), none,
            QStringLiteral("<features><acpi/><apic/></features>"),
            "features/apic: \"\" -> \"yes\"");
        row("boot", none, QStringLiteral("<os><boot dev='hd'/><boot dev='cdrom'/></os>"), none,
            QStringLiteral("<os><boot dev='cdrom'/><boot dev='hd'/></os>"),
            "os/boot[1]@dev: \"hd\" -> \"cdrom\"; os/boot[2]@dev: \"cdrom\" -> \"hd\"");
        row("machine type", none, QStringLiteral("<os><type machine='q35'>hvm</type></os>"), none,
            QStringLiteral("<os><type machine='pc'>hvm</type></os>"),
            "os/type@machine: \"q35\" -> \"pc\"");
        row("host device by its address",
            QStringLiteral("<hostdev mode='subsystem' type='usb'>"
                           "<source><address bus='1' device='2'/>"
                           "</source></hostdev>"),
            none,
            QStringLiteral("<hostdev mode='subsystem' type='usb'><source><address bus='1' "
                           "device='3'/></source></hostdev>"),
            none, "devices/hostdev[@1.3]: \"\" -> \"usb\"; devices/hostdev[@1.2]: \"usb\" -> \"\"");
    }

    void changes_areTold()
    {
        QFETCH(QString, runningDevices);
        QFETCH(QString, runningParts);
        QFETCH(QString, storedDevices);
        QFETCH(QString, storedParts);
        QTEST(differences(definitionOf(runningDevices, runningParts),
                  definitionOf(storedDevices, storedParts)),
            "told");
    }

    void device_isAddedWithAllItSays()
    {
        const Definition before = definitionOf(kDisk);
        const auto device = DeviceXml::parse(QStringLiteral(
            "<disk type='file'><source file='/b.img'/><target dev='vdb'/><wwn>5000</wwn></disk>"));
        VERIFY_OK(device);
        QCOMPARE(device->toString(), QStringLiteral("disk vdb"));
        const auto after = withDevice(before, *device);
        VERIFY_OK(after);
        QCOMPARE(after->devices<Disk>().size(), 2);
        QCOMPARE(after->devices<Disk>().at(1).sourceFile, QStringLiteral("/b.img"));
        QVERIFY(after->toXml().contains(QStringLiteral("<wwn>5000</wwn>")));
        QVERIFY(after->toXml().contains(QStringLiteral("<!-- mine -->")));
        QCOMPARE(withDevice(*after, *device).error().kind, ErrorKind::AlreadyExists);
        const auto again = withoutDevice(*after, *device);
        VERIFY_OK(again);
        QCOMPARE(differences(before, *again), QString());
        QCOMPARE(withoutDevice(*again, *device).error().kind, ErrorKind::NotFound);
    }

    void newCard_isGivenItsMacOnce()
    {
        const auto device = DeviceXml::parseNew(QStringLiteral("<interface type='user'/>"));
        VERIFY_OK(device);
        QVERIFY(!device->identity.isEmpty());
        const auto one = withDevice(definitionOf({}), *device);
        const auto other = withDevice(definitionOf(kDisk), *device);
        QCOMPARE(one->devices<NetworkInterface>().first().mac,
            other->devices<NetworkInterface>().first().mac);
    }

    void deviceThatIsNotSaid_isMeantOnlyIfThereIsNoChoice()
    {
        const auto any = DeviceXml::parse(QStringLiteral("<disk/>"));
        VERIFY_OK(withoutDevice(definitionOf(kDisk), *any));
        QCOMPARE(withoutDevice(definitionOf(kDisk + kCd), *any).error().kind, ErrorKind::NotFound);
        const auto redirection = DeviceXml::parse(QStringLiteral("<redirdev/>"));
        const QString twoOfThem
            = QStringLiteral("<redirdev bus='usb' type='spicevmc'/>").repeated(2);
        const auto less = withoutDevice(definitionOf(twoOfThem), *redirection);
        VERIFY_OK(less);
        QCOMPARE(less->devices<UsbRedirection>().size(), 1);
    }

    void replacedDevice_keepsItsPlace()
    {
        const auto device = DeviceXml::parse(
            QStringLiteral("<disk type='file'><source file='/n.img'/><target dev='vda'/></disk>"));
        const auto after = withDeviceReplaced(definitionOf(kDisk + kCd), *device);
        VERIFY_OK(after);
        QCOMPARE(after->devices<Disk>().at(0).sourceFile, QStringLiteral("/n.img"));
        QCOMPARE(after->devices<Disk>().at(0).format, QString());
        QCOMPARE(after->devices<Disk>().at(1).target, QStringLiteral("sda"));
    }

    void hostDevice_isFoundByNumberInAnyForm()
    {
        const QString device = QStringLiteral(
            "<hostdev mode='subsystem' type='usb'><source><vendor id='%1'/><product id='%2'/>"
            "</source></hostdev>");
        const Definition definition
            = definitionOf(device.arg(QStringLiteral("0x046D"), QStringLiteral("0xc52b")));
        const auto named
            = DeviceXml::parse(device.arg(QStringLiteral("0x046d"), QStringLiteral("50475")));
        QCOMPARE(*indexOf(definition, *named), 0);
    }

    void brokenDevice_isRefused_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::newRow("empty") << QString();
        QTest::newRow("text") << QStringLiteral("disk");
        QTest::newRow("open") << QStringLiteral("<disk>");
        QTest::newRow("two") << QStringLiteral("<disk/><disk/>");
        QTest::newRow("outbreak") << QStringLiteral("</devices><x/><devices>");
        QTest::newRow("entity") << QStringLiteral("<!DOCTYPE d [<!ENTITY e 'x'>]><disk>&e;</disk>");
    }

    void brokenDevice_isRefused()
    {
        QFETCH(QString, xml);
        const auto device = DeviceXml::parse(xml);
        QVERIFY(!device.has_value());
        QCOMPARE(device.error().kind, ErrorKind::InvalidConfig);
    }

    void deviceThatMakesTheWholeInvalid_isRefused()
    {
        const auto device = DeviceXml::parse(QStringLiteral(
            "<disk type='file'><source file='relative'/><target dev='vdb'/></disk>"));
        QCOMPARE(withDevice(definitionOf(kDisk), *device).error().kind, ErrorKind::InvalidConfig);
    }
};

QTEST_GUILESS_MAIN(TestDefinitionChanges)
#include "tst_DefinitionChanges.moc"
