// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Library.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/EventLoop.h"

#include <QUrl>

#include <clocale>
#include <cstring>
#include <mutex>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

// A host that is silent for 5 x 3 seconds is taken for lost.
constexpr int kKeepAliveSeconds = 5;
constexpr int kKeepAliveCount = 3;

int answerCredentials(virConnectCredentialPtr credentials, unsigned int count, void* userName)
{
    for (unsigned int i = 0; i < count; ++i) {
        const auto& name = *static_cast<const QByteArray*>(userName);
        const bool isName
            = credentials[i].type == VIR_CRED_AUTHNAME || credentials[i].type == VIR_CRED_USERNAME;
        if (!isName || name.isEmpty())
            return -1;
        credentials[i].result = strdup(name.constData()); // libvirt frees it
        credentials[i].resultlen = static_cast<unsigned int>(name.size());
    }
    return 0;
}

Error openError(const HostUri& uri)
{
    Error error = lastError(uri.toString());
    if (error.cause != ErrorCause::AuthenticationFailed)
        error.cause = ErrorCause::None; // the others are about definitions
    const virErrorPtr last = virGetLastError();
    if (last != nullptr && last->code == VIR_ERR_NO_CONNECT)
        error.kind = ErrorKind::InvalidConfig; // "no connection driver available for URI"
    return error;
}

} // namespace

void prepareLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // Errors' causes are told by libvirt's own words; see Errors.cpp.
        std::setlocale(LC_MESSAGES, "C");
        EventLoop::forLibvirt();
        virSetErrorFunc(nullptr, [](void*, virErrorPtr) { /* read by lastError, not printed */ });
        virInitialize();
    });
}

vmm::Result<Connection> openConnection(const HostUri& uri)
{
    prepareLibrary();
    QByteArray userName = QUrl(uri.toString()).userName().toUtf8();
    int kinds[] = { VIR_CRED_USERNAME, VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE,
        VIR_CRED_NOECHOPROMPT, VIR_CRED_ECHOPROMPT };
    virConnectAuth auth { kinds, std::size(kinds), answerCredentials, &userName };
    Connection connection(virConnectOpenAuth(uri.toString().toUtf8().constData(), &auth, 0));
    if (!connection)
        return openError(uri);
    // Drivers within this process have none, which is as well.
    virConnectSetKeepAlive(connection.get(), kKeepAliveSeconds, kKeepAliveCount);
    return connection;
}

} // namespace hosts::libvirt
