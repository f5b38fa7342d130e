// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

namespace ui {

// What the dialogs about one machine share.

/// Begins an operation, as a task, if the host is still there.
inline void begin(Context& context, const models::VmRef& vm, const hosts::Operation& operation)
{
    if (context.workspace.hosts.contains(vm.host))
        context.workspace.commands.run(vm.host, operation);
}

/// An empty one if the inventory does not know the machine any more.
inline hosts::VmInfo infoOf(const Context& context, const models::VmRef& vm)
{
    const models::VmRecord* record = context.workspace.inventory.find(vm.host, vm.vm);
    return record ? record->info : hosts::VmInfo {};
}

} // namespace ui
