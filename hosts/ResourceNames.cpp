// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The stable names of what concerns storage, networks and migration.
#include "hosts/Migration.h"
#include "hosts/Storage.h"
#include "vmm/base/EnumNames.h"

namespace hosts {

namespace {

constexpr vmm::EnumName<PoolState> kPoolStates[] = {
    { PoolState::Stopped, "stopped" },
    { PoolState::Building, "building" },
    { PoolState::Running, "running" },
    { PoolState::Degraded, "degraded" },
    { PoolState::Inaccessible, "inaccessible" },
};

constexpr vmm::EnumName<ResourceAction> kResourceActions[] = {
    { ResourceAction::Start, "start" },
    { ResourceAction::Stop, "stop" },
    { ResourceAction::Refresh, "refresh" },
    { ResourceAction::EnableAutostart, "enable-autostart" },
    { ResourceAction::DisableAutostart, "disable-autostart" },
};

constexpr vmm::EnumName<ResourceKind> kResourceKinds[] = {
    { ResourceKind::Storage, "storage" },
    { ResourceKind::Networks, "networks" },
    { ResourceKind::Devices, "devices" },
};

constexpr vmm::EnumName<MigrationRoute> kRoutes[] = {
    { MigrationRoute::Direct, "direct" },
    { MigrationRoute::PeerToPeer, "peer-to-peer" },
};

constexpr vmm::EnumName<StorageCopy> kStorageCopies[] = {
    { StorageCopy::None, "none" },
    { StorageCopy::Full, "full" },
    { StorageCopy::Incremental, "incremental" },
};

using Kind = MigrationObstacle::Kind;
constexpr vmm::EnumName<Kind> kObstacles[] = {
    { Kind::TargetUnreachable, "target-unreachable" },
    { Kind::TargetUnsuitable, "target-unsuitable" },
    { Kind::NameTaken, "name-taken" },
    { Kind::AlreadyThere, "already-there" },
    { Kind::CpuIncompatible, "cpu-incompatible" },
    { Kind::DisksNotShared, "disks-not-shared" },
    { Kind::DiskMissingThere, "disk-missing-there" },
    { Kind::NetworkMissing, "network-missing" },
    { Kind::OlderVersion, "older-version" },
    { Kind::DeviceOfHost, "device-of-host" },
    { Kind::TooLittleMemory, "too-little-memory" },
    { Kind::SameHost, "same-host" },
};

} // namespace

QString nameOf(PoolState state)
{
    return vmm::enumName<PoolState>(kPoolStates, state);
}

std::optional<PoolState> poolStateFromString(const QString& name)
{
    return vmm::enumValue<PoolState>(kPoolStates, name);
}

QString nameOf(ResourceAction action)
{
    return vmm::enumName<ResourceAction>(kResourceActions, action);
}

std::optional<ResourceAction> resourceActionFromString(const QString& name)
{
    return vmm::enumValue<ResourceAction>(kResourceActions, name);
}

QString nameOf(ResourceKind kind)
{
    return vmm::enumName<ResourceKind>(kResourceKinds, kind);
}

std::optional<ResourceKind> resourceKindFromString(const QString& name)
{
    return vmm::enumValue<ResourceKind>(kResourceKinds, name);
}

QString nameOf(MigrationRoute route)
{
    return vmm::enumName<MigrationRoute>(kRoutes, route);
}

std::optional<MigrationRoute> migrationRouteFromString(const QString& name)
{
    return vmm::enumValue<MigrationRoute>(kRoutes, name);
}

QString nameOf(StorageCopy copy)
{
    return vmm::enumName<StorageCopy>(kStorageCopies, copy);
}

std::optional<StorageCopy> storageCopyFromString(const QString& name)
{
    return vmm::enumValue<StorageCopy>(kStorageCopies, name);
}

QString nameOf(MigrationObstacle::Kind kind)
{
    return vmm::enumName<Kind>(kObstacles, kind);
}

std::optional<MigrationObstacle::Kind> migrationObstacleFromString(const QString& name)
{
    return vmm::enumValue<Kind>(kObstacles, name);
}

} // namespace hosts
