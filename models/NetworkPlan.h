// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Networks.h"

namespace models {

/// Whether it is an address of a host with the prefix of its network ("192.168.150.1/24").
bool isHostAddress(const QString& address);
/// Whether a bare address belongs to the network of such an address.
bool isAddressIn(const QString& address, const QString& network);

/// The range for DHCP that suits the address of a host in its network: all others of it, at most a
/// few hundred. Without one if that is no IPv4 address with a prefix, or leaves nobody room.
hosts::NetworkAddress withUsualRange(const QString& address);

} // namespace models
