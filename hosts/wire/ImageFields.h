// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/ImageOperations.h"
#include "hosts/wire/FieldLists.h"

/// The fields of what concerns snapshots, clones and images.
namespace hosts::wire {

template <> inline constexpr auto kFields<ListSnapshots> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<CreateSnapshot> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<RevertSnapshot> = [](auto& v) { return std::tie(v.vm, v.name); };
template <>
inline constexpr auto kFields<DeleteSnapshot> =
    [](auto& v) { return std::tie(v.vm, v.name, v.deletion); };
template <>
inline constexpr auto kFields<CloneMachine> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<SetTemplate> = [](auto& v) { return std::tie(v.vm, v.isOn); };
template <> inline constexpr auto kFields<ListImages> = [](auto&) { return std::tie(); };
template <> inline constexpr auto kFields<InspectImage> = [](auto& v) { return std::tie(v.path); };
template <> inline constexpr auto kFields<CreateImage> = [](auto& v) { return std::tie(v.image); };
template <>
inline constexpr auto kFields<ResizeImage> = [](auto& v) { return std::tie(v.path, v.size); };
template <>
inline constexpr auto kFields<ConvertImage> = [](auto& v) { return std::tie(v.conversion); };
template <> inline constexpr auto kFields<FlattenImage> = [](auto& v) { return std::tie(v.path); };
template <>
inline constexpr auto kFields<CheckImage> = [](auto& v) { return std::tie(v.path, v.repair); };
template <> inline constexpr auto kFields<DeleteImage> = [](auto& v) { return std::tie(v.path); };
template <>
inline constexpr auto kFields<vmm::CloneRequest> =
    [](auto& v) { return std::tie(v.name, v.kind, v.isStarted); };
template <>
inline constexpr auto kFields<vmm::ImageInfo> = [](auto& v) {
    return std::tie(v.path, v.format, v.virtualSize, v.actualSize, v.backingFile, v.backingFormat,
        v.isDirty, v.isEncrypted, v.internalSnapshots);
};
template <>
inline constexpr auto kFields<vmm::ImageCheck> = [](auto& v) {
    return std::tie(v.corruptions, v.corruptionsFixed, v.leaks, v.leaksFixed, v.errors);
};
template <>
inline constexpr auto kFields<vmm::ImageUse> =
    [](auto& v) { return std::tie(v.image, v.machines, v.dependents); };
template <>
inline constexpr auto kFields<vmm::NewImage> =
    [](auto& v) { return std::tie(v.path, v.format, v.size, v.backingFile, v.backingFormat); };
template <>
inline constexpr auto kFields<vmm::ImageConversion> =
    [](auto& v) { return std::tie(v.source, v.target, v.format, v.isCompressed); };
template <>
inline constexpr auto kFields<vmm::SnapshotInfo> = [](auto& v) {
    return std::tie(v.name, v.description, v.parent, v.created, v.kind, v.isCurrent, v.memorySize,
        v.diskSize, v.problem, v.place);
};
template <>
inline constexpr auto kFields<vmm::SnapshotRequest> =
    [](auto& v) { return std::tie(v.name, v.description, v.withMemory, v.quiesce, v.place); };

template <> inline constexpr auto kFromName<vmm::CloneKind> = &vmm::cloneKindFromString;
template <> inline constexpr auto kFromName<vmm::SnapshotKind> = &vmm::snapshotKindFromString;
template <> inline constexpr auto kFromName<vmm::SnapshotPlace> = &vmm::snapshotPlaceFromString;
template <>
inline constexpr auto kFromName<vmm::SnapshotDeletion> = &vmm::snapshotDeletionFromString;

} // namespace hosts::wire
