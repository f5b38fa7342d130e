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

namespace {

/// What it is to the user, by the operation that says the same of hosts of one sort.
hosts::Operation shownAs(
    const MoveRequest& request, const hosts::HostUri& target, const QString& name)
{
    if (request.isCopy)
        return hosts::CloneMachine { .vm = request.vm,
            .request = { .name = request.name.isEmpty() ? name : request.name } };
    return hosts::MigrateMachine { .vm = request.vm, .request = { .target = target.toString() } };
}

} // namespace

TaskId beginMove(
    TaskModel& tasks, Host& source, Host& target, const MoveRequest& request, const QString& name)
{
    const vmm::Future<hosts::VmId> moving = MachineMove::start(source, target, request, &tasks);
    const TaskInfo info { .operation = shownAs(request, target.uri(), name),
        .host = source.uri(),
        .hostName = source.info().name,
        .vmName = name,
        .carriedTo = target.uri() };
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
