// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConnectionFile.h"

#include <QFile>
#include <QHash>
#include <QUrl>

namespace console {

using vmm::ConsoleEndpoint;
using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr qint64 kMaxBytes = 1 << 20; // certificates are a few KiB

struct Line {
    int number = 0;
    QString value {};
};

Error broken(const QString& name, int line, const QString& what)
{
    return { ErrorKind::InvalidConfig, name, QStringLiteral("line %1: %2").arg(line).arg(what) };
}

/// Escapes of a key file: \n, \r, \t, \s, \\. Proxmox writes certificates with them.
QString unescaped(const QString& text)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != QLatin1Char('\\') || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const QChar next = text[++i];
        switch (next.unicode()) {
        case 'n':
            out += QLatin1Char('\n');
            break;
        case 'r':
            out += QLatin1Char('\r');
            break;
        case 't':
            out += QLatin1Char('\t');
            break;
        case 's':
            out += QLatin1Char(' ');
            break;
        default:
            out += next;
        }
    }
    return out;
}

QString escaped(QString text)
{
    return text.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
        .replace(QLatin1Char('\n'), QStringLiteral("\\n"))
        .replace(QLatin1Char('\r'), QStringLiteral("\\r"));
}

Result<QHash<QString, Line>> readLines(const QByteArray& bytes, const QString& name)
{
    QHash<QString, Line> lines;
    bool isOurs = true; // until a group says otherwise
    int number = 0;
    QByteArray rest = bytes;
    if (rest.startsWith("\xef\xbb\xbf"))
        rest.remove(0, 3);
    for (const QByteArray& raw : rest.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#'))
            || line.startsWith(QLatin1Char(';')))
            continue;
        if (line.startsWith(QLatin1Char('['))) {
            if (!line.endsWith(QLatin1Char(']')))
                return broken(name, number, QStringLiteral("a group without its ]"));
            isOurs = line == QStringLiteral("[virt-viewer]");
            continue;
        }
        if (!isOurs)
            continue;
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return broken(name, number, QStringLiteral("neither a group nor KEY=VALUE"));
        lines.insert(line.left(equals).trimmed().toLower(),
            { number, unescaped(line.mid(equals + 1).trimmed()) });
    }
    return lines;
}

Result<quint16> portOf(const Line& line, const QString& key, const QString& name)
{
    bool isNumber = false;
    const int port = line.value.toInt(&isNumber);
    // oVirt writes -1 for "none".
    if (line.value.isEmpty() || (isNumber && (port == -1 || port == 0)))
        return quint16(0);
    if (!isNumber || port < 1 || port > 65535)
        return broken(
            name, line.number, QStringLiteral("%1 is to be a number from 1 to 65535").arg(key));
    return static_cast<quint16>(port);
}

Result<bool> flagOf(const Line& line, const QString& key, const QString& name)
{
    const QString word = line.value.toLower();
    if (word == QStringLiteral("1") || word == QStringLiteral("true"))
        return true;
    if (word.isEmpty() || word == QStringLiteral("0") || word == QStringLiteral("false"))
        return false;
    return broken(name, line.number, QStringLiteral("%1 is to be 0 or 1").arg(key));
}

Result<QString> proxyOf(const Line& line, const QString& name)
{
    const QUrl url(line.value, QUrl::StrictMode);
    const bool isKnown
        = url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https");
    if (line.value.isEmpty())
        return QString();
    if (!url.isValid() || !isKnown || url.host().isEmpty())
        return broken(name, line.number, QStringLiteral("proxy is to be like http://host:3128"));
    return line.value;
}

/// "shift+f11", "ctrl+alt+end"; empty if it is none that is known here.
QKeySequence hotkeyOf(const QString& text)
{
    const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
    const bool isOne = keys.count() == 1 && keys[0].key() != Qt::Key_unknown;
    return isOne ? keys : QKeySequence();
}

} // namespace

