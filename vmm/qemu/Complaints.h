// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <optional>

namespace vmm {

/// What the words of QEMU, qemu-img or the C library mean, if they are known: ImageMissing,
/// ImageLocked, QemuLacksSpice, NoGraphicsCard, DiskFull, or a kind without a cause
/// (PermissionDenied, Io). The one table of it. `subject` is that of the error unless the words
/// name an image themselves; the words stay in `detail`. Pure. Checked against QEMU 7.2.
std::optional<Error> complaintError(const QString& words, const QString& subject);

} // namespace vmm
