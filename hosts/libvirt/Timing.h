// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Timing.h"

#include <chrono>

namespace hosts::libvirt {

/// How long a libvirt host waits for what. Tests shorten it; the program uses it as it stands.
struct Timing {
    using Milliseconds = std::chrono::milliseconds;

    Milliseconds connect { 30'000 }; ///< opening a connection, with the first inventory
    Milliseconds query { 30'000 }; ///< an answer that changes nothing
    Milliseconds action { 90'000 }; ///< libvirt itself waits 30 s for a lock, then 15 s for QEMU
    Milliseconds sample { 3'000 }; ///< one reading of statistics
    Milliseconds poll { 5'000 }; ///< between two lists, for drivers without events
    Milliseconds describe { 60'000 }; ///< between two readings of all definitions
    Milliseconds firstBackoff { 1'000 }; ///< doubles with every failure
    Milliseconds longestBackoff { 30'000 };
    Milliseconds visibleTick { 1'000 }; ///< between two samples of what is looked at
    int ticksPerFullSample = 10; ///< the others are sampled every so many ticks
    vsphere::Timing vsphere {}; ///< of VMware hosts, in place of the ticks
};

} // namespace hosts::libvirt
