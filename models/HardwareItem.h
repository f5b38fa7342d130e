// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

namespace models {

/// The parts of a machine, in the order in which they are listed.
enum class HardwareKind {
    General,
    Cpu,
    Memory,
    Boot,
    Disk,
    Cdrom,
    NetworkCard,
    Graphics,
    Video,
    Sound,
    Input,
    HostDevice,
    UsbRedirection,
    FileSystem,
    Tpm,
    Channel,
    SerialPort,
    ConsolePort,
    RandomGenerator,
    Balloon,
    Watchdog,
    Controller,
    Other, ///< known by its XML alone
};

/// What can be said of a part. Values are libvirt's words (https://libvirt.org/formatdomain.html).
enum class HardwareField {
    Title,
    Description,
    MachineType,
    Firmware, ///< bios, uefi, uefi-secure
    Vcpus, ///< at most
    CurrentVcpus, ///< at the start
    CpuMode,
    CpuModel,
    Sockets,
    Cores,
    Threads,
    Memory, ///< bytes, at most
    CurrentMemory, ///< bytes, left by the balloon
    BootDevices, ///< hd, cdrom, network; with commas between them
    Kernel,
    Initrd,
    KernelCommandLine,
    Init, ///< of a container: what is run in it
    Type,
    Source, ///< path or block device; empty: no medium
    PortPath, ///< file or socket of a port
    Folder, ///< of the host
    MountTag, ///< what the guest mounts; in a container the path
    Driver,
    AccessMode, ///< whose the files are
    Format,
    Bus,
    Target,
    Cache,
    Io,
    Discard,
    Serial,
    ReadOnly, ///< yes, no
    Shareable,
    BootOrder, ///< 1 is first; 0: not in the order
    BytesLimit, ///< a second; 0: none
    RequestsLimit, ///< a second; 0: none
    Network, ///< of libvirt
    Bridge,
    Mac,
    Model,
    Link, ///< up, down
    ListenType,
    ListenAddress,
    Port,
    OpenGl, ///< yes, no
    Heads, ///< monitors
    Acceleration, ///< in 3D: yes, no
    Vendor,
    Product,
    Name,
    Action,
    Index,
    Version,
};

enum class FieldType { Text, Path, Folder, Number, Amount, Choice, Flag };

/// One part of a machine.
struct HardwareItem {
    HardwareKind kind = HardwareKind::General;
    QString element {}; ///< of the XML; empty for what is no device
    int index = 0; ///< among the elements of that name
    QString label {}; ///< what tells it apart: "vda", "52:54:00:12:34:56"; may be empty

    bool isDevice() const { return !element.isEmpty(); }
    bool operator==(const HardwareItem&) const = default;
};

struct HardwareValue {
    HardwareField field = HardwareField::Title;
    QString value {};

    bool operator==(const HardwareValue&) const = default;
};

/// One difference between what a machine runs with and what its next start uses.
struct HardwareChange {
    enum class What { Changed, Added, Removed };

    What what = What::Changed;
    HardwareItem item {}; ///< as stored; of a Removed one: as it runs
    HardwareField field = HardwareField::Title; ///< of a Changed one
    QString running {};
    QString stored {};

    bool operator==(const HardwareChange&) const = default;
};

FieldType typeOf(HardwareField field);
/// What a Choice offers; libvirt's words. The first is what is meant if none is said.
QStringList choicesOf(HardwareKind kind, HardwareField field);

} // namespace models

Q_DECLARE_METATYPE(models::HardwareItem)
