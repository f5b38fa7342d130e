// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/wire/SshAsker.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Error.h"

#include <QStringList>

/// What OpenSSH's client is asked to do, and what its ends mean (checked against 9.2). Pure.
namespace hosts::wire {

struct SshOptions {
    QString program {}; ///< empty: $VIRTDECK_SSH, else ssh
    QStringList arguments {}; ///< before ours, which they overrule: {"-F", FILE}
    /// Asked what ssh wants to know; empty: it is to fail rather than ask.
    Asker ask {};
    QString askpassProgram {}; ///< virtdeck-host, where there is `ask`
};

/// The arguments that run virtdeck-host on the computer of a remote core and make this connection
/// one that others can use through `controlPath`. The words for the remote shell hold nothing that
/// it could misread (HostUri::remoteUri).
QStringList sshHostArguments(
    const HostUri& uri, const SshOptions& options, const QString& controlPath);

/// The same, but what runs there finds libvirt's socket, says "virtdeck-socket PATH", and ends with
/// its input. It starts the user's own daemon for a session URI, as libvirt's client would.
QStringList sshSocketArguments(
    const HostUri& uri, const SshOptions& options, const QString& controlPath);

/// The arguments that reach `remote` ("ADDRESS:PORT" or a path) through the connection at
/// `controlPath` by a program on the other side, on standard input and output: for where sshd
/// refuses to forward.
QStringList sshRelayArguments(const HostUri& uri, const SshOptions& options,
    const QString& controlPath, const QString& remote);

/// The other side's word for where a console is, as a part of -L. It is believed nothing: empty if
/// there is no way to it.
QString sshRemotePart(const vmm::ConsoleEndpoint& endpoint);

/// What ended a search for libvirt's socket.
vmm::Error sshSocketEnd(int exitCode, const QString& lastWords);

enum class SshForward { Begin, End };

/// The arguments that have the connection at `controlPath` listen at the unix socket `local` for
/// what is then spoken to `remote` on the other side: a path, or "ADDRESS:PORT".
QStringList sshForwardArguments(const HostUri& uri, const SshOptions& options,
    const QString& controlPath, SshForward what, const QString& local, const QString& remote);

/// Why an ssh that ran virtdeck-host ended. `lastWords`: its standard error, which also carries
/// that of the program. ssh says by exit code 255 that it was itself that failed and only in words
/// why; other codes are those of the remote shell or program.
vmm::Error sshEnd(int exitCode, const QString& lastWords);

} // namespace hosts::wire
