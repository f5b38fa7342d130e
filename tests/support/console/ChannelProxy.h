// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QVector>

class QLocalSocket;
class QTcpSocket;

namespace tests {

/// Passes all on between clients that come by TCP and a server on a unix socket; any connection can
/// be ended between the two, of which the server learns nothing.
class ChannelProxy : public QObject {
    Q_OBJECT

public:
    enum class End { Closed, Reset };

    explicit ChannelProxy(const QString& server);
    ~ChannelProxy() override;

    quint16 port() const { return m_listener.serverPort(); }
    int count() const { return int(m_connections.size()); } ///< ever
    /// The last connection whose first bytes ask for a SPICE channel of that type; -1: none does.
    int ofChannel(int type) const;
    void end(int connection, End how);

private:
    struct Connection {
        QPointer<QTcpSocket> client;
        QPointer<QLocalSocket> server;
        QByteArray greeting;
    };

    void accept();

    QString m_target;
    QTcpServer m_listener;
    QVector<Connection> m_connections;
};

} // namespace tests
