// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/BoardDevices.h"

#include <QString>
#include <QVector>

/// The devices of a definition as plain values. Words are libvirt's own
/// (https://libvirt.org/formatdomain.html#devices); an empty text means that the definition does
/// not say. Which XML each member stands for is told by DeviceFields.cpp.
namespace vmm {

struct Disk {
    QString device = QStringLiteral("disk"); ///< disk, cdrom
    QString type = QStringLiteral("file"); ///< file, block
    QString sourceFile {}; ///< path on the host, for type file; empty: no medium
    QString sourceDevice {}; ///< path of a block device, for type block
    QString driverName {}; ///< qemu
    QString format {}; ///< raw, qcow2; empty: raw, as in libvirt
    QString cache {}; ///< none, writeback, writethrough, directsync, unsafe
    QString io {}; ///< threads, native
    QString discard {}; ///< unmap, ignore
    QString detectZeroes {}; ///< off, on, unmap
    QString errorPolicy {}; ///< stop, report, ignore, enospace
    QString target {}; ///< name and place: vda, sda, hda
    QString bus {}; ///< virtio, sata, ide, scsi, usb, nvme; empty: what the target's letters say
    QString removable {}; ///< on, off; of a stick on the usb bus
    QString serial {};
    bool isReadOnly = false;
    bool isShareable = false; ///< other machines may write to it too
    int bootOrder = 0; ///< 1 is first; 0: not in the order
    qint64 totalBytesPerSecond = 0; ///< limits; 0: none
    qint64 readBytesPerSecond = 0;
    qint64 writeBytesPerSecond = 0;
    qint64 totalRequestsPerSecond = 0;
    qint64 readRequestsPerSecond = 0;
    qint64 writeRequestsPerSecond = 0;

    const QString& sourcePath() const
    {
        return type == QLatin1StringView("block") ? sourceDevice : sourceFile;
    }

    bool operator==(const Disk&) const = default;
};

/// Ports of the host whose connections reach the guest, as libvirt 9.0 knows them.
struct PortForward {
    QString protocol = QStringLiteral("tcp"); ///< tcp, udp
    QString address {}; ///< of the host; empty: all
    int start = 0; ///< on the host
    int end = 0; ///< 0: only start
    int to = 0; ///< first port in the guest; 0: the same as on the host

    bool operator==(const PortForward&) const = default;
};

struct NetworkInterface {
    QString type = QStringLiteral("user"); ///< user, bridge, ethernet; network on libvirt hosts
    QString backend {}; ///< passt; empty: QEMU's own, for type user
    QVector<PortForward> portForwards {}; ///< type user
    QString sourceNetwork {};
    QString sourceBridge {};
    QString targetDevice {}; ///< name of the tap device, for type ethernet
    QString mac {}; ///< made up when it is added without one, then kept
    QString model {}; ///< virtio, e1000e, e1000, rtl8139
    QString linkState {}; ///< up, down
    int bootOrder = 0;

    bool operator==(const NetworkInterface&) const = default;
};

struct Graphics {
    QString type = QStringLiteral("spice"); ///< spice, vnc
    QString autoport {}; ///< yes, no
    int port = -1; ///< TCP; -1: the host chooses
    QString listen {}; ///< the older way to say listenAddress
    QString listenType {}; ///< none, socket, address
    QString listenAddress {};
    QString listenSocket {};
    QString imageCompression {};
    QString streaming {}; ///< off, filter, all
    QString copyPaste {}; ///< yes, no
    QString fileTransfer {}; ///< yes, no
    QString openGl {}; ///< yes, no; SPICE, to consoles on the host itself
    QString renderNode {}; ///< the card that draws; empty: the first
    QString password {}; ///< a secret; empty: none is asked for
    QString passwordValidTo {}; ///< UTC, "2026-12-31T18:00:00"; empty: for good

    bool operator==(const Graphics&) const = default;
};

struct Video {
    QString model = QStringLiteral("virtio"); ///< virtio, vga, qxl, bochs, cirrus, none
    int heads = 1;
    int ramKiB = 0; ///< qxl
    int vramKiB = 0; ///< qxl, vga, bochs
    int vgaMemoryKiB = 0; ///< qxl
    QString acceleration {}; ///< yes, no; virtio, on a screen with openGl

    bool operator==(const Video&) const = default;
};

struct Input {
    QString type {}; ///< tablet, mouse, keyboard
    QString bus {}; ///< usb, ps2, virtio

    bool operator==(const Input&) const = default;
};

struct SerialPort {
    QString type = QStringLiteral("pty"); ///< pty and unix (the host chooses where), file, null
    QString sourcePath {};
    QString targetType {}; ///< isa-serial
    int targetPort = -1;

    bool operator==(const SerialPort&) const = default;
};

/// With target "serial" another name of the first serial port; with "virtio" a device of its own.
struct ConsolePort {
    QString type = QStringLiteral("pty");
    QString sourcePath {};
    QString targetType = QStringLiteral("serial"); ///< serial, virtio
    int targetPort = -1;

    bool operator==(const ConsolePort&) const = default;
};

struct Channel {
    QString type = QStringLiteral("unix"); ///< spicevmc, spiceport, qemu-vdagent, unix
    QString sourceMode {}; ///< bind
    QString sourcePath {}; ///< empty: the host chooses
    QString sourceChannel {}; ///< name for spiceport
    QString copyPaste {}; ///< qemu-vdagent: yes, no
    QString mouseMode {}; ///< qemu-vdagent: client, server
    QString targetType = QStringLiteral("virtio");
    QString targetName {}; ///< com.redhat.spice.0, org.qemu.guest_agent.0

    bool operator==(const Channel&) const = default;
};

} // namespace vmm
