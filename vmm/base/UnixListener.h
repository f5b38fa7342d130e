// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"

#include <QString>

namespace vmm {

/// A stream socket that listens at `path`, close-on-exec, without blocking; invalid (errno) if it
/// can't. Nothing may be at that path.
FileDescriptor listenAtUnixSocket(const QString& path);

} // namespace vmm
