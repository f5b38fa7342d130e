// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

namespace vmm {

/// The Error for a system call that failed just now: kind and cause from errno (ENOENT: NotFound;
/// EACCES, EPERM, EROFS: PermissionDenied; ENOSPC, EDQUOT: Io with DiskFull; else Io), `subject`
/// the path, and "CALL: strerror" in detail.
Error errnoError(const QString& subject, const QString& call);
Error errnoError(const QString& subject, const QString& call, int errorNumber);

} // namespace vmm
