// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/JobRunner.h"

namespace hosts::libvirt {

/// One layer of a disk of an active machine, and the image directly below, which it is merged into.
struct DiskLayer {
    QString target {}; ///< vda
    QString top {};
    QString base {};
    bool isActive = false; ///< `top` is what the machine writes to: it goes on in `base`
};

// Blocking, for worker threads. Errors: those of libvirt.

/// From here on `base` alone is worth nothing: it is written to.
/// Source: virDomainBlockCommit.
vmm::Result<void> beginCommit(const Subject& subject, const DiskLayer& layer);

/// Completes when the machine no longer needs `top`; the file stays. Failed or cancelled, the
/// machine goes on in `top`. Errors: also ProcessFailed (the job ended early).
/// Source: virDomainGetBlockJobInfo, virDomainBlockJobAbort.
vmm::Result<void> awaitCommit(const Subject& subject, const DiskLayer& layer, JobControl& control);

} // namespace hosts::libvirt