Result<ConnectionFile> parseConnectionFile(const QByteArray& bytes, const QString& name)
{
    const auto lines = TRY(readLines(bytes, name));
    const auto key = [](const char* latin1) { return QString::fromLatin1(latin1); };
    const auto line = [&](const char* latin1) { return lines.value(key(latin1)); };
    ConnectionFile file;
    const Line type = line("type");
    if (type.value == QStringLiteral("spice"))
        file.endpoint.protocol = ConsoleEndpoint::Protocol::Spice;
    else if (type.value == QStringLiteral("vnc"))
        file.endpoint.protocol = ConsoleEndpoint::Protocol::Vnc;
    else if (type.number == 0)
        return Error { ErrorKind::InvalidConfig, name,
            QStringLiteral("it says no type=spice or type=vnc: no connection file") };
    else
        return broken(name, type.number, QStringLiteral("type is to be spice or vnc"));
    file.proxy = TRY(proxyOf(line("proxy"), name));
    if (!file.proxy.isEmpty() && file.endpoint.protocol != ConsoleEndpoint::Protocol::Spice)
        return broken(
            name, line("proxy").number, QStringLiteral("only SPICE goes through a proxy"));
    file.endpoint.host = line("host").value;
    file.endpoint.unixSocket = line("unix-path").value;
    file.endpoint.port = TRY(portOf(line("port"), key("port"), name));
    file.endpoint.tlsPort = TRY(portOf(line("tls-port"), key("tls-port"), name));
    file.endpoint.userName = line("username").value;
    file.endpoint.password = line("password").value;
    file.endpoint.tlsSubject = line("host-subject").value;
    file.certificates = line("ca").value.toUtf8();
    file.title = line("title").value;
    file.isFullScreen = TRY(flagOf(line("fullscreen"), key("fullscreen"), name));
    file.isDeleted = TRY(flagOf(line("delete-this-file"), key("delete-this-file"), name));
    const bool hasPort = file.endpoint.port != 0 || file.endpoint.tlsPort != 0;
    if (file.endpoint.unixSocket.isEmpty() && (file.endpoint.host.isEmpty() || !hasPort))
        return Error { ErrorKind::InvalidConfig, name,
            QStringLiteral("it says no host with a port or tls-port to connect to") };
    const std::pair<const char*, QKeySequence*> hotkeys[]
        = { { "toggle-fullscreen", &file.fullScreenKey }, { "release-cursor", &file.releaseKey },
              { "secure-attention", &file.attentionKey } };
    for (const auto& [asked, hotkey] : hotkeys) {
        *hotkey = hotkeyOf(line(asked).value);
        if (hotkey->isEmpty() && !line(asked).value.isEmpty())
            file.ignored.append(key(asked));
    }
    for (const char* asked :
        { "secure-channels", "disable-channels", "enable-usbredir", "enable-usb-autoshare",
            "enable-smartcard", "color-depth", "disable-effects", "usb-filter" }) {
        if (!line(asked).value.isEmpty())
            file.ignored.append(key(asked));
    }
    return file;
}

Result<ConnectionFile> readConnectionFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorKind::Io, path, file.errorString() };
    if (file.size() > kMaxBytes)
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("too large for a connection file") };
    return parseConnectionFile(file.read(kMaxBytes), path);
}

QByteArray toConnectionFile(const ConnectionFile& file)
{
    QString text = QStringLiteral("[virt-viewer]\n");
    const auto add = [&](const char* key, const QString& value) {
        if (!value.isEmpty())
            text
                += QString::fromLatin1(key) + QLatin1Char('=') + escaped(value) + QLatin1Char('\n');
    };
    const auto port = [](quint16 number) { return number ? QString::number(number) : QString(); };
    const ConsoleEndpoint& endpoint = file.endpoint;
    add("type", vmm::nameOf(endpoint.protocol));
    add("host", endpoint.host);
    add("unix-path", endpoint.unixSocket);
    add("port", port(endpoint.port));
    add("tls-port", port(endpoint.tlsPort));
    add("username", endpoint.userName);
    add("proxy", file.proxy);
    add("host-subject", endpoint.tlsSubject);
    add("ca", QString::fromUtf8(file.certificates));
    add("title", file.title);
    if (file.isFullScreen)
        add("fullscreen", QStringLiteral("1"));
    const auto hotkey = [](const QKeySequence& keys) { return keys.toString().toLower(); };
    add("toggle-fullscreen", hotkey(file.fullScreenKey));
    add("release-cursor", hotkey(file.releaseKey));
    add("secure-attention", hotkey(file.attentionKey));
    return text.toUtf8();
}

} // namespace console
