// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/Image.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/ImageChains.h"
#include "vmm/qemu/ImageGuard.h"

#include <QObject>

#include <functional>

namespace vmm {

class Core;
class ImageTool;
class Machine;

/// The images of a core: what can be done with them as files, with everybody in mind who stands on
/// them. Every error that says "in use" says by whom.
///
/// Thread: that of the core. Reads headers there, which takes microseconds each.
class Images : public QObject {
    Q_OBJECT

public:
    explicit Images(Core& core, QObject* parent = nullptr);

    // As the operations of these names in hosts/Operations.h.
    Future<QVector<ImageUse>> list();
    Future<ImageChain> inspect(const QString& path);
    Future<void> create(const NewImage& image);
    Future<void> resize(const QString& path, Bytes size);
    Future<void> convert(const ImageConversion& conversion);
    Future<void> flatten(const QString& path); ///< also under a machine that runs on it
    Future<ImageCheck> check(const QString& path, bool repair);
    Future<void> remove(const QString& path);

    /// Follows the flattening that an earlier program began in a machine that still runs, so that
    /// nobody changes its disks meanwhile. Completes when it is through, or there is none.
    Future<void> takeUpFlattening(Machine& machine);

    /// Who stands on what, now: of all machines, those in the trash included.
    ImageGuard guard();
    /// The same as far as one machine's own disks and folder tell; reads nothing of the others.
    ImageGuard guardOf(const Machine& machine);
    /// Whether QEMU may be given the disks. Errors: as ImageChains::readTrusted.
    Result<void> checkDisks(const Definition& definition);
    /// The same for one disk, which must also change for nobody else if it is written to. Errors:
    /// also Busy/ImageNeeded.
    Result<void> checkDisk(const Disk& disk);
    ImageChains& chains() { return m_chains; }

    static QVector<DiskOwner::Disk> disksOf(const Definition& definition);
    /// More disks that a machine needs than its definitions name: those of its snapshots and of
    /// memory that was saved, in its folder.
    using MoreDisks = std::function<QVector<DiskOwner::Disk>(const QString& machineFolder)>;
    void setMoreDisks(MoreDisks moreDisks) { m_moreDisks = std::move(moreDisks); }

private:
    Result<ImageTool*> tool() const;
    /// The trusted chain, in the format that its users say; else in what it looks like.
    Result<ImageChain> chainOf(const ImageGuard& guard, const QString& path);
    Machine* runningOn(const QString& path) const; ///< with it as a disk of its own
    /// Source: QMP `block-stream` (QEMU 7.2).
    Future<void> flattenLive(Machine& machine, const QString& path);
    DiskOwner ownerOf(const Machine& machine) const;
    QVector<DiskOwner> owners();
    /// What a machine in the trash needs if it comes back. `folder`: where it is now.
    DiskOwner trashedOwner(const QString& folder) const;
    QStringList folders() const;
    template <typename T> Future<T> explained(const Future<T>& future);
    Error explain(Error error) const;

    Core& m_core;
    ImageChains m_chains;
    MoreDisks m_moreDisks;
    QHash<QString, DiskOwner> m_trashed; ///< by folder, in which nothing changes
};

} // namespace vmm
