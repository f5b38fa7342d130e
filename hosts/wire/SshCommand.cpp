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

/// What a libvirt URI may say about ssh (https://libvirt.org/uri.html, ssh transport).
QStringList queryArguments(const HostUri& uri)
{
    QStringList arguments;
    if (const QString key = uri.queryValue(QStringLiteral("keyfile")); !key.isEmpty())
        arguments += { QStringLiteral("-i"), key };
    if (const QString file = uri.queryValue(QStringLiteral("known_hosts")); !file.isEmpty())
        arguments += { QStringLiteral("-o"), QStringLiteral("UserKnownHostsFile=") + file };
    if (uri.queryValue(QStringLiteral("no_verify")) == QStringLiteral("1"))
        arguments += { QStringLiteral("-o"), QStringLiteral("StrictHostKeyChecking=no") };
    return arguments;
}

QStringList commonArguments(const HostUri& uri, const SshOptions& options, const QString& control)
{
    QStringList arguments = options.arguments + queryArguments(uri)
        + QStringList { QStringLiteral("-o"), QStringLiteral("ControlPath=") + control,
              QStringLiteral("-o"),
              options.ask ? QStringLiteral("BatchMode=no") : QStringLiteral("BatchMode=yes") };
    if (!uri.userName().isEmpty())
        arguments += { QStringLiteral("-l"), uri.userName() };
    if (uri.port() > 0)
        arguments += { QStringLiteral("-p"), QString::number(uri.port()) };
    return arguments;
}

// POSIX sh, without a single quote: whatever the login shell there is (but csh), it takes such a
// text between single quotes as it is. Words: the driver, the path of the URI, the socket if it is
// given.
constexpr auto kFindSocket = R"(PATH=$PATH:/usr/sbin:/sbin
dir=/run/libvirt
if [ "$2" = session ]; then dir=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/libvirt; fi
found() {
  for s in "$dir/virt${1}d-sock" "$dir/libvirt-sock" "/var$dir/libvirt-sock"; do
    [ -S "$s" ] && return 0
  done
  return 1
}
if [ -n "$3" ]; then
  s=$3; [ -S "$s" ] || { echo "there is no socket $s" >&2; exit 3; }
elif ! found "$1"; then
  for p in "virt${1}d" libvirtd; do
    [ "$2" = session ] && command -v "$p" >/dev/null && "$p" --timeout=120 -d && found "$1" && break
    s=
  done
  if [ -z "$s" ]; then
    if command -v libvirtd >/dev/null || command -v "virt${1}d" >/dev/null
    then echo "libvirt is installed there, but no socket of it is in $dir" >&2
    else echo "no libvirt daemon is installed there" >&2
    fi
    exit 3
  fi
fi
[ -w "$s" ] || { echo "user $(id -un) may not write to $s" >&2; exit 4; }
echo "virtdeck-socket $s"
exec cat >/dev/null)";

constexpr auto kRelay = R"(if [ -n "$2" ]; then exec nc "$1" "$2"; fi
exec nc -U "$1")";

constexpr int kNoSocket = 3;
constexpr int kNoRight = 4;

QString shellCommand(const char* script, const QStringList& words)
{
    QString command = QStringLiteral("exec sh -c '%1' sh").arg(QLatin1StringView(script));
    for (const QString& word : words) // HostUri and its likes let nothing else through
        command
            += QStringLiteral(" '") + QString(word).remove(QLatin1Char('\'')) + QLatin1Char('\'');
    return command;
}

QStringList masterArguments(const HostUri& uri, const SshOptions& options,
    const QString& controlPath, const QStringList& remoteCommand)
{
    QStringList arguments = commonArguments(uri, options, controlPath);
    for (const char* setting : { "ControlMaster=yes", "ControlPersist=no", "ConnectTimeout=10",
             "ServerAliveInterval=5", "ServerAliveCountMax=3", "ForwardAgent=no", "ForwardX11=no",
             "ClearAllForwardings=yes", "PermitLocalCommand=no", "RemoteCommand=none",
             "EscapeChar=none", "StreamLocalBindUnlink=yes", "StreamLocalBindMask=0177" })
        arguments += { QStringLiteral("-o"), QString::fromLatin1(setting) };
    return arguments + QStringList { QStringLiteral("-T"), QStringLiteral("--"), uri.hostName() }
    + remoteCommand;
}

} // namespace

QStringList sshHostArguments(
    const HostUri& uri, const SshOptions& options, const QString& controlPath)
{
    return masterArguments(uri, options, controlPath, { uri.remoteProgram(), uri.remoteUri() });
}

QStringList sshSocketArguments(
    const HostUri& uri, const SshOptions& options, const QString& controlPath)
{
    return masterArguments(uri, options, controlPath,
        { shellCommand(kFindSocket,
            { uri.driver(), uri.path().mid(1), uri.queryValue(QStringLiteral("socket")) }) });
}

QStringList sshRelayArguments(const HostUri& uri, const SshOptions& options,
    const QString& controlPath, const QString& remote)
{
    QStringList words { remote };
    if (!remote.startsWith(QLatin1Char('/')))
        words = { remote.section(QLatin1Char(':'), 0, 0), remote.section(QLatin1Char(':'), 1) };
    return commonArguments(uri, options, controlPath)
        + QStringList { QStringLiteral("-T"), QStringLiteral("--"), uri.hostName(),
              shellCommand(kRelay, words) };
}

QString sshRemotePart(const vmm::ConsoleEndpoint& endpoint)
{
    const auto isPlain = [](QChar c) {
        return c.isPrint() && !c.isSpace() && c != QLatin1Char(':') && c != QLatin1Char('\\')
            && c != QLatin1Char('[') && c != QLatin1Char(']');
    };
    const QString& path = endpoint.unixSocket;
    if (!path.isEmpty())
        return path.startsWith(QLatin1Char('/')) && std::all_of(path.begin(), path.end(), isPlain)
            ? path
            : QString();
    // A certificate names a host, which a socket has not.
    if (endpoint.port == 0 || endpoint.tlsPort != 0)
        return {};
    // It listens there, whatever that address means here.
    return QStringLiteral("localhost:%1").arg(endpoint.port);
}

vmm::Error sshSocketEnd(int exitCode, const QString& lastWords)
{
    if (exitCode == kNoSocket)
        return { ErrorKind::Disconnected, {}, lastWords, ErrorCause::DaemonMissing };
    if (exitCode == kNoRight)
        return { ErrorKind::PermissionDenied, {}, lastWords };
    if (exitCode != kSshFailed)
        return { ErrorKind::Disconnected, {},
            QStringLiteral("exit code %1: %2").arg(exitCode).arg(lastWords) };
    vmm::Error error = sshEnd(exitCode, lastWords);
    error.detail = lastWords;
    return error;
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
