// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QObject>

namespace vmm {

class Core;
class Machine;

/// Saves machines to disk and has them go on from there. See SavedMemory for the files.
class MemorySaver : public QObject {
    Q_OBJECT

public:
    explicit MemorySaver(Core& core);

    /// Pauses the machine, writes its memory, ends its QEMU. Completes when it is off. If anything
    /// fails, or it is cancelled, the machine is as it was before. Errors: as writeMemory(),
    /// WrongState, Busy.
    Future<void> save(Machine& machine);

    /// Starts a machine from its saved memory, which is kept until it runs. Errors: as
    /// Core::start() and readMemory(); the machine is off then, with its saved memory.
    Future<void> restore(Machine& machine);

    Result<void> discard(Machine& machine);

    /// Puts in order what a VirtDeck left that died while saving or restoring; `machine` has been
    /// taken up, if it still had a QEMU.
    void tidyUp(Machine& machine);

private:
    Future<void> goOn(Machine& machine, bool isPaused);
    static Future<void> reveal(Machine& machine, bool isPaused);
    Future<void> abandonOldSave(Machine& machine);

    Core& m_core;
};

} // namespace vmm
