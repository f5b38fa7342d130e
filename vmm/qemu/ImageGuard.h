// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/ImageChains.h"

#include <QSet>
#include <QUuid>

namespace vmm {

/// A machine, as far as images go.
struct DiskOwner {
    struct Disk {
        QString path {};
        QString format {}; ///< as its definition says
        bool isReadOnly = false;
        QString frozenBy {}; ///< a snapshot that keeps it just as it is; empty: none
        /// Memory on the disk goes on from it: only who owns that may write to it.
        bool isInMemory = false;
    };

    QUuid id {};
    QString name {};
    bool isActive = false;
    /// Of all its definitions: stored, running, of its snapshots, of memory that was saved.
    QVector<Disk> disks {};
};

/// Which machines and images stand on which images: a picture of one moment. It is what keeps an
/// image from being deleted or changed under somebody.
class ImageGuard {
public:
    /// Looks at the disks of `owners` with all that is below them, and at the files in `folders`.
    ImageGuard(ImageChains& chains, const QVector<DiskOwner>& owners, const QStringList& folders);

    /// All that was seen, by path.
    QVector<ImageUse> uses() const;

    /// The format in which machines or images use it; empty if nobody does.
    QString formatOf(const QString& path) const;
    /// A raw disk of a machine.
    bool isRawDisk(const QString& canonicalPath) const;

    /// Nobody has it as disk, nothing stands on it. `except`: a machine that does not count.
    /// Errors: Busy/ImageNeeded, detail: by whom.
    Result<void> checkUnneeded(const QString& path, const QUuid& except = {}) const;
    /// Images that stand directly on it.
    QStringList dependentsOf(const QString& path) const;
    /// Names of the machines that need it, but for one.
    QStringList ownersOf(const QString& path, const QUuid& except = {}) const;
    bool isOwnedBy(const QString& path, const QUuid& machine) const;
    /// It is in the chain below one of these disks.
    bool isBelow(const QString& path, const QStringList& tops) const;

    /// No image stands on it and no snapshot keeps it, so that its content may change. Errors:
    /// Busy/ImageNeeded.
    Result<void> checkNothingStandsOn(const QString& path) const;
    /// No memory that a machine but `except` has on the disk goes on from its content. Errors:
    /// Busy/ImageNeeded.
    Result<void> checkInNoMemory(const QString& path, const QUuid& except = {}) const;
    /// No machine that has it, directly or below its disk, is active. Errors: Busy/ImageLocked,
    /// detail: the machine's name.
    Result<void> checkIdle(const QString& path) const;
    /// No machine but `except` needs a file in that folder. Errors: Busy/ImageNeeded.
    Result<void> checkFolderUnneeded(const QString& folder, const QUuid& except) const;

private:
    struct Node {
        ImageInfo image {};
        bool isSaid = false; ///< the format is what a definition or an image says
        bool isDirectDisk = false;
        QSet<QUuid> owners {}; ///< directly or through what stands on it
        QSet<QUuid> inMemoryOf {};
        QSet<QString> dependents {};
        QStringList frozenBy {};
    };

    void take(const ImageChain& chain, const DiskOwner* owner);
    const Node* find(const QString& path) const;
    QStringList namesOf(const QSet<QUuid>& owners) const;

    QHash<QString, Node> m_nodes; ///< by canonical path
    QHash<QUuid, QString> m_names;
    QSet<QUuid> m_active;
};

} // namespace vmm
