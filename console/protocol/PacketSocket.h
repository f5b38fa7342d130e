// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Codec.h"

#include <deque>
#include <utility>

namespace console::protocol {

/// Owns a file descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd)
        : m_fd(fd)
    {
    }
    Fd(Fd&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    Fd& operator=(Fd&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() { reset(); }

    int get() const { return m_fd; }
    bool isValid() const { return m_fd >= 0; }
    void reset();
    int release() { return std::exchange(m_fd, -1); } ///< it is the caller's to close

private:
    int m_fd = -1;
};

/// One end of a SOCK_SEQPACKET pair. Never blocks; what the peer can't take yet waits in order.
class PacketSocket {
public:
    enum class Status { Packet, WouldBlock, Closed };
    struct Received {
        Status status = Status::WouldBlock;
        Bytes packet {}; ///< valid until the next receive()
        Fd fd {}; ///< that came along, if one did
    };

    PacketSocket() = default;
    explicit PacketSocket(Fd fd);

    /// A connected pair, both ends close-on-exec. Invalid ends on failure, with errno.
    static std::pair<Fd, Fd> createPair();

    bool isOpen() const { return m_fd.isValid(); }
    int fd() const { return m_fd.get(); }
    void close();
    /// Tells the peer that nothing follows, as close() would; what it says can still be received.
    void closeSending();

    /// Sends or queues; `fd` (copied) goes along. False when the peer is gone or reads nothing
    /// any more (1,024 packets wait): the connection is of no use then.
    bool send(std::vector<std::byte> packet, int fd = -1);
    bool hasUnsent() const { return !m_unsent.empty(); }
    bool flush(); ///< call when the socket is writable again; false as send()
    Received receive();

private:
    struct Unsent {
        std::vector<std::byte> packet;
        Fd fd;
    };
    enum class Sent { All, Later, Failed };
    Sent trySend(Bytes packet, int fd);

    Fd m_fd;
    std::deque<Unsent> m_unsent;
    std::vector<std::byte> m_buffer;
};

} // namespace console::protocol
