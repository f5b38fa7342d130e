// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/VmState.h"
#include "vmm/qemu/Clones.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/Snapshots.h"

#include <QHash>
#include <QObject>
#include <QUuid>

namespace vmm {

/// What a core does with disks beyond running machines on them. Make it once the core is open; from
/// then on it also refuses actions that would hurt a disk somebody needs. It begins with putting in
/// order what an earlier program left.
class Storage : public QObject {
    Q_OBJECT

public:
    explicit Storage(Core& core);

    Images& images() { return m_images; }
    Snapshots& snapshots() { return m_snapshots; }
    Clones& clones() { return m_clones; }

    /// Completes when what an earlier program left of that machine is in order, or could not be
    /// brought in order now (then it is said why, and what must not be started can't be). What goes
    /// on in a running QEMU is not waited for.
    Future<void> tidied(const QUuid& id) const;

private:
    void tidyUp();
    Future<void> tidyUpOnceTakenUp(Machine& machine);
    Future<void> tidyUp(Machine& machine);
    Future<void> letGoOn(Machine& machine);
    Result<void> allow(const Machine& machine, VmAction action);

    Core& m_core;
    Images m_images;
    Snapshots m_snapshots;
    Clones m_clones;
    QHash<QUuid, Future<void>> m_tidying; ///< of some not before their QEMU answers
};

} // namespace vmm
