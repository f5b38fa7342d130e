// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QStringList>
#include <QTemporaryDir>

namespace tests {

/// The other end of a QMP connection, by script: greets, accepts qmp_capabilities, answers as told,
/// and sends whatever bytes a test wants, in pieces of any size.
class FakeQmpServer : public QObject {
    Q_OBJECT

public:
    FakeQmpServer();

    QString path() const { return m_server.fullServerName(); }

    void setGreeting(const QByteArray& line) { m_greeting = line; }
    void setAnswer(const QString& command, const QJsonValue& value) { m_answers[command] = value; }
    void setRefusal(const QString& command, const QString& errorClass)
    {
        m_refusals[command] = errorClass;
    }
    void setSilent(const QString& command) { m_silent.insert(command); }
    /// Answers gathered so far go out in one write, when flush() is called.
    void setHolding(bool isHolding) { m_isHolding = isHolding; }
    void flush();
    /// Every write goes out in pieces of so many bytes.
    void setPieceSize(qsizetype bytes) { m_pieceSize = bytes; }

    void send(const QByteArray& bytes);
    void sendEvent(const QString& name, const QJsonObject& data = {});
    void dropClient();

    bool hasClient() const { return m_client != nullptr; }
    const QStringList& commands() const { return m_commands; } ///< in the order of arrival
    qint64 lastId() const { return m_lastId; }

private:
    void accept();
    void read();
    void answer(const QJsonObject& request);

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QPointer<QLocalSocket> m_client;
    QByteArray m_greeting;
    QByteArray m_received;
    QByteArray m_held;
    QHash<QString, QJsonValue> m_answers;
    QHash<QString, QString> m_refusals;
    QSet<QString> m_silent;
    QStringList m_commands;
    qint64 m_lastId = -1;
    qsizetype m_pieceSize = 0;
    bool m_isHolding = false;
};

} // namespace tests
