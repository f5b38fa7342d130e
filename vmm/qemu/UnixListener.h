// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"

#include <QString>

namespace vmm {

/// A new unix socket at `path` that listens already, so that whoever is told of it can connect at
/// once. Errors: Io (also: the path is too long, or there is something).
Result<FileDescriptor> listenOn(const QString& path);

} // namespace vmm
