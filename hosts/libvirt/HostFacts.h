// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"

namespace hosts::libvirt {

/// What can be asked of a connection about its host. What a driver can't tell stays empty; what it
/// does not offer stands in `missing` with libvirt's words. Blocking, for worker threads.
HostInfo readHostInfo(const Connection& connection);

/// The value of <domain type=""> for new machines: what the connection says it would take by
/// default, as far as that can be asked. Source: virConnectGetDomainCapabilities, capabilities.
QString defaultDomainType(const Connection& connection);

} // namespace hosts::libvirt
