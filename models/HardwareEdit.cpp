// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Adding, removing and comparing the parts of a machine.
#include "models/Hardware.h"
#include "models/HardwareBindings.h"
#include "models/HardwareXml.h"

#include <algorithm>

namespace models {

using Field = HardwareField;
using Kind = HardwareKind;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

// The letters that a bus begins its targets with.
QString prefixOf(const QString& bus)
{
    if (bus == text("virtio"))
        return text("vd");
    if (bus == text("ide"))
        return text("hd");
    return text("sd");
}

// vda ... vdz, vdaa ...
QString letters(int number)
{
    QString made;
    for (++number; number > 0; number = (number - 1) / 26)
        made.prepend(QChar('a' + (number - 1) % 26));
    return made;
}

} // namespace

QVector<Kind> Hardware::addableKinds() const
{
    if (isContainer())
        return { Kind::FileSystem, Kind::NetworkCard };
    return { Kind::Disk, Kind::Cdrom, Kind::NetworkCard, Kind::HostDevice, Kind::UsbRedirection,
        Kind::FileSystem, Kind::Tpm, Kind::Graphics, Kind::Video, Kind::Sound, Kind::Input,
        Kind::Channel, Kind::SerialPort, Kind::RandomGenerator, Kind::Balloon, Kind::Watchdog };
}

QString Hardware::freeTarget(const QString& bus) const
{
    QStringList taken;
    for (const vmm::Disk& disk : m_definition.devices<vmm::Disk>())
        taken << disk.target;
    for (int i = 0;; ++i) {
        const QString target
            = bus == text("nvme") ? text("nvme%1n1").arg(i) : prefixOf(bus) + letters(i);
        if (!taken.contains(target))
            return target;
    }
}

QVector<HardwareValue> Hardware::proposal(Kind kind) const
{
    switch (kind) {
    case Kind::Disk:
        return { { Field::Source, {} }, { Field::Format, text("qcow2") },
            { Field::Bus, text("virtio") }, { Field::ReadOnly, text("no") } };
    case Kind::Cdrom:
        return { { Field::Source, {} }, { Field::Bus, text("sata") } };
    case Kind::NetworkCard:
        if (isContainer())
            return { { Field::Type, text("network") }, { Field::Network, {} },
                { Field::Bridge, {} } };
        return { { Field::Type, text("user") }, { Field::Network, {} }, { Field::Bridge, {} },
            { Field::Model, text("virtio") } };
    case Kind::HostDevice:
        return { { Field::Vendor, text("0x") }, { Field::Product, text("0x") } };
    case Kind::Channel:
        return { { Field::Type, text("unix") }, { Field::Name, text("org.qemu.guest_agent.0") } };
    case Kind::FileSystem:
        if (isContainer())
            return { { Field::Folder, {} }, { Field::MountTag, {} },
                { Field::ReadOnly, text("no") } };
        return { { Field::Folder, {} }, { Field::MountTag, {} }, { Field::Driver, {} },
            { Field::AccessMode, text("passthrough") }, { Field::ReadOnly, text("no") } };
    case Kind::SerialPort:
        return { { Field::Type, text("pty") }, { Field::PortPath, {} } };
    case Kind::Tpm:
        return { { Field::Model, text("tpm-crb") }, { Field::Version, text("2.0") } };
    case Kind::Input:
        return { { Field::Type, text("tablet") }, { Field::Bus, text("usb") } };
    case Kind::Graphics:
        return { { Field::Type, text("spice") }, { Field::ListenType, text("none") } };
    case Kind::Watchdog:
        return { { Field::Model, text("itco") }, { Field::Action, text("reset") } };
    default: // one that needs no more than its model or type
        break;
    }
    QVector<HardwareValue> values;
    for (const Field field : { Field::Type, Field::Model }) {
        const QStringList choices = choicesOf(kind, field);
        if (!choices.isEmpty())
            values.append({ field, choices.first() });
    }
    return values;
}

