// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshCommand.h"

#include "hosts/wire/ProcessCarrier.h"

namespace hosts::wire {

namespace {

using vmm::ErrorCause;
using vmm::ErrorKind;

constexpr int kSshFailed = 255;
constexpr int kNotFound = 127;
constexpr int kNotExecutable = 126;

/// A sentence of ssh, and what it means. The first that is found counts.
struct Phrase {
    const char* words;
    ErrorKind kind;
    ErrorCause cause;
};

constexpr Phrase kPhrases[] = {
    { "REMOTE HOST IDENTIFICATION HAS CHANGED", ErrorKind::PermissionDenied,
        ErrorCause::HostKeyChanged },
    { "Host key verification failed", ErrorKind::PermissionDenied, ErrorCause::HostKeyUnknown },
    { "Permission denied", ErrorKind::PermissionDenied, ErrorCause::AuthenticationFailed },
    { "Too many authentication failures", ErrorKind::PermissionDenied,
        ErrorCause::AuthenticationFailed },
    { "Could not resolve hostname", ErrorKind::NotFound, ErrorCause::HostUnreachable },
};

QStringList commonArguments(const HostUri& uri, const SshOptions& options, const QString& control)
{
    QStringList arguments = options.arguments
        + QStringList { QStringLiteral("-o"), QStringLiteral("ControlPath=") + control,
              QStringLiteral("-o"),
              options.ask ? QStringLiteral("BatchMode=no") : QStringLiteral("BatchMode=yes") };
    if (!uri.userName().isEmpty())
        arguments += { QStringLiteral("-l"), uri.userName() };
    if (uri.port() > 0)
        arguments += { QStringLiteral("-p"), QString::number(uri.port()) };
    return arguments;
}

} // namespace

QStringList sshHostArguments(
    const HostUri& uri, const SshOptions& options, const QString& controlPath)
{
    QStringList arguments = commonArguments(uri, options, controlPath);
    for (const char* setting : { "ControlMaster=yes", "ControlPersist=no", "ConnectTimeout=10",
             "ServerAliveInterval=5", "ServerAliveCountMax=3", "ForwardAgent=no", "ForwardX11=no",
             "ClearAllForwardings=yes", "PermitLocalCommand=no", "RemoteCommand=none",
             "EscapeChar=none", "StreamLocalBindUnlink=yes", "StreamLocalBindMask=0177" })
        arguments += { QStringLiteral("-o"), QString::fromLatin1(setting) };
    return arguments
        + QStringList { QStringLiteral("-T"), QStringLiteral("--"), uri.hostName(),
              uri.remoteProgram(), uri.remoteUri() };
}

QStringList sshForwardArguments(const HostUri& uri, const SshOptions& options,
    const QString& controlPath, SshForward what, const QString& local, const QString& remote)
{
    return commonArguments(uri, options, controlPath)
        + QStringList { QStringLiteral("-O"),
              what == SshForward::Begin ? QStringLiteral("forward") : QStringLiteral("cancel"),
              QStringLiteral("-L"), local + QLatin1Char(':') + remote, QStringLiteral("--"),
              uri.hostName() };
}

vmm::Error sshEnd(int exitCode, const QString& lastWords)
{
    const QString detail = QStringLiteral("exit code %1").arg(exitCode);
    if (exitCode == kNotFound || exitCode == kNotExecutable)
        return { ErrorKind::NotFound, {}, detail, ErrorCause::HostProgramMissing };
    if (exitCode == ProcessCarrier::kUsageExitCode)
        return { ErrorKind::InvalidConfig, {}, detail };
    if (exitCode != kSshFailed)
        return { ErrorKind::Disconnected, {}, detail, ErrorCause::HostProgramDied };
    for (const Phrase& phrase : kPhrases) {
        if (lastWords.contains(QLatin1StringView(phrase.words)))
            return { phrase.kind, {}, detail, phrase.cause };
    }
    return { ErrorKind::Disconnected, {}, detail, ErrorCause::HostUnreachable };
}

} // namespace hosts::wire
