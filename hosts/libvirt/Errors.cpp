// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Errors.h"

#include <QRegularExpression>

#include <span>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

ErrorKind kindOf(int code)
{
    switch (code) {
    case VIR_ERR_NO_SUPPORT:
    case VIR_ERR_CALL_FAILED:
    case VIR_ERR_OPERATION_UNSUPPORTED:
    case VIR_ERR_ARGUMENT_UNSUPPORTED:
    case VIR_ERR_NO_SECURITY_MODEL:
        return ErrorKind::HostLacksFeature;
    case VIR_ERR_NO_DOMAIN:
    case VIR_ERR_NO_NETWORK:
    case VIR_ERR_NO_STORAGE_POOL:
    case VIR_ERR_NO_STORAGE_VOL:
    case VIR_ERR_NO_SECRET:
    case VIR_ERR_NO_DOMAIN_SNAPSHOT:
    case VIR_ERR_NO_DOMAIN_CHECKPOINT:
    case VIR_ERR_NO_DOMAIN_BACKUP:
    case VIR_ERR_DEVICE_MISSING:
        return ErrorKind::NotFound;
    case VIR_ERR_DOM_EXIST:
    case VIR_ERR_NETWORK_EXIST:
    case VIR_ERR_STORAGE_VOL_EXIST:
        return ErrorKind::AlreadyExists;
    case VIR_ERR_OPERATION_INVALID:
        return ErrorKind::WrongState;
    case VIR_ERR_RESOURCE_BUSY:
    case VIR_ERR_BLOCK_COPY_ACTIVE:
        return ErrorKind::Busy;
    case VIR_ERR_OPERATION_TIMEOUT:
        return ErrorKind::TimedOut;
    case VIR_ERR_OPERATION_ABORTED:
        return ErrorKind::Cancelled;
    case VIR_ERR_AGENT_UNRESPONSIVE:
        return ErrorKind::RefusedByGuest;
    case VIR_ERR_OPERATION_DENIED:
    case VIR_ERR_ACCESS_DENIED:
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
        return ErrorKind::PermissionDenied;
    case VIR_ERR_XML_ERROR:
    case VIR_ERR_XML_DETAIL:
    case VIR_ERR_XML_INVALID_SCHEMA:
    case VIR_ERR_CONFIG_UNSUPPORTED:
    case VIR_ERR_INVALID_ARG:
    case VIR_ERR_PARSE_FAILED:
    case VIR_ERR_CONF_SYNTAX:
    case VIR_ERR_OS_TYPE:
    case VIR_ERR_NO_NAME:
    case VIR_ERR_NO_OS:
    case VIR_ERR_NO_ROOT:
    case VIR_ERR_NO_SOURCE:
    case VIR_ERR_NO_TARGET:
    case VIR_ERR_NO_DEVICE:
    case VIR_ERR_INVALID_MAC:
    case VIR_ERR_CPU_INCOMPATIBLE:
        return ErrorKind::InvalidConfig;
    case VIR_ERR_UNKNOWN_HOST:
    case VIR_ERR_NO_CONNECT:
    case VIR_ERR_INVALID_CONN:
    case VIR_ERR_RPC:
    case VIR_ERR_SSH:
    case VIR_ERR_LIBSSH:
    case VIR_ERR_GNUTLS_ERROR:
        return ErrorKind::Disconnected;
    default: // more than a hundred codes, and every libvirt adds some
        return ErrorKind::Io;
    }
}

ErrorCause causeOf(int code)
{
    switch (code) {
    case VIR_ERR_DOM_EXIST:
        return ErrorCause::NameInUse;
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_CANCELLED:
    case VIR_ERR_AUTH_UNAVAILABLE:
        return ErrorCause::AuthenticationFailed;
    case VIR_ERR_XML_ERROR:
    case VIR_ERR_XML_DETAIL:
    case VIR_ERR_XML_INVALID_SCHEMA:
        return ErrorCause::DefinitionBroken;
    case VIR_ERR_CONFIG_UNSUPPORTED:
        return ErrorCause::DefinitionUnsupported;
    case VIR_ERR_CHECKPOINT_INCONSISTENT:
        return ErrorCause::CheckpointBroken;
    default:
        return ErrorCause::None;
    }
}

struct TextRule {
    const char* pattern; ///< the first capture, if any, is the subject
    ErrorKind kind;
    ErrorCause cause;
};

// libvirt gives everything that QEMU or the kernel said one code (internal error, system error,
// operation failed), so these causes can only be told by the words. They are QEMU's and libvirt's
// own English texts (QEMU never translates them, libvirt not in the C locale, see Library.cpp);
// checked against libvirt 9.0 and QEMU 7.2. A text that changes costs the remedy, not the error.
const TextRule kTextRules[] = {
    { "Failed to get (?:shared )?\"[a-z]+\" lock(?:.*using the image \\[([^\\]]*)\\])?",
        ErrorKind::Busy, ErrorCause::ImageLocked },
    { "Cannot access (?:storage file|backing file) '([^']*)'.*No such file or directory",
        ErrorKind::NotFound, ErrorCause::ImageMissing },
    { "Could not open '([^']*)': No such file or directory", ErrorKind::NotFound,
        ErrorCause::ImageMissing },
    { "could not load (?:kernel|initrd) '([^']*)'", ErrorKind::NotFound, ErrorCause::ImageMissing },
    { "Cannot access storage file '([^']*)'.*Permission denied", ErrorKind::PermissionDenied,
        ErrorCause::None },
    { "Cannot check QEMU binary ([^:]*): No such file or directory", ErrorKind::NotFound,
        ErrorCause::QemuMissing },
    { "Bitmap already exists: (.*)", ErrorKind::AlreadyExists, ErrorCause::None },
    { "[Aa]ctive console session exists", ErrorKind::Busy, ErrorCause::ConsoleInUse },
    { "No space left on device", ErrorKind::Io, ErrorCause::DiskFull },
    { "already (?:exists|defined) with uuid", ErrorKind::AlreadyExists, ErrorCause::NameInUse },
    { "[Pp]ermission denied", ErrorKind::PermissionDenied, ErrorCause::None },
    { "[Cc]annot acquire state change lock", ErrorKind::Busy, ErrorCause::None },
    // The ESX driver's way to any host; it tells nothing else of a connection that is lost.
    { "curl_easy_perform\\(\\) returned an error", ErrorKind::Disconnected, ErrorCause::None },
    { "qemu unexpectedly closed the monitor|process exited while connecting to monitor",
        ErrorKind::ProcessFailed, ErrorCause::QemuDied },
};

