// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/libvirt/Inventory.h"
#include "hosts/libvirt/Lane.h"
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/Mailbox.h"
#include "hosts/libvirt/RateMeter.h"
#include "hosts/libvirt/StatsReader.h"
#include "hosts/libvirt/Timing.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

namespace hosts::libvirt {

/// Samples the load of a host's machines on a connection and a thread of their own, so that nothing
/// that hangs there delays states and actions. Visible machines every tick, the others every tenth,
/// or more often where that is cheap.
///
/// A QEMU that hangs blocks libvirt's bulk call for as long as it hangs. So a reading that is late
/// is looked into, on the main connection: machines whose monitor is occupied for long are suspects
/// and left out from then on, until they answer again; the reading is ended by cutting its
/// connection, and begun anew without them. So is one that misses its deadline for another reason.
///
/// Thread: its owner's. `inventory` must outlive it.
class Sampler : public QObject {
    Q_OBJECT

public:
    Sampler(const Inventory& inventory, Timing timing, QObject* parent = nullptr);
    ~Sampler() override;

    /// `main`: the connection that states are read with. It is also sampled with where a second one
    /// would see another host (libvirt's test driver).
    void start(const Target& target, const Connection& main);
    void stop();
    void setVisible(const QSet<VmId>& vms); ///< newly visible ones are sampled at once

Q_SIGNALS:
    void sampled(const hosts::MetricsBatch& batch);
    void hangingFound(const QHash<hosts::VmId, QString>& hanging); ///< all of them, with reasons
    void missingFound(const QHash<hosts::Feature, QString>& missing);

private:
    struct Worker; ///< what the lane's thread alone touches
    using Occupied = QHash<VmId, std::chrono::milliseconds>;

    void tick();
    StatsReader::Request nextRequest();
    int ticksBetweenWide() const;
    void probe(const QVector<VmId>& vms, bool readingIsLate);
    void takeOccupied(const Occupied& occupied, bool readingIsLate);
    void tellHanging();
    void giveUpReading();
    void renewWorker();
    void finishReading(const vmm::Result<CounterReading>& reading);

    Target m_target;
    const Inventory& m_inventory;
    Timing m_timing;
    Connection m_main;
    Connection m_shared;
    QTimer m_tick;
    QTimer m_late; ///< a reading takes longer than usual
    QTimer m_deadline;
    std::shared_ptr<Mailbox> m_mail;
    std::shared_ptr<Mailbox> m_probeMail;
    std::shared_ptr<Worker> m_worker;
    std::shared_ptr<Lifeline> m_lifeline; ///< of the worker's connection
    std::unique_ptr<Lane> m_lane;
    std::unique_ptr<Lane> m_probeLane;
    RateMeter m_meter;
    QSet<VmId> m_visible;
    QVector<VmId> m_asked; ///< in the reading under way
    Occupied m_suspects; ///< left out, with how long they have been occupied
    QSet<VmId> m_hanging; ///< those of them that were told of
    std::chrono::milliseconds m_usual { 0 }; ///< how long a reading takes
    QElapsedTimer m_since; ///< of the reading under way
    std::chrono::milliseconds m_wide { 0 }; ///< how long the last reading of all took
    int m_ticksToWide = 0;
    bool m_isWide = false; ///< the reading under way
    int m_pause = 0; ///< ticks to let pass after a failure
    bool m_isReading = false;
    bool m_isProbing = false;
};

} // namespace hosts::libvirt
