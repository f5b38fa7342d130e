// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"
#include "vmm/base/Screenshot.h"

#include <QUuid>

namespace hosts::libvirt {

/// What the first screen of a machine shows, scaled down. Blocks: for worker threads. Errors:
/// NotFound, WrongState, HostLacksFeature (the driver can't), what libvirt says. Source:
/// virDomainScreenshot (libvirt >= 0.9.2) with a blocking stream; QEMU's driver sends PNG since
/// libvirt 9.0, PPM before.
vmm::Result<vmm::Screenshot> takeScreenshot(
    const Connection& connection, const QUuid& id, int maxWidth, int maxHeight);

} // namespace hosts::libvirt
