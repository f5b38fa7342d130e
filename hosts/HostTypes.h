// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Error.h"
#include "vmm/base/VmState.h"

#include <QDateTime>
#include <QHash>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUuid>
#include <QVector>

namespace hosts {

/// The UUID of a machine: stable across renames, hosts and restarts.
using VmId = QUuid;

/// How the connection to a host stands.
enum class ConnectionState {
    Disconnected, ///< not asked for, or closed by the user
    Connecting, ///< first attempt, nothing known yet
    Connected,
    Reconnecting, ///< lost; what is shown is old; tried again with backoff
    Failed, ///< given up until the user asks again (wrong URI, missing program, refused)
};

/// What a host may or may not offer. Asked of each connection, never assumed from its kind.
enum class Feature {
    Start,
    Pause,
    Resume,
    ShutDown,
    Reset,
    ForceOff,
    Undefine,
    Inventory, ///< what every host offers: machines and their definitions
    Reboot,
    Save, ///< and DiscardSave
    Define, ///< definitions are stored as they are given
    Create, ///< CreateMachine
    CreateDisk, ///< CreateMachine with newDisk
    Console,
    Screenshot, ///< a picture of the screen without a console
    PendingDefinition, ///< a running machine has a stored definition beside that it runs with
    Autostart,
    Rename,
    Trash,
    HotPlug,
    Balloon,
    VcpuHotPlug,
    ResizeDisk,
    Snapshots,
    ExternalSnapshots, ///< and what of a snapshot's tree is deleted, as the user chooses
    Checkpoints,
    Backup, ///< of a machine that runs, to files on the host
    Clone,
    InstantClone,
    Templates,
    Images,
    GuestAgent,
    Notes, ///< title, description and tags
    RemoveStorage,
    SendKeys,
    InjectNmi,
    DumpMemory,
    Storage, ///< pools and volumes can be listed
    ChangePools,
    CreateVolumes, ///< and copy, and delete them
    ResizeVolumes,
    TransferVolumes, ///< from and to this computer
    Networks,
    ChangeNetworks,
    NetworkLeases,
    HostDevices,
    Migration,
    LoadDetail,
    VmCpuLoad,
    VmMemoryUse,
    VmDiskRates,
    VmNetworkRates,
    HostLoad,
};

Feature featureFor(vmm::VmAction action);

/// What everybody wants to know of a machine without asking for its definition.
struct VmInfo {
    VmId id {};
    QString name {};
    vmm::VmState state = vmm::VmState::Unknown;
    vmm::StateReason reason = vmm::StateReason::None;
    QString reasonDetail {}; ///< the raw last words: stderr lines, libvirt's text
    int vcpus = 0;
    vmm::Bytes memory {};
    QDateTime since {}; ///< running here since, in UTC; invalid if not running or not known
    bool hasScreen = false; ///< a console can be opened while it is active
    QString title {};
    QString description {};
    QStringList tags {}; ///< words of the user, kept with the definition
    QString machineType {}; ///< "pc-q35-7.2"
    QStringList disks {}; ///< source paths or volume names, in order
    int networkCards = 0;
    bool isAutostart = false; ///< started when the host is
    bool hasSavedMemory = false; ///< the next start goes on from there
    bool isTemplate = false;
    bool hasPendingChanges = false; ///< stored definition and the one that runs differ
    int snapshots = 0;
    QString parentName {}; ///< of the machine or template that its disks stand on
    QVector<vmm::ConsoleChoice> consoles {}; ///< best first: screens, then serial ports
    QString location {}; ///< in the inventory of a larger whole: "DC0 / Cluster / Shop"

    bool operator==(const VmInfo&) const = default;
};

struct HostInfo {
    QString name {}; ///< host name
    QString hypervisor {}; ///< "QEMU 7.2.22", "libvirt test driver"
    QString accelerator {}; ///< "KVM", "TCG"; empty if not known
    QString acceleratorReason {}; ///< why it is not the fast one; empty if it is
    QString cpuModel {};
    QString architecture {}; ///< "x86_64"
    int cpus = 0;
    vmm::Bytes memory {};
    QString dataFolder {}; ///< embedded core only
    QHash<Feature, QString> missing {}; ///< features not offered, with the reason in a sentence

    bool has(Feature feature) const { return !missing.contains(feature); }
    bool operator==(const HostInfo&) const = default;
};

/// A difference of the inventory. `isComplete`: `changed` is the whole inventory and everything
/// else is gone.
struct InventoryChange {
    bool isComplete = false;
    QVector<VmInfo> changed {}; ///< new or changed
    QVector<VmId> removed {};

    bool operator==(const InventoryChange&) const = default;
};

QString nameOf(ConnectionState state);
QString nameOf(Feature feature);
std::optional<ConnectionState> connectionStateFromString(const QString& name);
std::optional<Feature> featureFromString(const QString& name);

} // namespace hosts

Q_DECLARE_METATYPE(hosts::ConnectionState)
Q_DECLARE_METATYPE(hosts::VmInfo)
Q_DECLARE_METATYPE(hosts::HostInfo)
Q_DECLARE_METATYPE(hosts::InventoryChange)
