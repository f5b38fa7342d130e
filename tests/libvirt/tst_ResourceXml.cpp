// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/MigrationDisks.h"
#include "hosts/libvirt/NetworkXml.h"
#include "hosts/libvirt/PoolXml.h"
#include "hosts/libvirt/TransferJournal.h"

#include <QStandardPaths>
#include <QTest>

using namespace hosts;
using namespace hosts::libvirt;
using vmm::Bytes;
using vmm::ErrorKind;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

/// Pools, volumes, networks and devices as libvirt's XML, there and back.
class tst_ResourceXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pools_sayWhatTheyAreMadeOf_data()
    {
        QTest::addColumn<NewPool>("pool");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QString>("source");
        QTest::newRow("dir") << NewPool { .name = text("a&b"), .target = text("/srv") }
                             << QByteArray("<target><path>/srv</path></target>") << QString();
        QTest::newRow("netfs") << NewPool { .name = text("n"),
            .type = text("netfs"),
            .target = text("/mnt"),
            .host = text("nas"),
            .path = text("/x"),
            .format = text("nfs") }
                               << QByteArray("<host name=\"nas\"/><dir path=\"/x\"/>"
                                             "<format type=\"nfs\"/>")
                               << text("nas:/x");
        QTest::newRow("logical") << NewPool { .name = text("l"),
            .type = text("logical"),
            .devices = { text("/dev/sdb"), text("/dev/sdc") },
            .sourceName = text("vg0") }
                                 << QByteArray("<device path=\"/dev/sdb\"/>"
                                               "<device path=\"/dev/sdc\"/><name>vg0</name>")
                                 << text("/dev/sdb");
        QTest::newRow("iscsi") << NewPool { .name = text("i"),
            .type = text("iscsi"),
            .target = text("/dev/disk/by-path"),
            .host = text("san"),
            .path = text("iqn.x:y"),
            .user = text("u"),
            .secret = text("s") }
                               << QByteArray("<host name=\"san\"/><device path=\"iqn.x:y\"/>"
                                             "<auth type=\"chap\" username=\"u\">"
                                             "<secret uuid=\"s\"/></auth>")
                               << text("san:iqn.x:y");
        QTest::newRow("rbd") << NewPool { .name = text("r"),
            .type = text("rbd"),
            .host = text("mon"),
            .sourceName = text("images"),
            .user = text("admin"),
            .secret = text("s") }
                             << QByteArray("<auth type=\"ceph\" username=\"admin\">")
                             << text("mon:images");
        QTest::newRow("scsi") << NewPool { .name = text("s"),
            .type = text("scsi"),
            .target = text("/dev"),
            .path = text("scsi_host3") }
                              << QByteArray("<adapter name=\"scsi_host3\"/>") << text("scsi_host3");
    }

    void pools_sayWhatTheyAreMadeOf()
    {
        QFETCH(NewPool, pool);
        QFETCH(QByteArray, part);
        QFETCH(QString, source);
        const auto xml = poolXml(pool);
        QVERIFY(xml.has_value());
        QVERIFY2(xml->contains(part), xml->constData());
        const PoolInfo back = parsePool(*xml);
        QCOMPARE(back.name, pool.name);
        QCOMPARE(back.type, pool.type);
        QCOMPARE(back.target, pool.target);
        QCOMPARE(back.source, source);
    }

    void namelessThings_areRefused()
    {
        QCOMPARE(poolXml({ .target = text("/srv") }).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(volumeXml({ .name = text(" ") }).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(volumeXml({ .name = text("../x") }).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(networkXml({}).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(networkXml({ .name = text("b"), .mode = text("bridge") }).error().kind,
            ErrorKind::InvalidConfig);
    }

    void ownXml_goesThroughUntouched()
    {
        const QString xml = text("<pool type='zfs'><name>z</name></pool>");
        QCOMPARE(*poolXml({ .xml = xml }), xml.toUtf8());
        QCOMPARE(*networkXml({ .xml = text("<network/>") }), QByteArray("<network/>"));
    }

    void volume_isReadBack()
    {
        const auto xml = volumeXml({ .name = text("v"),
            .capacity = Bytes::fromGiB(2),
            .backing = text("/b"),
            .backingFormat = text("raw") });
        QVERIFY(!xml->contains("allocation")); // as little as qcow2 can do with
        const VolumeInfo back = parseVolume(*xml);
        QCOMPARE(back.name, text("v"));
        QCOMPARE(back.format, text("qcow2"));
        QCOMPARE(back.capacity, Bytes::fromGiB(2));
        QCOMPARE(back.backing, text("/b"));
        QCOMPARE(back.backingFormat, text("raw"));
    }

    void network_isReadBack()
    {
        const NewNetwork wanted { .name = text("n"),
            .mode = text("nat"),
            .device = text("eth0"),
            .domain = text("lab.test"),
            .addresses = { { text("10.0.0.1/16"), text("10.0.0.2"), text("10.0.9.9") },
                { text("fd00::1/64"), {}, {} } } };
        const auto xml = networkXml(wanted);
        QVERIFY(xml.has_value());
        const NetworkInfo back = parseNetwork(*xml);
        QCOMPARE(back.mode, wanted.mode);
        QCOMPARE(back.device, wanted.device);
        QCOMPARE(back.domain, wanted.domain);
        QCOMPARE(back.addresses, wanted.addresses);
        QCOMPARE(parseNetwork(*networkXml({ .name = text("i"), .mode = text("isolated") })).mode,
            text("isolated"));
        QCOMPARE(parseNetwork("<network><forward/></network>").mode, text("nat"));
        const NetworkInfo masked
            = parseNetwork("<network><ip address='10.1.0.1' netmask='255.255.240.0'/></network>");
        QCOMPARE(masked.addresses.first().address, text("10.1.0.1/20"));
    }

    void device_isTold()
    {
        const HostDevice pci = parseDevice(
            "<device><name>pci_0000_3b_00_1</name><parent>pci_x</parent>"
            "<driver><name>vfio-pci</name></driver><capability type='pci'><domain>0</domain>"
            "<bus>59</bus><slot>0</slot><function>1</function><product id='0x1533'>I210</product>"
            "<vendor id='0x8086'>Intel</vendor><iommuGroup number='31'/></capability></device>");
        QCOMPARE(pci.address, text("0000:3b:00.1"));
        QCOMPARE(pci.driver, text("vfio-pci"));
        QCOMPARE(pci.iommuGroup, 31);
        QCOMPARE(pci.ids, (QStringList { text("0x8086"), text("0x1533") }));
        QCOMPARE(parseDevice("<device><name>n</name><capability type='storage'>"
                             "<block>/dev/sda</block><model>Disk</model></capability></device>")
                     .address,
            text("/dev/sda"));
    }

    void disksThatMove_areTheWritableFiles()
    {
        const auto disks = migrationDisks(
            "<domain><devices>"
            "<disk device='disk'><driver type='qcow2'/><source file='/a'/><target "
            "dev='vda'/></disk>"
            "<disk device='cdrom'><source file='/iso'/><target dev='sda'/><readonly/></disk>"
            "<disk type='network'><source protocol='rbd' name='p/i'/><target dev='vdb'/></disk>"
            "<disk><source dev='/dev/x'/><target dev='vdc'/><shareable/></disk>"
            "</devices></domain>");
        QCOMPARE(disks.size(), 4);
        QVERIFY(disks[0].isCopied());
        QCOMPARE(disks[0].format, text("qcow2"));
        QVERIFY(!disks[1].isCopied() && !disks[2].isCopied() && !disks[3].isCopied());
        QVERIFY(disks[2].path.isEmpty());
    }

    void journal_isOfOneTransfer()
    {
        QStandardPaths::setTestModeEnabled(true);
        const TransferJournal journal(text("u"), text("p"), text("v"), text("/f"));
        journal.remove();
        QVERIFY(!journal.read());
        const TransferJournal::Entry entry { .confirmed = qint64(1) << 60,
            .size = (qint64(1) << 60) + 1,
            .changed = -5,
            .isOurs = true };
        journal.write(entry);
        QVERIFY(journal.read() == entry);
        QVERIFY(!TransferJournal(text("u"), text("p"), text("v"), text("/g")).read());
        journal.write({ .confirmed = 2, .size = 1 }); // no such thing can be
        QVERIFY(!journal.read());
        journal.remove();
        QVERIFY(!journal.read());
    }
};

QTEST_GUILESS_MAIN(tst_ResourceXml)
#include "tst_ResourceXml.moc"
