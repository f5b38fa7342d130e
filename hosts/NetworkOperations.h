// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Networks.h"
#include "hosts/Patience.h"
#include "hosts/Storage.h"

/// What can be asked of a host about its networks and devices; see Operations.h. Networks are
/// called by their names; one that is not there: NotFound.
namespace hosts {

struct ListNetworks {
    using Reply = QVector<NetworkInfo>; ///< by name
    static constexpr Feature kFeature = Feature::Networks;
    static constexpr Patience kPatience = Patience::Step;
    bool operator==(const ListNetworks&) const = default;
};

/// The stored definition as XML.
struct GetNetworkXml {
    using Reply = QString;
    static constexpr Feature kFeature = Feature::Networks;
    QString network {};
    bool operator==(const GetNetworkXml&) const = default;
};

/// Adds a network, or replaces the definition of the one with the same name and UUID; one that runs
/// goes on as it is until it is started again. Errors: InvalidConfig, AlreadyExists, Io, Busy
/// (DefinitionChanged).
struct DefineNetwork {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangeNetworks;
    static constexpr Patience kPatience = Patience::Step;
    NewNetwork network {};
    QString base {}; ///< the GetNetworkXml that it was made from: only if that still holds
    bool operator==(const DefineNetwork&) const = default;
};

/// Stop cuts off the machines that are in it.
struct ChangeNetwork {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangeNetworks;
    static constexpr Patience kPatience = Patience::Step;
    QString network {};
    ResourceAction action = ResourceAction::Start;
    bool operator==(const ChangeNetwork&) const = default;
};

/// Forgets a network, stopping it if need be.
struct DeleteNetwork {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ChangeNetworks;
    static constexpr Patience kPatience = Patience::Step;
    QString network {};
    bool operator==(const DeleteNetwork&) const = default;
};

struct ListLeases {
    using Reply = QVector<DhcpLease>;
    static constexpr Feature kFeature = Feature::NetworkLeases;
    QString network {};
    bool operator==(const ListLeases&) const = default;
};

struct ListHostDevices {
    using Reply = QVector<HostDevice>; ///< parents first
    static constexpr Feature kFeature = Feature::HostDevices;
    static constexpr Patience kPatience = Patience::Step;
    bool operator==(const ListHostDevices&) const = default;
};

} // namespace hosts
