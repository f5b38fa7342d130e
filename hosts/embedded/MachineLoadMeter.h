// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/embedded/MachineLoadReadings.h"
#include "vmm/base/Async.h"
#include "vmm/qemu/Machine.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <vector>

namespace hosts::embedded {

/// The load of one machine in detail, a child of the machine. Costs nothing while nobody asks: what
/// it has QEMU and the guest count for it (latency histograms, the guest's memory) ends some time
/// after the last question.
class MachineLoadMeter : public QObject {
    Q_OBJECT

public:
    /// That of the machine; made if there is none yet.
    static MachineLoadMeter& of(vmm::Machine& machine);

    /// Rates are since the call before, if that was not too long ago; the first has none. What QEMU
    /// does not tell in time is left out. Errors: WrongState (it does not run).
    /// Source: /proc/PID, QMP `query-cpus-fast`, `query-blockstats`, `block-latency-histogram-set`,
    /// `query-balloon` and the balloon's guest-stats (QEMU 7.2).
    vmm::Future<vmm::LoadDetail> measure();

private:
    explicit MachineLoadMeter(vmm::Machine& machine);

    void begin();
    void ask(const QString& command, const QJsonObject& arguments,
        std::function<void(const QJsonValue&)> take);
    void askProportional();
    void haveGuestCount();
    void haveLatenciesCounted();
    void finishOne();
    void readProcess();
    void readCards();
    void rest();

    vmm::Machine& m_machine;
    vmm::ProcessIdentity m_process; ///< that all of this is about
    QElapsedTimer m_clock;
    QTimer m_idleTimer;
    MachineReadings m_before;
    MachineReadings m_now;
    QVector<qint64> m_vcpuThreads;
    vmm::LoadDetail m_last;
    std::vector<vmm::Promise<vmm::LoadDetail>> m_waiting;
    int m_unanswered = 0;
    qint64 m_proportionalTimeNs = -1;
    QSet<QString> m_countedDisks; ///< whose latencies QEMU counts for us
    bool m_isGuestAsked = false;
    bool m_isGuestCountOurs = false;
};

} // namespace hosts::embedded
