// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QLocalServer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QLocalSocket;

namespace hosts {

/// The machine's end of a serial port. Lives in its owner's thread, emits there.
class SerialSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void write(const QByteArray& bytes) = 0;
    /// While false, what the guest says waits, in the end in the guest.
    virtual void setReading(bool isReading) = 0;

Q_SIGNALS:
    void received(const QByteArray& bytes);
    void closed(); ///< the last one
};

/// Makes one serial port, which a hypervisor gives to one client only, a unix socket for any number
/// of them: all see the same, and what one types is typed. A client that comes sees first what was
/// said lately. Ends (`ended`) with the port, or some time after its last client has gone.
class SerialRelay : public QObject {
    Q_OBJECT

public:
    struct Options {
        qsizetype remembered = qsizetype(256) << 10; ///< bytes
        qsizetype highWater = qsizetype(1) << 20; ///< bytes unsent to a client: the guest waits
        int patienceMs = 10'000; ///< with a client that takes nothing, before it is dropped
        int lingerMs = 5'000; ///< after the last client
    };

    /// Listens at `path`, which must lie in a folder of this user alone. Errors: Io.
    static vmm::Result<std::unique_ptr<SerialRelay>> create(
        const QString& path, std::unique_ptr<SerialSource> source, Options options);
    ~SerialRelay() override;

    const QString& path() const { return m_path; }
    bool isOpen() const { return !m_hasEnded; } ///< whether it still takes clients
    /// What was said before this relay was there.
    void remember(const QByteArray& history);

Q_SIGNALS:
    void ended();

private:
    SerialRelay(const QString& path, std::unique_ptr<SerialSource> source, Options options);

    void welcome();
    void take(const QByteArray& bytes);
    void drop(QLocalSocket* client);
    void noteFlow();
    void dropSlowClients();
    void end();

    QString m_path;
    Options m_options;
    std::unique_ptr<SerialSource> m_source;
    QLocalServer m_server;
    std::vector<QLocalSocket*> m_clients; // children of the server
    QByteArray m_recent;
    QTimer m_linger;
    QTimer m_patience; ///< runs while reading is held up
    bool m_hasEnded = false;
};

/// The bytes without what a terminal would answer: who reads a recording must not be made to type
/// replies that nobody waits for any more. Source: ECMA-48; xterm's ctlseqs.
QByteArray withoutQuestions(const QByteArray& recording);

} // namespace hosts
