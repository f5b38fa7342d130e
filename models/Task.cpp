// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Task.h"

#include "vmm/base/EnumNames.h"

namespace models {

namespace {

constexpr vmm::EnumName<TaskAction> kTaskActionNames[] = {
    { TaskAction::Start, "Start" },
    { TaskAction::Pause, "Pause" },
    { TaskAction::Resume, "Resume" },
    { TaskAction::ShutDown, "ShutDown" },
    { TaskAction::Reboot, "Reboot" },
    { TaskAction::Reset, "Reset" },
    { TaskAction::ForceOff, "ForceOff" },
    { TaskAction::Save, "Save" },
    { TaskAction::DiscardSave, "DiscardSave" },
    { TaskAction::Undefine, "Undefine" },
    { TaskAction::Define, "Define" },
    { TaskAction::Create, "Create" },
};

constexpr vmm::EnumName<TaskState> kTaskStateNames[] = {
    { TaskState::Running, "Running" },
    { TaskState::Succeeded, "Succeeded" },
    { TaskState::Failed, "Failed" },
    { TaskState::Cancelled, "Cancelled" },
};

} // namespace

TaskAction taskActionFor(vmm::VmAction action)
{
    switch (action) {
    case vmm::VmAction::Start:
        return TaskAction::Start;
    case vmm::VmAction::Pause:
        return TaskAction::Pause;
    case vmm::VmAction::Resume:
        return TaskAction::Resume;
    case vmm::VmAction::ShutDown:
        return TaskAction::ShutDown;
    case vmm::VmAction::Reset:
        return TaskAction::Reset;
    case vmm::VmAction::ForceOff:
        return TaskAction::ForceOff;
    case vmm::VmAction::Reboot:
        return TaskAction::Reboot;
    case vmm::VmAction::Save:
        return TaskAction::Save;
    case vmm::VmAction::DiscardSave:
        return TaskAction::DiscardSave;
    case vmm::VmAction::Undefine:
        return TaskAction::Undefine;
    }
    return TaskAction::Start;
}

QString nameOf(TaskAction action)
{
    return vmm::enumName<TaskAction>(kTaskActionNames, action);
}

QString nameOf(TaskState state)
{
    return vmm::enumName<TaskState>(kTaskStateNames, state);
}

} // namespace models
