// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/libvirt/Credentials.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/Lifeline.h"
#include "vmm/base/Result.h"

namespace hosts::libvirt {

/// What a connection leads to, and who is asked on the way.
struct Target {
    HostUri uri {}; ///< as the user calls it; errors are about it
    QByteArray address {}; ///< what libvirt is given: another one if there is a tunnel
    std::shared_ptr<Credentials> credentials {};
};

/// Prepares libvirt for this process: our event loop, untranslated messages, and no error printed
/// to stderr. Needed before the first connection, in the main thread; further calls do nothing.
void prepareLibrary();

/// Opens a connection and sets up keepalive, where the driver has it. Blocks for as long as it
/// takes, and while a person is asked (Credentials). Nothing is ever asked on a terminal.
/// Errors: InvalidConfig (no driver for the URI), PermissionDenied (AuthenticationFailed,
/// CertificateInvalid, CertificateRefused), Disconnected (DaemonMissing, HostUnreachable).
/// Source: virConnectOpenAuth, virConnectSetKeepAlive.
/// `lifeline`: that this connection and the calls on it can be ended by.
vmm::Result<Connection> openConnection(const Target& target, Lifeline* lifeline = nullptr);

} // namespace hosts::libvirt
