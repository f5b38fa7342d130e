// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"

namespace hosts::libvirt {

// The handles of networks and devices; the others are in Handles.h and OperationHandles.h.

using NetworkList = HandleList<virNetworkPtr, virNetworkFree>;
using NetworkPortList = HandleList<virNetworkPortPtr, virNetworkPortFree>;
using NodeDeviceList = HandleList<virNodeDevicePtr, virNodeDeviceFree>;

inline int freeLease(virNetworkDHCPLeasePtr lease)
{
    virNetworkDHCPLeaseFree(lease);
    return 0;
}
using Leases = HandleList<virNetworkDHCPLeasePtr, freeLease>;

} // namespace hosts::libvirt
