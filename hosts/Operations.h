// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Migration.h"
#include "hosts/NetworkOperations.h"
#include "hosts/Patience.h"
#include "hosts/StorageOperations.h"
#include "vmm/base/CloneRequest.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/DeviceScope.h"
#include "vmm/base/Guest.h"
#include "vmm/base/Image.h"
#include "vmm/base/LoadDetail.h"
#include "vmm/base/NewMachine.h"
#include "vmm/base/Screenshot.h"
#include "vmm/base/Snapshot.h"
#include "vmm/base/TrashedMachine.h"

#include <variant>

/// All that can be asked of a host, each operation a value: what it needs, what it answers
/// (`Reply`), what a host must offer for it (`kFeature`). They are run by Host::run, travel over
/// the wire as they are, and are shown as tasks. Every one may also fail with Disconnected,
/// HostLacksFeature, TimedOut, Cancelled, NotFound (no such machine) and WrongState. Those of
/// storage, networks and migration have headers of their own.
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
/// (DefinitionBroken, DefinitionUnsupported), AlreadyExists (NameInUse), Io.
struct Define {
    using Reply = VmId;
    static constexpr Feature kFeature = Feature::Create;
    QString xml {};
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

enum class ScreenKind { Best, Spice, Vnc };
QString nameOf(ScreenKind kind);
std::optional<ScreenKind> screenKindFromString(const QString& name);

/// Where to find the screen of an active machine. May hold a secret: don't keep it.
/// Errors: WrongState (not active), HostLacksFeature (no screen).
struct GetConsole {
    using Reply = vmm::ConsoleEndpoint;
    static constexpr Feature kFeature = Feature::Console;
    VmId vm {};
    ScreenKind screen = ScreenKind::Best;
    bool operator==(const GetConsole&) const = default;
};

/// Sets what the machine's screen asks its clients for; empty: nothing any more. Stored. A running
/// screen that asks for one already asks for the new one from now on, any other from the next start
/// on. Errors: InvalidConfig (too long: 8 bytes over VNC, 60 over SPICE), HostLacksFeature (no such
/// screen).
struct SetScreenPassword {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    VmId vm {};
    ScreenKind screen = ScreenKind::Best;
    QString password {}; ///< a secret: don't log it
    bool operator==(const SetScreenPassword&) const = default;
};

/// Opens a serial port of an active machine: the reply is a unix socket that carries its bytes,
/// both ways, as long as the machine runs. What was said lately comes first. Clients of one host
/// share a port; with somebody else there is none to share: Busy (ConsoleInUse), or, with
/// `isTakenOver`, that other one loses it where the hypervisor can do so. Errors: WrongState (not
/// active), NotFound (no such port), HostLacksFeature.
struct OpenSerial {
    using Reply = vmm::ConsoleEndpoint;
    static constexpr Feature kFeature = Feature::Console;
    VmId vm {};
    int port = 0;
    bool isTakenOver = false;
    bool operator==(const OpenSerial&) const = default;
};

/// A picture of the screen of an active machine, scaled down by the host to fit what was asked for.
/// Costs the guest some milliseconds: ask seldom. Errors: WrongState (not active), HostLacksFeature
/// (no screen).
struct GetScreenshot {
    using Reply = vmm::Screenshot;
    static constexpr Feature kFeature = Feature::Screenshot;
    VmId vm {};
    int maxWidth = 0; ///< 0: as large as the screen, within vmm::kMaxScreenshotSide
    int maxHeight = 0;
    bool operator==(const GetScreenshot&) const = default;
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

using vmm::DeviceScope;

/// Adds a device, as libvirt XML ("<disk ...>", "<interface ...>", "<hostdev ...>"). Completes when
/// the guest can see it. Errors: InvalidConfig, Busy (ImageLocked), HostLacksFeature (this sort
/// can't be plugged).
struct AttachDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const AttachDevice&) const = default;
};

