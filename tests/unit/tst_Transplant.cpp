// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/definition/MachineMarks.h"
#include "vmm/definition/Transplant.h"

#include <QRegularExpression>
#include <QTest>

using namespace vmm;
using Kind = TransplantChange::Kind;
using Role = CarriedFile::Role;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

Definition machine(const char* devices, const char* parts = "", const char* type = "kvm")
{
    return Definition::fromXml(
        QStringLiteral("<domain type='%3'><name>web</name>"
                       "<uuid>11111111-2222-3333-4444-555555555555</uuid>"
                       "<memory unit='MiB'>512</memory><os><type>hvm</type></os>%2"
                       "<devices>%1</devices></domain>")
            .arg(text(devices), text(parts), text(type)))
        .value();
}

constexpr auto kDisk = "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                       "<source file='/a/web.qcow2' index='1'/><backingStore/>"
                       "<target dev='vda' bus='virtio'/><alias name='virtio-disk0'/></disk>";
constexpr auto kUserCard = "<interface type='user'><mac address='52:54:00:aa:bb:cc'/>"
                           "<backend type='passt'/><portForward proto='tcp'><range start='22'/>"
                           "</portForward><model type='virtio'/></interface>";
constexpr auto kLibvirtCard
    = "<interface type='network'><mac address='52:54:00:aa:bb:cc'/>"
      "<source network='default' portgroup='x'/><virtualport type='openvswitch'/>"
      "<target dev='vnet0'/><model type='virtio'/><driver name='vhost' queues='4'/>"
      "<address type='pci' domain='0' bus='1' slot='0' function='0'/></interface>";

bool has(const Transplant& done, Kind kind, const QString& subject)
{
    return std::any_of(done.changes.begin(), done.changes.end(),
        [&](const auto& each) { return each.kind == kind && each.subject == subject; });
}

} // namespace

