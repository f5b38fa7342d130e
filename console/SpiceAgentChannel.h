// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentChannel.h"
#include "console/protocol/Messages.h"

#include <functional>

namespace console {

/// The agent's part of the conversation with the helper process.
class SpiceAgentChannel : public AgentChannel {
    Q_OBJECT

public:
    using Send = std::function<void(const protocol::ToHelper&, int fd)>;

    explicit SpiceAgentChannel(Send send)
        : m_send(std::move(send))
    {
    }

    bool isTextOnly() const override { return m_isTextOnly; }
    void setTextOnly(bool isTextOnly) { m_isTextOnly = isTextOnly; }
    void setClipboardSharing(ClipboardSharing sharing) override;
    void offerClipboard(ClipboardSelection selection, const ClipboardTypes& types) override;
    void requestClipboard(
        ClipboardSelection selection, ClipboardType type, quint32 request) override;
    void answerClipboard(quint32 request, int memfd, quint64 bytes) override;
    void sendFile(quint32 transfer, const QString& path) override;
    void cancelFile(quint32 transfer) override;
    void arrangeMonitors(const QList<MonitorArea>& monitors) override;

    // What the helper says; false if it makes no sense. `fd` stays the caller's.
    bool take(const protocol::ClipboardOffer& message, int fd);
    bool take(const protocol::ClipboardRequest& message, int fd);
    bool take(const protocol::ClipboardAnswer& message, int fd);
    bool take(const protocol::ClipboardCut& message, int fd);
    bool take(const protocol::Monitors& message, int fd);
    bool take(const protocol::FileProgress& message, int fd);
    bool take(const protocol::FileEnded& message, int fd);

private:
    Send m_send;
    bool m_isTextOnly = false;
};

} // namespace console
