// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"

namespace hosts::libvirt {

/// What can be asked of a connection about its host. What a driver can't tell stays empty; what it
/// does not offer stands in `missing` with libvirt's words. Blocking, for worker threads.
/// `width`: how many calls at a time (Overlapped.h).
HostInfo readHostInfo(const Connection& connection, int width);

/// What the host itself would take for a new machine; empty where it can't tell.
struct GuestDefaults {
    QString domainType {}; ///< "kvm" only if the host says that it can
    QString architecture {};
    QString emulator {};
};

/// Source: virConnectGetDomainCapabilities, else virConnectGetCapabilities.
GuestDefaults readGuestDefaults(const Connection& connection);

} // namespace hosts::libvirt
