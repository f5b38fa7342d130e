// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vmm {

/// Whether a file can't be looked at because its file system does not answer: a server that is
/// gone, a FUSE program that hangs. Who looks at such a file waits in the kernel, without an end.
///
/// Waits three seconds at most, and not at all for a folder that is known to have hung and has not
/// answered since. Any thread.
bool isWedged(const QString& path);

} // namespace vmm
