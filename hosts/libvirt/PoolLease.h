// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

#include <memory>

namespace hosts::libvirt {

/// A storage pool whose folder some images are in. If the host has none for that folder, one is
/// made for as long as somebody in this process has a lease of it: libvirt touches files only as
/// volumes of pools, and lets no two pools have one folder.
///
/// Blocking, for worker threads; one lease belongs to one thread at a time.
class PoolLease {
public:
    PoolLease() = default;

    /// `folder`: absolute, on the host. Errors: HostLacksFeature (no storage driver), what libvirt
    /// says. Source: virConnectListAllStoragePools, virStoragePoolCreateXML.
    static vmm::Result<PoolLease> of(const Connection& connection, const QString& folder);

    virStoragePoolPtr get() const { return m_pool.get(); }
    /// A file of the folder, found anew if it is younger than the pool's list.
    vmm::Result<Volume> volume(const QString& path) const;

private:
    class Lent; ///< a pool that was made
    struct Place; ///< where one may be
    static Place& placeOf(const Connection& connection, const QString& folder);
    static vmm::Result<Pool> findOrLend(
        const Connection& connection, const QString& folder, std::shared_ptr<Lent>& lent);

    std::shared_ptr<Lent> m_lent;
    Pool m_pool;
};

/// Where on the host the files of a pool are; empty if its volumes are no files, or if libvirt does
/// not tell. Source: virStoragePoolGetXMLDesc.
QString folderOfPool(virStoragePoolPtr pool);

/// What libvirt says last of a file: NotFound has the cause ImageMissing.
vmm::Error volumeError(const QString& path);

} // namespace hosts::libvirt
