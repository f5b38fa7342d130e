// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/SharedHost.h"

#include "hosts/wire/HostDoor.h"
#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

namespace share {

using vmm::FileDescriptor;

namespace {

constexpr int kBacklog = 64;
constexpr int kRetryMs = 20;
constexpr int kAnswerMs = 8'000; // then the serving process hangs; the window waits a little longer
constexpr std::chrono::seconds kPatience { 5 }; // with a socket that nobody listens at
constexpr int kServingDied = 1;

sockaddr_un addressOf(const QByteArray& path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(),
        std::min<size_t>(path.size(), sizeof address.sun_path - 1));
    return address;
}

FileDescriptor openLock(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return {};
    return FileDescriptor(::open(QFile::encodeName(folder + QStringLiteral("/host.lock")),
        O_RDWR | O_CREAT | O_CLOEXEC, 0600));
}

/// The one place to wait in: nothing else happens in this process.
bool waitForAnswer(int fd, int milliseconds)
{
    pollfd what { fd, POLLIN, 0 };
    int found = 0;
    do
        found = ::poll(&what, 1, milliseconds);
    while (found < 0 && errno == EINTR);
    return found != 0;
}

/// A byte, or 0 for the end.
char readByte(int fd)
{
    char byte = 0;
    return ::recv(fd, &byte, 1, 0) == 1 ? byte : '\0';
}

Standing standFor(const FileDescriptor& socket)
{
    (void)waitForAnswer(socket.get(), -1);
    if (readByte(socket.get()) == hosts::wire::kEnded)
        return { 0 };
    std::fputs("virtdeck-host: the process that serves the data folder has ended\n", stderr);
    return { kServingDied };
}

FileDescriptor connectTo(const QByteArray& path)
{
    FileDescriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    const sockaddr_un address = addressOf(path);
    if (path.isEmpty()
        || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address)
            != 0)
        return {};
    return socket;
}

/// A process that has the lock and lets nobody in has hung; its machines don't mind its end.
void killServing(int socket)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid()
        || peer.pid <= 0)
        return;
    std::fprintf(stderr, "virtdeck-host: process %d hangs and is ended\n", peer.pid);
    ::kill(peer.pid, SIGKILL);
}

/// Nothing if the one who should serve is just coming or going.
std::optional<Standing> standAt(
    const FileDescriptor& lock, const hosts::HostUri& uri, const hosts::wire::WireDescriptors& wire)
{
    QByteArray path(sizeof(sockaddr_un::sun_path), '\0');
    const ssize_t length = ::pread(lock.get(), path.data(), static_cast<size_t>(path.size()), 0);
    path.truncate(std::max<ssize_t>(length, 0));
    const FileDescriptor socket = connectTo(path);
    if (!socket.isValid() || !hosts::wire::handOver(socket.get(), uri.toString(), wire))
        return std::nullopt;
    if (!waitForAnswer(socket.get(), kAnswerMs)) {
        killServing(socket.get());
        return std::nullopt;
    }
    if (readByte(socket.get()) != hosts::wire::kServed)
        return std::nullopt;
    // The wire is theirs now: when they let go of it, the window must see its end.
    ::close(wire.readFd);
    ::close(wire.writeFd);
    return standFor(socket);
}

FileDescriptor listenAt(const QString& folder, const FileDescriptor& lock)
{
    const auto runtime = vmm::makeRuntimeFolder(folder);
    if (!runtime)
        return {};
    const QByteArray path = QFile::encodeName(*runtime + QStringLiteral("/host"));
    ::unlink(path);
    FileDescriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const sockaddr_un address = addressOf(path);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(socket.get(), kBacklog) != 0 || ::ftruncate(lock.get(), 0) != 0
        || ::pwrite(lock.get(), path.constData(), static_cast<size_t>(path.size()), 0)
            != path.size())
        return {};
    return socket;
}

/// In the process that was forked off.
Serving serve(const QString& folder, FileDescriptor lock, FileDescriptor firstVisitor)
{
    ::setsid();
    if (::chdir("/") != 0)
        std::perror("virtdeck-host: chdir");
    Serving serving { .lock = std::move(lock), .firstVisitor = std::move(firstVisitor) };
    if (serving.lock.isValid())
        serving.listening = listenAt(folder, serving.lock);
    if (!serving.listening.isValid())
        std::fputs("virtdeck-host: no other program can share this host\n", stderr);
    return serving;
}

} // namespace

std::variant<Serving, Standing> share(
    const hosts::HostUri& uri, const hosts::wire::WireDescriptors& wire)
{
    const QString folder = QDir::cleanPath(
        uri.dataFolder().isEmpty() ? vmm::MachineStore::defaultDataFolder() : uri.dataFolder());
    FileDescriptor lock = openLock(folder);
    using Clock = std::chrono::steady_clock;
    auto deadline = Clock::now() + kPatience;
    while (lock.isValid() && ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        const auto began = Clock::now();
        if (const auto standing = standAt(lock, uri, wire))
            return *standing;
        deadline += Clock::now() - began; // what was waited for an answer does not count
        // Then the core itself says who has the folder.
        if (Clock::now() > deadline)
            lock.reset();
        else
            ::poll(nullptr, 0, kRetryMs);
    }

    int ends[2] = { -1, -1 };
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        std::perror("virtdeck-host: socketpair");
        return Standing { kServingDied };
    }
    FileDescriptor ours(ends[0]);
    FileDescriptor theirs(ends[1]);
    // The descriptors travel in the packet, whoever is there to read it.
    const auto sent = hosts::wire::handOver(ours.get(), uri.toString(), wire);
    ::close(wire.readFd);
    ::close(wire.writeFd);
    const pid_t child = sent ? ::fork() : -1;
    if (child == 0) {
        ours.reset();
        return serve(folder, std::move(lock), std::move(theirs));
    }
    theirs.reset();
    lock.reset();
    if (child < 0) {
        std::perror("virtdeck-host: fork");
        return Standing { kServingDied };
    }
    (void)waitForAnswer(ours.get(), -1);
    if (readByte(ours.get()) != hosts::wire::kServed) {
        std::fputs("virtdeck-host: the serving process did not start\n", stderr);
        return Standing { kServingDied };
    }
    return standFor(ours);
}

} // namespace share
