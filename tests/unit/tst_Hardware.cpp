// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareDraft.h"
#include "models/HardwareXml.h"

#include <QTest>

#include <functional>

using models::Hardware;
using models::HardwareChange;
using models::HardwareDraft;
using models::HardwareField;
using models::HardwareItem;
using models::HardwareKind;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

const auto kXml = QStringLiteral(R"(<domain type='kvm'>
  <name>web</name>
  <memory unit='MiB'>1024</memory>
  <vcpu current='1'>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <!-- the first -->
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <oddity keep='me'/>
    </disk>
    <disk type='file' device='cdrom'>
      <source file='/images/debian.iso'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='user'>
      <mac address='52:54:00:00:00:01'/>
      <model type='virtio'/>
    </interface>
    <smartcard mode='host'/>
  </devices>
</domain>)");

Hardware machine(const QString& xml = kXml)
{
    return Hardware::fromXml(xml).value();
}

HardwareItem itemOf(const Hardware& hardware, HardwareKind kind)
{
    for (const HardwareItem& item : hardware.items()) {
        if (item.kind == kind)
            return item;
    }
    return {};
}

QString mebibytes(int count)
{
    return QString::number(quint64(count) * 1024 * 1024);
}

} // namespace

Q_DECLARE_METATYPE(std::function<void(Hardware&)>)

