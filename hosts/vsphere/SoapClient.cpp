// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/SoapClient.h"

#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QSslError>
#include <QSslSocket>
#include <QTimer>

namespace hosts::vsphere {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr qint64 kMaxReply = 64 * 1024 * 1024;
constexpr int kDefaultProxyPort = 1080; // libvirt's
constexpr int kHttpOk = 200;
constexpr int kHttpFault = 500;

Error invalid(const HostUri& uri, const QString& detail)
{
    return Error { ErrorKind::InvalidConfig, uri.toString(), detail };
}

Result<std::optional<QNetworkProxy>> proxyOf(const HostUri& uri)
{
    const QString text = uri.queryValue(QStringLiteral("proxy"));
    if (text.isEmpty())
        return std::optional<QNetworkProxy>();
    const QUrl url(text.contains(QStringLiteral("://")) ? text : QStringLiteral("http://") + text);
    const bool isSocks = url.scheme() == QStringLiteral("socks5");
    if (url.host().isEmpty() || (!isSocks && url.scheme() != QStringLiteral("http")))
        return invalid(uri, QStringLiteral("figures are not fetched through such a proxy"));
    return std::optional(
        QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
            static_cast<quint16>(url.port(kDefaultProxyPort))));
}

Result<QSslConfiguration> sslOf(const HostUri& uri)
{
    QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
    if (uri.queryValue(QStringLiteral("no_verify")).toInt() != 0) {
        ssl.setPeerVerifyMode(QSslSocket::VerifyNone);
        return ssl;
    }
    const QString caFile = uri.queryValue(QStringLiteral("cacert"));
    if (caFile.isEmpty())
        return ssl;
    const auto certificates = QSslCertificate::fromPath(caFile);
    if (certificates.isEmpty())
        return invalid(uri, QStringLiteral("no certificates in %1").arg(caFile));
    ssl.setCaCertificates(certificates);
    return ssl;
}

/// What happened to one exchange before it ended.
struct Course {
    std::optional<Error> verdict {}; ///< why we gave it up
    QStringList certificateWords {};
};

Error failureOf(const QNetworkReply& reply, const Course& course)
{
    if (course.verdict)
        return *course.verdict;
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return { ErrorKind::PermissionDenied, {},
            course.certificateWords.isEmpty() ? reply.errorString()
                                              : course.certificateWords.join(QStringLiteral("; ")),
            course.certificateWords.isEmpty() ? ErrorCause::None : ErrorCause::CertificateInvalid };
    return { ErrorKind::Disconnected, {}, reply.errorString() };
}

Result<Reply> take(QNetworkReply& reply, const Course& course)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || course.verdict)
        return failureOf(reply, course);
    if (status != kHttpOk && status != kHttpFault)
        return Error { ErrorKind::ProtocolViolation, {},
            QStringLiteral("the server answered with HTTP status %1").arg(status) };
    if (status == kHttpOk && reply.error() != QNetworkReply::NoError)
        return failureOf(reply, course); // it broke off
    return parseReply(reply.readAll());
}

} // namespace

Result<Address> Address::of(const HostUri& uri)
{
    const bool isPlain = uri.queryValue(QStringLiteral("transport")) == QStringLiteral("http");
    Address address { .ssl = TRY(sslOf(uri)), .proxy = TRY(proxyOf(uri)) };
    address.url.setScheme(isPlain ? QStringLiteral("http") : QStringLiteral("https"));
    address.url.setHost(uri.hostName());
    address.url.setPort(uri.port());
    address.url.setPath(QStringLiteral("/sdk"));
    return address;
}

SoapClient::SoapClient(Address address, QObject* parent)
    : QObject(parent)
    , m_address(std::move(address))
{
    if (m_address.proxy)
        m_network.setProxy(*m_address.proxy);
}

void SoapClient::forgetCookie()
{
    m_network.setCookieJar(new QNetworkCookieJar); // which takes it
}

QNetworkRequest SoapClient::request() const
{
    QNetworkRequest request(m_address.url);
    request.setSslConfiguration(m_address.ssl);
    request.setHeader(
        QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/xml; charset=utf-8"));
    request.setHeader(
        QNetworkRequest::UserAgentHeader, QByteArrayLiteral("VirtDeck/" VIRTDECK_VERSION));
    request.setRawHeader("SOAPAction", "\"urn:vim25/5.5\"");
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

vmm::Future<Reply> SoapClient::call(const QByteArray& call)
{
    auto promise = std::make_shared<vmm::Promise<Reply>>();
    auto course = std::make_shared<Course>();
    QNetworkReply* reply = m_network.post(request(), envelope(call));
    const auto giveUp = [reply, course](ErrorKind kind, const QString& why) {
        course->verdict = Error { kind, {}, why };
        reply->abort();
    };
    QTimer::singleShot(m_address.deadline, reply, [giveUp, deadline = m_address.deadline] {
        giveUp(ErrorKind::TimedOut,
            QStringLiteral("no answer within %1 seconds").arg(deadline.count() / 1000.0));
    });
    connect(reply, &QNetworkReply::downloadProgress, this, [giveUp](qint64 received) {
        if (received > kMaxReply)
            giveUp(ErrorKind::ProtocolViolation, QStringLiteral("the answer is too long"));
    });
    connect(reply, &QNetworkReply::sslErrors, this, [course](const QList<QSslError>& errors) {
        for (const QSslError& error : errors)
            course->certificateWords.append(error.errorString());
    });
    connect(reply, &QNetworkReply::finished, this, [promise, course, reply] {
        reply->deleteLater();
        promise->finish(take(*reply, *course));
    });
    return promise->future();
}

} // namespace hosts::vsphere
