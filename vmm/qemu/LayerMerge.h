// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/Occupation.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace vmm {

class Core;
class Machine;

/// Writes what a layer holds into the image below it, which takes its place then.
struct LayerMerge {
    QString target {}; ///< vda
    Disk below {}; ///< what the disk is called afterwards: source and format
    QString layer {};
    QStringList children {}; ///< images that stand directly on the layer
    bool isMerged = false; ///< as DiskLayer says; no definition need ever have named the layer
    std::function<Result<void>()> noteMerged {}; ///< from then on it is so
};

/// Merges one layer: by QEMU while it has the layer open, by qemu-img else. When it is through,
/// definitions and snapshots of the machine name the image below, and the layer's file is gone.
/// However it ends, the machine and its later snapshots show what they showed before; merging again
/// goes on. Progress in percent, can be cancelled. A guest stands still for the moment in which its
/// disk changes its file, so that whoever finds it half done can take either. `occupation`: that
/// of the machine, exchanged for a stricter one meanwhile.
/// Errors: Io (DiskFull), Cancelled, Busy, those of QEMU and of runBlockJob().
/// Source: QMP `block-commit`, `job-complete`; `qemu-img commit` (QEMU 7.2).
Future<void> mergeLayer(Core& core, Machine& machine, const LayerMerge& merge,
    const std::shared_ptr<OccupationHandle>& occupation);

/// Stored and running definition of the machine: the image of `other` instead of `path`.
Future<void> renameInDefinitions(
    Core& core, Machine& machine, const QString& path, const Disk& other);
/// The same, and its snapshots.
Future<void> renameImage(Core& core, Machine& machine, const QString& path, const Disk& below);

} // namespace vmm