HardwareItem Hardware::add(Kind kind, const QVector<HardwareValue>& values)
{
    HardwareItem item { .kind = kind };
    if (kind == Kind::Tpm) {
        item.element = text("tpm");
        m_definition.setValue("devices/tpm/backend@type", text("emulator"));
    }
    visitKind(kind, [&]<typename Device>(const Device*) {
        Device device {};
        for (const HardwareValue& given : values) {
            for (const Binding<Device>& binding : bindingsOf<Device>()) {
                if (binding.field == given.field)
                    binding.write(device, given.value);
            }
        }
        if constexpr (std::is_same_v<Device, vmm::Disk>) {
            device.driverName = text("qemu");
            if (kind == Kind::Cdrom) {
                device.device = text("cdrom");
                device.format = text("raw");
                device.isReadOnly = true;
            }
            if (device.sourceFile.startsWith(text("/dev/"))) {
                device.type = text("block");
                device.sourceDevice = std::exchange(device.sourceFile, {});
            }
            if (device.target.isEmpty())
                device.target = freeTarget(device.bus);
        }
        if constexpr (std::is_same_v<Device, vmm::Channel>) {
            device.sourceMode = device.type == text("unix") ? text("bind") : QString();
            if (device.type == text("qemu-vdagent"))
                device.copyPaste = text("yes"); // what it is for
        }
        m_definition.addDevice(device);
        item.index = static_cast<int>(m_definition.devices<Device>().size()) - 1;
    });
    if (kind == Kind::Tpm) {
        for (const HardwareValue& given : values)
            setValue(item, given.field, given.value);
    }
    for (const HardwareItem& each : items()) {
        if (each.kind != kind || each.index != item.index)
            continue;
        if (kind == Kind::FileSystem)
            meetNeedsOfVirtiofs(each);
        return each;
    }
    return item;
}

bool Hardware::remove(const HardwareItem& item)
{
    if (item.kind == Kind::Tpm) {
        for (const char* path : { "devices/tpm/backend@type", "devices/tpm/backend@version",
                 "devices/tpm/backend", "devices/tpm@model" })
            m_definition.setValue(path, {});
        return true;
    }
    bool isRemoved = false;
    visitKind(item.kind, [&]<typename Device>(const Device*) {
        isRemoved = m_definition.removeDevice<Device>(item.index);
    });
    return isRemoved;
}

QString Hardware::deviceXml(const HardwareItem& item) const
{
    for (const DeviceElement& element : deviceElements(toXml())) {
        if (element.name == item.element && element.index == item.index)
            return element.xml;
    }
    return {};
}

std::optional<HardwareItem> Hardware::find(const HardwareItem& item, const Hardware& other) const
{
    const QVector<HardwareItem> mine = items();
    const auto isIt = [&](const HardwareItem& each) {
        if (each.kind != item.kind || each.element != item.element)
            return false;
        // Of two host devices that are known by their place on the host the label is the same.
        const bool isKnownByLabel = hasKey(item) && item.kind != Kind::HostDevice;
        return isKnownByLabel ? each.label == item.label
                              : deviceXml(each).trimmed() == other.deviceXml(item).trimmed();
    };
    const auto found = std::find_if(mine.begin(), mine.end(), isIt);
    return found == mine.end() ? std::nullopt : std::optional(*found);
}

bool Hardware::hasKey(const HardwareItem& item)
{
    return item.kind == Kind::Disk || item.kind == Kind::Cdrom || item.kind == Kind::NetworkCard
        || item.kind == Kind::HostDevice;
}

const HardwareItem* Hardware::counterpart(
    const HardwareItem& item, const QVector<HardwareItem>& among)
{
    const bool isKnownByLabel = hasKey(item);
    const auto found = std::find_if(among.begin(), among.end(), [&](const HardwareItem& each) {
        return each.kind == item.kind && each.element == item.element
            && (isKnownByLabel ? each.label == item.label : each.index == item.index);
    });
    return found == among.end() ? nullptr : &*found;
}

QVector<HardwareChange> Hardware::differences(const Hardware& running, const Hardware& stored)
{
    const QVector<HardwareItem> before = running.items();
    const QVector<HardwareItem> after = stored.items();
    QVector<HardwareChange> changes;
    for (const HardwareItem& item : after) {
        const HardwareItem* was = counterpart(item, before);
        if (!was) {
            changes.append({ .what = HardwareChange::What::Added, .item = item });
            continue;
        }
        for (const HardwareValue& value : stored.values(item)) {
            const QString old = running.value(*was, value.field);
            if (old != value.value)
                changes.append(
                    { .item = item, .field = value.field, .running = old, .stored = value.value });
        }
    }
    for (const HardwareItem& item : before) {
        if (!counterpart(item, after))
            changes.append({ .what = HardwareChange::What::Removed, .item = item });
    }
    return changes;
}

} // namespace models
