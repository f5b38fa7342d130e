// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SlowProxy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <thread>
#include <vector>

namespace tests {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kPiece = 256 * 1024;

struct Piece {
    Clock::time_point due {};
    std::vector<char> bytes {};
    size_t sent = 0;
    int depth = 0; ///< how many words and answers had to come before it
};

struct Direction {
    std::deque<Piece> pieces {};
    std::int64_t passed = 0;
    int delivered = 0; ///< the depth of what has arrived at its end
};

struct Pair {
    int client = -1;
    int server = -1;
    int cuts = 0; ///< how many there had been when it came
    Direction toServer {};
    Direction toClient {};
};

int connectTo(const QString& path)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray bytes = path.toLocal8Bit();
    std::memcpy(address.sun_path, bytes.constData(), static_cast<size_t>(bytes.size()));
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return fd;
    ::close(fd);
    return -1;
}

/// False at the end of the stream.
bool take(
    int fd, Direction& direction, std::chrono::milliseconds delay, std::int64_t limit, int depth)
{
    std::vector<char> bytes(kPiece);
    const ssize_t count = ::recv(fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR;
    if (count == 0)
        return false;
    bytes.resize(static_cast<size_t>(count));
    direction.passed += count;
    if (limit >= 0 && direction.passed > limit)
        return false; // in the middle of what it was saying
    direction.pieces.push_back({ Clock::now() + delay, std::move(bytes), 0, depth });
    return true;
}

bool give(int fd, Direction& direction)
{
    while (!direction.pieces.empty() && direction.pieces.front().due <= Clock::now()) {
        Piece& piece = direction.pieces.front();
        const ssize_t count = ::send(fd, piece.bytes.data() + piece.sent,
            piece.bytes.size() - piece.sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        piece.sent += static_cast<size_t>(count);
        if (piece.sent < piece.bytes.size())
            return true;
        direction.delivered = std::max(direction.delivered, piece.depth);
        direction.pieces.pop_front();
    }
    return true;
}

int waitFor(const Direction& direction, int timeout)
{
    if (direction.pieces.empty())
        return timeout;
    const auto left
        = std::chrono::ceil<std::chrono::milliseconds>(direction.pieces.front().due - Clock::now());
    const int ms = static_cast<int>(std::max<std::int64_t>(1, left.count()));
    return timeout < 0 ? ms : std::min(timeout, ms);
}

} // namespace

struct SlowProxy::Thread {
    std::thread thread;
};

SlowProxy::SlowProxy(const QString& unixSocket, std::chrono::milliseconds delay)
    : m_unixSocket(unixSocket)
    , m_delayMs(delay.count())
    , m_thread(std::make_unique<Thread>())
{
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(m_listening, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(m_listening, 16);
    socklen_t size = sizeof address;
    ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread->thread = std::thread([this] { run(); });
}

SlowProxy::~SlowProxy()
{
    m_isEnding = true;
    m_thread->thread.join();
    ::close(m_listening);
}

void SlowProxy::run()
{
    std::vector<Pair> pairs;
    while (!m_isEnding) {
        std::vector<pollfd> set { { m_listening, POLLIN, 0 } };
        int timeout = 50; // what is asked of us from outside is looked at so often
        for (const Pair& pair : pairs) {
            const short events = m_isSilent ? 0 : POLLIN;
            set.push_back({ pair.client, events, 0 });
            set.push_back({ pair.server, events, 0 });
            timeout = waitFor(pair.toServer, waitFor(pair.toClient, timeout));
        }
        ::poll(set.data(), set.size(), timeout);
        if (const std::int64_t rate = m_rate) // what a round can take, a piece of each, takes time
            std::this_thread::sleep_for(
                std::chrono::milliseconds(std::int64_t(kPiece) * 1000 / rate));
        const std::chrono::milliseconds delay(m_delayMs.load());
        for (size_t i = 0; i < pairs.size(); ++i) {
            Pair& pair = pairs[i];
            bool isAlive = pair.cuts == m_cuts;
            if (isAlive && !m_isSilent) {
                if (set[1 + 2 * i].revents != 0)
                    isAlive
                        = take(pair.client, pair.toServer, delay, -1, pair.toClient.delivered + 1);
                if (isAlive && set[2 + 2 * i].revents != 0)
                    isAlive = take(
                        pair.server, pair.toClient, delay, m_cutAfter, pair.toServer.delivered);
                isAlive = isAlive && give(pair.server, pair.toServer)
                    && give(pair.client, pair.toClient);
                m_roundTrips = std::max(m_roundTrips.load(), pair.toClient.delivered);
            }
            if (!isAlive) {
                ::close(pair.client);
                ::close(pair.server);
                pair.client = -1;
            }
        }
        std::erase_if(pairs, [](const Pair& pair) { return pair.client < 0; });
        if ((set[0].revents & POLLIN) == 0)
            continue;
        const int client = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = client >= 0 ? connectTo(m_unixSocket) : -1;
        if (server < 0) {
            if (client >= 0)
                ::close(client);
            continue;
        }
        const int on = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pairs.push_back({ .client = client, .server = server, .cuts = m_cuts });
        ++m_connections;
    }
    for (const Pair& pair : pairs) {
        ::close(pair.client);
        ::close(pair.server);
    }
}

} // namespace tests
