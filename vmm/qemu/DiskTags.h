// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"

#include <QStringList>

namespace vmm {

class ImageTool;
class Machine;

// The snapshots inside a machine's qcow2 disks, known there by a tag: by QEMU while one has the
// disks open, by qemu-img else.

/// What a snapshot has to keep: no CD, nothing read-only.
QVector<Disk> disksToKeep(const Definition& definition);
/// Errors: HostLacksFeature/DiskNotSnapshottable for the first that is no qcow2, subject: its path.
Result<void> checkKeepable(const Definition& definition);
bool holdsTag(const Disk& disk, const QString& tag);
/// The tags on any of the disks that begin so.
QStringList tagsLike(const Definition& definition, QLatin1StringView beginning);

/// Keeps the present of all disks, all in one moment if the machine is active; all or nothing.
/// Source: QMP `transaction` of `blockdev-snapshot-internal-sync`; `qemu-img snapshot -c`.
Future<void> addTag(
    Machine& machine, ImageTool& tool, const Definition& definition, const QString& tag);

/// Puts back what was kept; the machine must be off. Disks before the one that failed are back
/// already. Source: `qemu-img snapshot -a`.
Future<void> applyTag(
    ImageTool& tool, QObject* context, const Definition& definition, const QString& tag);

/// Forgets it on all disks that hold it; also if QEMU dies meanwhile. Errors: those of the first
/// disk that keeps it. Source: QMP `blockdev-snapshot-delete-internal-sync`; `qemu-img snapshot
/// -d`.
Future<void> dropTag(
    Machine& machine, ImageTool& tool, const Definition& definition, const QString& tag);

} // namespace vmm
