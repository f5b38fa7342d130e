// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/NetworkOperations.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

// Networks and devices of a host, as blocking functions for worker threads; see NetworkOperations.h
// for what they mean and how they fail. `width`: Overlapped.h.

vmm::Result<QVector<NetworkInfo>> listNetworks(const Connection& connection, int width);
vmm::Result<QString> readNetworkXml(const Connection& connection, const QString& name);
/// Source: virNetworkDefineXML, virNetworkCreate, virNetworkSetAutostart.
vmm::Result<void> defineNetwork(const Connection& connection, const DefineNetwork& operation);
vmm::Result<void> changeNetwork(const Connection& connection, const ChangeNetwork& operation);
vmm::Result<void> deleteNetwork(const Connection& connection, const QString& name);
/// Source: virNetworkGetDHCPLeases; the machine by virNetworkListAllPorts.
vmm::Result<QVector<DhcpLease>> listLeases(const Connection& connection, const QString& name);

/// Source: virConnectListAllNodeDevices.
vmm::Result<QVector<HostDevice>> listHostDevices(const Connection& connection, int width);

} // namespace hosts::libvirt
