// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace hosts {

/// How long an operation may take before a host that says nothing of it is given up.
enum class Patience {
    Question, ///< seconds
    Step, ///< a minute: the guest or the hypervisor has to do something
    Job, ///< no limit: it copies data, tells its progress, and can be cancelled
};

} // namespace hosts
