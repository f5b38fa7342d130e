// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/wire/SshAsker.h"
#include "hosts/wire/SshCommand.h"
#include "vmm/base/Async.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QHash>
#include <QProcess>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace hosts::wire {

/// One ssh connection to a computer, with one authentication, that carries libvirt's protocol and
/// the screens of its machines. Both appear here as unix sockets in a folder of this user alone.
///
/// sshd may refuse to forward, which is only seen when a forwarded socket is used, and looks as if
/// nobody listened there (hasForwardFailed). Then relayInstead() has nc on the other side do it,
/// one per connection, through the same ssh connection.
///
/// Thread: its creator's; nothing is waited for.
class SshTunnel : public QObject {
    Q_OBJECT

public:
    SshTunnel(HostUri uri, SshOptions options, QObject* parent = nullptr);
    ~SshTunnel() override;

    /// Connects, finds libvirt's socket there and answers with a socket here that leads to it. Who
    /// comes while it is being opened waits for the same connection.
    /// Errors: those of ssh (hosts/wire/SshCommand), DaemonMissing, PermissionDenied, TimedOut.
    vmm::Future<QString> open();
    void close(); ///< nothing is told of it
    bool isOpen() const { return !m_remoteSocket.isEmpty(); }

    /// Where this computer finds a screen of the other: an endpoint with a unix socket. The same
    /// each time for the same `key`. Errors: HostLacksFeature (nothing that could be reached).
    vmm::Future<vmm::ConsoleEndpoint> reach(
        const vmm::ConsoleEndpoint& endpoint, const QString& key);

    bool hasForwardFailed() const { return m_hasForwardFailed; }
    /// From now on; returns the socket that leads to libvirt's then.
    vmm::Result<QString> relayInstead();
    /// Back again: it was not that. Returns the first socket; empty if there was none.
    QString forwardAgain();
    bool isRelaying() const { return m_isRelaying; }

Q_SIGNALS:
    void lost(const vmm::Error& reason); ///< after open() had succeeded; it may be opened again

private:
    class Relay;

    QString controlPath() const;
    QString nextLocal();
    vmm::Result<QString> relayTo(const QString& remote);
    vmm::Future<QString> forwardTo(const QString& remote);
    void readOutput();
    void readErrors();
    void noteEnd(int exitCode);
    void fail(vmm::Error reason);

    HostUri m_uri;
    SshOptions m_options;
    vmm::Result<QString> m_folder;
    std::unique_ptr<SshAsker> m_asker;
    std::unique_ptr<QProcess> m_ssh;
    std::shared_ptr<vmm::Promise<QString>> m_opening; ///< null if it isn't being opened
    QTimer m_deadline;
    QString m_remoteSocket;
    QByteArray m_output;
    QByteArray m_errors; ///< the last of it
    QHash<QString, QString> m_screens; ///< "key remote" to the socket here
    std::vector<std::unique_ptr<Relay>> m_relays;
    int m_connection = 0;
    int m_serial = 0;
    int m_questions = 0; ///< that wait for somebody
    QString m_forwarded; ///< the socket that leads to libvirt by forwarding
    bool m_hasForwardFailed = false;
    bool m_isRelaying = false;
};

} // namespace hosts::wire
