// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/PacketSocket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace console::protocol {

namespace {

constexpr std::size_t kMaxUnsent = 1024;
constexpr std::size_t kMaxFds = 4; ///< room for more than one, so that none is cut and leaked

/// Keeps the first descriptor of a message and closes the others.
Fd takeFd(msghdr& message)
{
    Fd first;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            Fd owned(fd);
            if (!first.isValid())
                first = std::move(owned);
        }
    }
    return first;
}

} // namespace

void Fd::reset()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

PacketSocket::PacketSocket(Fd fd)
    : m_fd(std::move(fd))
    , m_buffer(kMaxPacket)
{
    if (m_fd.isValid())
        ::fcntl(m_fd.get(), F_SETFL, ::fcntl(m_fd.get(), F_GETFL) | O_NONBLOCK);
}

std::pair<Fd, Fd> PacketSocket::createPair()
{
    int fds[2] = { -1, -1 };
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        return {};
    return { Fd(fds[0]), Fd(fds[1]) };
}

void PacketSocket::close()
{
    m_fd.reset();
    m_unsent.clear();
}

void PacketSocket::closeSending()
{
    if (isOpen())
        ::shutdown(m_fd.get(), SHUT_WR);
    m_unsent.clear();
}

bool PacketSocket::send(std::vector<std::byte> packet, int fd)
{
    if (!isOpen() || !flush())
        return false;
    if (!hasUnsent()) {
        switch (trySend(packet, fd)) {
        case Sent::All:
            return true;
        case Sent::Failed:
            return false;
        case Sent::Later:
            break;
        }
    }
    if (m_unsent.size() >= kMaxUnsent)
        return false;
    Fd copy(fd >= 0 ? ::fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1);
    m_unsent.push_back({ std::move(packet), std::move(copy) });
    return true;
}

bool PacketSocket::flush()
{
    while (hasUnsent()) {
        const Unsent& next = m_unsent.front();
        const Sent sent = trySend(next.packet, next.fd.get());
        if (sent != Sent::All)
            return sent == Sent::Later;
        m_unsent.pop_front();
    }
    return true;
}

PacketSocket::Sent PacketSocket::trySend(Bytes packet, int fd)
{
    iovec part { .iov_base = const_cast<std::byte*>(packet.data()), .iov_len = packet.size() };
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof fd);
        std::memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    }
    ssize_t sent = -1;
    do {
        sent = ::sendmsg(m_fd.get(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return Sent::All;
    return errno == EAGAIN || errno == ENOBUFS ? Sent::Later : Sent::Failed;
}

PacketSocket::Received PacketSocket::receive()
{
    if (!isOpen())
        return { .status = Status::Closed };
    iovec part { .iov_base = m_buffer.data(), .iov_len = m_buffer.size() };
    alignas(cmsghdr) char control[CMSG_SPACE(kMaxFds * sizeof(int))] = {};
    msghdr message {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t size = -1;
    do {
        size = ::recvmsg(m_fd.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    } while (size < 0 && errno == EINTR);
    if (size < 0 && errno == EAGAIN)
        return {};
    if (size <= 0)
        return { .status = Status::Closed };
    // A packet that was cut (MSG_TRUNC) fails decode(): its header tells another size.
    return { .status = Status::Packet,
        .packet = Bytes(m_buffer).first(std::size_t(size)),
        .fd = takeFd(message) };
}

} // namespace console::protocol
