// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/OperationHandles.h"

namespace hosts::libvirt {

// All of a kind, with one call where the driver has it, else by their names (ESX). Each returns how
// many it put into the list, or -1 with libvirt's error; one that vanishes meanwhile is left out.
// Blocking, for worker threads.

/// Source: virConnectListAllStoragePools, else virConnectListStoragePools and, if not only active
/// ones are wanted, virConnectListDefinedStoragePools.
int listAllPools(const Connection& connection, PoolList& list, bool onlyActive = false);

/// Source: virStoragePoolListAllVolumes, else virStoragePoolListVolumes.
int listAllVolumes(virStoragePoolPtr pool, VolumeList& list);

} // namespace hosts::libvirt
