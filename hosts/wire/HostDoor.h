// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/HostHub.h"
#include "hosts/wire/StandardStreams.h"
#include "vmm/base/FileDescriptor.h"

#include <QSocketNotifier>

/// How a program that finds its host served by another process hands its own wire over to that
/// one: over a unix socket (SOCK_SEQPACKET) it sends one packet, the URI it was asked for with the
/// two descriptors of its wire. It is answered kServed once the wire is served, and kEnded before
/// the socket is closed because the peer on that wire has hung up. A close without it is the death
/// of the serving process. Closing the socket takes the wire away.
namespace hosts::wire {

inline constexpr char kServed = 's';
inline constexpr char kEnded = 'e';

/// Sends the packet. Errors: Io.
vmm::Result<void> handOver(int socket, const QString& uri, const WireDescriptors& wire);

/// The serving side of one such socket. Belongs to its hub and deletes itself.
class HostVisitor : public QObject {
    Q_OBJECT

public:
    HostVisitor(HostHub& hub, vmm::FileDescriptor socket);

private:
    void read();
    void serve(const QString& uri, vmm::FileDescriptor readFd, vmm::FileDescriptor writeFd);
    void leave();

    HostHub& m_hub;
    vmm::FileDescriptor m_socket;
    QSocketNotifier m_readable;
    HostServer* m_peer = nullptr; // of the hub; compared once it is removed, never used
};

/// Listens for visitors of the same user.
class HostDoor : public QObject {
    Q_OBJECT

public:
    /// `listening`: a bound SOCK_SEQPACKET socket that listens.
    HostDoor(HostHub& hub, vmm::FileDescriptor listening, QObject* parent = nullptr);

private:
    void accept();

    HostHub& m_hub;
    vmm::FileDescriptor m_listening;
    QSocketNotifier m_readable;
};

} // namespace hosts::wire
