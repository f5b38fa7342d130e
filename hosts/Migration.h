// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"

/// Moving a machine to another host of the same sort, running or not.
namespace hosts {

enum class MigrationRoute {
    Direct, ///< this program talks to both hosts
    PeerToPeer, ///< the source talks to the target
};
QString nameOf(MigrationRoute route);
std::optional<MigrationRoute> migrationRouteFromString(const QString& name);

enum class StorageCopy {
    None, ///< both hosts see the same disks
    Full,
    Incremental, ///< what stands on an image that both hosts have
};
QString nameOf(StorageCopy copy);
std::optional<StorageCopy> storageCopyFromString(const QString& name);

struct MigrationRequest {
    QString target {}; ///< URI; peer-to-peer: as the source reaches it
    MigrationRoute route = MigrationRoute::Direct;
    StorageCopy storage = StorageCopy::None;
    bool isPostCopyAllowed = false; ///< see SwitchToPostCopy
    bool isUnsafe = false; ///< also with disks that libvirt does not know to be shared
    bool isKept = false; ///< the source keeps the definition
    bool isConverging = true; ///< the guest is slowed down if it writes faster than is copied
    int bandwidthMiB = 0; ///< a second; 0: no limit
    QString dataAddress {}; ///< "tcp://10.0.0.2"; empty: chosen by the target

    bool operator==(const MigrationRequest&) const = default;
};

/// Why a migration would fail, or what should be known before. `isFatal`: it can't be done so.
struct MigrationObstacle {
    enum class Kind {
        TargetUnreachable,
        TargetUnsuitable, ///< another kind of hypervisor, or one that has not this sort of machine
        NameTaken,
        AlreadyThere, ///< a machine with its UUID
        CpuIncompatible,
        DisksNotShared,
        DiskMissingThere, ///< to be copied, but nowhere to copy it to
        NetworkMissing,
        OlderVersion,
        DeviceOfHost, ///< passed through from this host
        TooLittleMemory,
        SameHost,
    };

    Kind kind = Kind::TargetUnreachable;
    bool isFatal = true;
    QString subject {}; ///< disk, network, device
    QString detail {}; ///< libvirt's words, versions

    bool operator==(const MigrationObstacle&) const = default;
};
QString nameOf(MigrationObstacle::Kind kind);
std::optional<MigrationObstacle::Kind> migrationObstacleFromString(const QString& name);

/// How a migration stands. Rates are per second; what is not known is zero.
struct MigrationProgress {
    bool isActive = false; ///< the others mean nothing if not
    bool isPostCopy = false; ///< the guest runs over there already
    qint64 elapsedMs = 0;
    vmm::Bytes total {}; ///< memory and disks
    vmm::Bytes remaining {};
    vmm::Bytes rate {}; ///< what is copied
    vmm::Bytes dirtyRate {}; ///< what the guest writes anew meanwhile
    int rounds = 0; ///< over the memory
    qint64 downtimeMs = 0; ///< expected

    bool operator==(const MigrationProgress&) const = default;
};

/// What is in the way of a migration; empty: nothing. Errors: WrongState.
struct CheckMigration {
    using Reply = QVector<MigrationObstacle>;
    static constexpr Feature kFeature = Feature::Migration;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    MigrationRequest request {};
    bool operator==(const CheckMigration&) const = default;
};

/// Moves a machine; afterwards it is over there and, unless isKept, no longer here. Cancelled, or
/// if it fails, it runs on here; in post-copy that is too late. A machine that is off moves as its
/// definition, with copies of its disks if asked for.
struct MigrateMachine {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Migration;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    MigrationRequest request {};
    bool operator==(const MigrateMachine&) const = default;
};

struct GetMigrationProgress {
    using Reply = MigrationProgress;
    static constexpr Feature kFeature = Feature::Migration;
    VmId vm {};
    bool operator==(const GetMigrationProgress&) const = default;
};

/// Has the guest go on over there now; what is missing of its memory follows. If the connection
/// breaks then, the machine is lost.
struct SwitchToPostCopy {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Migration;
    VmId vm {};
    bool operator==(const SwitchToPostCopy&) const = default;
};

} // namespace hosts
