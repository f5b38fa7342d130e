// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/DeviceScope.h"
#include "vmm/base/Result.h"

#include <chrono>

namespace hosts::libvirt {

// Devices of machines, in the running one, in the stored definition, or in both: whole or not at
// all. Blocking, for worker threads. Errors of all: NotFound, InvalidConfig, WrongState
// (DeviceScope::Running of one that is off), HostLacksFeature, what libvirt says.

/// Errors: also AlreadyExists (one of that name). Source: virDomainAttachDeviceFlags.
vmm::Result<void> attachDevice(
    const Connection& connection, VmId vm, const QString& xml, vmm::DeviceScope scope);

/// Completes when the guest has let go. Errors: also RefusedByGuest: it did not within `patience`;
/// then the stored definition keeps the device, and if it lets go later, what runs follows.
/// Source: virDomainDetachDeviceFlags, the events device-removed and device-removal-failed.
vmm::Result<void> detachDevice(const Connection& connection, VmId vm, const QString& xml,
    vmm::DeviceScope scope, std::chrono::milliseconds patience);

/// What the XML does not say stays, but the medium of a drive, the link of a card and the limits of
/// a disk. Source: virDomainUpdateDeviceFlags, virDomainSetBlockIoTune.
vmm::Result<void> updateDevice(
    const Connection& connection, VmId vm, const QString& xml, vmm::DeviceScope scope);

} // namespace hosts::libvirt
