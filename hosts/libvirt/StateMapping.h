// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/VmState.h"

namespace hosts::libvirt {

struct MappedState {
    vmm::VmState state = vmm::VmState::Unknown;
    vmm::StateReason reason = vmm::StateReason::None;

    bool operator==(const MappedState&) const = default;
};

/// virDomainState and its reason (virDomainRunningReason, virDomainShutoffReason...) as ours.
MappedState mapState(int state, int reason);

} // namespace hosts::libvirt
