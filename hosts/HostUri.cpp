// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/HostUri.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

namespace hosts {

namespace {

vmm::Error invalid(const QString& subject, const QString& detail)
{
    return vmm::Error { vmm::ErrorKind::InvalidConfig, subject, detail };
}

const QString kRemoteScheme = QStringLiteral("embedded+ssh");
const QString kProgramKey = QStringLiteral("program");

bool matches(const QString& text, const char* pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1StringView(pattern)))
        .match(text)
        .hasMatch();
}

QString withoutPassword(QString text)
{
    static const QRegularExpression password(QStringLiteral("(?<=//)([^@/:]*):.*@"));
    return text.replace(password, QStringLiteral("\\1@"));
}

/// What of the URI becomes an argument of ssh.
vmm::Result<void> checkSshNames(const QString& text, const QUrl& url)
{
    if (!matches(url.host(), "[A-Za-z0-9:][A-Za-z0-9._:-]*"))
        return invalid(
            text, QStringLiteral("a host name has letters, digits, dots and dashes in it"));
    if (!matches(url.userName(), "([A-Za-z0-9._][A-Za-z0-9._@+-]*)?"))
        return invalid(text, QStringLiteral("this can't be the name of a user"));
    return {};
}

/// What of it becomes a word for the shell on the other side.
vmm::Result<void> checkSshTunnel(const QString& text, const QUrl& url)
{
    TRY(checkSshNames(text, url));
    const QString socket
        = QUrlQuery(url).queryItemValue(QStringLiteral("socket"), QUrl::FullyDecoded);
    if (!matches(url.path(), "/[A-Za-z0-9._/+-]*") || !matches(socket, "(/[A-Za-z0-9._/+@-]+)?"))
        return invalid(
            text, QStringLiteral("a path has letters, digits, dots, dashes and slashes in it"));
    return {};
}

vmm::Result<void> checkRemoteCore(const QString& text, const QUrl& url)
{
    TRY(checkSshNames(text, url));
    if (url.hasFragment())
        return invalid(text, QStringLiteral("nothing is known about what follows the \"#\""));
    const QUrlQuery query(url);
    for (const auto& [key, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (key != kProgramKey)
            return invalid(text, QStringLiteral("nothing is known about \"%1\"").arg(key));
        if (!matches(value, "/[A-Za-z0-9._/+-]+"))
            return invalid(text,
                QStringLiteral("the path of a program starts with a slash and has letters, "
                               "digits, dots and dashes in it"));
    }
    return {};
}

} // namespace

vmm::Result<HostUri> HostUri::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return invalid(trimmed, QStringLiteral("the URI is empty"));
    const QUrl url(trimmed, QUrl::StrictMode);
    if (!url.isValid()) // Qt then has no parts of it, and its words tell all of it
        return invalid(withoutPassword(trimmed), url.errorString().section(QLatin1Char(';'), 0, 0));
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
    if (uri.isRemoteCore())
        TRY(checkRemoteCore(trimmed, url));
    else if (uri.isSshTunnel())
        TRY(checkSshTunnel(trimmed, url));
    else if (url.scheme().startsWith(QStringLiteral("embedded+")))
        return invalid(trimmed,
            QStringLiteral("the embedded core of another computer is reached by embedded+ssh"));
    return uri;
}

bool HostUri::isEmbedded() const
{
    return m_text.startsWith(QStringLiteral("embedded:"));
}

bool HostUri::isRemoteCore() const
{
    return m_text.startsWith(kRemoteScheme + QLatin1Char(':'));
}

bool HostUri::isSshTunnel() const
{
    return !isRemoteCore() && QUrl(m_text).scheme().endsWith(QStringLiteral("+ssh"));
}

QString HostUri::driver() const
{
    return QUrl(m_text).scheme().section(QLatin1Char('+'), 0, 0);
}

QString HostUri::path() const
{
    return QUrl(m_text).path(QUrl::FullyDecoded);
}

QString HostUri::queryValue(const QString& key) const
{
    return QUrlQuery(QUrl(m_text)).queryItemValue(key, QUrl::FullyDecoded);
}

bool HostUri::isLocal() const
{
    return QUrl(m_text).host().isEmpty();
}

bool HostUri::runsAsThisUser() const
{
    return isEmbedded() || (isLocal() && path().endsWith(QStringLiteral("/session")));
}

QString HostUri::dataFolder() const
{
    if (!isEmbedded() && !isRemoteCore())
        return {};
    const QString path = QUrl(m_text).path(QUrl::FullyDecoded);
    return path == QStringLiteral("/") ? QString() : path;
}

QString HostUri::hostName() const
{
    return QUrl(m_text).host();
}

QString HostUri::userName() const
{
    return QUrl(m_text).userName();
}

int HostUri::port() const
{
    return QUrl(m_text).port();
}

QString HostUri::remoteProgram() const
{
    const QString given = QUrlQuery(QUrl(m_text)).queryItemValue(kProgramKey, QUrl::FullyDecoded);
    return given.isEmpty() ? QStringLiteral("virtdeck-host") : given;
}

QString HostUri::remoteUri() const
{
    const QString folder = dataFolder();
    return QStringLiteral("embedded://")
        + (folder.isEmpty() ? QStringLiteral("/")
                            : QString::fromLatin1(QUrl::toPercentEncoding(folder, "/", "~")));
}

} // namespace hosts
