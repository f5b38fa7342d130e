// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/FileDescriptor.h"

namespace vmm {

class Machine;

// The memory and the devices' state of a machine, to and from a file. Progress in percent, as far
// as it is known. QEMU gets the file as a descriptor; nothing but it ever opens the path. One
// transfer of a machine at a time. Source: QMP `getfd`, `migrate`, `migrate-incoming`,
// `query-migrate`, `migrate_cancel` (QEMU 7.2, which has no "file:" yet).

/// Writes everything of a machine that does not run (QMP `stop`) to `file`; not synced. Afterwards
/// QEMU waits: for takeDisksBack(), or its end. Cancelling it stops QEMU's writing; what is in the
/// file is worth nothing then. Errors: Io (DiskFull), ProcessFailed (QEMU's words), Disconnected,
/// Cancelled.
Future<void> writeMemory(Machine& machine, FileDescriptor file);

/// Ends a writeMemory() that nobody waits for any more, of a program that has died say. Completes
/// when QEMU writes no more; then the file is whole or worth nothing. Errors: Disconnected,
/// TimedOut. Source: QMP `migrate_cancel`, `query-migrate` (QEMU 7.2).
Future<void> endWriting(Machine& machine);

/// What has written its memory has given up its disks, too ("postmigrate"): a command that writes
/// to one would end QEMU with an assertion. They come back only when the guest goes on. `isHeld`:
/// it is held again at once, and its state is as before; it may run for a moment. Without effect on
/// a machine that has not written its memory, but that it goes on if not `isHeld`. Source: QMP
/// `query-status`, `cont`, `stop`; bdrv_activate_all() in qmp_cont() (QEMU 7.2).
Future<void> takeDisksBack(Machine& machine, bool isHeld);

/// Reads it back into a machine that was started with LaunchSettings::isIncoming. Completes when
/// all is there and QEMU waits for `cont`. Errors: ProcessFailed, Disconnected (QEMU ends when it
/// can't read the file: its log says why), TimedOut (it has not gone on for a minute), Cancelled.
Future<void> readMemory(Machine& machine, FileDescriptor file);

} // namespace vmm
