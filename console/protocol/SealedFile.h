// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/PacketSocket.h"

#include <memory>

namespace console::protocol {

/// Bytes in a memory file that nobody can change any more, mapped read-only: how much data goes
/// from one process to the other without being copied through a socket.
class SealedFile {
public:
    /// A memory file with these bytes, sealed. Invalid on failure, with errno. Copies: for much
    /// data not on a GUI thread.
    static Fd write(Bytes bytes);
    /// Maps such a file (which stays the caller's), of exactly `size` bytes. Null if it is not
    /// sealed against shrinking and writing, or not of that size.
    static std::shared_ptr<const SealedFile> map(int fd, std::uint64_t size);
    ~SealedFile();
    SealedFile(const SealedFile&) = delete;
    SealedFile& operator=(const SealedFile&) = delete;

    Bytes bytes() const { return { static_cast<const std::byte*>(m_data), m_size }; }

private:
    SealedFile(void* data, std::size_t size)
        : m_data(data)
        , m_size(size)
    {
    }

    void* m_data;
    std::size_t m_size;
};

} // namespace console::protocol
