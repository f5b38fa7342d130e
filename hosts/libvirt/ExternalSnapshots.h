// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/DomainSnapshots.h"

namespace hosts::libvirt {

// What libvirt before 9.9 can't do with external snapshots, by what it can do: overlays, block
// commit, redefinition. Blocking, for worker threads.

/// The machine goes on in fresh overlays on the images of the snapshot, which notes them; those
/// that it was in are deleted if snapshots of it made them, and no snapshot, no other image and no
/// other machine needs them. With memory it runs on from there. One that failed leaves the
/// definition as it was; a machine that ran may be off then.
vmm::Result<void> revertExternal(const Connection& connection, const Subject& subject,
    const SnapshotRecord& snapshot, const QVector<SnapshotRecord>& all, JobControl& control);

/// Merges what stands on the snapshot's images into them, if it is one image and the machine's own;
/// images that several need stay as they are. A machine that is off is started paused for it, and
/// switched off again. Once a merge has begun there is no way back to the snapshot, whose entry
/// goes at that moment: cancelled, failed, or cut off, the machine goes on in its overlays.
vmm::Result<void> deleteExternal(
    const Connection& connection, const Subject& subject, const QString& name, JobControl& control);

} // namespace hosts::libvirt
