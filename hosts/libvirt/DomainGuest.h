// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/JobRunner.h"
#include "vmm/base/Guest.h"

namespace hosts::libvirt {

// What the agent in a guest tells and does, through libvirt. Blocking, for worker threads. Errors
// of all: NotFound, WrongState (off), HostLacksFeature (GuestAgentMissing: none answers),
// RefusedByGuest.

/// What the agent does not tell stays empty. Without an agent: the addresses that the host leased
/// to the machine, or saw on its network; GuestAgentMissing if it knows none either.
/// Source: virDomainGetGuestInfo, virDomainInterfaceAddresses (agent, lease, arp).
vmm::Result<vmm::GuestFacts> readGuestFacts(const Connection& connection, VmId vm);

/// Cancelling stops the waiting, not the program. libvirt has no call of its own for it, so it is
/// passed on to the agent as it is, and libvirt marks the machine as tainted from then on.
/// Source: virDomainQemuAgentCommand (guest-exec, guest-exec-status).
vmm::Result<vmm::GuestCommandResult> runInGuest(
    const Connection& connection, VmId vm, const vmm::GuestCommand& command, JobControl& control);

/// Source: virDomainSetTime.
vmm::Result<void> setGuestTime(const Connection& connection, VmId vm);
/// Source: virDomainSetUserPassword.
vmm::Result<void> setGuestPassword(
    const Connection& connection, VmId vm, const QString& user, const QString& password);
/// Source: virDomainFSFreeze, virDomainFSThaw.
vmm::Result<void> freezeGuest(const Connection& connection, VmId vm, bool isFrozen);

} // namespace hosts::libvirt
