// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/ResourceText.h"

namespace ui {

using hosts::PoolState;
using hosts::ResourceAction;
using models::PoolField;

namespace {

struct Words {
    const char* key;
    const char* word;
    const char* tip;
};

const Words kPoolTypes[] = {
    { "dir", QT_TRANSLATE_NOOP("ui::ResourceText", "Folder"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Image files in a folder of the host.") },
    { "fs", QT_TRANSLATE_NOOP("ui::ResourceText", "File system on a device"),
        QT_TRANSLATE_NOOP(
            "ui::ResourceText", "Image files on a device that is mounted when the pool starts.") },
    { "netfs", QT_TRANSLATE_NOOP("ui::ResourceText", "Network folder (NFS, SMB)"),
        QT_TRANSLATE_NOOP("ui::ResourceText",
            "Image files in a folder of a server, mounted when the pool starts. Machines on it can "
            "move to other hosts.") },
    { "logical", QT_TRANSLATE_NOOP("ui::ResourceText", "LVM volume group"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Each volume is a logical volume.") },
    { "disk", QT_TRANSLATE_NOOP("ui::ResourceText", "Disk"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Each volume is a partition of a disk.") },
    { "iscsi", QT_TRANSLATE_NOOP("ui::ResourceText", "iSCSI target"),
        QT_TRANSLATE_NOOP("ui::ResourceText",
            "The units of an iSCSI target, as block devices of the host. They are made over "
            "there.") },
    { "iscsi-direct", QT_TRANSLATE_NOOP("ui::ResourceText", "iSCSI target (without the kernel)"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "QEMU itself speaks to the iSCSI target.") },
    { "scsi", QT_TRANSLATE_NOOP("ui::ResourceText", "SCSI adapter"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "The units behind an adapter of the host.") },
    { "mpath", QT_TRANSLATE_NOOP("ui::ResourceText", "Multipath devices"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "All multipath devices of the host.") },
    { "rbd", QT_TRANSLATE_NOOP("ui::ResourceText", "Ceph (RBD)"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Each volume is an image in a Ceph pool.") },
    { "gluster", QT_TRANSLATE_NOOP("ui::ResourceText", "Gluster volume"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Image files in a Gluster volume.") },
    { "zfs", QT_TRANSLATE_NOOP("ui::ResourceText", "ZFS pool"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Each volume is a ZFS volume.") },
    { "vstorage", QT_TRANSLATE_NOOP("ui::ResourceText", "Virtuozzo storage"),
        QT_TRANSLATE_NOOP("ui::ResourceText", "Image files in a Virtuozzo storage cluster.") },
};

const Words kModes[] = {
    { "nat", QT_TRANSLATE_NOOP("ui::ResourceText", "NAT"),
        QT_TRANSLATE_NOOP("ui::ResourceText",
            "Machines reach the outside under the address of the host, and are not reached from "
            "there.") },
    { "route", QT_TRANSLATE_NOOP("ui::ResourceText", "Routed"),
        QT_TRANSLATE_NOOP("ui::ResourceText",
            "Machines are seen under their own addresses; routers outside have to know the way.") },
    { "open", QT_TRANSLATE_NOOP("ui::ResourceText", "Open"),
        QT_TRANSLATE_NOOP(
            "ui::ResourceText", "Routed, and libvirt adds no rules to the firewall.") },
    { "isolated", QT_TRANSLATE_NOOP("ui::ResourceText", "Isolated"),
        QT_TRANSLATE_NOOP(
            "ui::ResourceText", "Machines reach each other and the host, and nobody else.") },
    { "bridge", QT_TRANSLATE_NOOP("ui::ResourceText", "Bridge of the host"),
        QT_TRANSLATE_NOOP("ui::ResourceText",
            "Machines are in the network of a bridge that the host has already.") },
    { "private", "macvtap (private)", "" },
    { "vepa", "macvtap (VEPA)", "" },
    { "passthrough", "macvtap (passthrough)", "" },
    { "hostdev", QT_TRANSLATE_NOOP("ui::ResourceText", "Passed through"), "" },
};

const Words kDeviceKinds[] = {
    { "system", QT_TRANSLATE_NOOP("ui::ResourceText", "Computer"), "" },
    { "pci", QT_TRANSLATE_NOOP("ui::ResourceText", "PCI device"), "" },
    { "usb_device", QT_TRANSLATE_NOOP("ui::ResourceText", "USB device"), "" },
    { "usb", QT_TRANSLATE_NOOP("ui::ResourceText", "USB interface"), "" },
    { "net", QT_TRANSLATE_NOOP("ui::ResourceText", "Network card"), "" },
    { "storage", QT_TRANSLATE_NOOP("ui::ResourceText", "Disk"), "" },
    { "scsi_host", QT_TRANSLATE_NOOP("ui::ResourceText", "SCSI adapter"), "" },
    { "scsi_target", QT_TRANSLATE_NOOP("ui::ResourceText", "SCSI target"), "" },
    { "scsi", QT_TRANSLATE_NOOP("ui::ResourceText", "SCSI device"), "" },
    { "scsi_generic", QT_TRANSLATE_NOOP("ui::ResourceText", "SCSI device"), "" },
    { "drm", QT_TRANSLATE_NOOP("ui::ResourceText", "Graphics"), "" },
    { "mdev", QT_TRANSLATE_NOOP("ui::ResourceText", "Part of a device"), "" },
    { "mdev_types", QT_TRANSLATE_NOOP("ui::ResourceText", "Kinds of parts of a device"), "" },
};

template <size_t N> const Words* find(const Words (&table)[N], const QString& key)
{
    for (const Words& row : table) {
        if (key == QLatin1StringView(row.key))
            return &row;
    }
    return nullptr;
}

template <size_t N> QString wordOf(const Words (&table)[N], const QString& key)
{
    const Words* row = find(table, key);
    return row ? QCoreApplication::translate("ui::ResourceText", row->word) : key;
}

template <size_t N> QString tipOf(const Words (&table)[N], const QString& key)
{
    const Words* row = find(table, key);
    return row && row->tip[0] != '\0' ? QCoreApplication::translate("ui::ResourceText", row->tip)
                                      : QString();
}

} // namespace

QString ResourceText::poolType(const QString& type)
{
    return wordOf(kPoolTypes, type);
}

QString ResourceText::poolTypeTip(const QString& type)
{
    return tipOf(kPoolTypes, type);
}

QString ResourceText::networkMode(const QString& mode)
{
    return wordOf(kModes, mode);
}

QString ResourceText::networkModeTip(const QString& mode)
{
    return tipOf(kModes, mode);
}

QString ResourceText::deviceKind(const QString& kind)
{
    return wordOf(kDeviceKinds, kind);
}

QString ResourceText::poolState(PoolState state)
{
    switch (state) {
    case PoolState::Stopped:
        return tr("Stopped");
    case PoolState::Building:
        return tr("Being made");
    case PoolState::Running:
        return tr("Running");
    case PoolState::Degraded:
        return tr("Degraded");
    case PoolState::Inaccessible:
        return tr("Inaccessible");
    }
    return {};
}

QString ResourceText::poolField(PoolField field, const QString& type)
{
    switch (field) {
    case PoolField::Target:
        return tr("F&older on the host");
    case PoolField::Host:
        return tr("&Server");
    case PoolField::Path:
        if (type == QStringLiteral("scsi"))
            return tr("&Adapter");
        return type.startsWith(QStringLiteral("iscsi")) ? tr("&Target (IQN)")
                                                        : tr("&Folder on the server");
    case PoolField::Devices:
        return tr("&Devices");
    case PoolField::SourceName:
        return type == QStringLiteral("logical") ? tr("&Volume group") : tr("Name over &there");
    case PoolField::Format:
        return tr("For&mat");
    case PoolField::Initiator:
        return tr("&Initiator (IQN)");
    case PoolField::Login:
        return tr("&User");
    }
    return {};
}

QString ResourceText::poolFieldHint(PoolField field, const QString& type)
{
    switch (field) {
    case PoolField::Target:
        return QStringLiteral("/var/lib/libvirt/images");
    case PoolField::Host:
        return QStringLiteral("nas.example.org");
    case PoolField::Path:
        if (type == QStringLiteral("scsi"))
            return QStringLiteral("scsi_host3");
        return type.startsWith(QStringLiteral("iscsi"))
            ? QStringLiteral("iqn.2024-01.org.example:disks")
            : QStringLiteral("/export/images");
    case PoolField::Devices:
        return QStringLiteral("/dev/sdb /dev/sdc");
    case PoolField::SourceName:
        return type == QStringLiteral("logical") ? QStringLiteral("vg0") : QStringLiteral("pool");
    case PoolField::Initiator:
        return QStringLiteral("iqn.2024-01.org.example:host");
    case PoolField::Format:
    case PoolField::Login:
        return {};
    }
    return {};
}

QString ResourceText::changePool(ResourceAction action, const QString& name)
{
    switch (action) {
    case ResourceAction::Start:
        return tr("Start pool %1").arg(name);
    case ResourceAction::Stop:
        return tr("Stop pool %1").arg(name);
    case ResourceAction::Refresh:
        return tr("Read pool %1 anew").arg(name);
    case ResourceAction::EnableAutostart:
        return tr("Have pool %1 start with its host").arg(name);
    case ResourceAction::DisableAutostart:
        return tr("Don't have pool %1 start with its host").arg(name);
    }
    return {};
}

QString ResourceText::changeNetwork(ResourceAction action, const QString& name)
{
    switch (action) {
    case ResourceAction::Start:
        return tr("Start network %1").arg(name);
    case ResourceAction::Stop:
        return tr("Stop network %1").arg(name);
    case ResourceAction::Refresh:
        return tr("Read network %1 anew").arg(name);
    case ResourceAction::EnableAutostart:
        return tr("Have network %1 start with its host").arg(name);
    case ResourceAction::DisableAutostart:
        return tr("Don't have network %1 start with its host").arg(name);
    }
    return {};
}

} // namespace ui
