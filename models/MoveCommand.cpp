// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/MoveCommand.h"

#include "hosts/moving/MachineMove.h"
#include "models/TaskModel.h"

#include <QPointer>

namespace models {

using hosts::Host;
using hosts::moving::MachineMove;
using hosts::moving::MoveRequest;

TaskId beginMove(
    TaskModel& tasks, Host& source, Host& target, const MoveRequest& request, const QString& name)
{
    const vmm::Future<hosts::VmId> moving = MachineMove::start(source, target, request, &tasks);
    // Shown as what it is to the user: a move like any other.
    const TaskInfo info { .operation = hosts::MigrateMachine { .vm = request.vm,
                              .request = { .target = target.uri().toString(),
                                  .storage = hosts::StorageCopy::Full,
                                  .isKept = request.isCopy } },
        .host = source.uri(),
        .hostName = source.info().name,
        .vmName = name };
    const auto retry
        = [&tasks, from = QPointer<Host>(&source), to = QPointer<Host>(&target), request, name] {
              if (from && to)
                  beginMove(tasks, *from, *to, request, name);
          };
    const auto cancel = [copy = moving]() mutable {
        copy.cancel();
        return true;
    };
    return tasks.track(info, moving, { .cancel = cancel, .retry = retry });
}

} // namespace models
