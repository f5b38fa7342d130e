// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/HostUri.h"

#include <QUrl>

namespace hosts {

namespace {

vmm::Error invalid(const QString& subject, const QString& detail)
{
    return vmm::Error { vmm::ErrorKind::InvalidConfig, subject, detail };
}

} // namespace

vmm::Result<HostUri> HostUri::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return invalid(trimmed, QStringLiteral("the URI is empty"));
    const QUrl url(trimmed, QUrl::StrictMode);
    if (!url.isValid())
        return invalid(url.toDisplayString(QUrl::RemovePassword), url.errorString());
    if (url.scheme().isEmpty())
        return invalid(
            trimmed, QStringLiteral("a URI starts with a scheme, such as qemu:///system"));
    if (!url.password().isEmpty())
        return invalid(url.toDisplayString(QUrl::RemovePassword),
            QStringLiteral("a URI must not contain a password; it is asked for when needed"));
    if (!trimmed.contains(QStringLiteral("://")))
        return invalid(trimmed,
            QStringLiteral("scheme and path are divided by \"://\", as in qemu:///system"));
    HostUri uri;
    uri.m_text = trimmed;
    if (uri.isEmbedded() && !url.host().isEmpty())
        return invalid(trimmed, QStringLiteral("an embedded URI names a folder: embedded:///path"));
    return uri;
}

bool HostUri::isEmbedded() const
{
    return m_text.startsWith(QStringLiteral("embedded:"));
}

bool HostUri::isLocal() const
{
    return QUrl(m_text).host().isEmpty();
}

QString HostUri::dataFolder() const
{
    if (!isEmbedded())
        return {};
    const QString path = QUrl(m_text).path();
    return path == QStringLiteral("/") ? QString() : path;
}

QString HostUri::hostName() const
{
    return QUrl(m_text).host();
}

} // namespace hosts
