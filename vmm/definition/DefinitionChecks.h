// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Result.h"

#include <QString>

namespace vmm {

/// That all of a screen's password counts (maxPasswordBytes); what is said does not repeat it.
/// Errors: InvalidConfig.
Result<void> checkScreenPassword(ConsoleEndpoint::Protocol protocol, const QString& password);

/// Why `name` can't name a machine; empty if it can. No '/', no control characters, no blank ends,
/// not "." or "..", at most 100 bytes (it becomes part of file names).
QString nameProblem(const QString& name);

/// A MAC address in QEMU's own range (52:54:00), with 24 random bits.
QString randomMac();

} // namespace vmm
