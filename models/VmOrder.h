// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmRecord.h"

namespace models {

/// vm2 before vm10; the same name by its spelling, then by id, so that no two machines are equal.
inline bool isBeforeByName(const VmRecord& a, const VmRecord& b)
{
    if (const int order = a.sortKey.compare(b.sortKey); order != 0)
        return order < 0;
    if (const int order = a.info.name.compare(b.info.name); order != 0)
        return order < 0;
    if (a.info.id != b.info.id)
        return a.info.id < b.info.id;
    return a.slot < b.slot;
}

} // namespace models
