// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTransport.h"

#include <QTimer>

namespace tests {

/// An agent that remembers which way the clipboard is shared, and does nothing.
class SilentAgent : public console::AgentChannel {
public:
    void setClipboardSharing(console::ClipboardSharing to) override { sharing = to; }
    void offerClipboard(console::ClipboardSelection, const console::ClipboardTypes&) override { }
    void requestClipboard(console::ClipboardSelection, console::ClipboardType, quint32) override { }
    void answerClipboard(quint32, int, quint64) override { }
    void sendFile(quint32, const QString&) override { }
    void cancelFile(quint32) override { }
    void arrangeMonitors(const QList<console::MonitorArea>&) override { }

    console::ClipboardSharing sharing = console::ClipboardSharing::Off;
};

/// A console connection to nowhere: every attempt ends with ConnectFailed, or shows a picture if it
/// was given one.
class SilentTransport : public console::ConsoleTransport {
public:
    explicit SilentTransport(QImage picture)
        : m_picture(std::move(picture))
    {
    }

    static console::TransportFactory factory(const QImage& picture = {})
    {
        return [picture] { return std::make_unique<SilentTransport>(picture); };
    }

    void setOptions(const console::ConnectOptions& to) override { options = to; }
    void prefer(const console::ConnectOptions& to) override { options = to; }
    void open(const vmm::ConsoleEndpoint&) override
    {
        QTimer::singleShot(0, this, [this] {
            if (m_picture.isNull()) {
                Q_EMIT ended(console::EndReason::ConnectFailed, QStringLiteral("nobody there"));
                return;
            }
            Q_EMIT stageReached(console::SessionState::Live);
            Q_EMIT surfaceChanged(m_picture);
            Q_EMIT displayOnChanged(true);
            if (!isStill)
                Q_EMIT damaged(QRegion(m_picture.rect()));
        });
    }
    void close() override { }
    void setVisible(bool) override { }
    void acknowledge(int) override { }
    void sendKey(int xtScancode, bool isPressed) override
    {
        if (isPressed)
            keys.append(xtScancode);
    }
    void sendKeyLocks(console::KeyLocks) override { }
    void sendPointerPosition(QPoint, quint32, int) override { }
    void sendPointerMotion(QPoint, quint32) override { }
    void sendButton(console::PointerButton, bool, quint32) override { }
    void requestGuestSize(QSize) override { }
    console::AgentChannel* agent() override { return &channel; }
    void record(console::RecordCommand, int) override { }

    SilentAgent channel;
    console::ConnectOptions options;
    QList<int> keys; ///< that were pressed
    bool isStill = false; ///< it has a screen on which nothing was drawn yet

private:
    QImage m_picture;
};

} // namespace tests
