// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/Launcher.h"
#include "vmm/qemu/StoredState.h"

#include <QObject>

namespace vmm {

class Core;
class InstantFolder;
class Machine;

/// Templates that were running, and the twins that go on from where they were. In the template's
/// folder, template/:
///   ram          the guest's memory, byte by byte: twins map it, privately
///   devices      the state of its devices
///   domain.xml   what they belong to
///   TARGET.qcow2 an empty overlay on each disk, to be copied
/// The template itself has no QEMU any more: it costs no memory, and survives a reboot of the
/// computer. Source: memory-backend-file, migration capability x-ignore-shared (QEMU 7.2).
///
/// Thread: that of the core.
class InstantClones : public QObject {
    Q_OBJECT

public:
    explicit InstantClones(Core& core, QObject* parent = nullptr);

    bool hasMemory(const Machine& machine) const;
    Definition definition(const Machine& machine) const;

    /// Makes a template of an active machine. If anything fails it goes on as before; where even
    /// that fails (nothing can be written any more) it is a saved machine, with all it had in
    /// memory. Errors: HostLacksFeature (it has what can't be doubled: a TPM), DiskFull, those of
    /// writeMemory() and of a start.
    Future<void> freeze(Machine& machine);
    /// Has a template go on where it was frozen, as an ordinary machine. If anything fails before
    /// it runs, it is the template that it was. `occupation`: that of the caller.
    Future<void> wake(Machine& machine, const OccupationHandle& occupation);

    Result<void> copyOverlay(
        const Machine& machine, const QString& target, const QString& path) const;
    /// Starts a new machine as a twin of the template. Completes when it runs, without links to its
    /// networks: giveOwnIdentity() comes next.
    Future<void> start(Machine& twin, const Machine& machine);

    Future<void> tidyUp(Machine& machine);

private:
    struct Freezing;
    Future<void> finish(Machine& machine, const InstantFolder& place);
    Future<void> putBack(const std::shared_ptr<Freezing>& job);
    Future<void> letRun(Machine& machine);
    Future<void> resumeFrom(const std::shared_ptr<Freezing>& job);
    Future<void> prepare(const std::shared_ptr<Freezing>& job);
    Future<void> loadTwin(
        Machine& twin, const LaunchSettings& as, const QString& folder, bool isLinkDown);

    Core& m_core;
};

/// Memory that is a shared file's is left out of what QEMU writes and reads. Source: migration
/// capability x-ignore-shared.
Future<void> ignoreSharedMemory(Machine& machine);

} // namespace vmm
