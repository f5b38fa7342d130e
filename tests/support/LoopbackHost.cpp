// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/LoopbackHost.h"

#include <sys/socket.h>

namespace tests {

SocketCarrier::SocketCarrier(int fd)
    : m_fd(fd)
    , m_stream(fd, fd, this)
{
    connect(&m_stream, &hosts::wire::FdStream::received, this, &Carrier::received);
    connect(&m_stream, &hosts::wire::FdStream::ended, this, &SocketCarrier::end);
}

void SocketCarrier::hangUp()
{
    ::shutdown(m_fd, SHUT_WR);
}

void SocketCarrier::kill()
{
    ::shutdown(m_fd, SHUT_RDWR);
    QMetaObject::invokeMethod(
        this, [this] { end(QStringLiteral("cut off")); }, Qt::QueuedConnection);
}

void SocketCarrier::end(const QString& reason)
{
    if (!std::exchange(m_hasEnded, true))
        Q_EMIT ended({ vmm::ErrorKind::Disconnected, {}, reason });
}

hosts::wire::CarrierFactory LoopbackServer::carrierFactory()
{
    return [this] {
        int ends[2] = { -1, -1 };
        [[maybe_unused]] const int made
            = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        Q_ASSERT(made == 0);
        QMetaObject::invokeMethod(
            this, [this, fd = ends[1]] { serve(fd); }, Qt::QueuedConnection);
        return std::make_unique<SocketCarrier>(ends[0]);
    };
}

void LoopbackServer::serve(int fd)
{
    auto* server = new hosts::wire::HostServer(m_host, fd, fd, {}, this);
    connect(server, &hosts::wire::HostServer::finished, this, [this, server] {
        m_host.close();
        server->deleteLater();
    });
    server->start();
}

} // namespace tests
