// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/SocketSerialSource.h"

namespace hosts::embedded {

namespace {

constexpr qint64 kChunk = 64 << 10;
/// What is typed or pasted while the guest takes nothing; more is of no use to anybody.
constexpr qint64 kMostUnsent = 4 << 20;

} // namespace

SocketSerialSource::SocketSerialSource(QObject* parent)
    : SerialSource(parent)
{
    m_socket.setReadBufferSize(4 * kChunk);
    connect(&m_socket, &QLocalSocket::connected, this, &SocketSerialSource::connected);
    connect(&m_socket, &QLocalSocket::readyRead, this, &SocketSerialSource::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        read();
        Q_EMIT closed();
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (m_socket.state() == QLocalSocket::UnconnectedState)
            Q_EMIT closed();
    });
}

void SocketSerialSource::connectTo(const QString& path)
{
    m_socket.connectToServer(path);
}

void SocketSerialSource::write(const QByteArray& bytes)
{
    if (m_socket.bytesToWrite() + bytes.size() <= kMostUnsent)
        m_socket.write(bytes);
}

void SocketSerialSource::setReading(bool isReading)
{
    m_isReading = isReading;
    if (isReading)
        QMetaObject::invokeMethod(this, &SocketSerialSource::read, Qt::QueuedConnection);
}

void SocketSerialSource::read()
{
    while (m_isReading && m_socket.bytesAvailable() > 0)
        Q_EMIT received(m_socket.read(kChunk));
}

} // namespace hosts::embedded
