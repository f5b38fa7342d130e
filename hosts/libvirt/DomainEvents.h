// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/ScreenVisitors.h"
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

    /// `width`: how many calls at a time (Overlapped.h). `visitors` is kept up to date.
    DomainEvents(Connection connection, int width, Touched touched, Lost lost,
        std::shared_ptr<ScreenVisitors> visitors);
    ~DomainEvents();
    DomainEvents(const DomainEvents&) = delete;
    DomainEvents& operator=(const DomainEvents&) = delete;

    /// False if the driver has no domain events: then the inventory must be polled.
    bool areOffered() const { return !m_ids.empty(); }

private:
    int add(int eventId, virConnectDomainEventGenericCallback callback) const;
    int addGraphics() const;

    Connection m_connection;
    Touched m_touched;
    std::shared_ptr<ScreenVisitors> m_visitors;
    std::vector<int> m_ids;
    bool m_hasCloseCallback = false;
};

} // namespace hosts::libvirt
