// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"
#include "vmm/base/CloneRequest.h"
#include "vmm/base/Image.h"
#include "vmm/base/Snapshot.h"

/// What can be asked of a host about snapshots, clones and images; see Operations.h.
namespace hosts {

struct ListSnapshots {
    using Reply = QVector<vmm::SnapshotInfo>; ///< oldest first
    static constexpr Feature kFeature = Feature::Snapshots;
    VmId vm {};
    bool operator==(const ListSnapshots&) const = default;
};

/// Errors: AlreadyExists, RefusedByGuest (quiesce without an agent), Io (DiskFull); the machine is
/// as before then.
struct CreateSnapshot {
    using Reply = QString; ///< its name
    static constexpr Feature kFeature = Feature::Snapshots;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    vmm::SnapshotRequest request {};
    bool operator==(const CreateSnapshot&) const = default;
};

/// Takes the machine back; what it did since is lost unless another snapshot holds it. A running
/// machine is stopped for it; afterwards it runs if the snapshot has memory.
struct RevertSnapshot {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Snapshots;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    QString name {};
    bool operator==(const RevertSnapshot&) const = default;
};

/// Forgets a snapshot; the machine stays as it is, what others need of it is merged into them.
/// Other ways than Merge only where Feature::ExternalSnapshots is offered.
struct DeleteSnapshot {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Snapshots;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    QString name {};
    vmm::SnapshotDeletion deletion = vmm::SnapshotDeletion::Merge;
    bool operator==(const DeleteSnapshot&) const = default;
};

struct CloneMachine {
    using Reply = VmId;
    static constexpr Feature kFeature = Feature::Clone;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    vmm::CloneRequest request {};
    bool operator==(const CloneMachine&) const = default;
};

/// Makes a machine a golden image: it can be cloned, not changed nor started, nor removed while
/// anything stands on it. A running one becomes the source of instant clones: it is paused for
/// good. Back again: only if nothing stands on it.
struct SetTemplate {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Templates;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    bool isOn = false;
    bool operator==(const SetTemplate&) const = default;
};

/// The images of all machines and those in the host's own folders.
struct ListImages {
    using Reply = QVector<vmm::ImageUse>;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Step;
    bool operator==(const ListImages&) const = default;
};

struct InspectImage {
    using Reply = vmm::ImageChain;
    static constexpr Feature kFeature = Feature::Images;
    QString path {};
    bool operator==(const InspectImage&) const = default;
};

struct CreateImage {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Step;
    vmm::NewImage image {};
    bool operator==(const CreateImage&) const = default;
};

/// Grows an image that no running machine uses. Errors: Busy (ImageLocked), InvalidConfig.
struct ResizeImage {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Step;
    QString path {};
    vmm::Bytes size {};
    bool operator==(const ResizeImage&) const = default;
};

struct ConvertImage {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Job;
    vmm::ImageConversion conversion {};
    bool operator==(const ConvertImage&) const = default;
};

/// Copies into an image what it takes from those below, so that it stands alone; a machine may run
/// on it meanwhile.
struct FlattenImage {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Job;
    QString path {};
    bool operator==(const FlattenImage&) const = default;
};

struct CheckImage {
    using Reply = vmm::ImageCheck;
    static constexpr Feature kFeature = Feature::Images;
    static constexpr Patience kPatience = Patience::Job;
    QString path {};
    bool repair = false;
    bool operator==(const CheckImage&) const = default;
};

/// Errors: Busy if a machine or another image needs it (who, in detail).
struct DeleteImage {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Images;
    QString path {};
    bool operator==(const DeleteImage&) const = default;
};

} // namespace hosts
