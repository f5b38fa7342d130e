// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of each field: how it is edited, and what it offers.
#include "models/HardwareItem.h"

namespace models {

using Field = HardwareField;
using Kind = HardwareKind;

namespace {

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

// "-" stands for: not said, the hypervisor decides.
QStringList optionalWords(const char* text)
{
    return QStringList { QString() } + words(text);
}

QStringList modelsOf(Kind kind)
{
    switch (kind) {
    case Kind::NetworkCard:
        return words("virtio e1000e e1000 rtl8139");
    case Kind::Video:
        return words("virtio qxl vga bochs cirrus none");
    case Kind::Sound:
        return words("ich9 ich6 ac97");
    case Kind::Tpm:
        return words("tpm-crb tpm-tis");
    case Kind::Balloon:
        return words("virtio none");
    case Kind::Watchdog:
        return words("itco i6300esb");
    case Kind::RandomGenerator:
        return words("virtio");
    default: // no list of all its models
        return {};
    }
}

QStringList typesOf(Kind kind)
{
    switch (kind) {
    case Kind::NetworkCard:
        return words("user network bridge");
    case Kind::Graphics:
        return words("spice vnc");
    case Kind::Input:
        return words("tablet mouse keyboard");
    case Kind::SerialPort:
    case Kind::ConsolePort:
        return words("pty unix file null");
    case Kind::Channel:
        return words("unix spicevmc spiceport qemu-vdagent");
    case Kind::UsbRedirection:
        return words("spicevmc");
    default: // has no type, or one that isn't ours to change
        return {};
    }
}

} // namespace

FieldType typeOf(Field field)
{
    switch (field) {
    case Field::Vcpus:
    case Field::CurrentVcpus:
    case Field::Sockets:
    case Field::Cores:
    case Field::Threads:
    case Field::BootOrder:
    case Field::RequestsLimit:
    case Field::Port:
    case Field::Heads:
    case Field::Index:
        return FieldType::Number;
    case Field::Memory:
    case Field::CurrentMemory:
    case Field::BytesLimit:
        return FieldType::Amount;
    case Field::Kernel:
    case Field::Initrd:
    case Field::Source:
        return FieldType::Path;
    case Field::Folder:
        return FieldType::Folder;
    case Field::ReadOnly:
    case Field::Shareable:
    case Field::OpenGl:
    case Field::Acceleration:
        return FieldType::Flag;
    case Field::Firmware:
    case Field::CpuMode:
    case Field::BootDevices:
    case Field::Type:
    case Field::Format:
    case Field::Bus:
    case Field::Cache:
    case Field::Io:
    case Field::Discard:
    case Field::Model:
    case Field::Link:
    case Field::ListenType:
    case Field::Action:
    case Field::Version:
    case Field::Driver:
    case Field::AccessMode:
        return FieldType::Choice;
    case Field::Title:
    case Field::Description:
    case Field::MachineType:
    case Field::CpuModel:
    case Field::KernelCommandLine:
    case Field::Init:
    case Field::PortPath:
    case Field::MountTag:
    case Field::Target:
    case Field::Serial:
    case Field::Network:
    case Field::Bridge:
    case Field::Mac:
    case Field::ListenAddress:
    case Field::Vendor:
    case Field::Product:
    case Field::Name:
        return FieldType::Text;
    }
    return FieldType::Text;
}

QStringList choicesOf(Kind kind, Field field)
{
    switch (field) {
    case Field::Firmware:
        return words("bios uefi uefi-secure");
    case Field::CpuMode:
        return optionalWords("host-passthrough host-model maximum custom");
    case Field::BootDevices:
        return optionalWords("hd cdrom network hd,cdrom cdrom,hd hd,network network,hd");
    case Field::Format:
        return optionalWords("qcow2 raw");
    case Field::Bus:
        if (kind == Kind::Input)
            return words("usb ps2 virtio");
        return kind == Kind::Cdrom ? words("sata ide scsi usb")
                                   : words("virtio scsi sata nvme usb ide");
    case Field::Cache:
        return optionalWords("none writeback writethrough directsync unsafe");
    case Field::Io:
        return optionalWords("threads native");
    case Field::Discard:
        return optionalWords("unmap ignore");
    case Field::Link:
        return words("up down");
    case Field::ListenType:
        return optionalWords("none address socket");
    case Field::Action:
        return words("reset shutdown poweroff pause none");
    case Field::Version:
        return optionalWords("2.0");
    case Field::Driver:
        return optionalWords("virtiofs");
    case Field::AccessMode:
        return words("passthrough mapped squash");
    case Field::Model:
        return modelsOf(kind);
    case Field::Type:
        return typesOf(kind);
    default: // not a choice
        return {};
    }
}

} // namespace models
