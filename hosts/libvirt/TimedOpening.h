// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/Library.h"

#include <chrono>

namespace hosts::libvirt {

/// Opens a connection for a job: a host that takes it and never answers is given up after `limit`,
/// in which the time that a person takes to answer does not count, or as soon as `control` is
/// cancelled. Blocking, for worker threads. Errors: also TimedOut, Cancelled.
vmm::Result<Connection> openWithin(
    std::chrono::milliseconds limit, const Target& target, const JobControl& control);

} // namespace hosts::libvirt
