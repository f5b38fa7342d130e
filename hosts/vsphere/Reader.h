// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/vsphere/Figures.h"
#include "hosts/vsphere/Places.h"
#include "hosts/vsphere/Timing.h"
#include "hosts/vsphere/VimSession.h"

#include <QTimer>

#include <map>

namespace hosts::vsphere {

/// Reads what libvirt does not tell of a VMware host: the load of it and of its machines, and where
/// these are in the inventory. Reads only; whatever goes wrong is told by `offered` and tried again
/// later.
///
/// Load is the server's own "real-time" samples, one each 20 seconds, which it keeps for an hour:
/// the last minutes are told at once. Where it does not answer QueryPerf, the figures of its
/// summaries, which have neither disks nor networks.
///
/// Thread: its owner's, which must have an event loop; nothing blocks.
class Reader : public QObject {
    Q_OBJECT

public:
    Reader(HostUri uri, LoginSource login, Timing timing, QObject* parent = nullptr);
    ~Reader() override;

    static bool isFor(const HostUri& uri); ///< esx://, vpx://
    /// The features that are figures.
    static QList<Feature> figures();

    void begin(); ///< once; it goes on by itself until this is deleted, and logs out then

Q_SIGNALS:
    void sampled(const hosts::MetricsBatch& batch);
    /// All machines that lie in a place worth telling.
    void placed(const QHash<hosts::VmId, QString>& locations);
    /// Of the features that are figures: which are missing, with the reason in a sentence.
    void offered(const QHash<hosts::Feature, QString>& missing);

private:
    struct Machine {
        VmId id {};
        bool isRunning = false;
    };
    using Clock = std::chrono::steady_clock;

    vmm::Future<void> round();
    vmm::Future<void> readPlaces();
    vmm::Future<void> readMachines();
    vmm::Future<QVector<ManagedObject>> collectMachines();
    vmm::Future<void> readFigures();
    vmm::Future<void> readCounters();
    vmm::Future<void> querySamples(qsizetype first);
    vmm::Future<void> readQuickFigures();
    vmm::Result<void> takePlaces(const QVector<ManagedObject>& objects);
    void takeMachines(const QVector<ManagedObject>& objects);
    void takeSamples();
    void tellGap();
    void fallBack(const vmm::Error& error);
    void finishRound(const vmm::Result<void>& result);
    void tell(const QHash<Feature, QString>& missing);
    void forgetSession();
    QVector<MoRef> measured() const;

    HostUri m_uri;
    LoginSource m_login;
    Timing m_timing;
    QTimer m_timer;
    VimSession* m_session = nullptr; ///< its own once it logs out
    int m_seenSession = 0; ///< what is known is of this one
    Places m_places;
    MoRef m_host;
    QHash<MoRef, Machine> m_machines;
    std::optional<Clock::time_point> m_placesRead;
    std::optional<Clock::time_point> m_machinesRead;
    Counters m_counters;
    QString m_quickReason; ///< why summaries are read instead of samples; empty: samples are
    QVector<EntitySamples> m_samples; ///< of this round
    std::optional<QDateTime> m_told; ///< the newest sample that was told, by the server's clock
    std::optional<Clock::time_point> m_lastBatch; ///< when it was told, unless a gap came after it
    std::optional<QHash<Feature, QString>> m_missing; ///< as told last
    std::chrono::milliseconds m_retry { 0 };
};

} // namespace hosts::vsphere
