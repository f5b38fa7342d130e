// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentChannel.h"
#include "console/protocol/SealedFile.h"

#include <QStringList>

namespace tests {

/// An agent that a test speaks for.
class FakeAgentChannel : public console::AgentChannel {
    Q_OBJECT

public:
    void setClipboardSharing(console::ClipboardSharing to) override { sharing = to; }
    void offerClipboard(
        console::ClipboardSelection selection, const console::ClipboardTypes& types) override
    {
        QString line = QStringLiteral("offer %1:").arg(int(selection));
        for (auto type : types)
            line += QStringLiteral(" %1").arg(int(type));
        log.append(line);
    }
    void requestClipboard(console::ClipboardSelection selection, console::ClipboardType type,
        quint32 request) override
    {
        lastRequest = request;
        log.append(QStringLiteral("request %1 %2").arg(int(selection)).arg(int(type)));
    }
    void answerClipboard(quint32 request, int memfd, quint64 bytes) override
    {
        const auto file = console::protocol::SealedFile::map(memfd, bytes);
        const QByteArray data = file
            ? QByteArray(reinterpret_cast<const char*>(file->bytes().data()), qsizetype(bytes))
            : QByteArray("(nothing)");
        log.append(QStringLiteral("answer %1 %2").arg(request).arg(QString::fromUtf8(data)));
    }
    void sendFile(quint32 transfer, const QString& path) override
    {
        log.append(QStringLiteral("file %1 %2").arg(transfer).arg(path.section(u'/', -1)));
    }
    void cancelFile(quint32 transfer) override
    {
        log.append(QStringLiteral("cancel %1").arg(transfer));
    }
    void arrangeMonitors(const QList<console::MonitorArea>& monitors) override
    {
        QString line = QStringLiteral("monitors");
        for (const auto& monitor : monitors)
            line += QStringLiteral(" %1:%2x%3+%4+%5")
                        .arg(monitor.head)
                        .arg(monitor.area.width())
                        .arg(monitor.area.height())
                        .arg(monitor.area.x())
                        .arg(monitor.area.y());
        log.append(line);
    }

    /// What the guest has in its clipboard, as an answer to the last request.
    void answerLastRequest(const QByteArray& bytes)
    {
        const auto file = console::protocol::SealedFile::write(
            std::as_bytes(std::span(bytes.constData(), size_t(bytes.size()))));
        Q_EMIT clipboardArrived(
            lastRequest, console::protocol::SealedFile::map(file.get(), quint64(bytes.size())), 0);
    }

    console::ClipboardSharing sharing = console::ClipboardSharing::Off;
    QStringList log;
    quint32 lastRequest = 0;
};

} // namespace tests
