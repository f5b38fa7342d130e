// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QList>
#include <QObject>

namespace console {

class ConsoleSession;

/// A file on its way to the guest, and a while after.
struct FileTransfer {
    quint32 id = 0;
    QString path {};
    qint64 sent = 0; ///< bytes
    qint64 total = 0;
    bool isRunning = true;
    FileOutcome outcome = FileOutcome::Done; ///< once it does not run any more
    QString detail {}; ///< raw text of the library, of a Failed one

    bool operator==(const FileTransfer&) const = default;
};

/// The files that are sent to one guest, in the order in which they were added. One after the other
/// is under way for each; a connection that ends fails them. GUI thread.
class FileTransfers : public QObject {
    Q_OBJECT

public:
    explicit FileTransfers(ConsoleSession& session);

    /// Why nothing can be sent now; empty if it can. Raw: the user interface makes the sentence.
    bool canSend() const;
    void send(const QStringList& paths);
    void cancel(quint32 id);
    void clearEnded();
    const QList<FileTransfer>& all() const { return m_all; }
    int runningCount() const;

Q_SIGNALS:
    void changed(); ///< something of all()

private:
    static constexpr int kMaxAtOnce = 4;

    FileTransfer* find(quint32 id);
    void startNext();
    void observeAgent();
    void end(quint32 id, FileOutcome outcome, const QString& detail);
    void failAll();

    ConsoleSession& m_session;
    QList<FileTransfer> m_all;
    QList<quint32> m_waiting; ///< not handed to the agent yet
    quint32 m_lastId = 0;
};

} // namespace console
