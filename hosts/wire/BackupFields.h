// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/BackupOperations.h"
#include "hosts/wire/FieldLists.h"

/// The fields of what concerns checkpoints and backups.
namespace hosts::wire {

template <> inline constexpr auto kFields<ListCheckpoints> = [](auto& v) { return std::tie(v.vm); };
template <>
inline constexpr auto kFields<CreateCheckpoint> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<DeleteCheckpoint> =
    [](auto& v) { return std::tie(v.vm, v.name, v.deletion); };
template <>
inline constexpr auto kFields<BackUpMachine> = [](auto& v) { return std::tie(v.vm, v.request); };
template <>
inline constexpr auto kFields<vmm::CheckpointInfo> = [](auto& v) {
    return std::tie(v.name, v.description, v.parent, v.created, v.disks, v.changed, v.problem);
};
template <>
inline constexpr auto kFields<vmm::CheckpointRequest> =
    [](auto& v) { return std::tie(v.name, v.description); };
template <>
inline constexpr auto kFields<vmm::BackupRequest> =
    [](auto& v) { return std::tie(v.folder, v.since, v.checkpoint, v.quiesce); };
template <>
inline constexpr auto kFields<vmm::BackupFile> =
    [](auto& v) { return std::tie(v.target, v.path, v.isIncrement, v.standsOn); };
template <>
inline constexpr auto kFields<vmm::BackupReport> =
    [](auto& v) { return std::tie(v.files, v.checkpoint); };

template <>
inline constexpr auto kFromName<vmm::CheckpointDeletion> = &vmm::checkpointDeletionFromString;

} // namespace hosts::wire
