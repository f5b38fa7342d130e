// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/PoolLease.h"
#include "vmm/base/Bytes.h"
#include "vmm/base/Result.h"

#include <QDateTime>

namespace hosts::libvirt {

struct VolumeFacts {
    QString format {}; ///< qcow2, raw
    vmm::Bytes capacity {}; ///< what the guest sees
    vmm::Bytes allocation {}; ///< what it occupies
    QString backing {}; ///< path; empty: it stands alone
    QString backingFormat {};
    QDateTime modified {}; ///< UTC, seconds
};

// Images of a host by their path there. Blocking, for worker threads. Errors of all: NotFound
// (ImageMissing), AlreadyExists, what libvirt says. Source: virStorageVol*.

vmm::Result<VolumeFacts> inspectVolume(const Connection& connection, const QString& path);
/// An empty qcow2 that stands on `backing`.
vmm::Result<void> createOverlay(const Connection& connection, const QString& path,
    const QString& backing, const QString& backingFormat);
/// A new qcow2. It stands on `backing`, a qcow2 of the same folder, by that one's name alone, so
/// that both can be moved; empty: it stands alone.
vmm::Result<void> createImage(const Connection& connection, const QString& path,
    vmm::Bytes capacity, const QString& backing = {});
/// A copy that stands alone, in the source's format. Tells how far it is by what is written; a
/// copy that was cancelled is deleted as soon as libvirt lets go of it.
vmm::Result<void> copyVolume(const Connection& connection, const QString& source,
    const QString& target, JobControl& control);
vmm::Result<void> resizeVolume(const Connection& connection, const QString& path, vmm::Bytes size);
vmm::Result<void> deleteVolume(const Connection& connection, const QString& path);
/// An image and those that it stands on, itself first.
vmm::Result<QStringList> imageChain(const Connection& connection, const QString& path);
/// What a file occupies, if a pool of the host knows it; zero otherwise. No pool is made for it.
vmm::Bytes knownSize(const Connection& connection, const QString& path);

QString folderOf(const QString& path);

} // namespace hosts::libvirt
