// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/SnapshotStore.h"

namespace vmm {

class ImageChains;
class ImageTool;
class Machine;

// Layers: qcow2 files that take what is written to a disk from some moment on, while what is below
// stays as it is. A layer lies beside the disk it stands on ("web.layer-1f2e3d4c5b6a.qcow2"), on a
// block device in the machine's own folder; by its name whoever finds it knows what it is.

/// Whether the file of that name was made as a layer, so that it may go when nobody needs it.
bool isLayer(const QString& path);
/// One new layer for each disk of `definition` that a snapshot has to keep.
QVector<DiskLayer> planLayers(const Definition& definition, const QString& machineDiskFolder);

/// The disk `below`, as it is called once it stands on a layer.
Disk onLayer(const Disk& below, const QString& layer);
Definition onLayers(const Definition& definition, const QVector<DiskLayer>& layers);
/// Has disks whose image is `path` use that of `other` instead.
Definition withImageReplaced(const Definition& definition, const QString& path, const Disk& other);

/// Makes the files; on failure none is left. Errors: as ImageTool::createLayer(), ImageUntrusted.
Future<void> makeLayers(QObject* context, ImageTool& tool, ImageChains& chains,
    const Definition& definition, const QVector<DiskLayer>& layers);

/// Puts the disks of a running machine on layers that were made, all in one moment; all or nothing.
/// Source: QMP `blockdev-add`, `transaction` of `blockdev-snapshot` (QEMU 7.2).
Future<void> putOnLayers(
    Machine& machine, const Definition& definition, const QVector<DiskLayer>& layers);

} // namespace vmm
