// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/MachineBuilder.h"

#include "vmm/definition/DefinitionChecks.h"

namespace vmm {

namespace {

Error invalidField(const char* field, const QString& why)
{
    return Error { ErrorKind::InvalidConfig, QString::fromLatin1(field), why };
}

Result<void> checkAbsolute(const char* field, const QString& path)
{
    if (!path.isEmpty() && !path.startsWith(QLatin1Char('/')))
        return invalidField(field, QStringLiteral("\"%1\" is not an absolute path").arg(path));
    for (const QChar c : path) {
        if (c.category() == QChar::Other_Control)
            return invalidField(field, QStringLiteral("the path contains a control character"));
    }
    return {};
}

Result<void> checkSizes(const NewMachine& machine)
{
    if (machine.memory < kLeastMemory)
        return invalidField("memory",
            QStringLiteral("%1 MiB; a machine needs at least %2 MiB")
                .arg(machine.memory.toMiB())
                .arg(kLeastMemory.toMiB()));
    if (machine.memory > kMostMemory)
        return invalidField("memory",
            QStringLiteral("%1 MiB is more than any machine can have").arg(machine.memory.toMiB()));
    if (machine.vcpus < 1 || machine.vcpus > kMostVcpus)
        return invalidField("vcpus",
            QStringLiteral("%1 is not between 1 and %2").arg(machine.vcpus).arg(kMostVcpus));
    if (machine.newDisk.count() != 0 && machine.newDisk < kLeastDisk)
        return invalidField("newDisk",
            QStringLiteral("%1 bytes; a disk needs at least %2 MiB")
                .arg(machine.newDisk.count())
                .arg(kLeastDisk.toMiB()));
    return {};
}

bool isIn(const NewNetworkCard& card, const char* type)
{
    return card.type == QLatin1StringView(type);
}

Result<void> checkCard(const NewNetworkCard& card)
{
    const bool isInOne = isIn(card, "network") || isIn(card, "bridge");
    if (isInOne == card.source.isEmpty())
        return invalidField("network",
            isInOne ? QStringLiteral("no %1 is named").arg(card.type)
                    : QStringLiteral("only a card of type network or bridge is in one"));
    if (!isInOne && !isIn(card, "user"))
        return invalidField("networkType",
            QStringLiteral("\"%1\" is not user, network, bridge or none").arg(card.type));
    return {};
}

/// The first as the host has it if nothing was chosen.
QVector<NewNetworkCard> cardsOf(const NewMachine& machine, const BuildDefaults& defaults)
{
    NewNetworkCard first { machine.networkType, machine.network };
    if (first.type.isEmpty() && first.source.isEmpty()) {
        first.type = defaults.networkType;
        first.source = isIn(first, "network") ? defaults.networkName : QString();
    }
    const bool isNone = isIn(first, "none") && first.source.isEmpty();
    return (isNone ? QVector<NewNetworkCard> {} : QVector<NewNetworkCard> { first })
        + machine.furtherCards;
}

Result<void> checkSources(const NewMachine& machine, const BuildDefaults& defaults)
{
    if (machine.newDisk.count() != 0 && !machine.diskImage.isEmpty())
        return invalidField(
            "diskImage", QStringLiteral("either a new disk or an existing image, not both"));
    if (machine.newDisk.count() != 0 && defaults.newDiskPath.isEmpty())
        return invalidField("newDisk", QStringLiteral("this host has no place for a new disk"));
    if (machine.kernel.isEmpty() && !machine.initrd.isEmpty())
        return invalidField("initrd", QStringLiteral("an initrd needs a kernel"));
    if (machine.kernel.isEmpty() && !machine.kernelCommandLine.isEmpty())
        return invalidField(
            "kernelCommandLine", QStringLiteral("a kernel command line needs a kernel"));
    for (const QChar c : machine.kernelCommandLine) {
        if (c.category() == QChar::Other_Control)
            return invalidField(
                "kernelCommandLine", QStringLiteral("contains a control character"));
    }
    TRY(checkAbsolute("newDisk", defaults.newDiskPath));
    TRY(checkAbsolute("diskImage", machine.diskImage));
    TRY(checkAbsolute("isoImage", machine.isoImage));
    TRY(checkAbsolute("kernel", machine.kernel));
    TRY(checkAbsolute("initrd", machine.initrd));
    return {};
}

void describeSystem(
    Definition& definition, const NewMachine& machine, const BuildDefaults& defaults)
{
    definition.setDomainType(defaults.domainType);
    definition.setName(machine.name);
    definition.setMemory(machine.memory);
    definition.setCurrentMemory(machine.memory);
    definition.setVcpus(machine.vcpus);
    definition.setMachineType(defaults.machineType);
    definition.setArchitecture(defaults.architecture);
    definition.setKernel(machine.kernel, machine.initrd, machine.kernelCommandLine);
    // The disk first: an installed system boots, and an empty disk falls through to the CD.
    definition.setBootDevices({ QStringLiteral("hd"), QStringLiteral("cdrom") });
    definition.setFeature(QStringLiteral("acpi"), true);
    definition.setFeature(QStringLiteral("apic"), true);
    if (defaults.domainType == QLatin1StringView("kvm"))
        definition.setCpu(QStringLiteral("host-passthrough"));
    else if (defaults.domainType == QLatin1StringView("qemu"))
        definition.setCpu(QStringLiteral("maximum"));
    definition.setClockOffset(QStringLiteral("utc"));
    definition.setValue("on_poweroff", QStringLiteral("destroy"));
    definition.setValue("on_reboot", QStringLiteral("restart"));
    definition.setValue("on_crash", QStringLiteral("destroy"));
    definition.setEmulator(defaults.emulator);
}

void describeFirmware(Definition& definition, const NewMachine& machine)
{
    if (machine.firmware != FirmwareKind::Bios)
        definition.setValue("os@firmware", QStringLiteral("efi"));
    if (machine.firmware == FirmwareKind::UefiSecureBoot) {
        definition.setValue("os/loader@secure", QStringLiteral("yes"));
        definition.setValue("features/smm@state", QStringLiteral("on")); // guards its variables
    }
    if (machine.hasTpm) {
        definition.setValue("devices/tpm@model", QStringLiteral("tpm-crb"));
        definition.setValue("devices/tpm/backend@type", QStringLiteral("emulator"));
        definition.setValue("devices/tpm/backend@version", QStringLiteral("2.0"));
    }
}

void addDisks(Definition& definition, const NewMachine& machine, const BuildDefaults& defaults)
{
    const bool isNew = machine.newDisk.count() != 0;
    if (isNew || !machine.diskImage.isEmpty()) {
        definition.addDevice(Disk {
            .sourceFile = isNew ? defaults.newDiskPath : machine.diskImage,
            .driverName = QStringLiteral("qemu"),
            .format = isNew ? QStringLiteral("qcow2") : defaults.diskImageFormat,
            .discard = QStringLiteral("unmap"),
            .target = QStringLiteral("vda"),
            .bus = QStringLiteral("virtio"),
        });
    }
    if (machine.isoImage.isEmpty())
        return;
    const bool hasSata = defaults.machineType.contains(QLatin1StringView("q35"));
    definition.addDevice(Disk {
        .device = QStringLiteral("cdrom"),
        .sourceFile = machine.isoImage,
        .driverName = QStringLiteral("qemu"),
        .format = QStringLiteral("raw"),
        .target = hasSata ? QStringLiteral("sda") : QStringLiteral("hda"),
        .bus = hasSata ? QStringLiteral("sata") : QStringLiteral("ide"),
        .isReadOnly = true,
    });
}

void addScreenAndInput(Definition& definition, const BuildDefaults& defaults)
{
    // Compression and video streams cost time that a near console has no use for (streams alone
    // delay the picture by 400 ms).
    definition.addDevice(Graphics {
        .autoport
        = defaults.spiceListen == QLatin1StringView("none") ? QString() : QStringLiteral("yes"),
        .listenType = defaults.spiceListen,
        .imageCompression = QStringLiteral("off"),
        .streaming = QStringLiteral("off"),
    });
    definition.addDevice(Video {});
    definition.addDevice(Input { .type = QStringLiteral("tablet"), .bus = QStringLiteral("usb") });
    definition.addDevice(Channel {
        .type = QStringLiteral("spicevmc"), .targetName = QStringLiteral("com.redhat.spice.0") });
}

void addNetworkCard(Definition& definition, const NewNetworkCard& card)
{
    definition.addDevice(NetworkInterface {
        .type = card.type,
        .sourceNetwork = isIn(card, "network") ? card.source : QString(),
        .sourceBridge = isIn(card, "bridge") ? card.source : QString(),
        .model = QStringLiteral("virtio"),
    });
}

void addOtherDevices(Definition& definition)
{
    definition.addDevice(
        Controller { .type = QStringLiteral("usb"), .model = QStringLiteral("qemu-xhci") });
    definition.addDevice(Channel {
        .type = QStringLiteral("unix"), .targetName = QStringLiteral("org.qemu.guest_agent.0") });
    definition.addDevice(SerialPort { .targetPort = 0 });
    definition.addDevice(ConsolePort { .targetPort = 0 });
    definition.addDevice(RandomGenerator { .backendSource = QStringLiteral("/dev/urandom") });
    definition.addDevice(MemoryBalloon {});
}

} // namespace

Result<Definition> buildDefinition(const NewMachine& machine, const BuildDefaults& defaults)
{
    if (const QString problem = nameProblem(machine.name); !problem.isEmpty())
        return invalidField("name", problem);
    TRY(checkSizes(machine));
    TRY(checkSources(machine, defaults));
    const QVector<NewNetworkCard> cards = cardsOf(machine, defaults);
    for (const NewNetworkCard& card : cards)
        TRY(checkCard(card));

    Definition definition;
    describeSystem(definition, machine, defaults);
    describeFirmware(definition, machine);
    addDisks(definition, machine, defaults);
    addOtherDevices(definition);
    for (const NewNetworkCard& card : cards)
        addNetworkCard(definition, card);
    addScreenAndInput(definition, defaults);
    TRY(definition.validate());
    return definition;
}

} // namespace vmm
