// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/JobRunner.h"
#include "hosts/libvirt/TimedOpening.h"
#include "hosts/libvirt/Timing.h"

#include <mutex>
#include <optional>

namespace hosts::libvirt {

/// How a transfer gets a connection of its own, and another one when that broke. Bulk data on the
/// host's connection would make everything else wait. Held by shared_ptr from both ends.
class TransferRoute {
public:
    /// `patience`: for one attempt to connect.
    explicit TransferRoute(Timing::Milliseconds patience)
        : m_patience(patience)
    {
    }

    /// Where the host is just now; nothing: it is not connected. The host's thread.
    void set(std::optional<Target> target)
    {
        const std::lock_guard lock(m_mutex);
        m_target = std::move(target);
    }

    /// Waits until the host can be reached. Worker threads. Errors: Cancelled, and why the host
    /// does not let us in.
    vmm::Result<Connection> open(const JobControl& control) const
    {
        while (!control.isCancelled()) {
            if (const std::optional<Target> target = now()) {
                vmm::Result<Connection> connection = openWithin(m_patience, *target, control);
                if (connection || !isForLater(connection.error().kind))
                    return connection;
            }
            JobControl::rest();
        }
        return vmm::Error { vmm::ErrorKind::Cancelled };
    }

private:
    static bool isForLater(vmm::ErrorKind kind)
    {
        return kind == vmm::ErrorKind::Disconnected || kind == vmm::ErrorKind::TimedOut;
    }

    std::optional<Target> now() const
    {
        const std::lock_guard lock(m_mutex);
        return m_target;
    }

    const Timing::Milliseconds m_patience;
    mutable std::mutex m_mutex;
    std::optional<Target> m_target;
};

} // namespace hosts::libvirt
