// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareDraft.h"
#include "models/HardwareXml.h"

#include <QTest>

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

} // namespace

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
        for (const HardwareKind kind : Hardware::addableKinds()) {
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
        for (const HardwareKind kind : Hardware::addableKinds()) {
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
