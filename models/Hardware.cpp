// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Hardware.h"

#include "models/HardwareBindings.h"
#include "models/HardwareXml.h"

#include <algorithm>

namespace models {

using Field = HardwareField;
using Kind = HardwareKind;

namespace {

struct KindOfElement {
    const char* element;
    Kind kind;
};

constexpr KindOfElement kKinds[] = {
    { "disk", Kind::Disk },
    { "interface", Kind::NetworkCard },
    { "graphics", Kind::Graphics },
    { "video", Kind::Video },
    { "sound", Kind::Sound },
    { "input", Kind::Input },
    { "hostdev", Kind::HostDevice },
    { "redirdev", Kind::UsbRedirection },
    { "filesystem", Kind::FileSystem },
    { "tpm", Kind::Tpm },
    { "channel", Kind::Channel },
    { "serial", Kind::SerialPort },
    { "console", Kind::ConsolePort },
    { "rng", Kind::RandomGenerator },
    { "memballoon", Kind::Balloon },
    { "watchdog", Kind::Watchdog },
    { "controller", Kind::Controller },
};

Kind kindOf(const QString& element)
{
    for (const KindOfElement& each : kKinds) {
        if (element == QLatin1StringView(each.element))
            return each.kind;
    }
    return Kind::Other;
}

const char* tpmPath(Field field)
{
    return field == Field::Model ? "devices/tpm@model" : "devices/tpm/backend@version";
}

QVector<Field> systemFields(Kind kind)
{
    switch (kind) {
    case Kind::General:
        return { Field::Title, Field::Description, Field::MachineType, Field::Firmware };
    case Kind::Cpu:
        return { Field::Vcpus, Field::CurrentVcpus, Field::CpuMode, Field::CpuModel, Field::Sockets,
            Field::Cores, Field::Threads };
    case Kind::Memory:
        return { Field::Memory, Field::CurrentMemory };
    case Kind::Boot:
        return { Field::BootDevices, Field::Kernel, Field::Initrd, Field::KernelCommandLine,
            Field::Init };
    case Kind::Tpm:
        return { Field::Model, Field::Version };
    default: // devices
        return {};
    }
}

QString asBytes(vmm::Bytes amount)
{
    return QString::number(amount.count());
}

// A folder of the host; others (memory, an image, a block device) are known by their XML alone.
bool isFolder(const vmm::FileSystem& fileSystem)
{
    return fileSystem.type == QStringLiteral("mount") || fileSystem.type == QStringLiteral("bind");
}

} // namespace

vmm::Result<Hardware> Hardware::fromXml(const QString& xml)
{
    Hardware hardware;
    hardware.m_definition = TRY(vmm::Definition::fromXml(xml));
    return hardware;
}

bool Hardware::isContainer() const
{
    return m_definition.value("os/type") == QStringLiteral("exe");
}

// What a container's own driver leaves out of account is not offered.
bool Hardware::isTold(Kind kind, Field field) const
{
    if (!isContainer())
        return field != Field::Init;
    switch (kind) {
    case Kind::General:
        return field != Field::MachineType && field != Field::Firmware;
    case Kind::Cpu:
        return field == Field::Vcpus;
    case Kind::Memory:
        return field == Field::Memory;
    case Kind::Boot:
        return field == Field::Init;
    case Kind::NetworkCard:
        return field != Field::Model && field != Field::BootOrder;
    case Kind::FileSystem:
        return field != Field::Driver && field != Field::AccessMode;
    default:
        return true;
    }
}

QVector<HardwareItem> Hardware::items() const
{
    QVector<HardwareItem> all;
    for (const Kind kind : { Kind::General, Kind::Cpu, Kind::Memory, Kind::Boot })
        all.append({ .kind = kind });
    const auto disks = m_definition.devices<vmm::Disk>();
    const auto fileSystems = m_definition.devices<vmm::FileSystem>();
    for (const DeviceElement& element : deviceElements(toXml())) {
        if (element.name == QStringLiteral("emulator"))
            continue;
        HardwareItem item {
            .kind = kindOf(element.name), .element = element.name, .index = element.index
        };
        if (item.kind == Kind::Disk && disks.value(item.index).device == QStringLiteral("cdrom"))
            item.kind = Kind::Cdrom;
        if (item.kind == Kind::FileSystem && !isFolder(fileSystems.value(item.index)))
            item.kind = Kind::Other;
        item.label = labelOf(item);
        all.append(item);
    }
    std::stable_sort(all.begin(), all.end(),
        [](const HardwareItem& a, const HardwareItem& b) { return a.kind < b.kind; });
    return all;
}

QString Hardware::labelOf(const HardwareItem& item) const
{
    switch (item.kind) {
    case Kind::Disk:
    case Kind::Cdrom:
        return value(item, Field::Target);
    case Kind::NetworkCard:
        return value(item, Field::Mac);
    case Kind::FileSystem:
        return value(item, Field::MountTag);
    case Kind::Controller:
    case Kind::Channel:
        return value(item, Field::Name);
    case Kind::HostDevice:
        return value(item, Field::Vendor) + QLatin1Char(':') + value(item, Field::Product);
    case Kind::Graphics:
    case Kind::Input:
        return value(item, Field::Type);
    case Kind::Video:
    case Kind::Sound:
    case Kind::Watchdog:
        return value(item, Field::Model);
    case Kind::Other:
        return item.element;
    default: // there is one of it, or its kind says all
        return {};
    }
}

QVector<HardwareValue> Hardware::values(const HardwareItem& item) const
{
    QVector<HardwareValue> all;
    const auto append = [&](Field field) {
        if (isTold(item.kind, field))
            all.append({ field, value(item, field) });
    };
    for (const Field field : systemFields(item.kind))
        append(field);
    visitKind(item.kind, [&]<typename Device>(const Device*) {
        for (const Binding<Device>& binding : bindingsOf<Device>())
            append(binding.field);
    });
    return all;
}

QString Hardware::value(const HardwareItem& item, Field field) const
{
    if (item.kind == Kind::Tpm)
        return m_definition.value(tpmPath(field));
    if (!item.isDevice())
        return systemValue(field);
    QString found;
    visitKind(item.kind, [&]<typename Device>(const Device*) {
        const Device device = m_definition.devices<Device>().value(item.index);
        if constexpr (std::is_same_v<Device, vmm::Disk>) {
            if (field == Field::Source) {
                found = device.sourcePath();
                return;
            }
        }
        for (const Binding<Device>& binding : bindingsOf<Device>()) {
            if (binding.field == field)
                found = binding.read(device);
        }
    });
    return found;
}

void Hardware::setValue(const HardwareItem& item, Field field, const QString& value)
{
    if (item.kind == Kind::Tpm) {
        m_definition.setValue(tpmPath(field), value);
        return;
    }
    if (!item.isDevice()) {
        setSystemValue(field, value);
        return;
    }
    visitKind(item.kind, [&]<typename Device>(const Device*) {
        const QVector<Device> present = m_definition.devices<Device>();
        if (item.index >= present.size())
            return;
        Device device = present[item.index];
        for (const Binding<Device>& binding : bindingsOf<Device>()) {
            if (binding.field == field)
                binding.write(device, value);
        }
        if constexpr (std::is_same_v<Device, vmm::Disk>) {
            if (field == Field::Source && device.type == QStringLiteral("block")) {
                device.sourceFile.clear();
                device.sourceDevice = value;
            }
        }
        m_definition.replaceDevice(item.index, device);
    });
    if (field == Field::Driver)
        meetNeedsOfVirtiofs(item);
}

QString Hardware::systemValue(Field field) const
{
    switch (field) {
    case Field::Title:
        return m_definition.title();
    case Field::Description:
        return m_definition.description();
    case Field::MachineType:
        return m_definition.machineType();
    case Field::Firmware:
        return firmware();
    case Field::Vcpus:
        return QString::number(m_definition.vcpus());
    case Field::CurrentVcpus:
        return QString::number(m_definition.currentVcpus());
    case Field::CpuMode:
        return m_definition.cpuMode();
    case Field::CpuModel:
        return m_definition.cpuModel();
    case Field::Sockets:
        return m_definition.value("cpu/topology@sockets");
    case Field::Cores:
        return m_definition.value("cpu/topology@cores");
    case Field::Threads:
        return m_definition.value("cpu/topology@threads");
    case Field::Memory:
        return asBytes(m_definition.memory());
    case Field::CurrentMemory:
        return asBytes(m_definition.currentMemory());
    case Field::BootDevices:
        return m_definition.bootDevices().join(QLatin1Char(','));
    case Field::Kernel:
        return m_definition.kernel();
    case Field::Initrd:
        return m_definition.initrd();
    case Field::KernelCommandLine:
        return m_definition.kernelCommandLine();
    case Field::Init:
        return m_definition.value("os/init");
    default: // of devices
        return {};
    }
}

void Hardware::setSystemValue(Field field, const QString& value)
{
    vmm::Definition& definition = m_definition;
    const auto setKernel = [&](const QString& kernel, const QString& initrd, const QString& line) {
        definition.setKernel(kernel, initrd, line);
    };
    const auto number = [&value] { return value == QStringLiteral("0") ? QString() : value; };
    switch (field) {
    case Field::Title:
        return definition.setTitle(value);
    case Field::Description:
        return definition.setDescription(value);
    case Field::MachineType:
        return definition.setMachineType(value);
    case Field::Firmware:
        return setFirmware(value);
    case Field::Vcpus:
        return setVcpus(value.toInt());
    case Field::CurrentVcpus:
        return definition.setValue(
            "vcpu@current", value.toInt() == definition.vcpus() ? QString() : value);
    case Field::CpuMode:
        return definition.setCpu(value, definition.cpuModel());
    case Field::CpuModel:
        return definition.setCpu(definition.cpuMode(), value);
    case Field::Sockets:
        return definition.setValue("cpu/topology@sockets", number());
    case Field::Cores:
        return definition.setValue("cpu/topology@cores", number());
    case Field::Threads:
        return definition.setValue("cpu/topology@threads", number());
    case Field::Memory: {
        // What the balloon leaves can't be more than there is; both together is the usual wish.
        const bool isWhole = definition.currentMemory() == definition.memory();
        const auto memory = vmm::Bytes::fromBytes(value.toULongLong());
        definition.setMemory(memory);
        if (isWhole || definition.currentMemory() > memory)
            definition.setCurrentMemory(memory);
        return;
    }
    case Field::CurrentMemory:
        return definition.setCurrentMemory(vmm::Bytes::fromBytes(value.toULongLong()));
    case Field::BootDevices:
        return definition.setBootDevices(value.split(QLatin1Char(','), Qt::SkipEmptyParts));
    case Field::Kernel:
        return setKernel(value, definition.initrd(), definition.kernelCommandLine());
    case Field::Initrd:
        return setKernel(definition.kernel(), value, definition.kernelCommandLine());
    case Field::KernelCommandLine:
        return setKernel(definition.kernel(), definition.initrd(), value);
    case Field::Init:
        return definition.setValue("os/init", value);
    default: // of devices
        return;
    }
}

/// Those in use follow the whole number if all were; otherwise they stay, as far as they can.
void Hardware::setVcpus(int count)
{
    const int inUse = m_definition.currentVcpus();
    const bool isWhole = inUse == m_definition.vcpus();
    m_definition.setVcpus(count);
    if (!isWhole && inUse < count)
        m_definition.setValue("vcpu@current", QString::number(inUse));
}

QString Hardware::firmware() const
{
    const bool isUefi = m_definition.value("os@firmware") == QStringLiteral("efi")
        || m_definition.value("os/loader@type") == QStringLiteral("pflash");
    if (!isUefi)
        return QStringLiteral("bios");
    const QStringList names = m_definition.valuesOfEach("os/firmware/feature", "@name");
    const QStringList states = m_definition.valuesOfEach("os/firmware/feature", "@enabled");
    const qsizetype at = names.indexOf(QStringLiteral("secure-boot"));
    const bool isSecure = m_definition.value("os/loader@secure") == QStringLiteral("yes")
        || (at >= 0 && states.value(at) == QStringLiteral("yes"));
    return isSecure ? QStringLiteral("uefi-secure") : QStringLiteral("uefi");
}

void Hardware::setFirmware(const QString& firmware)
{
    if (firmware == this->firmware())
        return;
    // A firmware that was named by path is one of the other sort.
    for (const char* path : { "os/loader@readonly", "os/loader@secure", "os/loader@type",
             "os/loader@format", "os/loader", "os/nvram@template", "os/nvram@templateFormat",
             "os/nvram@format", "os/nvram" })
        m_definition.setValue(path, {});
    for (int left = 8; left > 0 && m_definition.has("os/firmware/feature"); --left) {
        m_definition.setValue("os/firmware/feature@name", {});
        m_definition.setValue("os/firmware/feature@enabled", {});
    }
    const bool isUefi = firmware != QStringLiteral("bios");
    const bool isSecure = firmware == QStringLiteral("uefi-secure");
    m_definition.setValue("os@firmware", isUefi ? QStringLiteral("efi") : QString());
    m_definition.setValue("os/loader@secure", isSecure ? QStringLiteral("yes") : QString());
    if (isSecure)
        m_definition.setValue("features/smm@state", QStringLiteral("on"));
}

/// Its daemon reads the guest's memory, and knows neither access modes nor read-only folders
/// (https://libvirt.org/kbase/virtiofs.html).
void Hardware::meetNeedsOfVirtiofs(const HardwareItem& item)
{
    if (value(item, Field::Driver) != QStringLiteral("virtiofs"))
        return;
    setValue(item, Field::AccessMode, QStringLiteral("passthrough"));
    setValue(item, Field::ReadOnly, QStringLiteral("no"));
    if (!m_definition.has("memoryBacking/hugepages")
        && m_definition.value("memoryBacking/source@type").isEmpty())
        m_definition.setValue("memoryBacking/source@type", QStringLiteral("memfd"));
    m_definition.setValue("memoryBacking/access@mode", QStringLiteral("shared"));
}

} // namespace models
