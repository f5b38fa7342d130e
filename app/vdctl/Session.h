// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/vdctl/Attachment.h"
#include "app/vdctl/Invocation.h"
#include "app/vdctl/MoveRun.h"
#include "hosts/wire/RemoteHost.h"

#include <QTimer>

#include <memory>

namespace vdctl {

/// One run of a command: connects, asks one thing after the other, prints what comes.
class Session : public QObject {
    Q_OBJECT

public:
    /// `thread` must outlive this.
    Session(Invocation invocation, hosts::wire::WireThread& thread);

    /// Errors: InvalidConfig, of the URI.
    vmm::Result<void> start();
    /// Somebody pressed Ctrl+C: stops what is under way, and ends when the host has undone that;
    /// the second time at once.
    void interrupt();

Q_SIGNALS:
    void finished(int exitCode);

private:
    vmm::Result<std::unique_ptr<hosts::Host>> makeHost(const QString& uri);
    void follow(hosts::ConnectionState state);
    void run();
    void runMove();
    void takeNext();
    void take(const Step& step, const vmm::Result<hosts::Answer>& answer);
    void attach(const vmm::ConsoleEndpoint& endpoint);
    void hold(const hosts::VmId& vm);
    void waitUntilOff();
    void dropThoseThatAreOff();
    void learn(const hosts::InventoryChange& change);
    bool isRunning(const hosts::VmId& vm) const;
    void runMetrics();
    void endIfNothingRuns();
    void showEvent(const hosts::InventoryChange& change);
    void showMetrics(const hosts::MetricsBatch& batch);
    void print(const Shown& shown);
    void print(const vmm::Error& error, const QString& remedy = {});
    void put(const QByteArray& bytes);
    void failToWrite(int error);
    void showProgress(const QString& label, int percent);
    void clearProgress();
    void fail(const vmm::Error& error);
    void end();

    Invocation m_invocation;
    hosts::wire::WireThread& m_thread;
    std::unique_ptr<hosts::Host> m_host;
    std::unique_ptr<MoveRun> m_move;
    std::unique_ptr<Attachment> m_attachment;
    QVector<Step> m_steps;
    vmm::Future<hosts::Answer> m_current;
    QTimer m_pause; ///< between two steps
    QHash<hosts::VmId, QString> m_goingOff; ///< what is waited for at the end, by label
    int m_secondsUntilOff = 0;
    bool m_isWaitingForOff = false;
    QHash<hosts::VmId, hosts::VmInfo> m_known; ///< the machines, as last told
    QSet<hosts::VmId> m_measured;
    QTimer m_patience; ///< with a host that tells no load
    int m_ticks = 0;
    int m_ticksLeft = 0; ///< 0: no end
    int m_exitCode = 0;
    bool m_isRunning = false;
    bool m_isInterrupted = false;
    bool m_isHolding = false; ///< until interrupted
    bool m_hasProgress = false;
    bool m_hasEnded = false;
};

} // namespace vdctl
