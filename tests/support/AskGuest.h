// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/Machine.h"

#include <QString>

namespace tests {

/// Waits until Tiny Linux offers its shell on the first serial port. False if it does not within
/// two minutes.
bool waitForGuest(const vmm::Machine& machine);

/// What a command line says in that shell, without the blanks around it; a warning and what was
/// said so far if it does not end within a minute.
QString askGuest(const vmm::Machine& machine, const QString& command);

} // namespace tests
