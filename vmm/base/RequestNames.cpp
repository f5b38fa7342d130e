// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/Checkpoint.h"
#include "vmm/base/CloneRequest.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/DeviceScope.h"
#include "vmm/base/EnumNames.h"
#include "vmm/base/NewMachine.h"
#include "vmm/base/Snapshot.h"

namespace vmm {

namespace {

constexpr EnumName<SnapshotKind> kSnapshotKinds[] = {
    { SnapshotKind::Live, "live" },
    { SnapshotKind::DiskOnly, "disk only" },
    { SnapshotKind::Offline, "offline" },
};

constexpr EnumName<SnapshotPlace> kSnapshotPlaces[] = {
    { SnapshotPlace::Automatic, "automatic" },
    { SnapshotPlace::Inside, "inside" },
    { SnapshotPlace::Layer, "layer" },
};

constexpr EnumName<SnapshotDeletion> kSnapshotDeletions[] = {
    { SnapshotDeletion::Merge, "merge" },
    { SnapshotDeletion::WithChildren, "with-children" },
    { SnapshotDeletion::MetadataOnly, "metadata-only" },
};

constexpr EnumName<CheckpointDeletion> kCheckpointDeletions[] = {
    { CheckpointDeletion::Merge, "merge" },
    { CheckpointDeletion::MetadataOnly, "metadata-only" },
};

constexpr EnumName<CloneKind> kCloneKinds[] = {
    { CloneKind::Full, "full" },
    { CloneKind::Linked, "linked" },
    { CloneKind::Instant, "instant" },
};

constexpr EnumName<FirmwareKind> kFirmwareKinds[] = {
    { FirmwareKind::Bios, "bios" },
    { FirmwareKind::Uefi, "uefi" },
    { FirmwareKind::UefiSecureBoot, "uefi-secure" },
};

constexpr EnumName<DeviceScope> kDeviceScopes[] = {
    { DeviceScope::Stored, "stored" },
    { DeviceScope::Running, "running" },
    { DeviceScope::Both, "both" },
};

constexpr EnumName<ConsoleEndpoint::Protocol> kConsoleProtocols[] = {
    { ConsoleEndpoint::Protocol::Spice, "spice" },
    { ConsoleEndpoint::Protocol::Vnc, "vnc" },
    { ConsoleEndpoint::Protocol::Serial, "serial" },
};

constexpr int kMostSerialPorts = 1000;

} // namespace

QString nameOf(ConsoleEndpoint::Protocol protocol)
{
    return enumName<ConsoleEndpoint::Protocol>(kConsoleProtocols, protocol);
}

std::optional<ConsoleEndpoint::Protocol> consoleProtocolFromString(const QString& name)
{
    return enumValue<ConsoleEndpoint::Protocol>(kConsoleProtocols, name);
}

QString nameOf(const ConsoleChoice& choice)
{
    const QString name = nameOf(choice.protocol);
    return choice.protocol == ConsoleEndpoint::Protocol::Serial
        ? QStringLiteral("%1-%2").arg(name).arg(choice.port)
        : name;
}

std::optional<ConsoleChoice> consoleChoiceFromString(const QString& name)
{
    const qsizetype dash = name.indexOf(QLatin1Char('-'));
    const auto protocol = consoleProtocolFromString(name.left(dash));
    const bool isSerial = protocol == ConsoleEndpoint::Protocol::Serial;
    if (!protocol || isSerial != (dash >= 0))
        return std::nullopt;
    bool isNumber = true;
    const int port = isSerial ? QStringView(name).mid(dash + 1).toInt(&isNumber) : 0;
    if (!isNumber || port < 0 || port > kMostSerialPorts)
        return std::nullopt;
    return ConsoleChoice { .protocol = *protocol, .port = port };
}

QString nameOf(DeviceScope scope)
{
    return enumName<DeviceScope>(kDeviceScopes, scope);
}

std::optional<DeviceScope> deviceScopeFromString(const QString& name)
{
    return enumValue<DeviceScope>(kDeviceScopes, name);
}

QString nameOf(SnapshotKind kind)
{
    return enumName<SnapshotKind>(kSnapshotKinds, kind);
}

std::optional<SnapshotKind> snapshotKindFromString(const QString& name)
{
    return enumValue<SnapshotKind>(kSnapshotKinds, name);
}

QString nameOf(SnapshotPlace place)
{
    return enumName<SnapshotPlace>(kSnapshotPlaces, place);
}

std::optional<SnapshotPlace> snapshotPlaceFromString(const QString& name)
{
    return enumValue<SnapshotPlace>(kSnapshotPlaces, name);
}

QString nameOf(SnapshotDeletion deletion)
{
    return enumName<SnapshotDeletion>(kSnapshotDeletions, deletion);
}

std::optional<SnapshotDeletion> snapshotDeletionFromString(const QString& name)
{
    return enumValue<SnapshotDeletion>(kSnapshotDeletions, name);
}

QString nameOf(CheckpointDeletion deletion)
{
    return enumName<CheckpointDeletion>(kCheckpointDeletions, deletion);
}

std::optional<CheckpointDeletion> checkpointDeletionFromString(const QString& name)
{
    return enumValue<CheckpointDeletion>(kCheckpointDeletions, name);
}

QString nameOf(CloneKind kind)
{
    return enumName<CloneKind>(kCloneKinds, kind);
}

std::optional<CloneKind> cloneKindFromString(const QString& name)
{
    return enumValue<CloneKind>(kCloneKinds, name);
}

QString nameOf(FirmwareKind kind)
{
    return enumName<FirmwareKind>(kFirmwareKinds, kind);
}

std::optional<FirmwareKind> firmwareKindFromString(const QString& name)
{
    return enumValue<FirmwareKind>(kFirmwareKinds, name);
}

} // namespace vmm
