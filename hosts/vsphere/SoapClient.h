// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/vsphere/Soap.h"
#include "vmm/base/Async.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <chrono>

namespace hosts::vsphere {

/// How a server is reached: by the rules of libvirt's ESX driver for the same URI.
struct Address {
    QUrl url {}; ///< "https://vc.example/sdk"
    QSslConfiguration ssl {};
    std::optional<QNetworkProxy> proxy {};
    std::chrono::milliseconds deadline { 20'000 }; ///< of each call

    /// "no_verify=1": certificates are not looked at; "cacert=FILE": whose are believed, else the
    /// system's; "transport=http"; "proxy=TYPE://HOST:PORT" (http, socks5). Errors: InvalidConfig.
    static vmm::Result<Address> of(const HostUri& uri);
};

/// Sends calls and brings what is answered. Keeps the server's cookie, by which it knows us;
/// follows no redirection; an answer that is late or endless is given up.
///
/// Thread: its owner's, which must have an event loop.
class SoapClient : public QObject {
    Q_OBJECT

public:
    explicit SoapClient(Address address, QObject* parent = nullptr);

    /// `call`: the element (Calls.h). A fault is an answer. Errors: Disconnected, TimedOut,
    /// PermissionDenied (CertificateInvalid), ProtocolViolation.
    vmm::Future<Reply> call(const QByteArray& call);

    void forgetCookie(); ///< for a new session

private:
    QNetworkRequest request() const;

    Address m_address;
    QNetworkAccessManager m_network;
};

} // namespace hosts::vsphere
