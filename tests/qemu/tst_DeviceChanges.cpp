// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/AskGuest.h"
#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveResources.h"
#include "vmm/qemu/Storage.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vmm;
using tests::askGuest;
using tests::TempHome;
using tests::TestGuest;
using tests::waitFor;

namespace {

constexpr int kPatience = 120'000;
constexpr std::chrono::seconds kUnplugDeadline { 90 };

} // namespace

/// Machines that are changed while they run, with a real QEMU, seen from inside the guest.
class TestDeviceChanges : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    std::optional<TestGuest> m_guest = TestGuest::find();
    Machine* m_vm = nullptr;

    void define(const QString& xml)
    {
        const auto id = waitFor(m_core->define(xml));
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
    }

    /// Tiny Linux, up to its shell.
    void startGuest(const QString& devices = {}, const QString& vcpu = QStringLiteral("<vcpu>1<"))
    {
        QString xml = m_guest->domainXml(QStringLiteral("guest"), QStringLiteral("qemu"), devices);
        xml.replace(QLatin1StringView("<vcpu>1<"), vcpu);
        define(xml);
        VERIFY_OK(waitFor(m_core->perform(m_vm->id(), VmAction::Start)));
        QVERIFY(tests::waitForGuest(*m_vm));
    }

    /// A machine without an operating system.
    void startSmall(const QString& devices = {})
    {
        define(tests::smallDomainXml(QStringLiteral("small"), QUuid::createUuid(), devices));
        VERIFY_OK(waitFor(m_core->perform(m_vm->id(), VmAction::Start)));
    }

    QString ask(const char* command) { return askGuest(*m_vm, QString::fromLatin1(command)); }

    /// A guest without a processor of its own takes its time.
    DeviceChanges changes()
    {
        DeviceChanges changes(*m_core);
        changes.setUnplugDeadline(kUnplugDeadline);
        return changes;
    }

    Result<void> attach(const QString& xml, DeviceScope scope = DeviceScope::Both)
    {
        return waitFor(changes().attach(*m_vm, xml, scope), kPatience);
    }

    Result<void> detach(const QString& xml, DeviceScope scope = DeviceScope::Both)
    {
        return waitFor(changes().detach(*m_vm, xml, scope), kPatience);
    }

    Result<void> update(const QString& xml, DeviceScope scope = DeviceScope::Both)
    {
        return waitFor(changes().update(*m_vm, xml, scope), kPatience);
    }

    QString makeImage(const QString& name)
    {
        ImageTool tool(QStringLiteral("qemu-img"));
        const QString path = m_home->path(name);
        [&] {
            VERIFY_OK(waitFor(tool.create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        }();
        return path;
    }

    QString makeCd(const QString& name, const QByteArray& start)
    {
        QByteArray content = start;
        content.resize(1 << 20);
        return m_home->write(name, content);
    }

    static QString diskXml(const QString& path, const char* target = "vdb", const char* more = "")
    {
        return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                              "<source file='%1'/><target dev='%2'/>%3</disk>")
            .arg(path, QLatin1StringView(target), QLatin1StringView(more));
    }

    static QString cdXml(const QString& path)
    {
        const QString source
            = path.isEmpty() ? QString() : QStringLiteral("<source file='%1'/>").arg(path);
        return QStringLiteral("<disk type='file' device='cdrom'><driver name='qemu' type='raw'/>%1"
                              "<target dev='sda' bus='sata'/><readonly/></disk>")
            .arg(source);
    }

    static QString cardXml(const char* link = "")
    {
        return QStringLiteral("<interface type='user'><mac address='52:54:00:11:22:33'/>"
                              "<model type='virtio'/>%1</interface>")
            .arg(QLatin1StringView(link));
    }

    QStringList nodes()
    {
        QStringList names;
        const auto all = waitFor(m_vm->execute(
            QStringLiteral("query-named-block-nodes"), { { QStringLiteral("flat"), true } }));
        const QJsonArray list = all.value_or(QJsonValue()).toArray();
        for (const QJsonValue& node : list)
            names.append(node.toObject().value(QLatin1StringView("node-name")).toString());
        names.sort();
        return names;
    }

    int disksStored() const { return int(m_vm->definition().devices<Disk>().size()); }
    int disksRunning() const { return int(m_vm->runningDefinition().devices<Disk>().size()); }

private Q_SLOTS:
    void init()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
        m_home = std::make_unique<TempHome>();
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
    }

    void cleanup()
    {
        if (m_vm && isAllowed(VmAction::ForceOff, m_vm->state()))
            VERIFY_OK(waitFor(m_vm->forceOff()));
        m_vm = nullptr;
        m_core.reset();
        m_home.reset();
    }

    void disk_comesAndGoesInTheGuest()
    {
        startGuest();
        QCOMPARE(ask("ls /sys/block | grep vd"), QString());
        const QString image = makeImage(QStringLiteral("b.qcow2"));
        VERIFY_OK(attach(diskXml(image, "vdb", "<serial>ABC</serial>")));
        QCOMPARE(disksStored(), 1);
        QCOMPARE(disksRunning(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(ask("ls /sys/block | grep vd"), QStringLiteral("vda"), kPatience);
        QCOMPARE(ask("cat /sys/block/vda/serial"), QStringLiteral("ABC"));
        QCOMPARE(ask("cat /sys/block/vda/size"), QStringLiteral("16384"));
        QCOMPARE(ask("echo hello | dd of=/dev/vda 2>/dev/null; head -c 5 /dev/vda"),
            QStringLiteral("hello"));

        VERIFY_OK(detach(QStringLiteral("<disk><target dev='vdb'/></disk>")));
        QCOMPARE(disksStored(), 0);
        QCOMPARE(disksRunning(), 0);
        QCOMPARE(ask("ls /sys/block | grep vd"), QString());
        QCOMPARE(nodes(), QStringList());

        // The port is free again, and nobody holds the image.
        VERIFY_OK(attach(diskXml(image), DeviceScope::Running));
        QCOMPARE(disksStored(), 0);
        QCOMPARE(disksRunning(), 1);
    }

    void changesMadeWhileADeviceIsPluggedIn_stay()
    {
        startSmall();
        const QString image = makeImage(QStringLiteral("b.qcow2"));
        const auto attached = changes().attach(*m_vm, diskXml(image), DeviceScope::Both);
        VERIFY_OK(waitFor(m_core->rename(m_vm->id(), QStringLiteral("other"))));
        Definition edited = m_vm->definition();
        edited.setTitle(QStringLiteral("Title"));
        VERIFY_OK(waitFor(m_core->define(edited.toXml(), m_vm->xml())));
        VERIFY_OK(waitFor(attached, kPatience));
        QCOMPARE(disksStored(), 1);
        QCOMPARE(disksRunning(), 1);
        QCOMPARE(m_vm->name(), QStringLiteral("other"));
        QCOMPARE(m_vm->definition().title(), QStringLiteral("Title"));
        QCOMPARE(m_vm->runningDefinition().name(), QStringLiteral("other"));
    }

    void disk_grows()
    {
        const QString image = makeImage(QStringLiteral("a.qcow2"));
        startGuest(diskXml(image, "vda"));
        QCOMPARE(ask("cat /sys/block/vda/size"), QStringLiteral("16384"));
        LiveResources resources(*m_core);
        VERIFY_OK(waitFor(resources.resizeDisk(*m_vm, QStringLiteral("vda"), Bytes::fromMiB(24))));
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("cat /sys/block/vda/size"), QStringLiteral("49152"), kPatience);
        const auto smaller
            = waitFor(resources.resizeDisk(*m_vm, QStringLiteral("vda"), Bytes::fromMiB(8)));
        QCOMPARE(smaller.error().kind, ErrorKind::InvalidConfig);

        // And when it is off.
        VERIFY_OK(waitFor(m_vm->forceOff()));
        VERIFY_OK(waitFor(resources.resizeDisk(*m_vm, QStringLiteral("vda"), Bytes::fromMiB(32))));
        QCOMPARE(waitFor(m_core->images()->info(image))->virtualSize, Bytes::fromMiB(32));
        QCOMPARE(waitFor(resources.resizeDisk(*m_vm, QStringLiteral("vda"), Bytes::fromMiB(24)))
                     .error()
                     .kind,
            ErrorKind::InvalidConfig);
    }

    void cd_isChangedAndEjected()
    {
        const QString first = makeCd(QStringLiteral("first.iso"), "FIRST");
        const QString second = makeCd(QStringLiteral("second.iso"), "OTHER");
        startGuest(cdXml(first));
        ask("drivers libata libahci ahci scsi_common scsi_mod cdrom sr_mod; "
            "drivers; until [ -e /dev/sr0 ]; do sleep 1; done");
        QCOMPARE(ask("head -c 5 /dev/sr0"), QStringLiteral("FIRST"));
        VERIFY_OK(update(cdXml(second)));
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("head -c 5 /dev/sr0 2>/dev/null"), QStringLiteral("OTHER"), kPatience);
        QCOMPARE(m_vm->definition().devices<Disk>().first().sourceFile, second);

        // A missing image leaves the medium in.
        const auto missing = update(cdXml(m_home->path(QStringLiteral("gone.iso"))));
        QCOMPARE(missing.error().cause, ErrorCause::ImageMissing);
        QCOMPARE(ask("head -c 5 /dev/sr0"), QStringLiteral("OTHER"));

        // The guest that uses it keeps the tray shut.
        ask("exec 5</dev/sr0");
        DeviceChanges impatient(*m_core);
        impatient.setUnplugDeadline(std::chrono::milliseconds(1500));
        const auto held = waitFor(impatient.update(*m_vm, cdXml({}), DeviceScope::Both));
        QCOMPARE(held.error().kind, ErrorKind::RefusedByGuest);
        QCOMPARE(m_vm->runningDefinition().devices<Disk>().first().sourceFile, second);
        QCOMPARE(ask("head -c 5 /dev/sr0"), QStringLiteral("OTHER"));
        ask("exec 5<&-");

        VERIFY_OK(update(cdXml({})));
        QVERIFY(m_vm->definition().devices<Disk>().first().sourceFile.isEmpty());
        QCOMPARE(ask("head -c 5 /dev/sr0 2>/dev/null"), QString());
        QCOMPARE(nodes(), QStringList());
        VERIFY_OK(update(cdXml(first), DeviceScope::Running));
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("head -c 5 /dev/sr0 2>/dev/null"), QStringLiteral("FIRST"), kPatience);
    }

    void networkCard_comesLosesItsLinkAndGoes()
    {
        startGuest();
        QCOMPARE(ask("ls /sys/class/net"), QStringLiteral("lo"));
        VERIFY_OK(attach(cardXml()));
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("cat /sys/class/net/eth0/address"), QStringLiteral("52:54:00:11:22:33"), kPatience);
        ask("ip link set eth0 up");
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("cat /sys/class/net/eth0/carrier"), QStringLiteral("1"), kPatience);
        VERIFY_OK(update(cardXml("<link state='down'/>")));
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("cat /sys/class/net/eth0/carrier"), QStringLiteral("0"), kPatience);
        QCOMPARE(m_vm->definition().devices<NetworkInterface>().first().linkState,
            QStringLiteral("down"));
        VERIFY_OK(detach(QStringLiteral(
            "<interface type='user'><mac address='52:54:00:11:22:33'/></interface>")));
        QCOMPARE(ask("ls /sys/class/net"), QStringLiteral("lo"));
        QCOMPARE(m_vm->definition().devices<NetworkInterface>().size(), 0);
    }

    void networkCard_startsWithItsLinkDown()
    {
        startGuest(cardXml("<link state='down'/>"));
        QCOMPARE(ask("ip link set eth0 up; sleep 1; cat /sys/class/net/eth0/carrier"),
            QStringLiteral("0"));
    }

    void usbStick_comesAndGoes()
    {
        startGuest(QStringLiteral("<controller type='usb' model='qemu-xhci'/>"));
        ask("drivers");
        const QString image = makeImage(QStringLiteral("stick.qcow2"));
        const QString xml
            = QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                             "<source file='%1'/><target dev='sdb' bus='usb'/></disk>")
                  .arg(image);
        VERIFY_OK(attach(xml));
        QTRY_COMPARE_WITH_TIMEOUT(ask("ls /sys/block | grep sd"), QStringLiteral("sda"), kPatience);
        VERIFY_OK(detach(xml));
        QTRY_COMPARE_WITH_TIMEOUT(ask("ls /sys/block | grep sd"), QString(), kPatience);
        QCOMPARE(nodes(), QStringList());
    }

    void vcpus_comeAndStayWithoutKvm()
    {
        startGuest({}, QStringLiteral("<vcpu current='1'>3<"));
        QCOMPARE(ask("ls -d /sys/devices/system/cpu/cpu[0-9]* | wc -l"), QStringLiteral("1"));
        LiveResources resources(*m_core);
        VERIFY_OK(waitFor(resources.setVcpus(*m_vm, 3), kPatience));
        QCOMPARE(m_vm->definition().currentVcpus(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(
            ask("ls -d /sys/devices/system/cpu/cpu[0-9]* | wc -l"), QStringLiteral("3"), kPatience);
        ask("echo 1 > /sys/devices/system/cpu/cpu1/online");
        QCOMPARE(ask("nproc"), QStringLiteral("2"));
        // QEMU would stand still for ever.
        QCOMPARE(waitFor(resources.setVcpus(*m_vm, 2), kPatience).error().kind,
            ErrorKind::HostLacksFeature);
        QCOMPARE(m_vm->definition().currentVcpus(), 3);
        QCOMPARE(m_vm->runningDefinition().currentVcpus(), 3);
        QCOMPARE(ask("nproc"), QStringLiteral("2"));
        QCOMPARE(waitFor(resources.setVcpus(*m_vm, 4)).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(waitFor(resources.setVcpus(*m_vm, 0)).error().kind, ErrorKind::InvalidConfig);
    }

    void memory_goesBackToTheHost()
    {
        startGuest();
        const int before = ask("awk '/MemTotal/ {print $2}' /proc/meminfo").toInt();
        LiveResources resources(*m_core);
        VERIFY_OK(waitFor(resources.setMemory(*m_vm, Bytes::fromMiB(128))));
        QTRY_VERIFY_WITH_TIMEOUT(
            ask("awk '/MemTotal/ {print $2}' /proc/meminfo").toInt() < before - 50 * 1024,
            kPatience);
        QCOMPARE(m_vm->definition().currentMemory(), Bytes::fromMiB(128));
        QCOMPARE(m_vm->definition().memory(), Bytes::fromMiB(192));
        QCOMPARE(waitFor(resources.setMemory(*m_vm, Bytes::fromMiB(193))).error().kind,
            ErrorKind::InvalidConfig);
        QCOMPARE(
            waitFor(resources.setMemory(*m_vm, Bytes())).error().kind, ErrorKind::InvalidConfig);
    }

    void guestThatRefuses_keepsItsDiskWhole()
    {
        const QString image = makeImage(QStringLiteral("a.qcow2"));
        startSmall(diskXml(image, "vda")); // its firmware knows nothing of hot-plug
        const QStringList before = nodes();
        DeviceChanges impatient(*m_core);
        impatient.setUnplugDeadline(std::chrono::milliseconds(300));
        const auto refused
            = waitFor(impatient.detach(*m_vm, diskXml(image, "vda"), DeviceScope::Both));
        QCOMPARE(refused.error().kind, ErrorKind::RefusedByGuest);
        QCOMPARE(disksStored(), 1);
        QCOMPARE(disksRunning(), 1);
        QCOMPARE(nodes(), before);
        QVERIFY(!m_vm->occupation());
    }

    void lockedImage_isNamedAndNothingStays()
    {
        const QString image = makeImage(QStringLiteral("a.qcow2"));
        startSmall(diskXml(image, "vda"));
        const QStringList before = nodes();
        const auto refused = attach(diskXml(image, "vdb"));
        QCOMPARE(refused.error().kind, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, ErrorCause::ImageLocked);
        QCOMPARE(refused.error().subject, image);
        QCOMPARE(nodes(), before);
        QCOMPARE(disksRunning(), 1);
        QCOMPARE(disksStored(), 1);
    }

    void imageThatLeadsElsewhere_isNotShownToTheGuest()
    {
        new Storage(*m_core);
        const QString secret = m_home->write(QStringLiteral("keys/secret"), "a key of the user");
        const QString image = m_home->path(QStringLiteral("b.qcow2"));
        QVERIFY(tests::qemuImg(
            QStringLiteral("create -q -f qcow2 -F raw -b %1 %2 1M"), { secret, image }));
        startSmall();
        const QStringList before = nodes();
        QCOMPARE(attach(diskXml(image)).error().cause, ErrorCause::ImageUntrusted);
        QCOMPARE(nodes(), before);
        QCOMPARE(disksRunning(), 0);
        QCOMPARE(disksStored(), 0);
    }

    void limits_changeWhileItRuns()
    {
        const QString image = makeImage(QStringLiteral("a.qcow2"));
        const QString other = makeImage(QStringLiteral("b.qcow2"));
        const char* slow = "<iotune><total_iops_sec>50</total_iops_sec></iotune>";
        startSmall(diskXml(image, "vda") + diskXml(other, "vdb", slow));
        const auto limitOf = [&](const char* target) {
            const auto answer = waitFor(m_vm->execute(QStringLiteral("query-block")));
            const QJsonArray devices = answer.value_or(QJsonValue()).toArray();
            for (const QJsonValue& device : devices) {
                const QJsonObject object = device.toObject();
                if (object.value(QLatin1StringView("qdev"))
                        .toString()
                        .contains(QStringLiteral("/disk-%1/").arg(QLatin1StringView(target))))
                    return object.value(QLatin1StringView("inserted"))
                        .toObject()
                        .value(QLatin1StringView("iops"))
                        .toInt();
            }
            return -1;
        };
        VERIFY_OK(
            update(diskXml(image, "vda", "<iotune><total_iops_sec>70</total_iops_sec></iotune>")));
        QCOMPARE(limitOf("vda"), 70);
        QCOMPARE(m_vm->definition().devices<Disk>().first().totalRequestsPerSecond, 70);
        VERIFY_OK(update(diskXml(image, "vda")));
        QCOMPARE(limitOf("vda"), 0);

        // One that was started with limits has them in an object of its own.
        VERIFY_OK(
            update(diskXml(other, "vdb", "<iotune><total_iops_sec>90</total_iops_sec></iotune>")));
        const auto limits = waitFor(m_vm->execute(QStringLiteral("qom-get"),
            { { QStringLiteral("path"), QStringLiteral("/objects/limits-vdb") },
                { QStringLiteral("property"), QStringLiteral("limits") } }));
        VERIFY_OK(limits);
        QCOMPARE(limits->toObject().value(QLatin1StringView("iops-total")).toInt(), 90);

        const auto cache = update(QStringLiteral("<disk><driver cache='none'/>"
                                                 "<target dev='vda'/></disk>"));
        QCOMPARE(cache.error().kind, ErrorKind::HostLacksFeature);
        VERIFY_OK(update(QStringLiteral("<disk><driver cache='none'/><target dev='vda'/></disk>"),
            DeviceScope::Stored));
        QCOMPARE(m_vm->definition().devices<Disk>().first().cache, QStringLiteral("none"));
        QVERIFY(m_vm->runningDefinition().devices<Disk>().first().cache.isEmpty());
    }

    void noFreePort_isRefused()
    {
        startSmall();
        Result<void> last;
        int plugged = 0;
        for (char letter = 'a'; letter < 'j' && last; ++letter) {
            const QString image = makeImage(QStringLiteral("%1.qcow2").arg(QLatin1Char(letter)));
            const QByteArray target = QByteArray("vd") + letter;
            last = attach(diskXml(image, target.constData()));
            plugged += last.has_value();
        }
        QCOMPARE(plugged, 4);
        QCOMPARE(last.error().kind, ErrorKind::HostLacksFeature);
        QCOMPARE(disksStored(), 4);
        QCOMPARE(disksRunning(), 4);
        // The definition alone has room.
        VERIFY_OK(
            attach(diskXml(m_home->path(QStringLiteral("e.qcow2")), "vde"), DeviceScope::Stored));
        QCOMPARE(disksStored(), 5);
    }

    void adoptedMachine_isChangedAsItRuns()
    {
        startSmall();
        const QString image = makeImage(QStringLiteral("a.qcow2"));
        VERIFY_OK(attach(diskXml(image, "vda"), DeviceScope::Running));
        const QUuid id = m_vm->id();
        m_vm = nullptr;
        m_core.reset();
        m_core = std::make_unique<Core>(m_home->options());
        VERIFY_OK(waitFor(m_core->open()));
        m_vm = m_core->machine(id);
        QCOMPARE(disksRunning(), 1);
        QCOMPARE(disksStored(), 0);
        QCOMPARE(attach(diskXml(image, "vda")).error().kind, ErrorKind::AlreadyExists);
    }
};

QTEST_GUILESS_MAIN(TestDeviceChanges)
#include "tst_DeviceChanges.moc"
