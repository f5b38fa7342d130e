// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Background.h"
#include "vmm/base/Image.h"
#include "vmm/base/NewMachine.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/Accelerator.h"
#include "vmm/qemu/Machine.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/MachineTrash.h"
#include "vmm/qemu/MachineTurns.h"
#include "vmm/qemu/QemuPrograms.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

namespace vmm {

class Autostart;
class ImageTool;
class MemorySaver;

struct CoreOptions {
    QString dataFolder {}; ///< empty: MachineStore::defaultDataFolder()
    QString runtimeFolder {}; ///< empty: as makeRuntimeFolder() chooses
    std::optional<QemuInstallation> qemu {}; ///< nothing: searched in $PATH
    std::optional<AcceleratorReport> accelerator {}; ///< nothing: found out
    /// How long a guest may take to shut down until it counts as one that ignored the request.
    std::chrono::milliseconds shutdownPatience { 120'000 };
    StepHook stepHook {}; ///< looks on at every operation of several steps
};

/// The embedded hypervisor: all machines of one data folder. Machines run on when it goes.
///
/// Thread: that of its creator. Whatever waits for the disk to have written is done in a lane of
/// its own, in order; destroying it waits for that.
class Core : public QObject {
    Q_OBJECT

public:
    explicit Core(CoreOptions options, QObject* parent = nullptr);
    ~Core() override;

    /// Locks the data folder, reads all definitions, takes up the machines that run, looks for
    /// QEMU. Completes when all that is done; a missing QEMU is no failure, see qemu(). Finding out
    /// about the accelerator goes on meanwhile. Errors: as MachineStore::open().
    Future<void> open();

    const QString& dataFolder() const { return m_store->dataFolder(); } ///< once open
    /// What was found; an Error (QemuMissing) if nothing was.
    const Result<QemuInstallation>& qemu() const { return m_qemu; }
    /// Nothing until it is known; starts wait for it.
    const std::optional<AcceleratorReport>& accelerator() const { return m_accelerator; }

    /// The format and chain of an image that somebody wants to use: what a machine says that its
    /// disk is counts, else the content. `format`: empty if it is not said. Errors: as
    /// ImageChains::readTrusted().
    Result<ImageChain> trustedChain(const QString& path, const QString& format = {}) const;

    // What the feature classes build upon.
    MachineStore& store() { return *m_store; } ///< once open
    ImageTool* images() { return m_images.get(); } ///< null without QEMU: see qemu()
    /// Asked before every action: an Error forbids it. Its context is the core.
    using Guard = std::function<Result<void>(const Machine& machine, VmAction action)>;
    void addGuard(Guard guard) { m_guards.push_back(std::move(guard)); }
    /// Asked before a machine that runs is given a disk: an Error forbids it.
    using DiskGuard = std::function<Result<void>(const Disk& disk)>;
    void setDiskGuard(DiskGuard guard) { m_diskGuard = std::move(guard); }
    Result<void> allowDisk(const Disk& disk) const
    {
        return m_diskGuard ? m_diskGuard(disk) : Result<void>();
    }
    /// Starts a machine otherwise than as it is stored; `settings` need not say QEMU nor
    /// accelerator. Errors: as Machine::start(), QemuMissing.
    Future<void> start(Machine& machine, LaunchSettings settings);
    using StateChange = std::function<void(StoredState& state)>;
    /// Stores it, then shows it. Errors: as MachineStore::saveState().
    Future<void> keepState(Machine& machine, const StateChange& change);
    /// What becomes of the definition that a machine has when the turn of the change comes; an
    /// Error refuses it. Known to be good.
    using DefinitionChange = std::function<Result<Definition>(const Machine& machine)>;
    /// Reads the definition, changes and stores it, then shows it, all in one turn: of changes at
    /// the same time none is lost. Nothing is stored if nothing differs. Errors: Busy (it is about
    /// to go), that of `change`.
    Future<void> change(const QUuid& id, DefinitionChange change);
    /// Undoes a change, unless another one was made since.
    Future<void> takeBackChange(const Definition& before, const Definition& after);
    /// Whether a change is under way.
    bool isChanging(const QUuid& id) const { return m_changes.isTaken(id); }
    /// Shows a machine that was stored by MachineStore::commitNew().
    Machine& take(const StoredMachine& stored);
    /// For what changes the store: in order, in the background. It outlives what it is given.
    BackgroundLane& lane() { return m_lane; }
    /// For the Steps of an operation.
    StepWatch watch(const char* operation) const;
    Result<void> checkName(const QString& name, const QUuid& except) const; ///< NameInUse

