// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

/// Prepares libvirt for this process: our event loop, untranslated messages, and no error printed
/// to stderr. Needed before the first connection, in the main thread; further calls do nothing.
void prepareLibrary();

/// Opens a connection and sets up keepalive, where the driver has it. Blocks for as long as it
/// takes. Nothing is ever asked on a terminal: credentials other than a user name of the URI are
/// refused. Errors: InvalidConfig (no driver for the URI), PermissionDenied (AuthenticationFailed),
/// Disconnected. Source: virConnectOpenAuth, virConnectSetKeepAlive.
vmm::Result<Connection> openConnection(const HostUri& uri);

} // namespace hosts::libvirt
