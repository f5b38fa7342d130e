// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Devices of the board, beside those with media, screens and ports; see Devices.h.
namespace vmm {

struct RandomGenerator {
    QString model = QStringLiteral("virtio");
    QString backendModel = QStringLiteral("random"); ///< random, builtin
    QString backendSource {}; ///< /dev/urandom
    int rateBytes = 0; ///< per period; 0: no limit
    int ratePeriodMs = 0;

    bool operator==(const RandomGenerator&) const = default;
};

struct MemoryBalloon {
    QString model = QStringLiteral("virtio"); ///< virtio, none
    QString autoDeflate {}; ///< on, off
    QString freePageReporting {}; ///< on, off
    int statsPeriodSeconds = 0;

    bool operator==(const MemoryBalloon&) const = default;
};

struct Sound {
    QString model = QStringLiteral("ich9"); ///< ich9, ich6, ac97

    bool operator==(const Sound&) const = default;
};

struct Controller {
    QString type {}; ///< usb, pci, sata, ide, scsi, virtio-serial
    int index = 0;
    QString model {};

    bool operator==(const Controller&) const = default;
};

struct UsbRedirection {
    QString bus = QStringLiteral("usb");
    QString type = QStringLiteral("spicevmc");
    int bootOrder = 0;

    bool operator==(const UsbRedirection&) const = default;
};

/// A USB device of the host, by what it is or by where it is plugged in. Numbers as libvirt writes
/// them: "0x046d", "3".
struct HostDevice {
    QString mode = QStringLiteral("subsystem");
    QString type = QStringLiteral("usb");
    QString vendor {};
    QString product {};
    QString busNumber {};
    QString deviceNumber {};
    int bootOrder = 0;

    bool operator==(const HostDevice&) const = default;
};

/// Chip for keys and measurements. Its state is kept in the machine's folder.
struct Tpm {
    QString model {}; ///< tpm-crb, tpm-tis; empty: tpm-tis, as in libvirt
    QString backendType = QStringLiteral("emulator");
    QString version {}; ///< 2.0

    bool operator==(const Tpm&) const = default;
};

/// A folder of the host that the guest can mount.
struct FileSystem {
    QString type = QStringLiteral("mount");
    QString accessMode {}; ///< passthrough, mapped, squash
    QString driver {}; ///< path (9p), virtiofs; empty: path
    int queueSize = 0; ///< virtiofs; 0: QEMU's own
    QString sourceFolder {};
    QString tag {}; ///< what the guest mounts
    bool isReadOnly = false;

    bool operator==(const FileSystem&) const = default;
};

/// Through which the guest tells that it has crashed.
struct Panic {
    QString model {}; ///< isa, pvpanic (PCI); empty: isa

    bool operator==(const Panic&) const = default;
};

struct Watchdog {
    QString model {}; ///< itco, i6300esb
    QString action {}; ///< reset, shutdown, poweroff, pause, none

    bool operator==(const Watchdog&) const = default;
};

} // namespace vmm
