// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace hosts::vsphere {

/// How often a server is asked for what, and how long it has. Tests shorten it.
struct Timing {
    using Milliseconds = std::chrono::milliseconds;

    Milliseconds figures { 20'000 }; ///< between two readings
    Milliseconds machines { 20'000 }; ///< which there are, and in which folder
    Milliseconds places { 300'000 }; ///< the folders themselves
    Milliseconds firstRetry { 5'000 }; ///< doubles with every failure
    Milliseconds longestRetry { 300'000 };
    Milliseconds deadline { 20'000 }; ///< of each call
};

} // namespace hosts::vsphere
