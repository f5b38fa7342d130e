// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "hosts/moving/MoveTypes.h"
#include "vmm/definition/Transplant.h"

#include <QPointer>

namespace hosts::moving {

class BorrowedPools;

/// A file of the machine, and how it goes over.
struct MoveFile {
    vmm::CarriedFile what {};
    QString path {}; ///< of the embedded core: on this computer
    QString pool {}; ///< of libvirt
    QString volume {};
    QString folder {}; ///< of libvirt: it is in no pool; one of this folder has to be borrowed
    QString name {}; ///< over there: of the volume, of the file
    QString format {}; ///< over there
    bool isMadeAnew = false; ///< before it goes: so that it stands alone, in that format
    vmm::Bytes size {}; ///< about what goes over

    int share() const; ///< of the progress
    QString ending() const; ///< of a disk's name over there: ".qcow2"
};

/// All that a move needs to know, and what is in its way.
struct MovePlan {
    Direction direction = Direction::ToLibvirt;
    MoveRequest request {}; ///< with what it left open filled in
    QUuid id {}; ///< over there
    QString xml {}; ///< here, as it was read
    vmm::Definition definition {}; ///< the same
    QVector<MoveFile> files {};
    bool isBlockPool = false; ///< the volumes over there are devices
    QString poolFolder {}; ///< in which they are, if they are files
    QString folder {}; ///< of the embedded core: its data
    bool isAutostart = false;
    bool wasInTrash = false; ///< of an embedded target, by its UUID
    QVector<Obstacle> obstacles {};

    bool has(Obstacle::Weight weight) const;
    /// Folders of a libvirt source with files of the machine that are in no pool.
    QStringList looseFolders() const;
    /// The first that keeps it from being done as it was asked for.
    std::optional<Obstacle> refusal() const;
    /// The definition over there, with these files. Errors: InvalidConfig.
    vmm::Result<vmm::Transplant> transplant(
        const Host& target, const QVector<vmm::PlacedFile>& files) const;
};

/// Asks both hosts what a move would come to, and changes nothing; for folders that no pool has,
/// it borrows one meanwhile. One use each.
class MoveSurvey : public QObject {
    Q_OBJECT

public:
    /// Completes with what was found, obstacles included. Errors: those of asking. The hosts may
    /// go meanwhile.
    static vmm::Future<MovePlan> make(
        Host& source, Host& target, const MoveRequest& request, QObject* parent);

    /// Whether such a move is between hosts of these sorts.
    static bool isWay(const Host& source, const Host& target);
    /// Whether disks can be put into this pool.
    static bool canTake(const PoolInfo& pool);
    /// Whether the two are of these sorts, within reach, connected, and offer what it takes.
    static std::optional<Obstacle> checkHosts(const Host& source, const Host& target);

private:
    MoveSurvey(Host& source, Host& target, const MoveRequest& request, QObject* parent);
    vmm::Future<MovePlan> run();
    void checkMachine();
    vmm::Result<void> readDefinition(const QString& xml);
    void checkDefinition();
    void checkOutcome();
    // Embedded to libvirt
    vmm::Future<void> askPools();
    void choosePool(const QVector<PoolInfo>& pools);
    vmm::Future<void> askVolumes();
    vmm::Future<void> askNetworks();
    vmm::Future<void> askNvram();
    vmm::Future<void> askImages();
    vmm::Future<void> askImage(qsizetype file);
    vmm::Future<void> askUse();
    void nameVolumes(const QVector<VolumeInfo>& taken);
    // libvirt to embedded
    vmm::Future<void> askSourceVolumes();
    vmm::Future<void> askFolders();
    vmm::Future<void> refresh(const QString& pool);
    void matchVolumes(bool isLast);
    void take(MoveFile& file, const VolumeInfo& volume);
    vmm::Future<void> askTrash();
    vmm::Future<void> askRoom();

    void add(Obstacle::Kind kind, const QString& subject, const QString& detail = {},
        Obstacle::Weight weight = Obstacle::Weight::Fatal);
    void checkRoom(const QString& place, vmm::Bytes available);

    QPointer<Host> m_source;
    QPointer<Host> m_target;
    MovePlan m_plan;
    VmInfo m_vm;
    PoolInfo m_pool;
    QVector<PoolInfo> m_sourcePools;
    QVector<VolumeInfo> m_sourceVolumes;
    BorrowedPools* m_borrowed;
};

} // namespace hosts::moving
