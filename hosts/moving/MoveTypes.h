// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

/// A machine that is off moves between this computer's embedded core and a libvirt host: what is
/// asked for, and what is in the way. (Between libvirt hosts: Migration.h.)
namespace hosts::moving {

struct MoveRequest {
    VmId vm {};
    QString name {}; ///< over there; empty: as here
    bool isCopy = false; ///< it stays here; the one over there gets a new UUID and MAC addresses
    QString pool {}; ///< of a libvirt target, for its disks; empty: "default", else the first
    /// Of a libvirt target, that cards of a user-mode network are put into; empty: they stay so.
    QString network {};
    /// Of a libvirt source that is left for good: its disks are deleted there at the end. (The
    /// embedded core puts them into its trash, always.)
    bool deletesDisks = false;
    bool acceptsLoss = false; ///< also if something is lost (Obstacle::Weight::Loss)

    bool operator==(const MoveRequest&) const = default;
};

/// What is in the way of a move, what is lost by it, or what should be known before.
struct Obstacle {
    enum class Weight { Fatal, Loss, Note };
    enum class Kind {
        // Of the hosts
        SortOfHosts, ///< not the embedded core and QEMU through libvirt; detail: which
        RemoteCore, ///< the disks of an embedded core on another computer can't be reached
        HostLacks, ///< subject: the host; detail: why
        NoPool, ///< subject: its name; empty: the host has none
        PoolStopped,
        TooLittleRoom, ///< subject: pool or folder; detail: "12 GiB free, 20 GiB needed" as bytes
        NetworkMissing, ///< or it does not run
        // Of the machine
        NotOff, ///< detail: its state
        SavedMemory,
        Template,
        NameTaken,
        AlreadyThere, ///< a machine with its UUID
        Broken, ///< detail: what is wrong with its definition
        Snapshots, ///< they don't come along
        StoodUpon, ///< others stand on a disk; detail: who
        HostDevice,
        SharedFolder, ///< subject: its path
        TpmLost,
        NvramLost, ///< detail: why it can't come along
        Unsupported, ///< subject: the element; detail: its value
        // Of a disk: subject is its target
        DiskUnreachable, ///< detail: where it is
        DiskFlattened, ///< detail: what it stands on
        DiskConverted, ///< detail: "qcow2 -> raw"
        DiskShared, ///< by several machines
        // vmm::TransplantChange
        MediumEjected,
        NetworkReplaced,
        PortForwardsDropped,
        ScreenMoved,
        AccelerationLost,
        AccelerationUnused,
    };

    Kind kind = Kind::Broken;
    Weight weight = Weight::Fatal;
    QString subject {};
    QString detail {};

    bool operator==(const Obstacle&) const = default;
};
QString nameOf(Obstacle::Kind kind);
QString nameOf(Obstacle::Weight weight);

/// Which way a machine goes.
enum class Direction { ToLibvirt, ToEmbedded };

} // namespace hosts::moving
