// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/RfbTestServer.h"

#include "tests/support/console/RfbEncoder.h"

#include <QCryptographicHash>
#include <QLocalSocket>
#include <QProcess>
#include <QtEndian>

#include <utility>

namespace tests {

namespace {

constexpr int kExtent = 64; ///< of the screen, each way
constexpr int kVersionSize = 12;
constexpr int kVncChallenge = 16;
constexpr int kVncPassword = 2;
constexpr int kArd = 30;
constexpr int kArdKey = 128;
constexpr int kArdField = 64; ///< a name, or a password
constexpr int kMsLogonKey = 8;
constexpr int kMsLogonName = 256;
constexpr int kMsLogonPassword = 64;

template <typename Number> Number numberAt(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<Number>(bytes.constData() + at);
}

QByteArray decrypted(const QByteArray& bytes, const QStringList& how)
{
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
        QStringList { QStringLiteral("enc"), QStringLiteral("-d"), QStringLiteral("-nopad"),
            QStringLiteral("-provider"), QStringLiteral("legacy"), QStringLiteral("-provider"),
            QStringLiteral("default") }
            + how);
    openssl.write(bytes);
    openssl.closeWriteChannel();
    openssl.waitForFinished();
    return openssl.readAllStandardOutput();
}

QString hexadecimal(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

/// VNC takes the bits of a key for DES the other way round.
QByteArray mirrored(QByteArray key)
{
    for (char& byte : key) {
        int out = 0;
        for (int bit = 0; bit < 8; ++bit)
            out |= (byte >> bit & 1) << (7 - bit);
        byte = char(out);
    }
    return key;
}

/// Up to the first zero.
QByteArray textAt(const QByteArray& bytes, qsizetype at)
{
    return QByteArray(bytes.mid(at).constData());
}

} // namespace

RfbTestServer::RfbTestServer()
    : m_picture(kExtent, kExtent, QImage::Format_RGB32)
{
    m_picture.fill(0xff555555);
    connect(&m_server, &QLocalServer::newConnection, this, &RfbTestServer::accept);
    m_server.listen(m_folder.filePath(QStringLiteral("vnc.sock")));
}

RfbTestServer::~RfbTestServer()
{
    if (m_client)
        m_client->disconnect(this);
}

vmm::ConsoleEndpoint RfbTestServer::endpoint() const
{
    return { .protocol = vmm::ConsoleEndpoint::Protocol::Vnc,
        .unixSocket = m_server.fullServerName() };
}

QStringList RfbTestServer::linesOf(const QString& verb) const
{
    QStringList out;
    for (const QString& line : m_lines) {
        if (line.section(QLatin1Char(' '), 0, 0) == verb)
            out.append(line.section(QLatin1Char(' '), 1));
    }
    return out;
}

void RfbTestServer::say(const QByteArray& bytes)
{
    if (m_client)
        m_client->write(bytes);
}

void RfbTestServer::setLights(int lights)
{
    constexpr qint32 kLedState = -261;
    say(QByteArray("\0\0\0\x01", 4) + QByteArray(8, '\0') + bytesOf(kLedState)
        + QByteArray(1, char(lights)));
}

void RfbTestServer::cutText(const QByteArray& latin1)
{
    say(QByteArray("\x03\0\0\0", 4) + bytesOf(quint32(latin1.size())) + latin1);
}

void RfbTestServer::extendedCutText(quint32 flags, const QByteArray& body)
{
    say(QByteArray("\x03\0\0\0", 4) + bytesOf(-qint32(4 + body.size())) + bytesOf(flags) + body);
}

void RfbTestServer::show(quint32 rgb)
{
    m_picture.fill(rgb);
    m_hasNews = true;
    sendPicture();
}

void RfbTestServer::show(const QImage& picture)
{
    m_picture = picture;
    m_hasNews = true;
    sendPicture();
}

void RfbTestServer::resize(const QImage& picture, const QByteArrayList& rectangles)
{
    m_picture = picture;
    m_isResizing = true;
    update(rectangles);
}

void RfbTestServer::update(const QByteArrayList& rectangles)
{
    m_updates.append(
        QByteArray("\0\0", 2) + bytesOf(quint16(rectangles.size())) + rectangles.join());
    sendPicture();
}

void RfbTestServer::setSilent(bool isSilent)
{
    m_isSilent = isSilent;
    sendPicture();
}

void RfbTestServer::hangUp()
{
    if (m_client)
        m_client->disconnectFromServer();
}

void RfbTestServer::accept()
{
    while (QLocalSocket* next = m_server.nextPendingConnection()) {
        if (m_client && m_client->state() == QLocalSocket::ConnectedState) {
            next->deleteLater(); // one at a time; another one only looks whether we are there
            continue;
        }
        m_client = next;
        m_unread.clear();
        m_stage = 0;
        m_isLettingIn = false;
        m_isLive = false;
        m_isAsked = false;
        m_hasNews = true;
        m_updates.clear();
        m_isResizing = false;
        connect(next, &QLocalSocket::disconnected, this, [this] { note(QStringLiteral("gone")); });
        connect(next, &QLocalSocket::readyRead, this, &RfbTestServer::read);
        connect(next, &QLocalSocket::disconnected, next, &QObject::deleteLater);
        say("RFB 003.008\n");
    }
}

void RfbTestServer::read()
{
    m_unread += m_client->readAll();
    while (!m_unread.isEmpty()) {
        const qsizetype used = m_stage < 3 ? readHandshake() : readMessage();
        if (used == 0 || used > m_unread.size())
            return; // the rest is on its way
        m_unread.remove(0, used);
    }
}

void RfbTestServer::setUser(const QByteArray& name, const QByteArray& password)
{
    m_user = name;
    m_password = password;
}

/// By Diffie and Hellman, with 1 for the server's secret: the client's public number is the key.
void RfbTestServer::startSecurity()
{
    m_isLettingIn = m_security != 1;
    const auto generator = [](int size) { return QByteArray(size - 1, '\0') + '\x05'; };
    if (m_security == 1)
        say(bytesOf(quint32(0)));
    else if (m_security == kVncPassword)
        say(QByteArray(kVncChallenge, 'c'));
    else if (m_security == kArd)
        say(bytesOf(quint16(5)) + bytesOf(quint16(kArdKey)) + QByteArray(kArdKey, '\x7b')
            + generator(kArdKey));
    else
        say(generator(kMsLogonKey) + bytesOf(quint64(0x7fffffff)) + generator(kMsLogonKey));
}

qsizetype RfbTestServer::readSecret()
{
    const qsizetype needed = m_security == kVncPassword ? kVncChallenge
        : m_security == kArd                            ? 2 * kArdField + kArdKey
                             : kMsLogonKey + kMsLogonName + kMsLogonPassword;
    if (m_unread.size() < needed)
        return 0;
    m_isLettingIn = false;
    if (!m_user.isEmpty() && isUser(m_unread.first(needed))) {
        say(bytesOf(quint32(0)));
    } else {
        say(bytesOf(quint32(1)) + bytesOf(quint32(2)) + "no");
        hangUp();
    }
    return needed;
}

bool RfbTestServer::isUser(const QByteArray& secret) const
{
    if (m_security == kArd) {
        const QByteArray key
            = QCryptographicHash::hash(secret.mid(2 * kArdField), QCryptographicHash::Md5);
        const QByteArray said = decrypted(secret.first(2 * kArdField),
            { QStringLiteral("-aes-128-ecb"), QStringLiteral("-K"), hexadecimal(key) });
        return textAt(said, 0) == m_user && textAt(said, kArdField) == m_password;
    }
    const QByteArray key = secret.first(kMsLogonKey);
    const QStringList how { QStringLiteral("-des-cbc"), QStringLiteral("-K"),
        hexadecimal(mirrored(key)), QStringLiteral("-iv"), hexadecimal(key) };
    return textAt(decrypted(secret.mid(kMsLogonKey, kMsLogonName), how), 0) == m_user
        && textAt(decrypted(secret.mid(kMsLogonKey + kMsLogonName), how), 0) == m_password;
}

qsizetype RfbTestServer::readHandshake()
{
    if (m_isLettingIn)
        return readSecret();
    const qsizetype needed = m_stage == 0 ? kVersionSize : 1;
    if (m_unread.size() < needed)
        return 0;
    if (m_stage == 0) {
        say(QByteArray("\x01", 1) + char(m_security)); // one way in
    } else if (m_stage == 1) {
        startSecurity();
    } else {
        note(QStringLiteral("shared %1").arg(int(m_unread[0])));
        const QSize size = m_claimed.isValid() ? m_claimed : m_picture.size();
        say(bytesOf(quint16(size.width())) + bytesOf(quint16(size.height()))
            + QByteArray("\x20\x18\0\x01\0\xff\0\xff\0\xff\x10\x08\0\0\0\0", 16)
            + bytesOf(quint32(m_name.size())) + m_name);
    }
    ++m_stage;
    return needed;
}

/// How much of what is unread was a message; 0 if that is not all there yet.
qsizetype RfbTestServer::readMessage()
{
    const auto has = [this](qsizetype count) { return m_unread.size() >= count; };
    switch (quint8(m_unread[0])) {
    case 0:
        return 20;
    case 2: {
        const qsizetype size = has(4) ? 4 + 4 * numberAt<quint16>(m_unread, 2) : 4;
        if (!has(size))
            return 0;
        QString line = QStringLiteral("encodings");
        for (qsizetype at = 4; at < size; at += 4)
            line += QStringLiteral(" %1").arg(numberAt<qint32>(m_unread, at));
        note(line);
        return size;
    }
    case 3:
        if (has(10)) {
            m_isAsked = true;
            m_hasNews = m_hasNews || m_unread[1] == 0; // not "incremental"
            sendPicture();
        }
        return 10;
    case 6: {
        const qint32 length = has(8) ? numberAt<qint32>(m_unread, 4) : 0;
        const qsizetype size = 8 + qAbs(length);
        if (!has(8) || !has(size))
            return 0;
        if (length >= 0)
            note(QStringLiteral("cut ") + QString::fromLatin1(m_unread.mid(8, length).toHex()));
        else
            note(QStringLiteral("extended %1 %2")
                     .arg(numberAt<quint32>(m_unread, 8), 0, 16)
                     .arg(QString::fromLatin1(m_unread.mid(12, size - 12).toHex())));
        return size;
    }
    default:
        return readInput();
    }
}

qsizetype RfbTestServer::readInput()
{
    const auto number = [this](qsizetype at) { return int(numberAt<quint16>(m_unread, at)); };
    const auto has = [this](qsizetype count) { return m_unread.size() >= count; };
    switch (quint8(m_unread[0])) {
    case 4:
        if (has(8))
            note(QStringLiteral("key %1 %2")
                     .arg(numberAt<quint32>(m_unread, 4))
                     .arg(int(m_unread[1])));
        return 8;
    case 5:
        if (has(6))
            note(QStringLiteral("pointer %1 %2 %3")
                     .arg(int(quint8(m_unread[1])))
                     .arg(number(2))
                     .arg(number(4)));
        return 6;
    case 251:
        if (has(8))
            note(QStringLiteral("size %1 %2").arg(number(2)).arg(number(4)));
        return has(8) ? 8 + 16 * quint8(m_unread[6]) : 8;
    case 255:
        if (has(12))
            note(QStringLiteral("scancode %1 %2 %3")
                     .arg(numberAt<quint32>(m_unread, 8))
                     .arg(numberAt<quint32>(m_unread, 4))
                     .arg(number(2)));
        return 12;
    default:
        note(QStringLiteral("unknown %1").arg(int(quint8(m_unread[0]))));
        return m_unread.size();
    }
}

/// The whole screen if it is asked for and there is news, else the next update.
void RfbTestServer::sendPicture()
{
    if (!m_isAsked || m_isSilent || (!m_hasNews && m_updates.isEmpty()))
        return;
    m_isLive = true;
    m_isAsked = false;
    if (std::exchange(m_hasNews, false))
        return say(QByteArray("\0\0\0\x01", 4) + RfbEncoder().raw(m_picture, {}));
    say(m_updates.takeFirst());
    m_hasNews = std::exchange(m_isResizing, false);
}

} // namespace tests
