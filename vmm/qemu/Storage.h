// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/VmState.h"
#include "vmm/qemu/Clones.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/Snapshots.h"

#include <QObject>

namespace vmm {

/// What a core does with disks beyond running machines on them. Make it once the core is open; from
/// then on it also refuses actions that would hurt a disk somebody needs.
class Storage : public QObject {
    Q_OBJECT

public:
    explicit Storage(Core& core);

    Images& images() { return m_images; }
    Snapshots& snapshots() { return m_snapshots; }
    Clones& clones() { return m_clones; }

private:
    void tidyUp();
    Result<void> allow(const Machine& machine, VmAction action);

    Core& m_core;
    Images m_images;
    Snapshots m_snapshots;
    Clones m_clones;
};

} // namespace vmm
