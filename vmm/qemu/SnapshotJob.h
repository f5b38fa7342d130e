// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Steps.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/Machine.h"
#include "vmm/qemu/Snapshots.h"

namespace vmm {

/// What the steps of one operation on a snapshot share.
struct Snapshots::Job {
    Machine* machine = nullptr;
    ImageTool* tool = nullptr;
    SnapshotStore store;
    SnapshotRecord record {};
    OccupationHandle occupation {};
    RevertJournal journal {};

    void addBegin(Steps& steps, const std::function<Future<void>()>& drop);
    void addFreeze(Steps& steps);
    void addThaw(Steps& steps);
    void addCommit(Steps& steps);
};

} // namespace vmm
