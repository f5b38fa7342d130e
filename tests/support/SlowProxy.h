// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace tests {

/// A wire between here and a server of this computer that is as long as one likes: each direction
/// takes `delay`, however much is under way. It can also be cut, silenced, or end after so many
/// bytes. Runs in a thread of its own.
class SlowProxy {
public:
    /// Listens at a free port of 127.0.0.1 and leads to the unix socket.
    SlowProxy(const QString& unixSocket, std::chrono::milliseconds delay);
    ~SlowProxy();
    SlowProxy(const SlowProxy&) = delete;
    SlowProxy& operator=(const SlowProxy&) = delete;

    int port() const { return m_port; }
    /// One way.
    void setDelay(std::chrono::milliseconds delay) { m_delayMs = delay.count(); }
    /// Ends every connection; new ones are taken.
    void cut() { ++m_cuts; }
    /// The server's next connections end after so many bytes of its answers; -1: never.
    void cutAfter(std::int64_t bytes) { m_cutAfter = bytes; }
    /// So many bytes a second to the server, or from it; 0: as fast as may be.
    void setRate(std::int64_t bytes) { m_rate = bytes; }
    /// Nothing gets through any more, either way, and nobody is told.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    int connections() const { return m_connections; }
    /// The longest chain of a word of the client that came after an answer that came after a
    /// word...: how many round trips had to be made one after the other, over all connections.
    int roundTrips() const { return m_roundTrips; }

private:
    void run();

    QString m_unixSocket;
    int m_listening = -1;
    int m_port = 0;
    std::atomic_int64_t m_delayMs;
    std::atomic_int m_cuts = 0;
    std::atomic_int64_t m_cutAfter = -1;
    std::atomic_int64_t m_rate = 0;
    std::atomic_bool m_isSilent = false;
    std::atomic_bool m_isEnding = false;
    std::atomic_int m_connections = 0;
    std::atomic_int m_roundTrips = 0;
    struct Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace tests
