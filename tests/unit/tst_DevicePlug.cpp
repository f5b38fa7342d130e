// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/DevicePlug.h"

#include <QJsonDocument>
#include <QTest>

using namespace vmm;

namespace {

QJsonObject objectFrom(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

Disk diskAt(const char* path, const char* target = "vda")
{
    return { .sourceFile = QString::fromLatin1(path), .target = QString::fromLatin1(target) };
}

} // namespace

/// One device's QMP arguments, which the command line and hot-plug share.
class TestDevicePlug : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void disk_isOneNodeAndOneDevice()
    {
        const DevicePlug plug = *plugOf(diskAt("/a.img"), PlugContext {});
        QCOMPARE(plug.id(), QStringLiteral("disk-vda"));
        QCOMPARE(plug.place, PlugPlace::ExpressPort);
        QCOMPARE(plug.blockNodes.size(), 1);
        QCOMPARE(plug.device,
            objectFrom(R"({"driver":"virtio-blk-pci","id":"disk-vda","drive":"disk-vda"})"));
        QVERIFY(plug.objects.isEmpty() && plug.netdev.isEmpty() && plug.characterDevice.isEmpty());
    }

    void emptyDrive_hasNoNode()
    {
        Disk disk { .device = QStringLiteral("cdrom"),
            .target = QStringLiteral("sda"),
            .bus = QStringLiteral("sata") };
        const DevicePlug plug = *plugOf(disk, PlugContext {});
        QVERIFY(plug.blockNodes.isEmpty());
        QVERIFY(!plug.device.contains(QLatin1StringView("drive")));
        QCOMPARE(plug.place, PlugPlace::NamedBus);
    }

    void throttledDisk_keepsItsNodeNameOnTop()
    {
        Disk disk = diskAt("/a.img");
        disk.readBytesPerSecond = 5'000'000'000;
        const DevicePlug plug = *plugOf(disk, PlugContext {});
        QCOMPARE(plug.objects.size(), 1);
        QCOMPARE(plug.objects.first(), objectFrom(R"({"qom-type":"throttle-group","id":"limits-vda",
                "limits":{"bps-read":5000000000}})"));
        QCOMPARE(plug.blockNodes.size(), 2);
        QCOMPARE(plug.blockNodes.last(), objectFrom(R"({"driver":"throttle","node-name":"disk-vda",
                "throttle-group":"limits-vda","file":"disk-vda-format"})"));
    }

    void protocolPrefixInPath_isPartOfAFileName_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path : { "/nbd:unix:/x", "/json:{}", "/fat:rw:/etc", "/a,driver=raw\"" })
            QTest::newRow(path) << QString::fromLatin1(path);
    }

    void protocolPrefixInPath_isPartOfAFileName()
    {
        QFETCH(QString, path);
        Disk disk = diskAt("");
        disk.sourceFile = path;
        const QJsonObject node = plugOf(disk, PlugContext {})->blockNodes.first();
        const QJsonObject file = node.value(QLatin1StringView("file")).toObject();
        QCOMPARE(file.value(QLatin1StringView("driver")).toString(), QStringLiteral("file"));
        QCOMPARE(file.value(QLatin1StringView("filename")).toString(), path);
    }

    void nvmeDisk_alwaysHasASerial()
    {
        QCOMPARE(plugOf(diskAt("/a", "nvme0n1"), PlugContext {})
                     ->device.value(QLatin1StringView("serial"))
                     .toString(),
            QStringLiteral("nvme0n1"));
    }

    void usbRedirection_needsSpice()
    {
        QCOMPARE(plugOf(UsbRedirection {}, 0, PlugContext {}).error().subject,
            QStringLiteral("devices/redirdev"));
        const DevicePlug plug = *plugOf(UsbRedirection {}, 2, PlugContext { .hasSpice = true });
        QCOMPARE(plug.characterDevice, objectFrom(R"({"id":"usb-redirection-2",
                "backend":{"type":"spicevmc","data":{"type":"usbredir"}}})"));
        QCOMPARE(characterDeviceOption(plug.characterDevice),
            QStringLiteral("spicevmc,id=usb-redirection-2,name=usbredir"));
    }

    void hostDevice_isFoundByIdsOrByPlace()
    {
        const auto byIds = plugOf(
            HostDevice { .vendor = QStringLiteral("0x046d"), .product = QStringLiteral("0xC52B") },
            1, PlugContext {});
        QCOMPARE(byIds->device,
            objectFrom(R"({"driver":"usb-host","id":"hostdev-1","bus":"usb.0","vendorid":1133,
                "productid":50475})"));
        const auto byPlace = plugOf(
            HostDevice { .busNumber = QStringLiteral("3"), .deviceNumber = QStringLiteral("12") },
            0, PlugContext {});
        QCOMPARE(byPlace->device.value(QLatin1StringView("hostaddr")).toInt(), 12);
    }

    void hostDeviceThatIsNotNamed_fails()
    {
        QCOMPARE(plugOf(HostDevice {}, 0, PlugContext {}).error().subject,
            QStringLiteral("devices/hostdev/source"));
        QCOMPARE(plugOf(HostDevice { .vendor = QStringLiteral("0x10000") }, 0, PlugContext {})
                     .error()
                     .subject,
            QStringLiteral("devices/hostdev/source/vendor@id"));
    }

    void memoryFile_becomesTheMachinesMemory()
    {
        const Definition definition = Definition::fromXml(
            QStringLiteral("<domain type='qemu'><name>m</name><memory unit='MiB'>64</memory>"
                           "<os><type machine='q35'>hvm</type></os></domain>"))
                                          .value();
        const QStringList arguments = *buildCommandLine(definition,
            { .memoryFile = QStringLiteral("/ram,share=off"),
                .isMemoryShared = true,
                .incoming = QStringLiteral("defer") });
        QVERIFY(arguments.join(QLatin1Char(' ')).contains(QLatin1StringView("-incoming defer")));
        QVERIFY(arguments.filter(QStringLiteral("memory-backend=pc.ram")).size() == 1);
        const QStringList objects = arguments.filter(QStringLiteral("memory-backend-file"));
        QCOMPARE(objects.size(), 1);
        QCOMPARE(objectFrom(objects.first().toUtf8()),
            objectFrom(R"({"qom-type":"memory-backend-file","id":"pc.ram",
                "mem-path":"/ram,share=off","size":67108864,"share":true})"));
    }
};

QTEST_GUILESS_MAIN(TestDevicePlug)
#include "tst_DevicePlug.moc"
