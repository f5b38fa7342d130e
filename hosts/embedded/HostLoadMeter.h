// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/embedded/HostLoadReadings.h"

#include <QElapsedTimer>
#include <QSet>

namespace hosts::embedded {

/// The files of the kernel at one time, as they were read.
struct HostReadings {
    qint64 timeNs = 0; ///< of a clock that never goes back
    QByteArray stat {};
    QByteArray loadavg {};
    QByteArray meminfo {};
    QByteArray diskstats {};
    QByteArray netDev {};
    QByteArray cpuPressure {};
    QByteArray memoryPressure {};
    QByteArray ioPressure {};
    QSet<QString> wholeDisks {}; ///< of diskstats, those that are no partition

    /// Of this computer, now; `timeNs` is left to the caller.
    static HostReadings read();
};

/// This computer's load in detail. Costs nothing while nobody asks.
class HostLoadMeter {
public:
    HostLoadMeter() { m_clock.start(); }

    /// Rates are since the call before, if that was not too long ago; the first has none.
    vmm::HostLoadDetail measure();

    /// The same from given readings, which become those before.
    vmm::HostLoadDetail take(const HostReadings& readings);

private:
    struct Counters {
        qint64 timeNs = -1;
        QVector<CpuTicks> cpus {};
        QHash<QString, HostDiskCounters> disks {};
        QHash<QString, NetworkCounters> networks {};
    };

    QElapsedTimer m_clock;
    Counters m_before;
    vmm::HostLoadDetail m_last;
};

} // namespace hosts::embedded
