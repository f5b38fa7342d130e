// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/moving/MoveLock.h"
#include "hosts/moving/MoveSurvey.h"
#include "vmm/base/Steps.h"

namespace hosts::moving {

/// Brings a machine that is off from the embedded core to a libvirt host, or the other way: its
/// files, then its definition; only then it is removed where it was. If anything fails, or it is
/// cancelled, what was made over there is deleted again, and the machine is here as before. Works
/// through the Host interface of both alone.
///
/// Thread: that of the hosts. Deletes itself when it is done; if `parent` dies before, or the
/// program ends, half of a disk may be left over there (the embedded core clears that away when it
/// is opened next).
class MachineMove : public QObject {
    Q_OBJECT

public:
    /// Completes with the machine over there; progress in percent. Errors: what MoveSurvey found
    /// in the way (InvalidConfig, WrongState, AlreadyExists, NotFound, HostLacksFeature, Busy; the
    /// obstacle's name in detail), and those of the steps; Busy if it is moving already, in this
    /// program or another that has the same embedded core. Where the machine has come to the other
    /// host and something went wrong only with what is left here, the error says so.
    static vmm::Future<VmId> start(
        Host& source, Host& target, const MoveRequest& request, QObject* parent);

private:
    MachineMove(Host& source, Host& target, QObject* parent);
    vmm::Future<VmId> run(const MoveRequest& request);
    vmm::Future<void> lock(const QString& folder);
    vmm::Future<void> carryOut(const MovePlan& plan);
    void watchSource();
    vmm::Result<void> checkUntouched() const;
    vmm::Future<void> compareDefinition();
    void addDefine(vmm::Steps& steps);
    vmm::Future<void> takeBackDefinition();
    // MoveToLibvirt.cpp
    void addUploads(vmm::Steps& steps);
    void addUpload(vmm::Steps& steps, const MoveFile& file);
    vmm::Future<void> rehearse();
    vmm::Future<void> upload(const MoveFile& file, const QString& path);
    vmm::Future<void> checkFree(const QString& volume);
    vmm::Future<void> deleteVolume(const QString& name);
    vmm::Future<void> deleteInStoppedPool(const QString& name);
    vmm::Future<void> deleteInFolder(const QString& name);
    vmm::Future<void> findPlaces();
    // MoveToEmbedded.cpp
    void addDownloads(vmm::Steps& steps);
    void addDownload(vmm::Steps& steps, const MoveFile& file);
    vmm::Future<void> makeFolder();
    vmm::Future<void> removeFolder();
    // After it has arrived
    vmm::Future<void> leave();
    vmm::Future<void> afterRemoval(const vmm::Result<void>& removed);
    vmm::Future<void> deleteSourceDisks();
    vmm::Future<void> takeAllBack();

    /// In the data folder of the core, where this move keeps what is on its way.
    QString workFolder() const;
    QString sourcePool(const MoveFile& file) const;

    QPointer<Host> m_source;
    QPointer<Host> m_target;
    MovePlan m_plan;
    std::shared_ptr<MoveLock> m_lock;
    QVector<vmm::PlacedFile> m_placed;
    QStringList m_made; ///< volumes over there
    BorrowedPools* m_borrowed;
    bool m_wasTouched = false; ///< the machine was started while it was on its way
};

/// Why a move is refused, as an error.
vmm::Error errorOf(const Obstacle& obstacle);

} // namespace hosts::moving