// Of opening a connection, whatever the code; checked against libvirt 9.0.
const TextRule kOpenRules[] = {
    { "was built without the '[^']*' driver|no connection driver available",
        ErrorKind::InvalidConfig, ErrorCause::DriverMissing },
    { "Login failure|incorrect user name or password", ErrorKind::PermissionDenied,
        ErrorCause::AuthenticationFailed },
    { "[Pp]ermission denied", ErrorKind::PermissionDenied, ErrorCause::None },
    { "Failed to connect socket to '[^']*': (?:No such file or directory|Connection refused)",
        ErrorKind::Disconnected, ErrorCause::DaemonMissing },
    { "unable to connect to server at '[^']*': Connection refused", ErrorKind::Disconnected,
        ErrorCause::DaemonMissing },
    { "unable to connect to server at|unable to resolve|Name or service not known|not resolve host",
        ErrorKind::Disconnected, ErrorCause::HostUnreachable },
    { "Failed to verify peer's certificate|SSL peer certificate", ErrorKind::PermissionDenied,
        ErrorCause::CertificateInvalid },
    { "curl_easy_perform\\(\\) returned an error", ErrorKind::Disconnected,
        ErrorCause::HostUnreachable },
    { "Could not find (?:datacenter|compute resource|host system)|does not specify a host system"
      "|ends with an excess item|Path has to specify",
        ErrorKind::InvalidConfig, ErrorCause::HostNotChosen },
    { "Expecting '[^']*' to be", ErrorKind::InvalidConfig, ErrorCause::None },
    // Of libssh and libssh2. Whoever trusted the host would be asked again and again.
    { "failed to write known_host file", ErrorKind::Io, ErrorCause::None },
    { "Unable to read TLS confirmation|Verification failed|[Cc]annot read .*certificate"
      "|Unable to (?:set|load|import) .*(?:certificate|key)",
        ErrorKind::PermissionDenied, ErrorCause::CertificateRefused },
};

/// The first rule that fits a text.
const TextRule* findRule(std::span<const TextRule> rules, const QString& text, QString& subject)
{
    for (const TextRule& rule : rules) {
        const QRegularExpression pattern(
            QString::fromLatin1(rule.pattern), QRegularExpression::DotMatchesEverythingOption);
        const auto match = pattern.match(text);
        if (!match.hasMatch())
            continue;
        if (const QString found = match.captured(1); !found.isEmpty())
            subject = found;
        return &rule;
    }
    return nullptr;
}

bool isVague(int code)
{
    return code == VIR_ERR_INTERNAL_ERROR || code == VIR_ERR_SYSTEM_ERROR
        || code == VIR_ERR_OPERATION_FAILED || code == VIR_ERR_OPERATION_TIMEOUT
        || code == VIR_ERR_CONFIG_UNSUPPORTED;
}

} // namespace

Error toError(int code, int domain, const QString& text, const QString& subject)
{
    Error error { kindOf(code), subject, text, causeOf(code) };
    if (isVague(code)) {
        if (const TextRule* rule = findRule(kTextRules, text, error.subject)) {
            error.kind = rule->kind;
            error.cause = rule->cause;
        }
    }
    // "Failed to connect socket": the daemon is not there, or went away.
    if (error.kind == ErrorKind::Io && (domain == VIR_FROM_RPC || domain == VIR_FROM_REMOTE))
        error.kind = ErrorKind::Disconnected;
    return error;
}

Error toOpenError(int code, int domain, const QString& text, const QString& certificateWords,
    const QString& subject)
{
    Error error = toError(code, domain, text, subject);
    error.subject = subject;
    if (error.cause != ErrorCause::AuthenticationFailed)
        error.cause = ErrorCause::None; // the others are about definitions
    QString ignored;
    if (const TextRule* rule = findRule(kOpenRules, text, ignored)) {
        error.kind = rule->kind;
        error.cause = rule->cause;
    } else if (code == VIR_ERR_NO_CONNECT) {
        error.kind = ErrorKind::InvalidConfig; // "no connection driver available for URI"
    }
    if (error.cause == ErrorCause::CertificateInvalid && !certificateWords.isEmpty())
        error.detail = certificateWords + QLatin1Char('\n') + error.detail;
    return error;
}

bool isSilence(const Error& error)
{
    return error.kind == ErrorKind::TimedOut || error.kind == ErrorKind::Busy;
}

Error lastError(const QString& subject)
{
    const virErrorPtr last = virGetLastError();
    if (last == nullptr)
        return Error { ErrorKind::Io, subject, QStringLiteral("libvirt gave no reason") };
    return toError(last->code, last->domain, QString::fromUtf8(last->message), subject);
}

vmm::Error definitionChanged(const QString& subject)
{
    return { vmm::ErrorKind::Busy, subject,
        QStringLiteral("it is not the definition any more that was changed"),
        vmm::ErrorCause::DefinitionChanged };
}

} // namespace hosts::libvirt