/// Removes the device that the XML names (a disk by its target, an interface by its MAC). Completes
/// when the guest has let go of it. Errors: RefusedByGuest (it did not within a moment).
struct DetachDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const DetachDevice&) const = default;
};

/// Changes what can be changed of a device that is there: the medium of a CD drive (no source:
/// ejected), the link of an interface, I/O limits of a disk.
struct UpdateDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const UpdateDevice&) const = default;
};

/// Has the balloon leave so much to the guest; also stored. Completes when it was asked.
struct SetMemory {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Balloon;
    VmId vm {};
    vmm::Bytes memory {};
    bool operator==(const SetMemory&) const = default;
};

/// Plugs or unplugs vCPUs, up to the machine's maximum; also stored.
struct SetVcpus {
    using Reply = void;
    static constexpr Feature kFeature = Feature::VcpuHotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    int count = 1;
    bool operator==(const SetVcpus&) const = default;
};

/// Grows a disk, running or not. Errors: InvalidConfig (smaller than it is).
struct ResizeDisk {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ResizeDisk;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString target {}; ///< vda
    vmm::Bytes size {};
    bool operator==(const ResizeDisk&) const = default;
};

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

/// Errors: HostLacksFeature (GuestAgentMissing): none is connected.
struct GetGuestFacts {
    using Reply = vmm::GuestFacts;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    bool operator==(const GetGuestFacts&) const = default;
};

struct RunInGuest {
    using Reply = vmm::GuestCommandResult;
    static constexpr Feature kFeature = Feature::GuestAgent;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    vmm::GuestCommand command {};
    bool operator==(const RunInGuest&) const = default;
};

/// Sets the guest's clock to the host's.
struct SetGuestTime {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    bool operator==(const SetGuestTime&) const = default;
};

/// Gives a user of the guest another password, by the agent.
struct SetGuestPassword {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    QString user {};
    QString password {}; ///< a secret: don't log it
    bool operator==(const SetGuestPassword&) const = default;
};

/// Has the guest write out all and hold its file systems still, until it is thawed.
struct FreezeGuest {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    bool isFrozen = false;
    bool operator==(const FreezeGuest&) const = default;
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

/// Presses keys together, as on the machine's own keyboard, and lets them go. Names are QEMU's:
/// "ctrl", "alt", "delete", "f2", "a". Errors: InvalidConfig (no such key).
struct SendKeys {
    using Reply = void;
    static constexpr Feature kFeature = Feature::SendKeys;
    VmId vm {};
    QStringList keys {};
    bool operator==(const SendKeys&) const = default;
};

/// Raises a non-maskable interrupt: many systems write a report of themselves then.
struct InjectNmi {
    using Reply = void;
    static constexpr Feature kFeature = Feature::InjectNmi;
    VmId vm {};
    bool operator==(const InjectNmi&) const = default;
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
    CheckMigration, MigrateMachine, GetMigrationProgress, SwitchToPostCopy, SetScreenPassword>;

/// What an operation brings.
using Answer = std::variant<std::monostate, VmId, QString, vmm::ConsoleEndpoint,
    QVector<vmm::TrashedMachine>, QVector<vmm::SnapshotInfo>, QVector<vmm::ImageUse>,
    vmm::ImageChain, vmm::ImageCheck, vmm::GuestFacts, vmm::GuestCommandResult, vmm::LoadDetail,
    vmm::HostLoadDetail, vmm::Screenshot, QVector<PoolInfo>, QVector<VolumeInfo>,
    QVector<NetworkInfo>, QVector<DhcpLease>, QVector<HostDevice>, QVector<MigrationObstacle>,
    MigrationProgress>;

/// What a host must offer for an operation.
Feature featureFor(const Operation& operation);
Patience patienceFor(const Operation& operation);
/// A stable name: "perform", "create-snapshot".
QString nameOf(const Operation& operation);
/// The machine that it is about; null if about none.
VmId vmOf(const Operation& operation);

} // namespace hosts

Q_DECLARE_METATYPE(hosts::Operation)
