// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Attachment.h"

#include "app/vdctl/Output.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace vdctl {

namespace {

constexpr char kLeave = 0x1d; // Ctrl+]

} // namespace

Attachment::Attachment(const QString& unixSocket, QObject* parent)
    : QObject(parent)
    , m_keys(STDIN_FILENO, QSocketNotifier::Read)
{
    m_keys.setEnabled(false);
    connect(&m_keys, &QSocketNotifier::activated, this, &Attachment::readKeys);
    connect(&m_port, &QLocalSocket::readyRead, this, &Attachment::readPort);
    connect(&m_port, &QLocalSocket::connected, this, [this] {
        makeRaw();
        m_keys.setEnabled(true);
    });
    connect(&m_port, &QLocalSocket::disconnected, this, [this] {
        readPort();
        Q_EMIT ended({});
    });
    connect(&m_port, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError e) {
        if (e != QLocalSocket::PeerClosedError)
            Q_EMIT ended(m_port.errorString());
    });
    m_port.connectToServer(unixSocket);
}

Attachment::~Attachment()
{
    m_port.disconnect(this); // that it is closed now is no news
    if (m_before)
        tcsetattr(STDIN_FILENO, TCSADRAIN, m_before.get());
}

void Attachment::makeRaw()
{
    termios before {};
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    m_before = std::make_unique<termios>(before);
    termios raw = before;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    std::fputs("Connected. Ctrl+] leaves.\r\n", stderr);
}

void Attachment::readKeys()
{
    std::array<char, 4096> keys {};
    const auto count = ::read(STDIN_FILENO, keys.data(), keys.size());
    const QByteArray typed(keys.data(), std::max<qsizetype>(0, count));
    const qsizetype leave = m_before ? typed.indexOf(kLeave) : -1;
    m_port.write(leave >= 0 ? typed.left(leave) : typed);
    if (leave < 0 && count > 0)
        return;
    m_keys.setEnabled(false);
    m_port.disconnectFromServer(); // after what was typed is out
}

void Attachment::readPort()
{
    if (const int error = writeOut(m_port.readAll()))
        Q_EMIT unwritable(error);
}

} // namespace vdctl
