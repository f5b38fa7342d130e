// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"

#include <chrono>
#include <memory>
#include <vector>

namespace hosts::libvirt {

/// Waits for a guest to let go of one device: libvirt tells by an event. Made before the device is
/// asked away, so that no event is missed. Blocking, for worker threads.
/// Source: VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED.
class RemovalWatch {
public:
    enum class Outcome { Removed, Refused, TimedOut };

    RemovalWatch(const Domain& domain, const QString& alias);
    ~RemovalWatch();
    RemovalWatch(const RemovalWatch&) = delete;
    RemovalWatch& operator=(const RemovalWatch&) = delete;

    /// TimedOut at once if the driver has no such events.
    Outcome waitForRemoval(std::chrono::milliseconds patience);

private:
    struct State;
    void add(int eventId, virConnectDomainEventGenericCallback callback);

    Domain m_domain;
    std::shared_ptr<State> m_state;
    std::vector<int> m_ids;
};

} // namespace hosts::libvirt
