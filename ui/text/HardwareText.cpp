// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/HardwareText.h"

#include "ui/text/Units.h"

namespace ui {

using models::HardwareChange;
using models::HardwareField;
using models::HardwareItem;
using models::HardwareKind;

QString HardwareText::kind(HardwareKind kind)
{
    switch (kind) {
    case HardwareKind::General:
        return tr("General");
    case HardwareKind::Cpu:
        return tr("CPUs");
    case HardwareKind::Memory:
        return tr("Memory");
    case HardwareKind::Boot:
        return tr("Boot");
    case HardwareKind::Disk:
        return tr("Disk");
    case HardwareKind::Cdrom:
        return tr("CD drive");
    case HardwareKind::NetworkCard:
        return tr("Network card");
    case HardwareKind::Graphics:
        return tr("Screen");
    case HardwareKind::Video:
        return tr("Video card");
    case HardwareKind::Sound:
        return tr("Sound card");
    case HardwareKind::Input:
        return tr("Input");
    case HardwareKind::HostDevice:
        return tr("Host device");
    case HardwareKind::UsbRedirection:
        return tr("USB redirection");
    case HardwareKind::FileSystem:
        return tr("Shared folder");
    case HardwareKind::Tpm:
        return tr("TPM");
    case HardwareKind::Channel:
        return tr("Channel");
    case HardwareKind::SerialPort:
        return tr("Serial port");
    case HardwareKind::ConsolePort:
        return tr("Console port");
    case HardwareKind::RandomGenerator:
        return tr("Random numbers");
    case HardwareKind::Balloon:
        return tr("Memory balloon");
    case HardwareKind::Watchdog:
        return tr("Watchdog");
    case HardwareKind::Controller:
        return tr("Controller");
    case HardwareKind::Other:
        return tr("Other");
    }
    return {};
}

Glyph HardwareText::glyph(HardwareKind kind)
{
    switch (kind) {
    case HardwareKind::General:
        return Glyph::Computer;
    case HardwareKind::Cpu:
        return Glyph::Cpu;
    case HardwareKind::Memory:
    case HardwareKind::Balloon:
        return Glyph::Memory;
    case HardwareKind::Boot:
        return Glyph::Start;
    case HardwareKind::Disk:
        return Glyph::Disk;
    case HardwareKind::FileSystem:
        return Glyph::Folder;
    case HardwareKind::Cdrom:
        return Glyph::Disc;
    case HardwareKind::NetworkCard:
        return Glyph::Network;
    case HardwareKind::Graphics:
    case HardwareKind::Video:
        return Glyph::Screen;
    case HardwareKind::HostDevice:
    case HardwareKind::UsbRedirection:
        return Glyph::Usb;
    case HardwareKind::Input:
        return Glyph::Keyboard;
    case HardwareKind::Channel:
    case HardwareKind::SerialPort:
    case HardwareKind::ConsolePort:
        return Glyph::Console;
    case HardwareKind::Sound:
    case HardwareKind::Tpm:
    case HardwareKind::RandomGenerator:
    case HardwareKind::Watchdog:
    case HardwareKind::Controller:
    case HardwareKind::Other:
        return Glyph::Chip;
    }
    return Glyph::Chip;
}

QString HardwareText::title(const HardwareItem& item)
{
    if (item.label.isEmpty())
        return kind(item.kind);
    switch (item.kind) {
    case HardwareKind::Graphics: // SPICE, VNC
        return QStringLiteral("%1 (%2)").arg(kind(item.kind), item.label.toUpper());
    case HardwareKind::Video:
    case HardwareKind::Sound:
    case HardwareKind::Input:
        return QStringLiteral("%1 (%2)").arg(kind(item.kind), item.label);
    default:
        return kind(item.kind) + QLatin1Char(' ') + item.label;
    }
}

QString HardwareText::field(HardwareField field)
{
    switch (field) {
    case HardwareField::Title:
        return tr("Title");
    case HardwareField::Description:
        return tr("Description");
    case HardwareField::MachineType:
        return tr("Machine type");
    case HardwareField::Firmware:
        return tr("Firmware");
    case HardwareField::Vcpus:
        return tr("CPUs at most");
    case HardwareField::CurrentVcpus:
        return tr("CPUs in use");
    case HardwareField::CpuMode:
        return tr("CPU");
    case HardwareField::CpuModel:
        return tr("CPU model");
    case HardwareField::Sockets:
        return tr("Sockets");
    case HardwareField::Cores:
        return tr("Cores per socket");
    case HardwareField::Threads:
        return tr("Threads per core");
    case HardwareField::Memory:
        return tr("Memory at most");
    case HardwareField::CurrentMemory:
        return tr("Memory in use");
    case HardwareField::BootDevices:
        return tr("Boot from");
    case HardwareField::Kernel:
        return tr("Kernel");
    case HardwareField::Initrd:
        return tr("Initrd");
    case HardwareField::KernelCommandLine:
        return tr("Kernel command line");
    case HardwareField::Init:
        return tr("Program");
    case HardwareField::Type:
        return tr("Type");
    case HardwareField::Source:
        return tr("Image");
    case HardwareField::PortPath:
        return tr("File or socket");
    case HardwareField::Folder:
        return tr("Folder of the host");
    case HardwareField::MountTag:
        return tr("Mounted as");
    case HardwareField::Driver:
        return tr("Driver");
    case HardwareField::AccessMode:
        return tr("Owners of files");
    case HardwareField::Format:
        return tr("Format");
    case HardwareField::Bus:
        return tr("Bus");
    case HardwareField::Target:
        return tr("Name in the machine");
    case HardwareField::Cache:
        return tr("Cache");
    case HardwareField::Io:
        return tr("I/O mode");
    case HardwareField::Discard:
        return tr("Discard");
    case HardwareField::Serial:
        return tr("Serial number");
    case HardwareField::ReadOnly:
        return tr("Read-only");
    case HardwareField::Shareable:
        return tr("Shared with others");
    case HardwareField::BootOrder:
        return tr("Place in boot order");
    case HardwareField::BytesLimit:
        return tr("Rate at most");
    case HardwareField::RequestsLimit:
        return tr("Requests at most");
    case HardwareField::Network:
        return tr("Network");
    case HardwareField::Bridge:
        return tr("Bridge");
    case HardwareField::Mac:
        return tr("MAC address");
    case HardwareField::Model:
        return tr("Model");
    case HardwareField::Link:
        return tr("Cable");
    case HardwareField::ListenType:
        return tr("Reached by");
    case HardwareField::ListenAddress:
        return tr("Address");
    case HardwareField::Port:
        return tr("Port");
    case HardwareField::OpenGl:
        return tr("OpenGL");
    case HardwareField::Heads:
        return tr("Monitors");
    case HardwareField::Acceleration:
        return tr("3D acceleration");
    case HardwareField::Vendor:
        return tr("Vendor");
    case HardwareField::Product:
        return tr("Product");
    case HardwareField::Name:
        return tr("Name");
    case HardwareField::Action:
        return tr("Action");
    case HardwareField::Index:
        return tr("Number");
    case HardwareField::Version:
        return tr("Version");
    }
    return {};
}

QString HardwareText::value(HardwareField field, const QString& value)
{
    if (models::typeOf(field) == models::FieldType::Amount) {
        const double amount = value.toDouble();
        if (field == HardwareField::BytesLimit)
            return amount == 0 ? tr("no limit") : Units::rate(amount);
        return Units::bytes(amount);
    }
    if (models::typeOf(field) == models::FieldType::Flag)
        return value == QStringLiteral("yes") ? tr("yes") : tr("no");
    if (field == HardwareField::Driver && (value.isEmpty() || value == QStringLiteral("path")))
        return tr("9p");
    if (value.isEmpty())
        return field == HardwareField::Source ? tr("no medium") : tr("not set");
    if (field == HardwareField::Firmware) {
        if (value == QStringLiteral("bios"))
            return tr("BIOS");
        return value == QStringLiteral("uefi") ? tr("UEFI") : tr("UEFI with Secure Boot");
    }
    if (field == HardwareField::Link)
        return value == QStringLiteral("down") ? tr("unplugged") : tr("plugged in");
    return value;
}

QString HardwareText::hint(HardwareField field)
{
    switch (field) {
    case HardwareField::CurrentVcpus:
        return tr("Can be changed while the machine runs, up to the maximum.");
    case HardwareField::CurrentMemory:
        return tr("What the balloon leaves to the guest; can be changed while it runs.");
    case HardwareField::CpuMode:
        return tr("host-passthrough is the fastest; custom takes the model below.");
    case HardwareField::BootOrder:
        return tr("1 is tried first; 0: not at all.");
    case HardwareField::BytesLimit:
        return tr("A second, reading and writing together; 0: no limit.");
    case HardwareField::RequestsLimit:
        return tr("A second, reading and writing together; 0: no limit.");
    case HardwareField::Vendor:
    case HardwareField::Product:
        return tr("As lsusb tells it, such as 0x046d.");
    case HardwareField::OpenGl:
        return tr("The host's graphics card draws. Seen in SPICE consoles on the host itself; the "
                  "screen can't have a port.");
    case HardwareField::Acceleration:
        return tr(
            "Of a virtio card, on a SPICE display with OpenGL. Memory of such a machine can't "
            "be saved or moved.");
    case HardwareField::Init:
        return tr("What the container runs, as a path in it; it ends with that.");
    case HardwareField::MountTag:
        return tr("In a machine the name that the guest mounts (mount -t virtiofs NAME /mnt, or "
                  "-t 9p); in a container the path.");
    case HardwareField::Driver:
        return tr(
            "virtiofs is faster, and needs memory that is shared with its daemon: choosing it "
            "asks for that too.");
    case HardwareField::AccessMode:
        return tr("passthrough: as in the guest; mapped: kept beside the files; squash: as far as "
                  "the host allows.");
    case HardwareField::PortPath:
        return tr("Of a port that is a file or a socket on the host; other ports need none.");
    case HardwareField::Firmware:
        return tr("Most guests that were installed under one do not boot under the other.");
    default: // its name says it
        return {};
    }
}

QString HardwareText::change(const HardwareChange& change)
{
    const QString name = title(change.item);
    switch (change.what) {
    case HardwareChange::What::Added:
        return tr("%1: added").arg(name);
    case HardwareChange::What::Removed:
        return tr("%1: removed").arg(name);
    case HardwareChange::What::Changed:
        //: %1 is a device, %2 one of its settings, %3 its value now, %4 the value to come
        return tr("%1, %2: %3 now, %4 then")
            .arg(name, field(change.field), value(change.field, change.running),
                value(change.field, change.stored));
    }
    return {};
}

} // namespace ui
