// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

/// What a host has of storage: pools, and the volumes in them. The words are libvirt's
/// (https://libvirt.org/formatstorage.html).
namespace hosts {

enum class PoolState { Stopped, Building, Running, Degraded, Inaccessible };
QString nameOf(PoolState state);
std::optional<PoolState> poolStateFromString(const QString& name);

struct PoolInfo {
    QString name {};
    QString type {}; ///< dir, fs, netfs, logical, disk, iscsi, rbd
    PoolState state = PoolState::Stopped;
    bool isPersistent = true; ///< it is still there when it was stopped
    bool isAutostart = false;
    vmm::Bytes capacity {}; ///< these three are zero while it is stopped
    vmm::Bytes allocation {};
    vmm::Bytes available {};
    QString target {}; ///< the folder that its volumes are found in; may be empty
    QString source {}; ///< what it is made of: "nas:/export", "/dev/sdb", "vg0"; may be empty

    bool isActive() const { return state != PoolState::Stopped; }
    bool operator==(const PoolInfo&) const = default;
};

/// What a pool is to be made of. Which members a type needs tells models/PoolKinds.h.
struct NewPool {
    QString name {};
    QString type = QStringLiteral("dir");
    QString target {}; ///< folder
    QString host {}; ///< of a server
    QString path {}; ///< of a folder or a target on that server, or an adapter's name
    QStringList devices {};
    QString sourceName {}; ///< of a volume group, of a pool over there
    QString format {}; ///< of a file system or partition table; empty: found out
    QString initiator {}; ///< iscsi-direct
    QString user {}; ///< who logs in; its secret is one of libvirt's
    QString secret {}; ///< UUID of that
    QString xml {}; ///< the whole definition instead of all above
    bool isBuilt = false; ///< what it is made of is made first: a folder, a volume group
    bool isStarted = true;
    bool isAutostart = true;

    bool operator==(const NewPool&) const = default;
};

struct VolumeInfo {
    QString name {};
    QString pool {};
    QString path {}; ///< absolute on the host; of a network volume: its URL
    QString format {}; ///< qcow2, raw, iso; empty where there are none
    vmm::Bytes capacity {}; ///< what a guest sees
    vmm::Bytes allocation {}; ///< what it occupies
    QString backing {}; ///< path of what it stands on; empty: it stands alone
    QString backingFormat {};
    QStringList machines {}; ///< names of those that need it, also for what stands on it
    QStringList dependents {}; ///< paths of volumes of its pool that stand directly on it

    bool operator==(const VolumeInfo&) const = default;
};

struct NewVolume {
    QString name {};
    QString format = QStringLiteral("qcow2"); ///< empty where the pool knows none
    vmm::Bytes capacity {};
    vmm::Bytes allocation {}; ///< occupied at once
    QString backing {}; ///< path; makes it an overlay
    QString backingFormat {};

    bool operator==(const NewVolume&) const = default;
};

/// What can be done with a pool or a network as a whole.
enum class ResourceAction { Start, Stop, Refresh, EnableAutostart, DisableAutostart };
QString nameOf(ResourceAction action);
std::optional<ResourceAction> resourceActionFromString(const QString& name);

/// What a host has beside machines, and tells changes of.
enum class ResourceKind { Storage, Networks, Devices };
QString nameOf(ResourceKind kind);
std::optional<ResourceKind> resourceKindFromString(const QString& name);

} // namespace hosts

Q_DECLARE_METATYPE(hosts::ResourceKind)
