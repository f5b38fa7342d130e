// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Migration.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"
#include "vmm/base/Bytes.h"
#include "vmm/base/Result.h"

#include <QByteArray>
#include <QVector>

namespace hosts::libvirt {

/// A disk of a machine that is to move.
struct MigrationDisk {
    QString target {}; ///< vda
    QString path {}; ///< of a file or block device; empty: reached over the network, or no medium
    QString format {};
    bool isReadOnly = false;
    bool isShareable = false;

    bool isCopied() const { return !path.isEmpty() && !isReadOnly && !isShareable; }
};

QVector<MigrationDisk> migrationDisks(const QByteArray& domainXml);
/// The file with the UEFI variables; empty: it has none.
QString firmwareVariables(const QByteArray& domainXml);

/// Error: NotFound if an image stands on one that the target has not.
vmm::Result<void> checkBelow(
    const Connection& target, const QString& image, const QString& backing);

/// A disk of a machine that runs is copied into what the target has at its path. Error: Busy
/// (ImageNeeded) if that is somebody else's.
vmm::Result<void> checkOverwritable(const Connection& target, const QString& image, VmId own);

/// The images that a migration makes at its target. Those that were not there before are deleted
/// again unless `keep` is called, which is to be done unless the migration is known to have failed
/// for good: libvirt may go on with it, and the guest with the images. Blocking, for worker
/// threads.
class TargetImages {
public:
    TargetImages(const Connection& source, const Connection& target);
    ~TargetImages();
    TargetImages(const TargetImages&) = delete;
    TargetImages& operator=(const TargetImages&) = delete;

    /// An empty image as large as the original, at the same path, if there is none; Incremental: on
    /// what the original stands on, which must be there. `own`: the machine. Errors: also Busy
    /// (ImageNeeded).
    vmm::Result<void> prepare(const MigrationDisk& disk, StorageCopy storage, VmId own);
    /// A file with what the original holds; the machine must be off. Errors: AlreadyExists.
    vmm::Result<void> copy(const QString& path, JobControl& control);
    const QStringList& made() const { return m_made; }
    void keep() { m_made.clear(); }

private:
    const Connection& m_source;
    const Connection& m_target;
    QStringList m_made;
};

} // namespace hosts::libvirt
