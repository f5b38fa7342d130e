// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Storage.h"
#include "hosts/libvirt/Handles.h"

#include <functional>

namespace hosts::libvirt {

/// Listens to what happens to pools, networks or devices: they are asked about, and so listened to,
/// only when somebody looks at them. Made, used and destroyed on worker threads: registering and
/// deregistering are round trips. Source: virConnectStoragePoolEventRegisterAny (2.0),
/// virConnectNetworkEventRegisterAny (1.2), virConnectNodeDeviceEventRegisterAny (2.2).
class ResourceEvents {
public:
    using Changed = std::function<void(ResourceKind kind)>;

    /// `changed` is called on the thread of libvirt's events.
    ResourceEvents(Connection connection, ResourceKind kind, const Changed& changed);
    ~ResourceEvents();
    ResourceEvents(const ResourceEvents&) = delete;
    ResourceEvents& operator=(const ResourceEvents&) = delete;

    /// Whether the driver has them. If not, who wants to know has to look again.
    bool areOffered() const { return m_id >= 0; }

private:
    Connection m_connection;
    ResourceKind m_kind;
    int m_id = -1;
    int m_refreshId = -1; ///< pools: their volumes were read anew
};

} // namespace hosts::libvirt
