// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Operations.h"
#include "hosts/wire/BackupFields.h"
#include "hosts/wire/ImageFields.h"
#include "hosts/wire/ResourceFields.h"

/// The fields of machines, their guests and their load.
namespace hosts::wire {

template <>
inline constexpr auto kFields<Perform> = [](auto& v) { return std::tie(v.vm, v.action); };
template <> inline constexpr auto kFields<Define> = [](auto& v) { return std::tie(v.xml, v.base); };
template <>
inline constexpr auto kFields<CreateMachine> = [](auto& v) { return std::tie(v.machine); };
template <> inline constexpr auto kFields<GetDefinition> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<GetRunningDefinition> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<GetConsole> =
    [](auto& v) { return std::tie(v.vm, v.screen, v.isLasting); };
template <>
inline constexpr auto kFields<SetScreenPassword> =
    [](auto& v) { return std::tie(v.vm, v.screen, v.password); };
template <>
inline constexpr auto kFields<OpenSerial> =
    [](auto& v) { return std::tie(v.vm, v.port, v.isTakenOver); };
template <>
inline constexpr auto kFields<SetAutostart> = [](auto& v) { return std::tie(v.vm, v.isOn); };
template <> inline constexpr auto kFields<Rename> = [](auto& v) { return std::tie(v.vm, v.name); };
template <> inline constexpr auto kFields<ListTrash> = [](auto&) { return std::tie(); };
template <> inline constexpr auto kFields<RestoreTrashed> = [](auto& v) { return std::tie(v.vm); };
template <> inline constexpr auto kFields<EmptyTrash> = [](auto& v) { return std::tie(v.vms); };
template <>
inline constexpr auto kFields<AttachDevice> =
    [](auto& v) { return std::tie(v.vm, v.xml, v.scope); };
template <>
inline constexpr auto kFields<DetachDevice> =
    [](auto& v) { return std::tie(v.vm, v.xml, v.scope); };
template <>
inline constexpr auto kFields<UpdateDevice> =
    [](auto& v) { return std::tie(v.vm, v.xml, v.scope); };
template <>
inline constexpr auto kFields<SetMemory> = [](auto& v) { return std::tie(v.vm, v.memory); };
template <>
inline constexpr auto kFields<SetVcpus> = [](auto& v) { return std::tie(v.vm, v.count); };
template <>
inline constexpr auto kFields<ResizeDisk> =
    [](auto& v) { return std::tie(v.vm, v.target, v.size); };
template <> inline constexpr auto kFields<GetGuestFacts> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<RunInGuest> = [](auto& v) { return std::tie(v.vm, v.command); };
template <> inline constexpr auto kFields<SetGuestTime> = [](auto& v) { return std::tie(v.vm); };
template <> inline constexpr auto kFields<GetLoadDetail> = [](auto& v) { return std::tie(v.vm); };
template <> inline constexpr auto kFields<GetHostLoadDetail> = [](auto&) { return std::tie(); };
template <>
inline constexpr auto kFields<GetScreenshot> =
    [](auto& v) { return std::tie(v.vm, v.maxWidth, v.maxHeight); };
template <>
inline constexpr auto kFields<vmm::Screenshot> =
    [](auto& v) { return std::tie(v.png, v.width, v.height); };
template <>
inline constexpr auto kFields<SetGuestPassword> =
    [](auto& v) { return std::tie(v.vm, v.user, v.password); };
template <>
inline constexpr auto kFields<FreezeGuest> = [](auto& v) { return std::tie(v.vm, v.isFrozen); };
template <>
inline constexpr auto kFields<SetNotes> =
    [](auto& v) { return std::tie(v.vm, v.title, v.description, v.tags); };
template <>
inline constexpr auto kFields<RemoveWithDisks> = [](auto& v) { return std::tie(v.vm, v.disks); };
template <>
inline constexpr auto kFields<SendKeys> = [](auto& v) { return std::tie(v.vm, v.keys); };
template <> inline constexpr auto kFields<InjectNmi> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<DumpMemory> = [](auto& v) { return std::tie(v.vm, v.path); };
template <>
inline constexpr auto kFields<vmm::GuestNetworkCard> =
    [](auto& v) { return std::tie(v.name, v.mac, v.addresses); };
template <>
inline constexpr auto kFields<vmm::GuestFileSystem> =
    [](auto& v) { return std::tie(v.mountPoint, v.type, v.total, v.used); };
template <>
inline constexpr auto kFields<vmm::GuestUser> = [](auto& v) { return std::tie(v.name, v.since); };
template <>
inline constexpr auto kFields<vmm::GuestFacts> = [](auto& v) {
    return std::tie(v.agentVersion, v.hostName, v.system, v.kernel, v.timeZone, v.networkCards,
        v.fileSystems, v.users);
};
template <>
inline constexpr auto kFields<vmm::GuestCommand> =
    [](auto& v) { return std::tie(v.program, v.arguments, v.input); };
template <>
inline constexpr auto kFields<vmm::GuestCommandResult> = [](auto& v) {
    return std::tie(v.exitCode, v.signal, v.standardOutput, v.standardError, v.isCut);
};
template <>
inline constexpr auto kFields<vmm::RequestLoad> =
    [](auto& v) { return std::tie(v.bytesPerSecond, v.requestsPerSecond, v.meanLatencyMs); };
template <>
inline constexpr auto kFields<vmm::LatencyHistogram> =
    [](auto& v) { return std::tie(v.boundsMs, v.counts); };
template <>
inline constexpr auto kFields<vmm::DiskLoad> = [](auto& v) {
    return std::tie(v.target, v.read, v.write, v.flush, v.readLatency, v.writeLatency, v.allocated);
};
template <>
inline constexpr auto kFields<vmm::NetworkLoad> = [](auto& v) {
    return std::tie(v.mac, v.device, v.receivedBytesPerSecond, v.sentBytesPerSecond,
        v.receivedPacketsPerSecond, v.sentPacketsPerSecond);
};
template <>
inline constexpr auto kFields<vmm::LoadDetail> = [](auto& v) {
    return std::tie(v.timeMs, v.cpu, v.vcpus, v.emulator, v.resident, v.proportional, v.balloon,
        v.guestFree, v.guestAvailable, v.disks, v.networkCards);
};
template <>
inline constexpr auto kFields<vmm::Pressure> = [](auto& v) { return std::tie(v.some, v.full); };
template <>
inline constexpr auto kFields<vmm::HostDiskLoad> =
    [](auto& v) { return std::tie(v.name, v.readBytesPerSecond, v.writeBytesPerSecond, v.busy); };
template <>
inline constexpr auto kFields<vmm::HostNetworkLoad> =
    [](auto& v) { return std::tie(v.name, v.receivedBytesPerSecond, v.sentBytesPerSecond); };
template <>
inline constexpr auto kFields<vmm::HostLoadDetail> = [](auto& v) {
    return std::tie(v.timeMs, v.cpus, v.loadAverage1, v.loadAverage5, v.loadAverage15,
        v.memoryTotal, v.memoryAvailable, v.swapTotal, v.swapUsed, v.cpuPressure, v.memoryPressure,
        v.ioPressure, v.disks, v.networks);
};
template <>
inline constexpr auto kFields<vmm::NewNetworkCard> =
    [](auto& v) { return std::tie(v.type, v.source); };
template <>
inline constexpr auto kFields<vmm::NewMachine> = [](auto& v) {
    return std::tie(v.name, v.memory, v.vcpus, v.newDisk, v.diskImage, v.isoImage, v.kernel,
        v.initrd, v.kernelCommandLine, v.firmware, v.hasTpm, v.pool, v.networkType, v.network,
        v.furtherCards);
};
template <>
inline constexpr auto kFields<vmm::TrashedMachine> =
    [](auto& v) { return std::tie(v.id, v.name, v.removed, v.size); };

template <> inline constexpr auto kFromName<vmm::VmAction> = &vmm::vmActionFromString;
template <> inline constexpr auto kFromName<vmm::FirmwareKind> = &vmm::firmwareKindFromString;
template <> inline constexpr auto kFromName<ScreenKind> = &screenKindFromString;
template <> inline constexpr auto kFromName<vmm::DeviceScope> = &vmm::deviceScopeFromString;

} // namespace hosts::wire
