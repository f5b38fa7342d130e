// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/MigrationEstimate.h"

#include <algorithm>
#include <cmath>

namespace models {

MigrationOutlook outlookOf(const hosts::MigrationProgress& progress)
{
    MigrationOutlook outlook;
    if (!progress.isActive || progress.total.count() == 0)
        return outlook;
    const double total = static_cast<double>(progress.total.count());
    const double remaining = static_cast<double>(progress.remaining.count());
    outlook.percent = static_cast<int>(100 * std::clamp(1 - remaining / total, 0.0, 1.0));
    const double rate = static_cast<double>(progress.rate.count());
    // In post-copy the guest no longer writes to what is copied.
    const double dirty = progress.isPostCopy ? 0 : static_cast<double>(progress.dirtyRate.count());
    if (rate <= 0)
        return outlook;
    outlook.isLosing = remaining > 0 && dirty >= rate;
    if (!outlook.isLosing)
        outlook.left
            = std::chrono::seconds(static_cast<qint64>(std::ceil(remaining / (rate - dirty))));
    return outlook;
}

} // namespace models
