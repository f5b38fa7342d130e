// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"
#include "vmm/base/Guest.h"

/// What can be asked of the agent in a guest; see Operations.h.
namespace hosts {

/// Errors: HostLacksFeature (GuestAgentMissing): none is connected.
struct GetGuestFacts {
    using Reply = vmm::GuestFacts;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    bool operator==(const GetGuestFacts&) const = default;
};

struct RunInGuest {
    using Reply = vmm::GuestCommandResult;
    static constexpr Feature kFeature = Feature::GuestAgent;
    static constexpr Patience kPatience = Patience::Job;
    VmId vm {};
    vmm::GuestCommand command {};
    bool operator==(const RunInGuest&) const = default;
};

/// Sets the guest's clock to the host's.
struct SetGuestTime {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    bool operator==(const SetGuestTime&) const = default;
};

/// Gives a user of the guest another password, by the agent.
struct SetGuestPassword {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    VmId vm {};
    QString user {};
    QString password {}; ///< a secret: don't log it
    bool operator==(const SetGuestPassword&) const = default;
};

/// Has the guest write out all and hold its file systems still, until it is thawed.
struct FreezeGuest {
    using Reply = void;
    static constexpr Feature kFeature = Feature::GuestAgent;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    bool isFrozen = false;
    bool operator==(const FreezeGuest&) const = default;
};

} // namespace hosts
