// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Migration.h"
#include "hosts/NetworkOperations.h"
#include "hosts/StorageOperations.h"
#include "hosts/wire/FieldLists.h"

/// The fields of what concerns storage, networks, devices and migration.
namespace hosts::wire {

template <>
inline constexpr auto kFields<PoolInfo> = [](auto& v) {
    return std::tie(v.name, v.type, v.state, v.isPersistent, v.isAutostart, v.capacity,
        v.allocation, v.available, v.target, v.source);
};
template <>
inline constexpr auto kFields<NewPool> = [](auto& v) {
    return std::tie(v.name, v.type, v.target, v.host, v.path, v.devices, v.sourceName, v.format,
        v.initiator, v.user, v.secret, v.xml, v.isBuilt, v.isStarted, v.isAutostart);
};
template <>
inline constexpr auto kFields<VolumeInfo> = [](auto& v) {
    return std::tie(v.name, v.pool, v.path, v.format, v.capacity, v.allocation, v.backing,
        v.backingFormat, v.machines, v.dependents);
};
template <>
inline constexpr auto kFields<NewVolume> = [](auto& v) {
    return std::tie(v.name, v.format, v.capacity, v.allocation, v.backing, v.backingFormat);
};
template <> inline constexpr auto kFields<ListPools> = [](auto&) { return std::tie(); };
template <> inline constexpr auto kFields<GetPoolXml> = [](auto& v) { return std::tie(v.pool); };
template <>
inline constexpr auto kFields<DefinePool> = [](auto& v) { return std::tie(v.pool, v.base); };
template <>
inline constexpr auto kFields<ChangePool> = [](auto& v) { return std::tie(v.pool, v.action); };
template <>
inline constexpr auto kFields<DeletePool> =
    [](auto& v) { return std::tie(v.pool, v.deletesContents); };
template <> inline constexpr auto kFields<ListVolumes> = [](auto& v) { return std::tie(v.pool); };
template <>
inline constexpr auto kFields<CreateVolume> = [](auto& v) { return std::tie(v.pool, v.volume); };
template <>
inline constexpr auto kFields<ResizeVolume> =
    [](auto& v) { return std::tie(v.pool, v.volume, v.capacity); };
template <>
inline constexpr auto kFields<CloneVolume> =
    [](auto& v) { return std::tie(v.pool, v.volume, v.targetPool, v.copy); };
template <>
inline constexpr auto kFields<DeleteVolume> = [](auto& v) { return std::tie(v.pool, v.volume); };
template <>
inline constexpr auto kFields<UploadVolume> =
    [](auto& v) { return std::tie(v.pool, v.volume, v.file); };
template <>
inline constexpr auto kFields<DownloadVolume> =
    [](auto& v) { return std::tie(v.pool, v.volume, v.file); };

template <>
inline constexpr auto kFields<NetworkAddress> =
    [](auto& v) { return std::tie(v.address, v.dhcpFirst, v.dhcpLast); };
template <>
inline constexpr auto kFields<NetworkInfo> = [](auto& v) {
    return std::tie(v.name, v.mode, v.bridge, v.device, v.domain, v.addresses, v.isActive,
        v.isPersistent, v.isAutostart, v.machines);
};
template <>
inline constexpr auto kFields<NewNetwork> = [](auto& v) {
    return std::tie(v.name, v.mode, v.bridge, v.device, v.domain, v.addresses, v.xml, v.isStarted,
        v.isAutostart);
};
template <>
inline constexpr auto kFields<DhcpLease> =
    [](auto& v) { return std::tie(v.network, v.mac, v.address, v.hostName, v.expires, v.machine); };
template <>
inline constexpr auto kFields<HostDevice> = [](auto& v) {
    return std::tie(
        v.name, v.parent, v.kind, v.product, v.vendor, v.driver, v.address, v.iommuGroup, v.ids);
};
template <> inline constexpr auto kFields<ListNetworks> = [](auto&) { return std::tie(); };
template <>
inline constexpr auto kFields<GetNetworkXml> = [](auto& v) { return std::tie(v.network); };
template <>
inline constexpr auto kFields<DefineNetwork> = [](auto& v) { return std::tie(v.network, v.base); };
template <>
inline constexpr auto kFields<ChangeNetwork> =
    [](auto& v) { return std::tie(v.network, v.action); };
template <>
inline constexpr auto kFields<DeleteNetwork> = [](auto& v) { return std::tie(v.network); };
template <> inline constexpr auto kFields<ListLeases> = [](auto& v) { return std::tie(v.network); };
template <> inline constexpr auto kFields<ListHostDevices> = [](auto&) { return std::tie(); };

template <>
inline constexpr auto kFields<MigrationRequest> = [](auto& v) {
    return std::tie(v.target, v.route, v.storage, v.isPostCopyAllowed, v.isUnsafe, v.isKept,
        v.isConverging, v.bandwidthMiB, v.dataAddress);
};
template <>
inline constexpr auto kFields<MigrationObstacle> =
    [](auto& v) { return std::tie(v.kind, v.isFatal, v.subject, v.detail); };
template <>
inline constexpr auto kFields<MigrationProgress> = [](auto& v) {
    return std::tie(v.isActive, v.isPostCopy, v.elapsedMs, v.total, v.remaining, v.rate,
        v.dirtyRate, v.rounds, v.downtimeMs);
};
template <>
inline constexpr auto kFields<CheckMigration> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<MigrateMachine> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<GetMigrationProgress> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<SwitchToPostCopy> = [](auto& v) { return std::tie(v.vm); };

template <> inline constexpr auto kFromName<PoolState> = &poolStateFromString;
template <> inline constexpr auto kFromName<ResourceAction> = &resourceActionFromString;
template <> inline constexpr auto kFromName<ResourceKind> = &resourceKindFromString;
template <> inline constexpr auto kFromName<MigrationRoute> = &migrationRouteFromString;
template <> inline constexpr auto kFromName<StorageCopy> = &storageCopyFromString;
template <> inline constexpr auto kFromName<MigrationObstacle::Kind> = &migrationObstacleFromString;

} // namespace hosts::wire
