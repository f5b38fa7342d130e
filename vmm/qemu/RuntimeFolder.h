// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QString>

namespace vmm {

/// Where the sockets of the machines of one data folder are: a folder that belongs to this user
/// alone (0700), on a file system that forgets at reboot.
///
/// `wanted` is taken as it is. Else $XDG_RUNTIME_DIR/virtdeck/HASH, /run/user/UID/virtdeck/HASH or
/// TEMP/virtdeck-UID/HASH: the first one that exists or can be made, is safe, and leaves room for a
/// socket's name (107 bytes in all); but one of them in which machines run, if there is one,
/// however the environment was when they were started. HASH stands for the data folder, so two of
/// them never meet. Errors: Io or PermissionDenied, with what was wrong with the last place.
Result<QString> makeRuntimeFolder(const QString& dataFolder, const QString& wanted = {});

/// The same place for what belongs to no data folder: .../virtdeck/NAME.
Result<QString> makePrivateRuntimeFolder(const QString& name);

/// Makes `path` (its parent must be there) if need be, and sees to it that it is a real folder of
/// this user which nobody else may enter. Errors: PermissionDenied, Io.
Result<void> ensurePrivateFolder(const QString& path);

/// Removes a folder of ours with all in it, also while a program that we ended (ssh, QEMU) still
/// takes its own sockets out of it. What can't be removed is left to the next reboot.
void removePrivateFolder(const QString& path);

} // namespace vmm
