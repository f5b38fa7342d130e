// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/BackupOperations.h"
#include "hosts/ConsoleOperations.h"
#include "hosts/DeviceOperations.h"
#include "hosts/GuestOperations.h"
#include "hosts/HostTypes.h"
#include "hosts/ImageOperations.h"
#include "hosts/Migration.h"
#include "hosts/NetworkOperations.h"
#include "hosts/Patience.h"
#include "hosts/StorageOperations.h"
#include "vmm/base/LoadDetail.h"
#include "vmm/base/NewMachine.h"
#include "vmm/base/TrashedMachine.h"

#include <variant>

/// All that can be asked of a host, each operation a value: what it needs, what it answers
/// (`Reply`), what a host must offer for it (`kFeature`). They are run by Host::run, travel over
/// the wire as they are, and are shown as tasks. Every one may also fail with Disconnected,
/// HostLacksFeature, TimedOut, Cancelled, NotFound (no such machine) and WrongState. Here are those
/// of a machine's life; those of backups, consoles, devices, guests, images, storage, networks and
/// migration have headers of their own.
namespace hosts {

/// One step of a machine's life. Completes when the hypervisor has accepted it (ShutDown and
/// Reboot: the guest was asked; it may ignore that), for Start when the guest runs, for Save when
/// memory is on disk. Watch inventoryChanged for the state. Undefine removes the definition; a host
/// with a trash (Feature::Trash) keeps it there with its disks, others keep all disks that the host
/// did not create itself.
struct Perform {
    using Reply = void;
    VmId vm {};
    vmm::VmAction action = vmm::VmAction::Start;
    bool operator==(const Perform&) const = default;
};

/// Adds a machine from libvirt domain XML (https://libvirt.org/formatdomain.html), or replaces the
/// definition of the one with the same UUID; of a running one, for its next start where the host
/// can keep both (Feature::PendingDefinition). Completes when it is stored. Errors: InvalidConfig
/// (DefinitionBroken, DefinitionUnsupported), AlreadyExists (NameInUse), Busy (DefinitionChanged),
/// Io.
struct Define {
    using Reply = VmId;
    static constexpr Feature kFeature = Feature::Define;
    QString xml {};
    QString base {}; ///< the GetDefinition that it was made from: only if that still holds
    bool operator==(const Define&) const = default;
};

/// Makes what `machine` asks for: its disk, if any, then its definition. Undoes the disk if the
/// definition is refused.
struct CreateMachine {
    using Reply = VmId;
    static constexpr Feature kFeature = Feature::Create;
    static constexpr Patience kPatience = Patience::Step;
    vmm::NewMachine machine {};
    bool operator==(const CreateMachine&) const = default;
};

/// The stored definition as domain XML: what the next start uses.
struct GetDefinition {
    using Reply = QString;
    VmId vm {};
    bool operator==(const GetDefinition&) const = default;
};

/// The definition that an active machine runs with.
struct GetRunningDefinition {
    using Reply = QString;
    static constexpr Feature kFeature = Feature::PendingDefinition;
    VmId vm {};
    bool operator==(const GetRunningDefinition&) const = default;
};

struct SetAutostart {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Autostart;
    VmId vm {};
    bool isOn = false;
    bool operator==(const SetAutostart&) const = default;
};

/// Errors: AlreadyExists (NameInUse), InvalidConfig (not a name).
struct Rename {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Rename;
    VmId vm {};
    QString name {};
    bool operator==(const Rename&) const = default;
};

struct ListTrash {
    using Reply = QVector<vmm::TrashedMachine>;
    static constexpr Feature kFeature = Feature::Trash;
    bool operator==(const ListTrash&) const = default;
};

/// Brings a machine back as it was. Errors: AlreadyExists (its name or UUID is taken by now).
struct RestoreTrashed {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Trash;
    VmId vm {};
    bool operator==(const RestoreTrashed&) const = default;
};

/// Deletes trashed machines with their disks, for good.
struct EmptyTrash {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Trash;
    static constexpr Patience kPatience = Patience::Step;
    QVector<VmId> vms {}; ///< empty: all
    bool operator==(const EmptyTrash&) const = default;
};

/// Sets what people write about a machine; running or not.
struct SetNotes {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Notes;
    VmId vm {};
    QString title {}; ///< one line
    QString description {};
    QStringList tags {};
    bool operator==(const SetNotes&) const = default;
};

/// Undefines a machine that is off and deletes these images of its disks for good; no other image.
/// Errors: InvalidConfig (not an image of its own), Busy (another machine needs one): nothing is
/// done then.
struct RemoveWithDisks {
    using Reply = void;
    static constexpr Feature kFeature = Feature::RemoveStorage;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QStringList disks {};
    bool operator==(const RemoveWithDisks&) const = default;
};

/// Writes the guest's memory to a new file on the host, as ELF for debuggers; the machine stands
/// still meanwhile, then goes on. Errors: AlreadyExists, Io (DiskFull).
struct DumpMemory {
    using Reply = void;
    static constexpr Feature kFeature = Feature::DumpMemory;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    QString path {};
    bool operator==(const DumpMemory&) const = default;
};

/// Rates are since the question before, at most some seconds back; the first has none.
struct GetLoadDetail {
    using Reply = vmm::LoadDetail;
    static constexpr Feature kFeature = Feature::LoadDetail;
    VmId vm {};
    bool operator==(const GetLoadDetail&) const = default;
};

struct GetHostLoadDetail {
    using Reply = vmm::HostLoadDetail;
    static constexpr Feature kFeature = Feature::LoadDetail;
    bool operator==(const GetHostLoadDetail&) const = default;
};

using Operation = std::variant<Perform, Define, CreateMachine, GetDefinition, GetRunningDefinition,
    GetConsole, SetAutostart, Rename, ListTrash, RestoreTrashed, EmptyTrash, AttachDevice,
    DetachDevice, UpdateDevice, SetMemory, SetVcpus, ResizeDisk, ListSnapshots, CreateSnapshot,
    RevertSnapshot, DeleteSnapshot, CloneMachine, SetTemplate, ListImages, InspectImage,
    CreateImage, ResizeImage, ConvertImage, FlattenImage, CheckImage, DeleteImage, GetGuestFacts,
    RunInGuest, SetGuestTime, GetLoadDetail, GetHostLoadDetail, OpenSerial, GetScreenshot,
    SetGuestPassword, FreezeGuest, SetNotes, RemoveWithDisks, SendKeys, InjectNmi, DumpMemory,
    ListPools, GetPoolXml, DefinePool, ChangePool, DeletePool, ListVolumes, CreateVolume,
    ResizeVolume, CloneVolume, DeleteVolume, UploadVolume, DownloadVolume, ListNetworks,
    GetNetworkXml, DefineNetwork, ChangeNetwork, DeleteNetwork, ListLeases, ListHostDevices,
    CheckMigration, MigrateMachine, GetMigrationProgress, SwitchToPostCopy, SetScreenPassword,
    ListCheckpoints, CreateCheckpoint, DeleteCheckpoint, BackUpMachine>;

/// What an operation brings.
using Answer = std::variant<std::monostate, VmId, QString, vmm::ConsoleEndpoint,
    QVector<vmm::TrashedMachine>, QVector<vmm::SnapshotInfo>, QVector<vmm::ImageUse>,
    vmm::ImageChain, vmm::ImageCheck, vmm::GuestFacts, vmm::GuestCommandResult, vmm::LoadDetail,
    vmm::HostLoadDetail, vmm::Screenshot, QVector<PoolInfo>, QVector<VolumeInfo>,
    QVector<NetworkInfo>, QVector<DhcpLease>, QVector<HostDevice>, QVector<MigrationObstacle>,
    MigrationProgress, QVector<vmm::CheckpointInfo>, vmm::BackupReport>;

/// What a host must offer for an operation.
Feature featureFor(const Operation& operation);
Patience patienceFor(const Operation& operation);
/// A stable name: "perform", "create-snapshot".
QString nameOf(const Operation& operation);
/// The machine that it is about; null if about none.
VmId vmOf(const Operation& operation);

} // namespace hosts

Q_DECLARE_METATYPE(hosts::Operation)
