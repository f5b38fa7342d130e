// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Migration.h"

#include <chrono>
#include <optional>

namespace models {

/// What the figures of a migration come to.
struct MigrationOutlook {
    int percent = -1; ///< of what there is to copy just now; -1: not known
    /// Until what is left has been copied, with what the guest writes meanwhile.
    std::optional<std::chrono::seconds> left {};
    bool isLosing = false; ///< the guest writes as fast as is copied: it will not end like this

    bool operator==(const MigrationOutlook&) const = default;
};

MigrationOutlook outlookOf(const hosts::MigrationProgress& progress);

} // namespace models
