// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>

#include <spice/enums.h>
#include <spice/protocol.h>

#include <cstring>
#include <memory>

namespace tests {

/// A wire between a client and a SPICE server of this computer that reads along how the server
/// sends its pictures. Of unencrypted channels.
class SpiceWire {
public:
    explicit SpiceWire(quint16 serverPort)
        : m_serverPort(serverPort)
    {
        m_listener.listen(QHostAddress::LocalHost);
        QObject::connect(
            &m_listener, &QTcpServer::newConnection, &m_listener, [this] { connectClient(); });
    }

    quint16 port() const { return m_listener.serverPort(); }

    // Since forget():
    qint64 displayBytes() const { return m_seen.displayBytes; } ///< whatever they were for
    const QSet<int>& images() const { return m_seen.images; } ///< SpiceImageType
    const QSet<int>& streams() const { return m_seen.streams; } ///< SpiceVideoCodecType
    int streamedPictures() const { return m_seen.streamedPictures; }
    void forget() { m_seen = {}; }

private:
    struct Seen {
        qint64 displayBytes = 0;
        QSet<int> images {};
        QSet<int> streams {};
        int streamedPictures = 0;
    };
    /// One channel's bytes.
    struct Channel {
        QByteArray fromClient {}; ///< its beginning
        QByteArray fromServer {}; ///< what has not been looked at yet
        bool isGreeted = false;

        bool isDisplay() const
        {
            constexpr qsizetype kType = sizeof(SpiceLinkHeader) + 4;
            return fromClient.size() > kType && fromClient[kType] == SPICE_CHANNEL_DISPLAY;
        }
    };

    template <typename T> static T valueAt(const QByteArray& bytes, qsizetype at)
    {
        T out {};
        if (at >= 0 && at + qsizetype(sizeof out) <= bytes.size())
            std::memcpy(&out, bytes.constData() + at, sizeof out);
        return out;
    }

    void connectClient()
    {
        QTcpSocket* client = m_listener.nextPendingConnection();
        auto* server = new QTcpSocket(client);
        auto channel = std::make_shared<Channel>();
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        QObject::connect(
            server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        QObject::connect(client, &QTcpSocket::readyRead, server, [client, server, channel] {
            const QByteArray bytes = client->readAll();
            if (channel->fromClient.size() < 64)
                channel->fromClient += bytes;
            server->write(bytes);
        });
        QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server, channel] {
            const QByteArray bytes = server->readAll();
            client->write(bytes);
            if (!channel->isDisplay())
                return;
            m_seen.displayBytes += bytes.size();
            channel->fromServer += bytes;
            read(*channel);
        });
        server->connectToHost(QHostAddress::LocalHost, m_serverPort);
    }

    void read(Channel& channel)
    {
        QByteArray& bytes = channel.fromServer;
        if (!channel.isGreeted) {
            // A reply, and whether the ticket is right.
            const qsizetype greeting = qsizetype(sizeof(SpiceLinkHeader))
                + valueAt<quint32>(bytes, offsetof(SpiceLinkHeader, size)) + qsizetype(4);
            if (bytes.size() < qsizetype(sizeof(SpiceLinkHeader)) || bytes.size() < greeting)
                return;
            bytes.remove(0, greeting);
            channel.isGreeted = true;
        }
        constexpr qsizetype kHeader = sizeof(SpiceMiniDataHeader);
        while (bytes.size() >= kHeader) {
            const auto header = valueAt<SpiceMiniDataHeader>(bytes, 0);
            if (bytes.size() < kHeader + qsizetype(header.size))
                return;
            note(header.type, bytes.mid(kHeader, header.size));
            bytes.remove(0, kHeader + header.size);
        }
    }

    void note(int type, const QByteArray& body)
    {
        if (type == SPICE_MSG_DISPLAY_STREAM_CREATE)
            m_seen.streams.insert(quint8(body[9])); // after surface, stream and flags
        else if (type == SPICE_MSG_DISPLAY_STREAM_DATA)
            ++m_seen.streamedPictures;
        else if (type == SPICE_MSG_DISPLAY_DRAW_COPY)
            m_seen.images.insert(imageType(body));
    }

    static int imageType(const QByteArray& drawCopy)
    {
        constexpr qsizetype kClip = 4 + 16; // after surface and place
        const bool isClipped = drawCopy[kClip] == SPICE_CLIP_TYPE_RECTS;
        const qsizetype source = kClip + 1
            + (isClipped ? 4 + 16 * qsizetype(valueAt<quint32>(drawCopy, kClip + 1)) : 0);
        return valueAt<quint8>(drawCopy, valueAt<quint32>(drawCopy, source) + 8); // after its id
    }

    quint16 m_serverPort;
    QTcpServer m_listener;
    Seen m_seen;
};

} // namespace tests
