// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Timing.h"
#include "hosts/vsphere/VimSession.h"

namespace hosts::vsphere {

/// The paths of all hosts that a server has, as they stand in a URI behind its name
/// ("DC0/Cluster/esx1"), sorted. Cancelled if `context` dies. Errors: those of VimSession.
vmm::Future<QStringList> listHosts(
    const HostUri& uri, LoginSource login, const Timing& timing, QObject* context);

} // namespace hosts::vsphere
