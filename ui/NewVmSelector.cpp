// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/NewVmSelector.h"

namespace ui {

using models::HostCommands;
using models::TaskId;

NewVmSelector::NewVmSelector(models::Workspace& workspace, Selection& selection, QObject* parent)
    : QObject(parent)
    , m_selection(selection)
{
    connect(&workspace.commands, &HostCommands::machineAsked, this,
        [this](TaskId task) { m_asked.insert(task, m_selection.snapshot()); });
    connect(&workspace.commands, &HostCommands::machineCreated, this,
        [this](hosts::Host* host, hosts::VmId vm, TaskId task) {
            if (m_asked.take(task) == m_selection.snapshot())
                m_selection.setVms({ { host, vm } });
        });
    connect(&workspace.tasks, &models::TaskModel::finished, this, [this](const models::Task& task) {
        if (task.state != models::TaskState::Succeeded)
            m_asked.remove(task.id);
    });
}

} // namespace ui
