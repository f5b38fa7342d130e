// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

/// A machine's definition on its way between the embedded core and a libvirt host: what of it are
/// files that have to come along, and what must be said differently over there. Pure functions.
namespace vmm {

/// A file, block device or volume that a machine is made of.
struct CarriedFile {
    enum class Role { Disk, Kernel, Initrd, Nvram };

    Role role = Role::Disk;
    QString target {}; ///< of a disk: "vda"; else "kernel", "initrd", "nvram"
    QString type {}; ///< of a disk: file, block, volume, network
    QString path {}; ///< on its host; of a network disk what its server calls it
    QString pool {}; ///< type volume
    QString volume {};
    QString format = QStringLiteral("raw");
    bool isShareable = false;

    bool operator==(const CarriedFile&) const = default;
};

/// Disks that hold a medium, the kernel and its initial memory disk, and the NVRAM if the
/// definition says where it is. Media of CD and floppy drives do not come along.
QVector<CarriedFile> carriedFiles(const Definition& definition);

/// Where a carried file is over there.
struct PlacedFile {
    CarriedFile::Role role = CarriedFile::Role::Disk;
    QString target {};
    QString type = QStringLiteral("file"); ///< of a disk: file, block
    QString path {};
    QString format = QStringLiteral("raw");
};

struct TransplantRequest {
    QString name {}; ///< empty: as it is called now
    bool isCopy = false; ///< new UUID, MAC addresses and generation id
    QUuid id {}; ///< of a copy; null: made up
    bool hasKvm = false; ///< over there
    /// To a libvirt host: the network of it that cards of a user-mode network are put into; empty:
    /// they stay as they are.
    QString network {};
    /// All of carriedFiles(); what is missing here loses its place (a check before anything is
    /// there).
    QVector<PlacedFile> files {};
};

/// What a definition says differently over there, beyond paths.
struct TransplantChange {
    enum class Kind {
        MediumEjected, ///< subject: the drive; detail: the medium
        NetworkReplaced, ///< subject: the card's MAC; detail: "network default -> user"
        PortForwardsDropped, ///< subject: the card's MAC
        ScreenMoved, ///< subject: spice, vnc; detail: "0.0.0.0 -> none"
        AccelerationLost, ///< there is no KVM over there
        AccelerationUnused, ///< there is, but the machine is of type qemu
    };

    Kind kind = Kind::MediumEjected;
    QString subject {};
    QString detail {};

    bool operator==(const TransplantChange&) const = default;
};

struct Transplant {
    Definition definition {};
    QVector<TransplantChange> changes {};
};

/// Errors: InvalidConfig (the definition comes out broken).
Result<Transplant> transplantToLibvirt(
    const Definition& definition, const TransplantRequest& request);
/// What the embedded core does not support stays in it, to be told by unsupportedByEmbedded().
Result<Transplant> transplantToEmbedded(
    const Definition& definition, const TransplantRequest& request);

} // namespace vmm
