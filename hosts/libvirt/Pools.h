// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/StorageOperations.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/Wanted.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

// Storage pools, as blocking functions for worker threads; see StorageOperations.h for what they
// mean and how they fail.

/// How many round trips at a time: Overlapped.h.
vmm::Result<QVector<PoolInfo>> listPools(const Connection& connection, int width);
vmm::Result<Pool> findPool(const Connection& connection, const QString& name);
vmm::Result<QString> readPoolXml(const Connection& connection, const QString& name);
/// Source: virStoragePoolDefineXML, Build, Create, SetAutostart.
vmm::Result<void> definePool(const Connection& connection, const DefinePool& operation);
vmm::Result<void> changePool(const Connection& connection, const ChangePool& operation);
/// Source: virStorageVolDelete of each volume, virStoragePoolDelete, Undefine.
vmm::Result<void> deletePool(
    const Connection& connection, const DeletePool& operation, const Wanted& wanted);

} // namespace hosts::libvirt
