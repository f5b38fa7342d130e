// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Metrics.h"
#include "hosts/embedded/HostLoadReadings.h"
#include "vmm/qemu/Core.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace hosts::embedded {

/// Bytes that all disks of a machine have moved since it was started.
struct DiskCounters {
    quint64 read = 0;
    quint64 written = 0;

    bool operator==(const DiskCounters&) const = default;
};

/// The answer to QMP `query-blockstats` (QEMU 7.2), summed up; nothing if it is none.
std::optional<DiskCounters> parseBlockStats(const QJsonValue& answer);

/// Measures the host and its machines: the host and the visible machines every second, all others
/// every ten. CPU, memory and the traffic of tap devices come from /proc, disks from QMP. A tick
/// never waits for a machine that does not answer: its disks are left out.
class MetricsSampler : public QObject {
    Q_OBJECT

public:
    static constexpr int kIntervalMs = 1000;
    static constexpr int kTicksForHidden = 10;

    explicit MetricsSampler(vmm::Core& core, QObject* parent = nullptr);

    void setVisible(const QSet<VmId>& vms) { m_visible = vms; }

Q_SIGNALS:
    void sampled(const hosts::MetricsBatch& batch);

private:
    /// What the last measurement of a machine said.
    struct Previous {
        vmm::ProcessIdentity process;
        qint64 cpuTimeNs = -1;
        quint64 cpuTicks = 0;
        qint64 diskTimeNs = -1;
        DiskCounters disk {};
        bool isDiskAsked = false;
        QStringList taps {}; ///< looked for now and then: that is dear
        bool isTapsKnown = false;
        qint64 networkTimeNs = -1;
        NetworkCounters network {}; ///< of all taps together
    };

    void tick();
    void measureHost();
    void measureMachine(vmm::Machine& machine, bool isThorough);
    void measureNetwork(vmm::Machine& machine, VmValues& values);
    double cpuLoad(Previous& previous, const vmm::ProcStat& stat, int vcpus);
    void askDisks(vmm::Machine& machine, qsizetype sample);
    void takeDisks(const VmId& id, qsizetype sample, quint64 batch, const QJsonValue& answer);
    void forgetGone();
    void emitBatch();

    vmm::Core& m_core;
    QSet<VmId> m_visible;
    QTimer m_timer;
    QTimer m_answersTimer; ///< ends the wait for the disks of this tick
    QElapsedTimer m_clock;
    int m_ticks = 0;
    CpuTicks m_hostTicks;
    QHash<VmId, Previous> m_previous;
    QHash<QString, NetworkCounters> m_networks; ///< of this tick; read when the first one asks
    MetricsBatch m_batch;
    quint64 m_batchNumber = 0; ///< a late answer belongs to no later batch
    int m_unanswered = 0;
};

} // namespace hosts::embedded
