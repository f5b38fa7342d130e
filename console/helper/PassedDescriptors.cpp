// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/PassedDescriptors.h"

#include "console/protocol/PacketSocket.h"

#include <dlfcn.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>

namespace console::helper {

namespace {

struct Passed {
    int socket;
    char byte; ///< that brought it
    protocol::Fd descriptor;
};

constexpr std::size_t kMostAtOnce = 8;
using Control = std::array<char, CMSG_SPACE(kMostAtOnce * sizeof(int))>;

std::mutex passedLock;
std::deque<Passed> passed; ///< that nobody asked for yet
std::atomic<bool> isAnyPassed = false;

ssize_t receive(int socket, msghdr* message, int flags)
{
    using Function = ssize_t (*)(int, msghdr*, int);
    static const auto function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "recvmsg"));
    return function(socket, message, flags);
}

/// The first of those that came with a message; the others are closed.
protocol::Fd descriptorOf(msghdr& message)
{
    protocol::Fd first;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        for (std::size_t at = CMSG_LEN(0); at + sizeof(int) <= part->cmsg_len; at += sizeof(int)) {
            int fd = -1;
            std::memcpy(&fd, reinterpret_cast<const char*>(part) + at, sizeof fd);
            protocol::Fd owned(fd);
            if (!first.isValid())
                first = std::move(owned);
        }
    }
    return first;
}

std::optional<Passed> takePassed(int socket)
{
    if (!isAnyPassed)
        return std::nullopt;
    const std::lock_guard guard(passedLock);
    for (auto each = passed.begin(); each != passed.end(); ++each) {
        if (each->socket != socket)
            continue;
        Passed found = std::move(*each);
        passed.erase(each);
        isAnyPassed = !passed.empty();
        return found;
    }
    return std::nullopt;
}

/// As the kernel would: a byte, and its descriptor if there is room for it.
ssize_t deliver(Passed found, msghdr* message)
{
    if (message->msg_iovlen > 0 && message->msg_iov[0].iov_len > 0)
        *static_cast<char*>(message->msg_iov[0].iov_base) = found.byte;
    message->msg_flags = 0;
    if (message->msg_controllen < CMSG_SPACE(sizeof(int))) {
        message->msg_flags = MSG_CTRUNC;
        message->msg_controllen = 0;
        return 1;
    }
    cmsghdr* const part = CMSG_FIRSTHDR(message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    const int fd = found.descriptor.release();
    std::memcpy(CMSG_DATA(part), &fd, sizeof fd);
    message->msg_controllen = CMSG_SPACE(sizeof(int));
    return 1;
}

} // namespace

ssize_t readKeepingDescriptors(int socket, void* out, std::size_t count)
{
    iovec place { .iov_base = out, .iov_len = count };
    alignas(cmsghdr) Control control;
    msghdr message {};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t there = receive(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    protocol::Fd descriptor = descriptorOf(message);
    if (there <= 0 || !descriptor.isValid())
        return there;
    // Linux reads nothing beyond the bytes that came with a descriptor (unix(7)).
    const std::lock_guard guard(passedLock);
    passed.push_back({ .socket = socket,
        .byte = static_cast<const char*>(out)[there - 1],
        .descriptor = std::move(descriptor) });
    isAnyPassed = true;
    if (there > 1)
        return there - 1;
    errno = EAGAIN;
    return -1;
}

void dropDescriptors(int socket)
{
    while (takePassed(socket)) { }
}

} // namespace console::helper

extern "C" ssize_t recvmsg(int socket, msghdr* message, int flags)
{
    using namespace console::helper;
    if (auto found = takePassed(socket))
        return deliver(std::move(*found), message);
    return receive(socket, message, flags);
}
