// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <libvirt/virterror.h>

namespace hosts::libvirt {

/// The error of the last libvirt call of this thread, as ours. Call it directly after the call that
/// failed, in the same thread. `subject`: what it was about (a machine's name, a path, the URI).
/// Source: virGetLastError.
vmm::Error lastError(const QString& subject);

/// Whether libvirt only could not ask QEMU, or not in time: nothing is known then.
bool isSilence(const vmm::Error& error);

/// The mapping itself: code (virErrorNumber), domain (virErrorDomain) and text of a libvirt error.
vmm::Error toError(int code, int domain, const QString& text, const QString& subject);

/// The same of a connection that could not be opened. `certificateWords`: why a certificate was not
/// accepted (LibraryLog), empty if none was refused.
vmm::Error toOpenError(int code, int domain, const QString& text, const QString& certificateWords,
    const QString& subject);

/// What was to be stored was made from a definition that does not hold any more. `subject`: its
/// name.
vmm::Error definitionChanged(const QString& subject);

} // namespace hosts::libvirt
