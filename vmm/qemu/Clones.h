// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/CloneRequest.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/CloneIdentity.h"
#include "vmm/qemu/Occupation.h"

#include <QObject>
#include <QSet>
#include <QUuid>

namespace vmm {

class Core;
class ImageTool;
class Images;
class InstantClones;
class Machine;
class Steps;

/// Makes machines of machines, and templates.
///
/// A clone knows its origin by state.json ("parent": UUID and name). Thread: that of the core.
class Clones : public QObject {
    Q_OBJECT

public:
    Clones(Core& core, Images& images, QObject* parent = nullptr);
    ~Clones() override;

    /// Whole or not at all; progress in percent. Errors: WrongState (the origin is active, or is no
    /// template that an instant clone can be made of), AlreadyExists (NameInUse), InvalidConfig,
    /// Busy, Io (DiskFull), Cancelled, those of a start.
    Future<QUuid> clone(Machine& origin, const CloneRequest& request);

    /// A template is no longer started by itself. Errors: WrongState, Busy (ImageNeeded: something
    /// stands on it, by whom; a clone of it is being made), those of QEMU.
    Future<void> setTemplate(Machine& machine, bool isOn);

    QString parentName(const Machine& machine) const; ///< empty: it stands alone
    /// Some instant clone, which runs, still has the network address and name of its template.
    bool isGivingIdentities() const { return m_borrowers > 0; }
    /// Puts in order what an interrupted change into a template, or an instant clone, left.
    Future<void> tidyUp(Machine& machine);

private:
    struct Job;
    using JobPtr = std::shared_ptr<Job>;

    Result<void> checkOrigin(const Machine& origin, const CloneRequest& request);
    Result<JobPtr> newJob(Machine& origin, const CloneRequest& request);
    void addCopySteps(Steps& steps, const JobPtr& job);
    void addTwinSteps(Steps& steps, const JobPtr& job);
    Future<void> giveIdentity(Machine& twin);
    Future<void> makeMachine(Machine& machine);
    Future<void> heldUntilDone(const Future<void>& future, const OccupationHandle& occupation);
    Future<void> makeFolder(const JobPtr& job);
    Future<void> keepClone(const JobPtr& job);
    Result<void> show(const JobPtr& job);
    Future<void> forget(const QUuid& id);
    Future<void> makeDisks(const JobPtr& job);
    Future<void> makeDisk(const JobPtr& job, const CloneDisk& disk);

    Core& m_core;
    Images& m_images;
    std::unique_ptr<InstantClones> m_instant;
    QSet<QString> m_namesBeingMade;
    int m_borrowers = 0;
};

} // namespace vmm
