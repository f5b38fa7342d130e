// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/HostList.h"
#include "models/Inventory.h"
#include "models/MetricsStore.h"
#include "models/TaskModel.h"
#include "models/VisibleVms.h"

namespace models {

/// Everything the user interface binds to, made and ended in the right order. One per session.
struct Workspace {
    explicit Workspace(HostFactory factory = {})
        : hosts(std::move(factory))
    {
    }

    HostList hosts;
    Inventory inventory { hosts };
    MetricsStore metrics { inventory };
    VisibleVms visible { hosts };
    TaskModel tasks {};
    HostCommands commands { inventory, tasks };
};

} // namespace models
