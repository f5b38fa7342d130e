// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/HostDoor.h"

#include "hosts/wire/Limits.h"
#include "vmm/base/ErrnoError.h"

#include <QTimer>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace hosts::wire {

namespace {

constexpr size_t kWireDescriptors = 2;
constexpr size_t kMaxPacket = 3 * kMaxLine; // UTF-8 of a URI
constexpr std::chrono::milliseconds kPatience { 5'000 }; // with a visitor that says nothing

/// All descriptors of a message, owned.
std::vector<vmm::FileDescriptor> takeDescriptors(msghdr& message)
{
    std::vector<vmm::FileDescriptor> all;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            all.emplace_back(fd);
        }
    }
    return all;
}

bool isSameUser(int socket)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::geteuid();
}

} // namespace

vmm::Result<void> handOver(int socket, const QString& uri, const WireDescriptors& wire)
{
    QByteArray text = uri.toUtf8();
    iovec data { text.data(), static_cast<size_t>(text.size()) };
    const std::array<int, kWireDescriptors> fds { wire.readFd, wire.writeFd };
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof fds)> control {};
    msghdr message {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fds);
    std::memcpy(CMSG_DATA(rights), fds.data(), sizeof fds);
    if (::sendmsg(socket, &message, MSG_NOSIGNAL) < 0)
        return vmm::errnoError(uri, QStringLiteral("sendmsg"));
    return {};
}

HostVisitor::HostVisitor(HostHub& hub, vmm::FileDescriptor socket)
    : QObject(&hub)
    , m_hub(hub)
    , m_socket(std::move(socket))
    , m_readable(m_socket.get(), QSocketNotifier::Read)
{
    connect(&m_readable, &QSocketNotifier::activated, this, &HostVisitor::read);
    connect(&m_hub, &HostHub::peerRemoved, this, [this](const HostServer* peer) {
        if (peer == m_peer)
            leave();
    });
    QTimer::singleShot(kPatience, this, [this] {
        if (!m_peer)
            deleteLater();
    });
}

void HostVisitor::read()
{
    QByteArray text(static_cast<qsizetype>(kMaxPacket), Qt::Uninitialized);
    iovec data { text.data(), kMaxPacket };
    alignas(cmsghdr) std::array<char, CMSG_SPACE(8 * sizeof(int))> control {};
    msghdr message {};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t count = ::recvmsg(m_socket.get(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    std::vector<vmm::FileDescriptor> fds;
    if (count > 0)
        fds = takeDescriptors(message);
    if (count > 0 && !m_peer && fds.size() == kWireDescriptors)
        return serve(
            QString::fromUtf8(text.constData(), count), std::move(fds[0]), std::move(fds[1]));
    m_readable.setEnabled(false); // gone, or it says what makes no sense
    deleteLater();
    if (HostServer* peer = std::exchange(m_peer, nullptr))
        m_hub.removePeer(peer, QStringLiteral("the other side has gone"));
}

void HostVisitor::serve(const QString& uri, vmm::FileDescriptor readFd, vmm::FileDescriptor writeFd)
{
    if (::send(m_socket.get(), &kServed, 1, MSG_NOSIGNAL | MSG_DONTWAIT) != 1)
        return deleteLater();
    m_peer = m_hub.addPeer(readFd.release(), writeFd.release(), uri);
}

void HostVisitor::leave()
{
    m_peer = nullptr;
    m_readable.setEnabled(false);
    (void)::send(m_socket.get(), &kEnded, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    deleteLater();
}

HostDoor::HostDoor(HostHub& hub, vmm::FileDescriptor listening, QObject* parent)
    : QObject(parent)
    , m_hub(hub)
    , m_listening(std::move(listening))
    , m_readable(m_listening.get(), QSocketNotifier::Read)
{
    connect(&m_readable, &QSocketNotifier::activated, this, &HostDoor::accept);
}

void HostDoor::accept()
{
    vmm::FileDescriptor socket(
        ::accept4(m_listening.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket.isValid() && isSameUser(socket.get()))
        new HostVisitor(m_hub, std::move(socket)); // deletes itself
}

} // namespace hosts::wire
