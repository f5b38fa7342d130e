// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

#include <QJsonObject>

namespace vmm {

/// The two families of x86 machines, which differ in what hangs where.
enum class Chipset { Q35, I440fx };

Chipset chipsetOf(const Definition& definition);

/// What one device must be told about its machine.
struct PlugContext {
    Chipset chipset = Chipset::Q35;
    bool hasSpice = false;
    int bootIndex = 0; ///< 1 is first; 0: not booted from
    /// Of a card on a tap device or on passt: the number or the QMP `getfd` name of its descriptor.
    QString netFd {};

    static PlugContext of(const Definition& definition);
};

/// Where a device goes.
enum class PlugPlace {
    ExpressPort, ///< PCI: a root port of its own on q35, else the root bus; "bus" and "addr" are
                 ///< still to be added
    RootBus, ///< conventional PCI: the root bus; "bus" and "addr" are still to be added
    NamedBus, ///< "bus" is said: SATA, SCSI, USB
};

/// Everything that QEMU is told to plug in one device, as the arguments of the QMP commands that
/// are to be given in this order: object-add, blockdev-add, chardev-add, netdev_add, device_add.
/// Empty parts aren't needed. To unplug: device_del, and after its DEVICE_DELETED the same names
/// backwards. The command line of a start is made of the same objects, so both always agree.
struct DevicePlug {
    QVector<QJsonObject> objects {};
    QVector<QJsonObject> blockNodes {};
    QJsonObject characterDevice {};
    QJsonObject netdev {};
    QJsonObject device {};
    PlugPlace place = PlugPlace::NamedBus;

    QString id() const { return device.value(QLatin1StringView("id")).toString(); }
};

// Errors of all: InvalidConfig (DefinitionUnsupported if the machine has no such place).
// Checked against QEMU 7.2.

/// Device and top block node have the id "disk-<target>"; below it are "disk-<target>-format" if
/// the disk is throttled (by the object "limits-<target>"), and "disk-<target>-file". Without a
/// medium there are no nodes.
Result<DevicePlug> plugOf(const Disk& disk, const PlugContext& context);
QString diskId(const QString& target);
/// The `blockdev-add` of a layer that a running disk is about to be put on; below it is
/// "<name>-file". `disk`: as it will be, with the layer as its source.
QJsonObject layerNode(const Disk& disk, const QString& name);

/// Device "net-<index>", back end "host-net-<index>".
Result<DevicePlug> plugOf(const NetworkInterface& card, int index, const PlugContext& context);
QString networkId(int index);

/// "usb-redirection-<index>", device and character device.
Result<DevicePlug> plugOf(const UsbRedirection& redirection, int index, const PlugContext& context);

/// Device "hostdev-<index>".
Result<DevicePlug> plugOf(const HostDevice& hostDevice, int index, const PlugContext& context);

/// virtio, sata, ide, scsi, usb, nvme: what the disk says, or what the letters of its target stand
/// for.
QString busOf(const Disk& disk);

/// The value of QEMU's -chardev for the arguments of a QMP chardev-add.
QString characterDeviceOption(const QJsonObject& chardevAdd);

/// The refusal of a part that can't be turned into arguments.
Error unsupportedPart(const char* element, const QString& why);

} // namespace vmm
