// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"
#include "hosts/Storage.h"

/// What can be asked of a host about storage; see Operations.h. Pools and volumes are called by
/// their names; one that is not there: NotFound.
namespace hosts {

struct ListPools {
    using Reply = QVector<PoolInfo>; ///< by name
    static constexpr Feature kFeature = Feature::Storage;
    static constexpr Patience kPatience = Patience::Step;
    bool operator==(const ListPools&) const = default;
};

/// The stored definition as XML.
struct GetPoolXml {
    using Reply = QString;
    static constexpr Feature kFeature = Feature::Storage;
    QString pool {};
    bool operator==(const GetPoolXml&) const = default;
};

/// Adds a pool, or replaces the definition of the one with the same name and UUID. What was begun
/// is taken back if a step of it fails. Errors: InvalidConfig, AlreadyExists, Io, Busy
/// (DefinitionChanged).
struct DefinePool {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangePools;
    static constexpr Patience kPatience = Patience::Step;
    NewPool pool {};
    QString base {}; ///< the GetPoolXml that it was made from: only if that still holds
    bool operator==(const DefinePool&) const = default;
};

struct ChangePool {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangePools;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    ResourceAction action = ResourceAction::Start;
    bool operator==(const ChangePool&) const = default;
};

/// Forgets a pool, stopping it if need be. `deletesContents`: its volumes are deleted for good
/// before, and its folder or volume group after that; Busy, and nothing is done, if a machine needs
/// one of them.
struct DeletePool {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangePools;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    bool deletesContents = false;
    bool operator==(const DeletePool&) const = default;
};

/// Errors: WrongState (the pool is stopped).
struct ListVolumes {
    using Reply = QVector<VolumeInfo>; ///< by name
    static constexpr Feature kFeature = Feature::Storage;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    bool operator==(const ListVolumes&) const = default;
};

/// Errors: AlreadyExists, InvalidConfig, Io (DiskFull).
struct CreateVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::CreateVolumes;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    NewVolume volume {};
    bool operator==(const CreateVolume&) const = default;
};

/// Grows a volume. Errors: Busy (a running machine has it: grow the disk there), InvalidConfig
/// (smaller than it is).
struct ResizeVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ResizeVolumes;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    QString volume {};
    vmm::Bytes capacity {};
    bool operator==(const ResizeVolume&) const = default;
};

/// A copy that stands alone, in the same pool or another. Errors: AlreadyExists, Busy (a running
/// machine writes to it).
struct CloneVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::CreateVolumes;
    static constexpr Patience kPatience = Patience::Job;
    QString pool {};
    QString volume {};
    QString targetPool {};
    NewVolume copy {}; ///< zero capacity: as large as the original
    bool operator==(const CloneVolume&) const = default;
};

/// Errors: Busy (ImageNeeded) if a machine or another volume needs it: who, in detail.
struct DeleteVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::CreateVolumes;
    static constexpr Patience kPatience = Patience::Step;
    QString pool {};
    QString volume {};
    bool operator==(const DeleteVolume&) const = default;
};

/// Writes a file of the computer that this program runs on into a volume, which is made if it is
/// not there. Holes of the file stay holes where the host can have them. If the connection breaks,
/// it goes on by itself once the host is there again; if it failed, asking again goes on where it
/// stopped, unless file or volume have changed. Cancelled, a volume that it made is deleted.
/// Errors: NotFound (no such file), Busy (a machine needs the volume), InvalidConfig (too small).
struct UploadVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::TransferVolumes;
    static constexpr Patience kPatience = Patience::Job;
    QString pool {};
    QString volume {};
    QString file {};
    bool operator==(const UploadVolume&) const = default;
};

/// The other way: to a new file, which is called "FILE.part" until it is whole. Goes on as an
/// upload does. Errors: AlreadyExists (the file), Io (DiskFull).
struct DownloadVolume {
    using Reply = void;
    static constexpr Feature kFeature = Feature::TransferVolumes;
    static constexpr Patience kPatience = Patience::Job;
    QString pool {};
    QString volume {};
    QString file {};
    bool operator==(const DownloadVolume&) const = default;
};

} // namespace hosts
