// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/CloneRequest.h"
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

constexpr EnumName<SnapshotForm> kSnapshotForms[] = {
    { SnapshotForm::Automatic, "automatic" },
    { SnapshotForm::Internal, "internal" },
    { SnapshotForm::External, "external" },
};

constexpr EnumName<SnapshotDeletion> kSnapshotDeletions[] = {
    { SnapshotDeletion::Merge, "merge" },
    { SnapshotDeletion::WithChildren, "with-children" },
    { SnapshotDeletion::MetadataOnly, "metadata-only" },
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

} // namespace

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

QString nameOf(SnapshotForm form)
{
    return enumName<SnapshotForm>(kSnapshotForms, form);
}

std::optional<SnapshotForm> snapshotFormFromString(const QString& name)
{
    return enumValue<SnapshotForm>(kSnapshotForms, name);
}

QString nameOf(SnapshotDeletion deletion)
{
    return enumName<SnapshotDeletion>(kSnapshotDeletions, deletion);
}

std::optional<SnapshotDeletion> snapshotDeletionFromString(const QString& name)
{
    return enumValue<SnapshotDeletion>(kSnapshotDeletions, name);
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
