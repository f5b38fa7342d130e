// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"
#include "hosts/libvirt/Inventory.h"
#include "hosts/libvirt/Lane.h"
#include "hosts/libvirt/Mailbox.h"
#include "hosts/libvirt/RateMeter.h"
#include "hosts/libvirt/StatsReader.h"
#include "hosts/libvirt/Timing.h"

#include <QSet>
#include <QTimer>

namespace hosts::libvirt {

/// Samples the load of a host's machines on a connection and a thread of their own, so that nothing
/// that hangs there delays states and actions. Visible machines every tick, the others every tenth.
///
/// A reading that misses its deadline is given up with its thread and connection (a QEMU that hangs
/// blocks libvirt's bulk call for as long as it hangs); the next one asks first which machines hang
/// and leaves these out until they answer again.
///
/// Thread: its owner's. `inventory` must outlive it.
class Sampler : public QObject {
    Q_OBJECT

public:
    Sampler(HostUri uri, const Inventory& inventory, Timing timing, QObject* parent = nullptr);
    ~Sampler() override;

    /// `main` is used where a second connection would see another host (libvirt's test driver).
    void start(const Connection& main);
    void stop();
    void setVisible(const QSet<VmId>& vms); ///< newly visible ones are sampled at once

Q_SIGNALS:
    void sampled(const hosts::MetricsBatch& batch);
    void hangingFound(const QHash<hosts::VmId, QString>& hanging); ///< all of them, with reasons
    void missingFound(const QHash<hosts::Feature, QString>& missing);

private:
    struct Worker; ///< what the lane's thread alone touches

    void tick();
    StatsReader::Request nextRequest();
    void giveUpReading();
    void renewWorker();
    void finishReading(const vmm::Result<CounterReading>& reading);

    HostUri m_uri;
    const Inventory& m_inventory;
    Timing m_timing;
    Connection m_shared;
    QTimer m_tick;
    QTimer m_deadline;
    std::shared_ptr<Mailbox> m_mail;
    std::shared_ptr<Worker> m_worker;
    std::unique_ptr<Lane> m_lane;
    RateMeter m_meter;
    QSet<VmId> m_visible;
    QSet<VmId> m_hanging;
    int m_ticks = 0;
    int m_pause = 0; ///< ticks to let pass after a failure
    bool m_isReading = false;
    int m_looks = 0; ///< readings that shall look for hanging machines
};

} // namespace hosts::libvirt
