// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "vmm/base/Result.h"

#include <functional>
#include <vector>

namespace hosts::libvirt {

/// Watches a connection: which machines something happened to, and when the connection was lost.
/// Thread: constructed and destroyed in a worker thread (both are round trips); the functions are
/// called on the event loop's thread.
class DomainEvents {
public:
    using Touched = std::function<void(VmId)>;
    using Lost = std::function<void(QString reason)>;

    DomainEvents(Connection connection, Touched touched, Lost lost);
    ~DomainEvents();
    DomainEvents(const DomainEvents&) = delete;
    DomainEvents& operator=(const DomainEvents&) = delete;

    /// False if the driver has no domain events: then the inventory must be polled.
    bool areOffered() const { return !m_ids.empty(); }

private:
    void add(int eventId, virConnectDomainEventGenericCallback callback);

    Connection m_connection;
    Touched m_touched;
    std::vector<int> m_ids;
    bool m_hasCloseCallback = false;
};

} // namespace hosts::libvirt
