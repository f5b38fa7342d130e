// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"

#include <mutex>
#include <vector>

namespace hosts::libvirt {

/// What a connection to libvirt hangs by: its socket, which can be cut so that all calls that wait
/// for an answer end, and their threads with them. libvirt 9.0 has no other way: a connection is
/// closed when nobody uses it, opening one has no limit, and of several calls that wait when
/// keepalive gives a host up, it wakes one. Drivers within this process have no socket; their calls
/// end when they end.
///
/// Any thread. Held by whoever may want to cut it, for no longer than the connection.
class Lifeline {
public:
    Lifeline() = default;
    Lifeline(const Lifeline&) = delete;
    Lifeline& operator=(const Lifeline&) = delete;

    /// For good: a connection that is just being opened with it ends, too.
    void cut();

    /// The connection is closed, or was none.
    void letGo();

    /// While it lives, what libvirt watches for a connection that this thread opens is noted.
    class Noting {
    public:
        explicit Noting(Lifeline* line);
        ~Noting();
        Noting(const Noting&) = delete;
        Noting& operator=(const Noting&) = delete;
    };

    /// For the event loop, where libvirt tells of its sockets.
    static void noteSocket(int fd);

private:
    void note(int fd);

    std::mutex m_mutex; // guards the rest
    std::vector<vmm::FileDescriptor> m_sockets; ///< duplicates: numbers are used again
    bool m_isCut = false;
};

} // namespace hosts::libvirt
