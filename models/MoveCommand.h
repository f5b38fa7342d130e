// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/moving/MoveTypes.h"
#include "models/HostCommands.h"

namespace models {

/// Has a machine move between the embedded core and a libvirt host, as one task: with its progress,
/// with cancel, and with "again" after a failure. `name`: of the machine, as it is called now. The
/// hosts may go meanwhile; the move ends with `tasks`.
TaskId beginMove(TaskModel& tasks, hosts::Host& source, hosts::Host& target,
    const hosts::moving::MoveRequest& request, const QString& name);

} // namespace models
