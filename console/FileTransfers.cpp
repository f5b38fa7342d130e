// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/FileTransfers.h"

#include "console/ConsoleSession.h"

#include <QFileInfo>

#include <algorithm>

namespace console {

FileTransfers::FileTransfers(ConsoleSession& session)
    : m_session(session)
{
    connect(&session, &ConsoleSession::agentChannelChanged, this, &FileTransfers::observeAgent);
    connect(&session, &ConsoleSession::stateChanged, this, [this](SessionState state) {
        if (state != SessionState::Live)
            failAll();
    });
    connect(&session, &ConsoleSession::agentChanged, this, [this](bool isConnected) {
        if (!isConnected)
            failAll();
    });
}

bool FileTransfers::canSend() const
{
    return m_session.state() == SessionState::Live && m_session.isAgentConnected()
        && m_session.agent() && !m_session.agent()->isTextOnly();
}

int FileTransfers::runningCount() const
{
    return int(std::count_if(m_all.begin(), m_all.end(),
        [](const FileTransfer& transfer) { return transfer.isRunning; }));
}

FileTransfer* FileTransfers::find(quint32 id)
{
    const auto it = std::find_if(
        m_all.begin(), m_all.end(), [id](const FileTransfer& each) { return each.id == id; });
    return it == m_all.end() ? nullptr : &*it;
}

void FileTransfers::observeAgent()
{
    AgentChannel* agent = m_session.agent();
    if (!agent)
        return;
    connect(
        agent, &AgentChannel::fileProgressed, this, [this](quint32 id, qint64 sent, qint64 total) {
            FileTransfer* transfer = find(id);
            if (!transfer || !transfer->isRunning)
                return;
            transfer->sent = sent;
            transfer->total = total;
            Q_EMIT changed();
        });
    connect(agent, &AgentChannel::fileEnded, this, &FileTransfers::end);
}

void FileTransfers::send(const QStringList& paths)
{
    for (const QString& path : paths) {
        const QFileInfo file(path);
        FileTransfer transfer {
            .id = ++m_lastId, .path = file.absoluteFilePath(), .total = file.size()
        };
        if (!file.isFile() || !file.isReadable()) {
            transfer.isRunning = false;
            transfer.outcome = FileOutcome::Unreadable;
        } else if (!canSend()) {
            transfer.isRunning = false;
            transfer.outcome = FileOutcome::NoAgent;
        } else {
            m_waiting.append(transfer.id);
        }
        m_all.append(transfer);
    }
    startNext();
    Q_EMIT changed();
}

void FileTransfers::startNext()
{
    while (!m_waiting.isEmpty() && runningCount() - int(m_waiting.size()) < kMaxAtOnce) {
        const quint32 id = m_waiting.takeFirst();
        if (AgentChannel* agent = m_session.agent())
            agent->sendFile(id, find(id)->path);
    }
}

void FileTransfers::cancel(quint32 id)
{
    const FileTransfer* transfer = find(id);
    if (!transfer || !transfer->isRunning)
        return;
    if (m_waiting.removeOne(id))
        end(id, FileOutcome::Cancelled, {});
    else if (AgentChannel* agent = m_session.agent())
        agent->cancelFile(id);
}

void FileTransfers::end(quint32 id, FileOutcome outcome, const QString& detail)
{
    FileTransfer* transfer = find(id);
    if (!transfer || !transfer->isRunning)
        return;
    transfer->isRunning = false;
    transfer->outcome = outcome;
    transfer->detail = detail;
    if (outcome == FileOutcome::Done)
        transfer->sent = transfer->total;
    startNext();
    Q_EMIT changed();
}

void FileTransfers::failAll()
{
    m_waiting.clear();
    if (runningCount() == 0)
        return;
    for (FileTransfer& transfer : m_all) {
        if (!transfer.isRunning)
            continue;
        transfer.isRunning = false;
        transfer.outcome = FileOutcome::Disconnected;
    }
    Q_EMIT changed();
}

void FileTransfers::clearEnded()
{
    m_all.removeIf([](const FileTransfer& transfer) { return !transfer.isRunning; });
    Q_EMIT changed();
}

} // namespace console
