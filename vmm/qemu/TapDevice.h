// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"
#include "vmm/definition/Devices.h"

namespace vmm {

/// The host's end of a network card of type bridge or ethernet, for QEMU to inherit; QEMU itself
/// may neither make such devices nor start programs. `ethernet` opens the tap device that the card
/// names, which may be one that an administrator gave to this user. `bridge` makes a tap device
/// that goes with its descriptor and puts it on the bridge, which takes CAP_NET_ADMIN.
/// Errors: NotFound (no such bridge), PermissionDenied (detail: what to do), Busy, Io.
/// Source: the kernel's Documentation/networking/tuntap.rst.
Result<FileDescriptor> openTap(const NetworkInterface& card);

/// Whether this computer has a network device of that name now. Errors: InvalidConfig, NotFound.
Result<void> checkBridge(const QString& name);

} // namespace vmm
