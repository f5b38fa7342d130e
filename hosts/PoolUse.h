// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Storage.h"

namespace hosts {

/// Whether its volumes are files in a folder, where images of any format can be made.
inline bool holdsFiles(const PoolInfo& pool)
{
    return pool.type == QLatin1StringView("dir") || pool.type == QLatin1StringView("fs")
        || pool.type == QLatin1StringView("netfs");
}

/// Whether volumes can be made in it now.
inline bool works(const PoolInfo& pool)
{
    return pool.state == PoolState::Running || pool.state == PoolState::Degraded;
}

} // namespace hosts