class tst_Hardware : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void items_nameEveryPartOnce()
    {
        QStringList seen;
        for (const HardwareItem& item : machine().items())
            seen << QString::number(static_cast<int>(item.kind)) + QLatin1Char(' ') + item.label;
        const auto row = [](HardwareKind kind, const char* label) {
            return QString::number(static_cast<int>(kind)) + QLatin1Char(' ') + text(label);
        };
        QCOMPARE(seen,
            (QStringList { row(HardwareKind::General, ""), row(HardwareKind::Cpu, ""),
                row(HardwareKind::Memory, ""), row(HardwareKind::Boot, ""),
                row(HardwareKind::Disk, "vda"), row(HardwareKind::Cdrom, "sda"),
                row(HardwareKind::NetworkCard, "52:54:00:00:00:01"),
                row(HardwareKind::Other, "smartcard") }));
    }

    void deviceXml_isWhatStandsThere()
    {
        const Hardware hardware = machine();
        const QString disk = hardware.deviceXml(itemOf(hardware, HardwareKind::Disk));
        QVERIFY2(
            disk.startsWith(text("<disk")) && disk.endsWith(text("</disk>")), qPrintable(disk));
        QVERIFY(disk.contains(text("<oddity keep=")));
        QVERIFY(!disk.contains(text("debian.iso")));
        QCOMPARE(hardware.deviceXml(itemOf(hardware, HardwareKind::Other)).trimmed().left(10),
            text("<smartcard"));
        QVERIFY(hardware.deviceXml({ .kind = HardwareKind::Cpu }).isEmpty());
        QVERIFY(models::deviceElements(text("<domain><devices><disk>")).isEmpty());
    }

    void everyFieldOfEveryPart_takesTheValueThatWasSet()
    {
        Hardware hardware = machine();
        for (const HardwareKind kind : machine().addableKinds()) {
            if (kind != HardwareKind::Disk && kind != HardwareKind::Cdrom
                && kind != HardwareKind::NetworkCard)
                hardware.add(kind, hardware.proposal(kind));
        }
        const QVector<HardwareItem> items = hardware.items();
        for (const HardwareItem& item : items) {
            for (const models::HardwareValue& each : hardware.values(item)) {
                QString wanted;
                switch (models::typeOf(each.field)) {
                case models::FieldType::Choice:
                    wanted = models::choicesOf(item.kind, each.field).value(1);
                    break;
                case models::FieldType::Flag:
                    wanted = text("yes");
                    break;
                case models::FieldType::Number:
                    wanted = text("2");
                    break;
                case models::FieldType::Amount:
                    wanted = QString::number(512 << 20);
                    break;
                case models::FieldType::Path:
                    wanted = text("/images/other.img");
                    break;
                case models::FieldType::Text:
                    wanted = text("x1");
                    break;
                }
                if (wanted.isEmpty())
                    continue;
                hardware.setValue(item, each.field, wanted);
                const QString where = QStringLiteral("%1/%2")
                                          .arg(static_cast<int>(item.kind))
                                          .arg(static_cast<int>(each.field));
                QVERIFY2(hardware.value(item, each.field) == wanted,
                    qPrintable(where + text(": ") + hardware.value(item, each.field)));
            }
        }
    }

    void unknownXml_survivesEveryEdit()
    {
        Hardware hardware = machine();
        const HardwareItem disk = itemOf(hardware, HardwareKind::Disk);
        hardware.setValue(disk, HardwareField::Cache, text("none"));
        hardware.setValue(
            { .kind = HardwareKind::Memory }, HardwareField::Memory, QString::number(2048LL << 20));
        QVERIFY(hardware.toXml().contains(text("<oddity keep=")));
        QVERIFY(hardware.toXml().contains(text("<!-- the first -->")));
        QVERIFY(hardware.toXml().contains(text("<smartcard")));
    }

    void firmware_canBeChosenAndTakenBack()
    {
        Hardware hardware = machine();
        const HardwareItem general { .kind = HardwareKind::General };
        const QString before = hardware.toXml();
        QCOMPARE(hardware.value(general, HardwareField::Firmware), text("bios"));
        hardware.setValue(general, HardwareField::Firmware, text("uefi-secure"));
        QCOMPARE(hardware.value(general, HardwareField::Firmware), text("uefi-secure"));
        QVERIFY(hardware.toXml().contains(text("smm")));
        hardware.setValue(general, HardwareField::Firmware, text("uefi"));
        QCOMPARE(hardware.value(general, HardwareField::Firmware), text("uefi"));
        hardware.setValue(general, HardwareField::Firmware, text("bios"));
        QCOMPARE(hardware.value(general, HardwareField::Firmware), text("bios"));
        QVERIFY(!hardware.toXml().contains(text("firmware")));
        QVERIFY(!hardware.toXml().contains(text("loader")));
        Hardware byFeature = machine(QString(kXml).replace(text("<os>"),
            text("<os firmware='efi'><firmware><feature enabled='yes' name='secure-boot'/>"
                 "</firmware>")));
        QCOMPARE(byFeature.value(general, HardwareField::Firmware), text("uefi-secure"));
        byFeature.setValue(general, HardwareField::Firmware, text("uefi"));
        QCOMPARE(byFeature.value(general, HardwareField::Firmware), text("uefi"));
    }

    void addedDisks_getFreeTargets()
    {
        Hardware hardware = machine();
        const HardwareItem second = hardware.add(HardwareKind::Disk,
            { { HardwareField::Source, text("/images/b.qcow2") },
                { HardwareField::Bus, text("virtio") } });
        QCOMPARE(second.label, text("vdb"));
        QCOMPARE(hardware.value(second, HardwareField::Source), text("/images/b.qcow2"));
        const HardwareItem drive
            = hardware.add(HardwareKind::Cdrom, { { HardwareField::Bus, text("sata") } });
        QCOMPARE(drive.label, text("sdb"));
        QCOMPARE(drive.kind, HardwareKind::Cdrom);
        const HardwareItem block = hardware.add(HardwareKind::Disk,
            { { HardwareField::Source, text("/dev/sdz") }, { HardwareField::Bus, text("nvme") } });
        QCOMPARE(block.label, text("nvme0n1"));
        QVERIFY(hardware.deviceXml(block).contains(text("type=\"block\"")));
        QVERIFY(hardware.validate().has_value());
    }

    void everyKindThatCanBeAdded_canBeRemovedAgain()
    {
        for (const HardwareKind kind : machine().addableKinds()) {
            Hardware hardware = machine();
            const qsizetype before = hardware.items().size();
            const HardwareItem added = hardware.add(kind, hardware.proposal(kind));
            const QString name = QString::number(static_cast<int>(kind));
            QVERIFY2(hardware.items().size() == before + 1, qPrintable(name));
            QVERIFY2(!hardware.deviceXml(added).isEmpty(), qPrintable(name));
            QVERIFY2(hardware.remove(added), qPrintable(name));
            QVERIFY2(hardware.items().size() == before, qPrintable(name));
        }
    }

    void sharedFolder_bringsWhatItsDriverNeeds()
    {
        Hardware hardware = machine();
        const HardwareItem folder = hardware.add(HardwareKind::FileSystem,
            { { HardwareField::Folder, text("/srv/data") },
                { HardwareField::MountTag, text("data") },
                { HardwareField::AccessMode, text("mapped") } });
        QCOMPARE(folder.label, text("data"));
        QVERIFY(!hardware.toXml().contains(text("memoryBacking")));
        QVERIFY(hardware.deviceXml(folder).contains(text("accessmode=\"mapped\"")));
        hardware.setValue(folder, HardwareField::Driver, text("virtiofs"));
        QVERIFY(hardware.deviceXml(folder).contains(text("type=\"virtiofs\"")));
        QCOMPARE(hardware.value(folder, HardwareField::AccessMode), text("passthrough"));
        QVERIFY2(hardware.toXml().contains(text("<access mode=\"shared\"")),
            qPrintable(hardware.toXml()));
        QVERIFY(hardware.toXml().contains(text("<source type=\"memfd\"")));
        Hardware added = machine();
        added.add(HardwareKind::FileSystem,
            { { HardwareField::Folder, text("/srv/data") },
                { HardwareField::MountTag, text("data") },
                { HardwareField::Driver, text("virtiofs") } });
        QVERIFY(added.toXml().contains(text("<access mode=\"shared\"")));
    }

    void container_hasNoBoard()
    {
        Hardware container = machine(text(R"(<domain type='lxc'>
  <name>web</name><memory unit='MiB'>512</memory><vcpu>2</vcpu>
  <os><type arch='x86_64'>exe</type><init>/sbin/init</init></os>
  <devices>
    <filesystem type='mount' accessmode='passthrough'>
      <source dir='/srv/web'/><target dir='/'/>
    </filesystem>
    <filesystem type='ram'><source usage='64' units='MiB'/><target dir='/run'/></filesystem>
    <interface type='network'><mac address='52:54:00:00:00:02'/><source network='default'/></interface>
    <console type='pty'/>
  </devices></domain>)"));
        QVERIFY(container.isContainer());
        QVERIFY(!machine().isContainer());
        const auto fieldsOf = [&container](HardwareKind kind) {
            QVector<HardwareField> fields;
            for (const models::HardwareValue& each : container.values(itemOf(container, kind)))
                fields.append(each.field);
            return fields;
        };
        QCOMPARE(fieldsOf(HardwareKind::General),
            (QVector { HardwareField::Title, HardwareField::Description }));
        QCOMPARE(fieldsOf(HardwareKind::Cpu), (QVector { HardwareField::Vcpus }));
        QCOMPARE(fieldsOf(HardwareKind::Memory), (QVector { HardwareField::Memory }));
        QCOMPARE(fieldsOf(HardwareKind::Boot), (QVector { HardwareField::Init }));
        QCOMPARE(fieldsOf(HardwareKind::FileSystem),
            (QVector { HardwareField::Folder, HardwareField::MountTag, HardwareField::ReadOnly }));
        QVERIFY(!fieldsOf(HardwareKind::NetworkCard).contains(HardwareField::Model));
        // What is no folder is known by its XML.
        QCOMPARE(itemOf(container, HardwareKind::Other).label, text("filesystem"));

        container.setValue(
            itemOf(container, HardwareKind::Boot), HardwareField::Init, text("/bin/sh"));
        QVERIFY(container.toXml().contains(text("<init>/bin/sh</init>")));
        QVERIFY(!container.addableKinds().contains(HardwareKind::Disk));
        const HardwareItem folder = container.add(HardwareKind::FileSystem,
            { { HardwareField::Folder, text("/srv/data") },
                { HardwareField::MountTag, text("/data") } });
        QCOMPARE(folder.label, text("/data"));
        QVERIFY(container.remove(folder));
        QCOMPARE(itemOf(container, HardwareKind::FileSystem).label, text("/"));
    }

    void differences_tellWhatChangedCameAndWent()
    {
        const Hardware running = machine();
        Hardware stored = running;
        QVERIFY(Hardware::differences(running, stored).isEmpty());
        stored.setValue(itemOf(stored, HardwareKind::Disk), HardwareField::Cache, text("none"));
        stored.remove(itemOf(stored, HardwareKind::NetworkCard));
        stored.add(HardwareKind::Watchdog, stored.proposal(HardwareKind::Watchdog));
        const QVector<HardwareChange> changes = Hardware::differences(running, stored);
        QCOMPARE(changes.size(), 3);
        QVERIFY(changes[0].what == HardwareChange::What::Changed);
        QVERIFY(changes[0].field == HardwareField::Cache);
        QCOMPARE(changes[0].stored, text("none"));
        QVERIFY(changes[1].what == HardwareChange::What::Added);
        QVERIFY(changes[2].what == HardwareChange::What::Removed);
        QCOMPARE(changes[2].item.label, text("52:54:00:00:00:01"));
    }

    void draft_knowsWhatCanBeDoneLive()
    {
        HardwareDraft draft;
        draft.setStored(machine());
        QVERIFY(!draft.isDirty());
        QVERIFY(!draft.isLive());
        const HardwareItem drive = itemOf(draft.edited(), HardwareKind::Cdrom);
        draft.edited().setValue(drive, HardwareField::Source, {});
        QVERIFY(draft.isDirty());
        QVERIFY(draft.isLive());
        const hosts::VmId vm = hosts::VmId::createUuid();
        const QVector<hosts::Operation> operations = draft.liveOperations(vm);
        QCOMPARE(operations.size(), 1);
        const auto* update = std::get_if<hosts::UpdateDevice>(&operations.first());
        QVERIFY(update);
        QVERIFY(update->xml.contains(text("sda")) && !update->xml.contains(text("debian.iso")));
        draft.edited().setValue(
            { .kind = HardwareKind::Cpu }, HardwareField::CurrentVcpus, text("2"));
        QCOMPARE(draft.liveOperations(vm).size(), 2);
        draft.edited().setValue(
            { .kind = HardwareKind::Cpu }, HardwareField::CpuMode, text("host-model"));
        QVERIFY(!draft.isLive());
        draft.revert();
        QVERIFY(!draft.isDirty());
    }

    void draftWithMoreInItsXml_isNotLive()
    {
        HardwareDraft draft;
        draft.setStored(machine());
        draft.edited()
            = machine(QString(kXml).replace(text("<os>"), text("<iothreads>4</iothreads><os>")));
        QVERIFY(draft.changes().isEmpty() && !draft.isToldByChanges());
        const HardwareItem drive = itemOf(draft.edited(), HardwareKind::Cdrom);
        draft.edited().setValue(drive, HardwareField::Source, {});
        QCOMPARE(draft.changes().size(), 1);
        QVERIFY(!draft.isLive());
        draft.revert();
        draft.edited().setValue(drive, HardwareField::Source, {});
        QVERIFY(draft.isToldByChanges() && draft.isLive());
    }

    void maximumThatIsTyped_leavesWhatIsInUse_data()
    {
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("part of it in use") << false;
        QTest::newRow("all in use") << true;
    }

    void maximumThatIsTyped_leavesWhatIsInUse()
    {
        QFETCH(bool, isWhole);
        const HardwareItem memory { .kind = HardwareKind::Memory };
        const HardwareItem cpu { .kind = HardwareKind::Cpu };
        Hardware before = machine();
        before.setValue(cpu, HardwareField::Vcpus, text("4"));
        before.setValue(cpu, HardwareField::CurrentVcpus, isWhole ? text("4") : text("2"));
        if (!isWhole)
            before.setValue(memory, HardwareField::CurrentMemory, mebibytes(512));
        HardwareDraft draft;
        draft.setStored(before);
        for (const int typed : { 1, 16, 163, 1638, 16384 })
            draft.edit(memory, HardwareField::Memory, mebibytes(typed));
        for (const int typed : { 1, 16 })
            draft.edit(cpu, HardwareField::Vcpus, QString::number(typed));
        const Hardware& edited = draft.edited();
        QCOMPARE(edited.value(memory, HardwareField::Memory), mebibytes(16384));
        QCOMPARE(edited.value(memory, HardwareField::CurrentMemory),
            isWhole ? mebibytes(16384) : mebibytes(512));
        QCOMPARE(edited.value(cpu, HardwareField::Vcpus), text("16"));
        QCOMPARE(edited.value(cpu, HardwareField::CurrentVcpus), isWhole ? text("16") : text("2"));
        draft.edit(cpu, HardwareField::Vcpus, text("1"));
        QCOMPARE(edited.value(cpu, HardwareField::CurrentVcpus), text("1"));
    }

    void fieldThatIsTypedInto_leavesTheOthers()
    {
        const HardwareItem general { .kind = HardwareKind::General };
        HardwareDraft draft;
        draft.setStored(machine());
        draft.edit(general, HardwareField::Title, text("S"));
        draft.edited().setValue(general, HardwareField::Description, text("Sells"));
        draft.edit(general, HardwareField::Title, text("Sh"));
        draft.edit({ .kind = HardwareKind::Cpu }, HardwareField::Vcpus, text("4"));
        draft.edit(general, HardwareField::Title, text("Shop"));
        QCOMPARE(draft.edited().value(general, HardwareField::Title), text("Shop"));
        QCOMPARE(draft.edited().value(general, HardwareField::Description), text("Sells"));
        QCOMPARE(
            draft.edited().value({ .kind = HardwareKind::Cpu }, HardwareField::Vcpus), text("4"));
        draft.revert();
        draft.edit(general, HardwareField::Title, text("Shop 2"));
        QVERIFY(draft.edited().value(general, HardwareField::Description).isEmpty());
    }

    void draft_keepsWhatIsTypedWhenTheHostTellsAnew()
    {
        HardwareDraft draft;
        draft.setStored(machine());
        const HardwareItem general { .kind = HardwareKind::General };
        draft.edited().setValue(general, HardwareField::Title, text("mine"));
        Hardware other = machine();
        other.setValue(general, HardwareField::Description, text("theirs"));
        draft.setStored(other);
        QCOMPARE(draft.edited().value(general, HardwareField::Title), text("mine"));
        draft.revert();
        QCOMPARE(draft.edited().value(general, HardwareField::Description), text("theirs"));
    }

    void storedItem_isTheSameDeviceWhereverItStands()
    {
        const auto pci = [](int slot) {
            return QStringLiteral("<hostdev mode='subsystem' type='pci'><source><address "
                                  "domain='0' bus='0' slot='%1' function='0'/></source></hostdev>")
                .arg(slot);
        };
        HardwareDraft draft;
        draft.setStored(machine(QString(kXml).replace(text("<smartcard"),
            pci(3) + pci(4) + text("<redirdev bus='usb' type='spicevmc'/><smartcard"))));
        const HardwareItem first = itemOf(draft.edited(), HardwareKind::HostDevice);
        QCOMPARE(draft.storedItem(first)->index, 0);
        QVERIFY(draft.edited().remove(first));
        const HardwareItem second = itemOf(draft.edited(), HardwareKind::HostDevice);
        QCOMPARE(second.index, 0);
        QCOMPARE(draft.storedItem(second)->index, 1);
        draft.edited().add(HardwareKind::Disk, { { HardwareField::Target, text("vdx") } });
        for (const HardwareItem& item : draft.edited().items())
            QCOMPARE(draft.storedItem(item).has_value(), item.label != text("vdx"));
    }

    void draft_isMadeAnewToWhatIsStoredMeanwhile()
    {
        HardwareDraft draft;
        draft.setStored(machine());
        const HardwareItem disk = itemOf(draft.stored(), HardwareKind::Disk);
        draft.edited().setValue(disk, HardwareField::Cache, text("none"));
        draft.edited().setValue(
            { .kind = HardwareKind::General }, HardwareField::Title, text("Shop"));
        draft.edited().add(HardwareKind::Disk,
            { { HardwareField::Source, text("/images/mine.qcow2") },
                { HardwareField::Target, text("vdc") } });
        draft.edited().remove(itemOf(draft.edited(), HardwareKind::NetworkCard));
        // Renamed meanwhile, with a disk more, before the other one, and another medium.
        QString meanwhile = kXml;
        meanwhile.replace(text("<name>web<"), text("<name>www<"))
            .replace(text("debian.iso"), text("fedora.iso"))
            .replace(text("<!-- the first -->"),
                text("<disk type='file' device='disk'><source file='/images/new.qcow2'/>"
                     "<target dev='vdb' bus='virtio'/></disk>"));
        draft.setStored(machine(meanwhile));
        QVERIFY(!draft.isOvertaken());
        const QString made = draft.edited().toXml();
        for (const char* wanted : { "<name>www<", "fedora.iso", "new.qcow2", "mine.qcow2", "Shop",
                 "cache=\"none\"", "keep=" })
            QVERIFY2(made.contains(text(wanted)), qPrintable(text(wanted) + made));
        QVERIFY(!made.contains(text("<interface")));
        QCOMPARE(draft.changes().size(), 4);
        const auto cached = draft.storedItem(disk);
        QVERIFY(cached && cached->index == 1);
        draft.setStored(draft.edited()); // as after it was applied
        QVERIFY(!draft.isDirty() && !draft.isOvertaken());
    }

    void draft_isOvertakenWhereItDoesNotFitAnyMore_data()
    {
        using Edit = std::function<void(Hardware&)>;
        QTest::addColumn<Edit>("mine");
        QTest::addColumn<Edit>("theirs");
        const auto set = [](HardwareKind kind, HardwareField field, const char* value) -> Edit {
            return [=](Hardware& hardware) {
                hardware.setValue(itemOf(hardware, kind), field, text(value));
            };
        };
        const auto remove = [](HardwareKind kind) -> Edit {
            return [=](Hardware& hardware) { hardware.remove(itemOf(hardware, kind)); };
        };
        const auto replace = [](const char* what, const char* with) -> Edit {
            return [=](Hardware& hardware) {
                hardware = machine(hardware.toXml().replace(text(what), text(with)));
            };
        };
        const auto addDisk = [](const char* source) -> Edit {
            return [=](Hardware& hardware) {
                hardware.add(HardwareKind::Disk,
                    { { HardwareField::Source, text(source) },
                        { HardwareField::Target, text("vdb") } });
            };
        };
        const auto addVideo = [](const char* model) -> Edit {
            return [=](Hardware& hardware) {
                hardware.add(HardwareKind::Video, { { HardwareField::Model, text(model) } });
            };
        };
        const Edit cache = set(HardwareKind::Disk, HardwareField::Cache, "none");
        QTest::newRow("same field")
            << cache << set(HardwareKind::Disk, HardwareField::Cache, "unsafe");
        QTest::newRow("part gone") << cache << remove(HardwareKind::Disk);
        QTest::newRow("removed, but changed") << remove(HardwareKind::Disk) << cache;
        QTest::newRow("same target") << addDisk("/a.qcow2") << addDisk("/b.qcow2");
        QTest::newRow("same number") << addVideo("virtio") << addVideo("qxl");
        QTest::newRow("unknown XML")
            << replace("keep=\"me\"", "keep=\"you\"") << replace(">web<", ">www<");
        QTest::newRow("name, by XML") << replace(">web<", ">shop<") << cache;
    }

    void draft_isOvertakenWhereItDoesNotFitAnyMore()
    {
        QFETCH(std::function<void(Hardware&)>, mine);
        QFETCH(std::function<void(Hardware&)>, theirs);
        const Hardware before = machine();
        HardwareDraft draft;
        draft.setStored(before);
        mine(draft.edited());
        const Hardware edited = draft.edited();
        Hardware stored = before;
        theirs(stored);
        draft.setStored(stored);
        QVERIFY(draft.isOvertaken());
        QVERIFY(draft.edited() == edited);
        HardwareDraft other = draft;
        other.setStored(before); // they took it back
        QVERIFY(!other.isOvertaken() && other.isDirty());
        other = draft;
        other.insist();
        QVERIFY(!other.isOvertaken() && other.edited() == edited);
        draft.revert();
        QVERIFY(!draft.isOvertaken() && draft.edited() == stored);
    }

    void draft_isOvertakenWhileWhatIsTypedCannotBeRead()
    {
        const Hardware before = machine();
        HardwareDraft draft;
        draft.setStored(before);
        draft.setStored(before, HardwareDraft::Typed::Unreadable);
        QVERIFY(!draft.isOvertaken());
        draft.setStored(machine(before.toXml().replace(text(">web<"), text(">www<"))),
            HardwareDraft::Typed::Unreadable);
        QVERIFY(draft.isOvertaken() && draft.isDirty());
    }

    void canonicalXml_knowsWhatSaysTheSame()
    {
        const QString one
            = models::canonicalXml(text("<d><devices><a x='1' y='2'/><b>t</b></devices></d>"));
        QCOMPARE(models::canonicalXml(text("<d>\n<devices> <b> t </b><!-- c -->\n<a y=\"2\" "
                                           "x=\"1\"></a></devices></d>")),
            one);
        QVERIFY(models::canonicalXml(text("<d><devices><a x='1' y='3'/><b>t</b></devices></d>"))
            != one);
        QVERIFY(models::canonicalXml(text("<d><devices>")).isEmpty());
    }

    void brokenXml_isRefusedWithItsPlace()
    {
        const auto broken = Hardware::fromXml(text("<domain>\n<name>x</domain>"));
        QVERIFY(!broken);
        QCOMPARE(broken.error().cause, vmm::ErrorCause::DefinitionBroken);
        QVERIFY(broken.error().detail.contains(text("line 2")));
    }
};

QTEST_GUILESS_MAIN(tst_Hardware)
#include "tst_Hardware.moc"