/// A definition on its way between the core and libvirt.
class TestTransplant : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void carriedFiles_areAllButMedia()
    {
        const Definition definition = machine(
            "<disk type='file'><source file='/a.img'/><target dev='vda'/></disk>"
            "<disk type='block'><driver type='raw'/><source dev='/dev/vg/b'/>"
            "<target dev='vdb'/><shareable/></disk>"
            "<disk type='volume'><driver type='qcow2'/><source pool='p' volume='v'/>"
            "<target dev='vdc'/></disk>"
            "<disk type='network'><source protocol='rbd' name='pool/x'/><target dev='vdd'/></disk>"
            "<disk type='file' device='cdrom'><source file='/cd.iso'/><target dev='sda'/></disk>");
        const QVector<CarriedFile> files = carriedFiles(definition);
        QStringList told;
        for (const CarriedFile& file : files)
            told.append(QStringList { file.target, file.type, file.path, file.pool, file.volume,
                file.format, file.isShareable ? text("shared") : QString() }
                            .join(QLatin1Char(' ')));
        QCOMPARE(told,
            (QStringList { text("vda file /a.img   raw "), text("vdb block /dev/vg/b   raw shared"),
                text("vdc volume  p v qcow2 "), text("vdd network pool/x   raw ") }));
    }

    void bootFiles_areCarriedAndPlaced()
    {
        Definition definition = machine("");
        definition.setKernel(text("/k"), text("/i"), text("quiet"));
        definition.setValue("os/nvram", text("/n.fd"));
        const QVector<CarriedFile> files = carriedFiles(definition);
        QCOMPARE(files.size(), qsizetype(3));
        QCOMPARE(files.at(2).path, text("/n.fd"));
        TransplantRequest request { .hasKvm = true };
        request.files = { { .role = Role::Kernel, .path = text("/p/k") },
            { .role = Role::Initrd, .path = text("/p/i") },
            { .role = Role::Nvram, .path = text("/p/n.fd") } };
        const Definition there = transplantToLibvirt(definition, request)->definition;
        QCOMPARE(there.kernel(), text("/p/k"));
        QCOMPARE(there.initrd(), text("/p/i"));
        QCOMPARE(there.kernelCommandLine(), text("quiet"));
        QCOMPARE(there.value("os/nvram"), text("/p/n.fd"));
        // The core keeps it where it keeps that of every machine.
        QVERIFY(!transplantToEmbedded(definition, request)->definition.has("os/nvram"));
        // But one that is no raw file is told, for the core can't have it.
        definition.setValue("os/nvram@format", text("qcow2"));
        const Definition here = transplantToEmbedded(definition, request)->definition;
        QCOMPARE(here.value("os/nvram@format"), text("qcow2"));
        QVERIFY(!unsupportedByEmbedded(here).isEmpty());
    }

    void disks_getTheirNewPlace()
    {
        TransplantRequest request { .hasKvm = true };
        request.files
            = { { .target = text("vda"), .path = text("/pool/web.img"), .format = text("raw") } };
        const Definition there = transplantToLibvirt(machine(kDisk), request)->definition;
        const QVector<Disk> disks = there.devices<Disk>();
        QCOMPARE(disks.size(), qsizetype(1));
        QCOMPARE(disks[0].sourceFile, text("/pool/web.img"));
        QCOMPARE(disks[0].format, text("raw"));
        QCOMPARE(disks[0].bus, text("virtio"));
        QVERIFY(!there.has("devices/disk/backingStore"));
        request.files[0].type = text("block");
        request.files[0].path = text("/dev/vg/web");
        const Disk block
            = transplantToLibvirt(machine(kDisk), request)->definition.devices<Disk>().at(0);
        QCOMPARE(block.type, text("block"));
        QCOMPARE(block.sourceDevice, text("/dev/vg/web"));
    }

    void media_stayBehind()
    {
        const Definition definition
            = machine("<disk type='file' device='cdrom'><source file='/cd.iso'/>"
                      "<target dev='sda' bus='sata'/><readonly/></disk>");
        for (const auto& transplant : { transplantToLibvirt, transplantToEmbedded }) {
            const auto done = transplant(definition, { .hasKvm = true });
            QVERIFY(done);
            QCOMPARE(done->definition.devices<Disk>().at(0).sourceFile, QString());
            QVERIFY(has(*done, Kind::MediumEjected, text("sda")));
        }
    }

    void move_keepsIdentityAndCopyDoesNot()
    {
        const Definition definition
            = machine(kUserCard, "<genid>11111111-2222-3333-4444-555555555550</genid>");
        const auto moved = transplantToLibvirt(definition, { .name = text("new"), .hasKvm = true });
        QCOMPARE(moved->definition.uuid(), definition.uuid());
        QCOMPARE(moved->definition.name(), text("new"));
        QCOMPARE(
            moved->definition.devices<NetworkInterface>().at(0).mac, text("52:54:00:aa:bb:cc"));
        QCOMPARE(moved->definition.value("genid"), definition.value("genid"));
        const QUuid id = QUuid::createUuid();
        const auto copy
            = transplantToLibvirt(definition, { .isCopy = true, .id = id, .hasKvm = true });
        QCOMPARE(copy->definition.uuid(), id);
        QCOMPARE(copy->definition.name(), text("web"));
        const QString mac = copy->definition.devices<NetworkInterface>().at(0).mac;
        QVERIFY(!mac.isEmpty() && mac != text("52:54:00:aa:bb:cc"));
        QVERIFY(copy->definition.value("genid") != definition.value("genid"));
    }

    void userNetwork_becomesTheChosenOne()
    {
        const auto kept = transplantToLibvirt(machine(kUserCard), { .hasKvm = true });
        QCOMPARE(kept->definition.devices<NetworkInterface>().at(0).type, text("user"));
        QCOMPARE(
            kept->definition.devices<NetworkInterface>().at(0).portForwards.size(), qsizetype(1));
        const auto done
            = transplantToLibvirt(machine(kUserCard), { .hasKvm = true, .network = text("lab") });
        const NetworkInterface card = done->definition.devices<NetworkInterface>().at(0);
        QCOMPARE(card.type, text("network"));
        QCOMPARE(card.sourceNetwork, text("lab"));
        QCOMPARE(card.model, text("virtio"));
        QCOMPARE(card.backend, QString());
        QVERIFY(has(*done, Kind::PortForwardsDropped, text("52:54:00:aa:bb:cc")));
        QVERIFY(has(*done, Kind::NetworkReplaced, text("52:54:00:aa:bb:cc")));
    }

    void libvirtNetwork_becomesAUserNetwork()
    {
        const auto done = transplantToEmbedded(machine(kLibvirtCard), { .hasKvm = true });
        const Definition& there = done->definition;
        const NetworkInterface card = there.devices<NetworkInterface>().at(0);
        QCOMPARE(card.type, text("user"));
        QCOMPARE(card.mac, text("52:54:00:aa:bb:cc"));
        QVERIFY(there.has("devices/interface/address")); // so the guest finds it where it was
        QCOMPARE(unsupportedByEmbedded(there), QVector<Unsupported>());
        QVERIFY(has(*done, Kind::NetworkReplaced, text("52:54:00:aa:bb:cc")));
        const auto bridge = transplantToEmbedded(
            machine("<interface type='bridge'><source bridge='br0'/></interface>"), {});
        QCOMPARE(bridge->definition.devices<NetworkInterface>().at(0).sourceBridge, text("br0"));
    }

    void screens_areReachedByTheWayOfTheHost()
    {
        const auto open = transplantToLibvirt(
            machine(
                "<graphics type='spice'><listen type='none'/><streaming mode='off'/></graphics>"),
            { .hasKvm = true });
        Graphics screen = open->definition.devices<Graphics>().at(0);
        QCOMPARE(screen.listenAddress, text("127.0.0.1"));
        QCOMPARE(screen.autoport, text("yes"));
        QCOMPARE(screen.streaming, text("off"));
        const auto closed = transplantToEmbedded(
            machine("<graphics type='vnc' port='5901' autoport='no' listen='0.0.0.0' passwd='x'>"
                    "<listen type='address' address='0.0.0.0'/></graphics>"),
            {});
        screen = closed->definition.devices<Graphics>().at(0);
        QCOMPARE(screen.listenType, text("none"));
        QCOMPARE(screen.port, -1);
        QCOMPARE(screen.password, text("x"));
        QVERIFY(has(*closed, Kind::ScreenMoved, text("vnc")));
        QCOMPARE(unsupportedByEmbedded(closed->definition), QVector<Unsupported>());
    }

    void hostWithoutKvm_translates()
    {
        const Definition definition = machine("",
            "<cpu mode='host-passthrough' check='none'/><features><acpi/><hyperv><relaxed "
            "state='on'/></hyperv></features><clock offset='utc'><timer name='kvmclock'/>"
            "<timer name='rtc'/></clock>");
        const auto done = transplantToLibvirt(definition, {});
        QCOMPARE(done->definition.domainType(), text("qemu"));
        QCOMPARE(done->definition.cpuMode(), text("maximum"));
        QVERIFY(!done->definition.has("features/hyperv"));
        QVERIFY(done->definition.hasFeature(text("acpi")));
        QCOMPARE(
            done->definition.valuesOfEach("clock/timer", "@name"), QStringList { text("rtc") });
        QVERIFY(has(*done, Kind::AccelerationLost, {}));
        const auto fast = transplantToLibvirt(definition, { .hasKvm = true });
        QCOMPARE(fast->definition.domainType(), text("kvm"));
        QVERIFY(fast->definition.has("features/hyperv"));
        const auto slow = transplantToLibvirt(machine("", "", "qemu"), { .hasKvm = true });
        QCOMPARE(slow->definition.domainType(), text("qemu"));
        QVERIFY(has(*slow, Kind::AccelerationUnused, {}));
    }

    void firmware_isChosenAnew()
    {
        Definition definition = machine("");
        definition.setValue("os@firmware", text("efi"));
        definition.setValue("os/loader", text("/usr/share/OVMF/OVMF_CODE.fd"));
        definition.setValue("os/loader@type", text("pflash"));
        definition.setValue("os/loader@secure", text("yes"));
        const auto done = transplantToEmbedded(definition, {});
        QCOMPARE(done->definition.value("os/loader"), QString());
        QCOMPARE(done->definition.value("os/loader@secure"), text("yes"));
        definition.setValue("os@firmware", {});
        QCOMPARE(transplantToEmbedded(definition, {})->definition.value("os/loader"),
            text("/usr/share/OVMF/OVMF_CODE.fd"));
    }

    void marks_thatMeanAnotherHost_areLeftOut()
    {
        MachineMarks marks { .tags = { text("shop") },
            .isTemplate = true,
            .parent = QUuid::createUuid(),
            .parentName = text("golden") };
        const auto done = transplantToEmbedded(withMarks(machine(kDisk), marks), {});
        QCOMPARE(marksOf(done->definition), (MachineMarks { .tags = { text("shop") } }));
    }

    void everyGoldenMachine_comesBackSupported_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::machines() + tests::golden::libvirtMachines())
            QTest::newRow(qPrintable(name)) << name;
    }

    // What the core can run it can still run after it has been elsewhere.
    void everyGoldenMachine_comesBackSupported()
    {
        QFETCH(QString, name);
        const Definition definition = Definition::fromXml(tests::golden::xml(name)).value();
        const auto there = transplantToLibvirt(definition, { .network = text("default") });
        QVERIFY2(there, qPrintable(there ? QString() : there.error().toString()));
        const auto back = transplantToEmbedded(there->definition, {});
        QVERIFY2(back, qPrintable(back ? QString() : back.error().toString()));
        QVERIFY2(checkSupportedByEmbedded(back->definition),
            qPrintable(checkSupportedByEmbedded(back->definition)
                    ? QString()
                    : checkSupportedByEmbedded(back->definition).error().toString()));
        QCOMPARE(back->definition.devices<NetworkInterface>().size(),
            definition.devices<NetworkInterface>().size());
    }
};

QTEST_APPLESS_MAIN(TestTransplant)
#include "tst_Transplant.moc"
