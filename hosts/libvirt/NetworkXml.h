// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Networks.h"
#include "vmm/base/Result.h"

#include <QByteArray>

namespace hosts::libvirt {

// Networks and host devices as libvirt's XML (https://libvirt.org/formatnetwork.html,
// https://libvirt.org/formatnode.html). Pure.

/// What stands in the XML; not whether it runs.
NetworkInfo parseNetwork(const QByteArray& xml);
/// Errors: InvalidConfig (no name, no such address, a range outside of it).
vmm::Result<QByteArray> networkXml(const NewNetwork& network);

HostDevice parseDevice(const QByteArray& xml);

/// Where a running machine is plugged into a network.
struct NetworkPort {
    QString machine {};
    QString mac {};
};
NetworkPort parsePort(const QByteArray& xml);

} // namespace hosts::libvirt
