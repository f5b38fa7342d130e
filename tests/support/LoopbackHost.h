// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/HostServer.h"
#include "hosts/wire/RemoteHost.h"
#include "tests/support/FakeHost.h"

namespace tests {

/// A socket as a wire; the test holds the other end, or a HostServer does.
class SocketCarrier : public hosts::wire::Carrier {
    Q_OBJECT

public:
    explicit SocketCarrier(int fd);

    void start() override { }
    void write(const QByteArray& bytes) override { m_stream.write(bytes); }
    void hangUp() override;
    void kill() override;

private:
    void end(const QString& reason);

    int m_fd;
    hosts::wire::FdStream m_stream;
    bool m_hasEnded = false;
};

/// A FakeHost behind a whole wire, all within this process: RemoteHost, a socket pair, HostServer.
/// Must outlive the WireThread that its carriers run in.
class LoopbackServer : public QObject {
    Q_OBJECT

public:
    /// To be called from any thread; each carrier that it makes gets a server of its own here.
    hosts::wire::CarrierFactory carrierFactory();
    FakeHost& host() { return m_host; }

private:
    void serve(int fd);

    FakeHost m_host;
};

} // namespace tests
