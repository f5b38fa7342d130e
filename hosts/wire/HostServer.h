// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "hosts/wire/FdStream.h"
#include "hosts/wire/Frame.h"
#include "hosts/wire/InventoryMerge.h"
#include "hosts/wire/Message.h"

#include <QHash>

#include <functional>

namespace hosts::wire {

struct HostServerOptions {
    QString uri {}; ///< what the hello says is served; empty: as the host has it
    /// Told which machines the peer looks at; empty: the host itself is.
    std::function<void(const QSet<VmId>& vms)> setVisible {};
    int protocol = kProtocolVersion; ///< another one only to test the refusal
    QString program = QStringLiteral("virtdeck-host " VIRTDECK_VERSION);
    /// Beyond this many unsent bytes changes are merged and metrics dropped.
    qsizetype slowPeerBytes = qsizetype(1) << 20;
    /// Beyond this many unsent bytes no more requests are read.
    qsizetype stuckPeerBytes = qsizetype(64) << 20;
};

/// Serves one host to one peer. Never waits for the peer: what it doesn't read is merged
/// (inventory), dropped (metrics) or kept (replies, which are bounded because then no more requests
/// are read). Opens the host when the peer has said hello. Several servers may serve one host
/// (HostHub); the host must outlive them.
class HostServer : public QObject {
    Q_OBJECT

public:
    /// Takes the descriptors; see FdStream.
    HostServer(Host& host, int readFd, int writeFd, HostServerOptions options = {},
        QObject* parent = nullptr);

    /// Says hello. Later calls do nothing.
    void start();

    /// Has done with the peer: nothing is read, sent or told any more.
    void leave();

    qsizetype unsent() const { return m_stream.unsent(); }

Q_SIGNALS:
    /// The peer is gone, or talks nonsense. The server does nothing any more; what the peer had
    /// asked for is cancelled where it still can be.
    void finished(const QString& reason);

private:
    void readFrames(const QByteArray& bytes);
    vmm::Result<void> handle(const Message& message);
    vmm::Result<void> handle(const Hello& hello);
    vmm::Result<void> handle(const Request& request);
    vmm::Result<void> handle(const Say& say);
    void welcome(bool peerAsks);
    void finish(const QString& reason);

    void ask(const Question& question, const QuestionAnswer& answer);
    void follow(quint32 id, const vmm::Future<Answer>& future);
    void reply(quint32 id, vmm::Result<Answer> answer);

    bool isPeerSlow() const { return m_stream.unsent() > m_options.slowPeerBytes; }
    void sendInventory(const InventoryChange& change);
    void sendMetrics(const MetricsBatch& batch);
    void sendKept(const Message& message);
    void sendNow(const Message& message);
    void flushMerged();
    void catchUp();

    Host& m_host;
    HostServerOptions m_options;
    FdStream m_stream;
    FrameReader m_frames;
    InventoryMerge m_merged;
    std::optional<MetricsBatch> m_lateMetrics;
    QHash<quint32, std::function<void()>> m_cancellers;
    QHash<quint32, QuestionAnswer> m_questions; // that wait for an answer
    quint32 m_lastQuestion = 0;
    bool m_asks = false; // for the host
    bool m_hasStarted = false;
    bool m_isWelcome = false;
    bool m_isFinished = false;
};

} // namespace hosts::wire
