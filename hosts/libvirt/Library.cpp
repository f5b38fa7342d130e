// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Library.h"

#include "hosts/libvirt/ClientLoop.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/EventLoop.h"
#include "hosts/libvirt/LibraryLog.h"

#include <QLoggingCategory>

#include <clocale>
#include <csignal>
#include <mutex>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

Q_LOGGING_CATEGORY(logLibrary, "vm.libvirt")

// A host that is silent for 5 x 3 seconds is taken for lost.
constexpr int kKeepAliveSeconds = 5;
constexpr int kKeepAliveCount = 3;

int answerCredentials(virConnectCredentialPtr wanted, unsigned int count, void* attempt)
{
    return static_cast<Credentials::Attempt*>(attempt)->answer(wanted, count);
}

Error openError(const Target& target, const Credentials::Attempt& attempt)
{
    const virErrorPtr last = virGetLastError();
    if (last == nullptr)
        return lastError(target.uri.toString());
    // What it says in the end is often less than what it noted on the way.
    Error error = toOpenError(last->code, last->domain, QString::fromUtf8(last->message),
        LibraryLog::takeCertificateWords(), target.uri.toString());
    if (attempt.isDeclined())
        error = { ErrorKind::PermissionDenied, target.uri.toString(),
            QStringLiteral("it asked to log in, and nobody answered"),
            ErrorCause::AuthenticationFailed };
    return error;
}

} // namespace

void prepareLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // Errors' causes are told by libvirt's own words; see Errors.cpp.
        std::setlocale(LC_MESSAGES, "C");
        if (!mendClientLoop())
            qCWarning(logLibrary) << "libvirt's client is used as it is: it may crash";
        std::signal(SIGPIPE, SIG_IGN); // a connection that was cut is still written to
        LibraryLog::install();
        EventLoop::forLibvirt();
        virSetErrorFunc(nullptr, [](void*, virErrorPtr) { /* read by lastError, not printed */ });
        virInitialize();
        LibraryLog::hideFromChildren();
    });
}

vmm::Result<Connection> openConnection(const Target& target, Lifeline* lifeline)
{
    prepareLibrary();
    const Lifeline::Noting noting(lifeline);
    // Not VIR_CRED_USERNAME: SASL would ask on whose behalf one logs in, too; esx and libssh want
    // AUTHNAME for names.
    int kinds[]
        = { VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT, VIR_CRED_ECHOPROMPT };
    while (true) {
        if (lifeline != nullptr)
            lifeline->letGo();
        Credentials::Attempt attempt(*target.credentials);
        virConnectAuth auth { kinds, std::size(kinds), answerCredentials, &attempt };
        Connection connection(virConnectOpenAuth(target.address.constData(), &auth, 0));
        if (connection) {
            attempt.accept();
            // Drivers within this process have none, which is as well.
            virConnectSetKeepAlive(connection.get(), kKeepAliveSeconds, kKeepAliveCount);
            return connection;
        }
        const Error error = openError(target, attempt);
        if (error.cause != ErrorCause::AuthenticationFailed) {
            attempt.noteLogin();
            return error;
        }
        if (!attempt.reject())
            return error;
    }
}

} // namespace hosts::libvirt