    QVector<Machine*> machines() const;
    Machine* machine(const QUuid& id) const; ///< null if there is none

    /// Errors: NotFound, and those of Machine, PowerButton and MemorySaver. Undefine moves the
    /// machine to the trash; it refuses with Busy if another machine uses a disk in its folder.
    Future<void> perform(const QUuid& id, VmAction action);
    /// Completes, however, when a machine may be looked at as one to be started.
    using WhenReady = std::function<Future<void>(const QUuid& id)>;
    /// Starts the machines that want it, as Autostart; each once it is ready. For when the guards
    /// stand: a core does not do it by itself.
    void runAutostart(const WhenReady& whenReady = {});

    /// As hosts::Define; of a running machine, for its next start. Also: WrongState
    /// (SavedMemoryInTheWay), Busy (somebody has the machine and its definition).
    Future<QUuid> define(const QString& xml, const QString& base = {});
    /// As hosts::Rename. The disks keep their names.
    Future<void> rename(const QUuid& id, const QString& name);
    MachineTrash trash() const { return MachineTrash(*m_store); }
    /// As hosts::RestoreTrashed.
    Future<void> restoreTrashed(const QUuid& id);
    /// As hosts::EmptyTrash.
    Future<void> emptyTrash(const QVector<QUuid>& ids);
    /// As hosts::Host::createMachine().
    Future<QUuid> create(const NewMachine& machine);

Q_SIGNALS:
    /// New, changed state, or changed definition. `from`: its state before.
    void machineChanged(const QUuid& id, vmm::VmState from);
    void machineRemoved(const QUuid& id);
    void acceleratorFound();

private:
    Machine* add(const StoredMachine& stored);
    void startAdoptions();
    void findPrograms();
    void takeQemu(const Result<QemuInstallation>& qemu);
    void findAccelerator();
    void finishStep();
    void finishOpening();
    Result<void> askGuards(const Machine& machine, VmAction action) const;
    Result<void> askAgain(const Machine& machine, const LaunchSettings& settings) const;
    Future<void> acceleratorKnown();
    Future<void> startAsStored(Machine& machine);
    Future<void> startWithNvram(Machine& machine, const LaunchSettings& settings);
    Future<void> startWithTaps(Machine& machine, LaunchSettings settings);
    Result<void> checkDefinable(const Definition& definition) const;
    Result<void> checkReplaceable(const Machine& machine, const QString& base) const;
    Future<void> keep(const Definition& definition);
    Result<void> checkRemovable(const Machine& machine) const;
    Future<void> undefine(Machine& machine);
    Future<QUuid> createWithDisk(const NewMachine& machine, const Definition& definition);
    Future<QUuid> createWithImage(const NewMachine& machine, const QString& imageFormat);
    void show(const Definition& definition);

    CoreOptions m_options;
    std::unique_ptr<MachineStore> m_store;
    BackgroundLane m_lane; ///< ends before the store does
    Result<QemuInstallation> m_qemu;
    std::optional<AcceleratorReport> m_accelerator;
    std::vector<Promise<void>> m_awaitingAccelerator;
    QHash<QUuid, Machine*> m_machines; ///< children
    /// Of the machines that are being stored. Shared with what is under way: that may outlive these
    /// members by a moment.
    using Names = QMultiHash<QString, QUuid>;
    class NameReservation;
    std::shared_ptr<Names> m_namesBeingStored = std::make_shared<Names>();
    MachineTurns m_changes; ///< of definitions
    QHash<QUuid, StoredState> m_statesBeingStored;
    std::unique_ptr<ImageTool> m_images;
    std::optional<Promise<void>> m_opening;
    int m_stepsToOpen = 0;
    std::vector<Guard> m_guards;
    DiskGuard m_diskGuard;
    std::unique_ptr<MemorySaver> m_saver;
    std::unique_ptr<Autostart> m_autostart;
    QTimer m_careTimer;
};

/// NotFound.
Error noSuchMachine(const QUuid& id);

} // namespace vmm
