// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QStringList>

namespace hosts::wire {

/// One short run of ssh that asks a standing connection for something (ssh -O), in the thread of
/// `runner`, which has to outlive it. Errors: ProcessFailed (detail: what it said), TimedOut.
vmm::Future<void> runSsh(const QString& program, const QStringList& arguments, QObject* runner);

} // namespace hosts::wire
