// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

/// Networks and devices of a host. The words are libvirt's (https://libvirt.org/formatnetwork.html,
/// https://libvirt.org/formatnode.html).
namespace hosts {

struct NetworkAddress {
    QString address {}; ///< "192.168.122.1/24": of the host in that network
    QString dhcpFirst {}; ///< empty: no DHCP
    QString dhcpLast {};

    bool operator==(const NetworkAddress&) const = default;
};

struct NetworkInfo {
    QString name {};
    QString mode {}; ///< nat, route, open, isolated, bridge, or another of libvirt's words
    QString bridge {};
    QString device {}; ///< of the host, that it leads out through; may be empty
    QString domain {}; ///< of names
    QVector<NetworkAddress> addresses {};
    bool isActive = false;
    bool isPersistent = true;
    bool isAutostart = false;
    QStringList machines {}; ///< names of the running ones in it, where that is known

    bool operator==(const NetworkInfo&) const = default;
};

struct NewNetwork {
    QString name {};
    QString mode = QStringLiteral("nat"); ///< nat, route, open, isolated, bridge
    QString bridge {}; ///< of the host, for bridge; else empty: chosen by the host
    QString device {}; ///< that it leads out through; empty: any
    QString domain {};
    QVector<NetworkAddress> addresses {}; ///< none for bridge
    QString xml {}; ///< the whole definition instead of all above
    bool isStarted = true;
    bool isAutostart = true;

    bool operator==(const NewNetwork&) const = default;
};

struct DhcpLease {
    QString network {};
    QString mac {};
    QString address {}; ///< "192.168.122.17/24"
    QString hostName {};
    QDateTime expires {}; ///< UTC; invalid: never
    QString machine {}; ///< name of the machine with that card, where that is known

    bool operator==(const DhcpLease&) const = default;
};

/// A device of the host. Devices form a tree.
struct HostDevice {
    QString name {}; ///< "pci_0000_00_02_0"
    QString parent {}; ///< empty: on top
    QString kind {}; ///< libvirt's capability: system, pci, usb_device, net, storage, scsi_host
    QString product {};
    QString vendor {};
    QString driver {};
    QString address {}; ///< "0000:00:02.0", "1:3", "/dev/sda", a MAC
    int iommuGroup = -1; ///< -1: in none
    QStringList ids {}; ///< vendor and product as numbers, where it has them: "0x8086", "0x1237"

    bool operator==(const HostDevice&) const = default;
};

} // namespace hosts
