// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/StorageOperations.h"
#include "hosts/libvirt/TransferRoute.h"

namespace hosts::libvirt {

// Volumes over libvirt's streams, each on a connection of its own; see StorageOperations.h for what
// is promised. Blocking, for worker threads. `uri`: of the host, to know an interrupted upload by.

/// A volume that is not there is made, raw, of the file's size; libvirt finds out what is in it.
/// One that a machine or an image needs is not written to. The file goes over in stretches, each
/// confirmed by the host at its end. Source: virStorageVolUpload, SPARSE_STREAM into a volume of
/// ours.
vmm::Result<void> uploadVolume(const TransferRoute& route, const QString& uri,
    const UploadVolume& operation, JobControl& control);

/// Source: virStorageVolDownload, SPARSE_STREAM where it is known.
vmm::Result<void> downloadVolume(
    const TransferRoute& route, const DownloadVolume& operation, JobControl& control);

} // namespace hosts::libvirt
