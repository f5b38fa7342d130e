// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Task.h"

#include "vmm/base/EnumNames.h"

namespace models {

namespace {

constexpr vmm::EnumName<TaskState> kTaskStateNames[] = {
    { TaskState::Running, "Running" },
    { TaskState::Succeeded, "Succeeded" },
    { TaskState::Failed, "Failed" },
    { TaskState::Cancelled, "Cancelled" },
};

} // namespace

QString nameOf(TaskState state)
{
    return vmm::enumName<TaskState>(kTaskStateNames, state);
}

} // namespace models
