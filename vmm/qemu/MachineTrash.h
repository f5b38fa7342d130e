// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/TrashedMachine.h"
#include "vmm/qemu/MachineStore.h"

namespace vmm {

/// The machines that were removed and can be brought back: their whole folders, in the data
/// folder's `trash/`, each moved there in one step and named UUID.TIME. Files outside a machine's
/// folder are none of its business.
///
/// Thread: any, one at a time.
class MachineTrash {
public:
    explicit MachineTrash(const MachineStore& store)
        : m_store(store)
    {
    }

    /// Lasts when it returns. Errors: Io, PermissionDenied; the machine is where it was then.
    Result<void> put(const QUuid& id) const;

    /// The latest first. Sizes are added up in the background.
    Future<QVector<TrashedMachine>> list() const;

    /// Where the machines are now, the latest first.
    QStringList folders() const;

    /// As it was found on disk, still in the trash; of several with that UUID the latest. Errors:
    /// NotFound.
    Result<StoredMachine> find(const QUuid& id) const;
    /// Errors: NotFound, AlreadyExists.
    Result<void> takeBack(const QUuid& id) const;

    /// For good; all if `ids` is empty. Lasts when it returns, the deletion itself goes on in the
    /// background. Errors: NotFound, Io.
    Result<void> empty(const QVector<QUuid>& ids) const;

private:
    QString folder() const { return m_store.dataFolder() + QStringLiteral("/trash"); }
    QStringList entries() const; ///< names, the latest first
    QString latest(const QUuid& id) const; ///< path; empty if there is none

    const MachineStore& m_store;
};

} // namespace vmm
