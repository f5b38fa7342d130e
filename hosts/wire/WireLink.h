// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/Carrier.h"
#include "hosts/wire/Frame.h"
#include "hosts/wire/Message.h"

#include <QTimer>

#include <atomic>
#include <chrono>

namespace hosts::wire {

struct WireLinkOptions {
    QString uri {}; ///< what the other side calls the host
    QString subject {}; ///< what errors are about; empty: the URI
    QString program = QStringLiteral("virtdeck " VIRTDECK_VERSION);
    QStringList abilities {}; ///< of this side; see Hello
    std::chrono::milliseconds settleLimit { 500 }; ///< starts that take longer wait for something
    std::chrono::milliseconds helloLimit { 10'000 }; ///< from the start to the other side's hello
    std::chrono::milliseconds silenceLimit { 10'000 }; ///< this long without a sign of life: hung
    std::chrono::milliseconds endGrace { 2'000 }; ///< from hanging up to killing
};

/// One run of a host program: framing, decoding, the handshake, and the watch over it. Lives in a
/// WireThread; only values leave it. It stays until its owner releases it, and then deletes itself
/// when the other side is gone.
class WireLink : public QObject {
    Q_OBJECT

public:
    WireLink(CarrierFactory makeCarrier, WireLinkOptions options);
    ~WireLink() override;

    // In the thread of the link (WireThread calls them there).
    void start();
    void send(const Message& message);
    /// The owner's last call: hangs up, kills after the grace. No signal comes any more.
    void release(std::chrono::milliseconds grace);

    /// Any thread: a batch of metrics that was received has been dealt with. While too many
    /// haven't, further ones are dropped, so that a stalled window isn't buried under them.
    void metricsTaken() { --m_metricsOnTheirWay; }

Q_SIGNALS:
    /// Once: the costly part of the start is over, as the machines are known, or it is known that
    /// they won't be soon.
    void settled();
    /// First of all the Hello, then whatever else a host sends but Pong. Inventories come whole.
    void received(const hosts::wire::Message& message);
    /// The other side died, hung, or talked nonsense; it is being ended, and the link stops.
    /// `lastHeard`: UTC, invalid if nothing was ever heard.
    void ended(const vmm::Error& reason, const QDateTime& lastHeard);

private:
    void readFrames(const QByteArray& bytes);
    vmm::Result<void> handle(const Message& message);
    vmm::Result<void> check(const Hello& hello) const;
    vmm::Result<void> collect(const InventoryEvent& part);
    void settle();
    void beat();
    void fail(vmm::Error reason);
    void stop(std::chrono::milliseconds grace);
    void bury(const vmm::Error& reason);

    CarrierFactory m_makeCarrier;
    WireLinkOptions m_options;
    std::unique_ptr<Carrier> m_carrier;
    FrameReader m_frames;
    InventoryChange m_inventory; // parts that came so far
    QTimer m_settleTimer;
    QTimer m_helloTimer;
    QTimer m_heart;
    QDateTime m_lastHeard;
    bool m_hasHeard = false; // since the last beat
    int m_silentBeats = 0;
    quint32 m_pingSerial = 0;
    bool m_isGreeted = false;
    bool m_isStopping = false;
    bool m_isReleased = false;
    std::atomic_int m_metricsOnTheirWay = 0;
};

} // namespace hosts::wire
