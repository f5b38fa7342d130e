// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/DomainEvents.h"
#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Lane.h"
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/Mailbox.h"
#include "hosts/libvirt/ResourceEvents.h"
#include "hosts/libvirt/Timing.h"
#include "hosts/libvirt/Wanted.h"
#include "vmm/base/Async.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <map>

namespace hosts::libvirt {

/// One connection to libvirt from its opening to its loss, with the threads that make its calls.
/// A lane of one thread reads states and definitions, so answers come in the order of the
/// questions; a lane of three carries out actions. A call that does not return in time finishes
/// with TimedOut, and the host is asked for something that takes it no time. If it answers, the
/// call is merely slow, and another thread takes the place of its own; if it does not, and as many
/// calls hang as the lane has threads, the session is lost. With the session its socket is cut, so
/// the threads of calls that wait for the host end, whatever the host does.
///
/// Thread: its owner's; signals and futures are there.
class Session : public QObject {
    Q_OBJECT

public:
    Session(Target target, Timing timing, QObject* parent = nullptr);
    ~Session() override;

    void open(); ///< once; ends in opened or openFailed

    const Connection& connection() const { return m_connection; } ///< null before opened

    /// Who came to the machines' screens since this session looks.
    ScreenVisitors& visitors() const { return *m_visitors; }

    /// Runs `function` on the action lane, unless the call was cancelled before it begins.
    /// `deadline` counts from then.
    template <typename T>
    vmm::Future<T> call(const QString& subject, Timing::Milliseconds deadline,
        std::function<vmm::Result<T>(const Connection&)> function);

    /// The same for what has steps that can't be taken back: it asks before each of them whether
    /// its time is not over.
    template <typename T>
    vmm::Future<T> callInSteps(const QString& subject, Timing::Milliseconds deadline,
        std::function<vmm::Result<T>(const Connection&, const Wanted&)> function);

    /// These machines are to be read again soon; further calls join the same reading.
    void touch(const QVector<VmId>& ids);

    /// From now on resourceChanged tells of these. Where the driver has no events for them it is
    /// told once, after a while, to whom it is worth another question.
    void listenTo(ResourceKind kind);

    /// Lets go of the connection in the background: no signal comes after it, calls under way
    /// finish with `error`. The destructor does it with Cancelled.
    void abandon(const vmm::Error& error);

Q_SIGNALS:
    void opened(const hosts::HostInfo& info, const QVector<hosts::libvirt::DomainRecord>& records);
    void openFailed(const vmm::Error& error);
    void lost(const vmm::Error& error); ///< at most once; do with the session what you like then
    void listed(
        const QVector<hosts::libvirt::DomainRecord>& records); ///< the whole list, read again
    void domainsRead(const hosts::libvirt::DomainReading& reading);
    /// Details alone; the states in these records are old.
    void described(const QVector<hosts::libvirt::DomainRecord>& records);
    void resourceChanged(hosts::ResourceKind kind);

private:
    struct Link {
        Connection connection {};
        std::unique_ptr<DomainEvents> events {};
        std::map<ResourceKind, std::unique_ptr<ResourceEvents>> resources {}; ///< the reader's
    };
    struct Opening {
        std::shared_ptr<Link> link {};
        HostInfo info {};
        std::shared_ptr<DomainListing> listing {}; ///< the reader thread's from here on
        QVector<DomainRecord> records {};
        int described = 0;
    };

    static vmm::Result<Opening> establish(const Target& target, Lifeline& lifeline, int width,
        DomainEvents::Touched touched, DomainEvents::Lost lost,
        std::shared_ptr<ScreenVisitors> visitors);
    void awaitOpening();
    void finishOpening(const vmm::Result<Opening>& opening);
    void readRemainingDetails(const std::shared_ptr<DomainListing>& listing, int first);
    void readTouched();
    void finishReading(const vmm::Result<DomainReading>& reading);
    void list(bool describes);
    void finishList(const std::shared_ptr<vmm::Result<DomainListing>>& listing,
        const QVector<DomainRecord>& records, bool describes);
    void noteResource(ResourceKind kind);
    void reportReadError(const vmm::Error& error);
    void reportLoss(const vmm::Error& error);
    void startDeadline(quint64 id, Timing::Milliseconds deadline, const QString& subject);
    void noteReturn(quint64 id);
    void checkConnection();
    void takeAnswer(bool isAnswer);
    void noteSilence();

    Target m_target;
    int m_width; ///< calls at a time (Overlapped.h)
    Timing m_timing;
    std::shared_ptr<Mailbox> m_mail;
    std::shared_ptr<ScreenVisitors> m_visitors = std::make_shared<ScreenVisitors>();
    Lane m_reader;
    Lane m_actions;
    std::shared_ptr<Lifeline> m_lifeline = std::make_shared<Lifeline>();
    std::shared_ptr<Link> m_link;
    Connection m_connection;
    std::shared_ptr<DomainTable> m_known; ///< the reader thread's
    QSet<VmId> m_touched;
    QSet<VmId> m_newer; ///< read since all were listed, so that its details are older
    QTimer m_openDeadline;
    QTimer m_touchTimer;
    QTimer m_pollTimer; ///< drivers without events: states
    QTimer m_describeTimer; ///< all drivers: definitions, whose changes bring no event everywhere
    QTimer m_resourceTimer; ///< drivers without events for pools or networks
    QSet<ResourceKind> m_silent; ///< what it will tell
    QSet<ResourceKind> m_heard; ///< to be told in a moment
    QTimer m_readDeadline;
    bool m_isReading = false;
    bool m_isLost = false;
    QHash<quint64, std::function<void(const vmm::Error&)>> m_pending;
    quint64 m_nextCall = 1;
    std::unique_ptr<Lane> m_checker; ///< once there was something to check
    QTimer m_checkDeadline;
    QSet<quint64> m_late; ///< calls that were given up and have not returned
    QSet<quint64> m_slow; ///< those of them in whose place the lane has a thread more
    QSet<quint64> m_hanging; ///< those of them while the host did not answer
    bool m_isChecking = false;
    bool m_isSilent = false; ///< the check under way is late, too
};

template <typename T>
vmm::Future<T> Session::call(const QString& subject, Timing::Milliseconds deadline,
    std::function<vmm::Result<T>(const Connection&)> function)
{
    return callInSteps<T>(subject, deadline,
        [function = std::move(function)](
            const Connection& connection, const Wanted&) { return function(connection); });
}

template <typename T>
vmm::Future<T> Session::callInSteps(const QString& subject, Timing::Milliseconds deadline,
    std::function<vmm::Result<T>(const Connection&, const Wanted&)> function)
{
    auto promise = std::make_shared<vmm::Promise<T>>();
    const Wanted wanted([promise] { return promise->isCancelRequested(); });
    const quint64 id = m_nextCall++;
    m_pending.insert(id, [promise, wanted](const vmm::Error& error) {
        wanted.end();
        promise->finish(error);
    });
    auto future = promise->future();
    m_actions.post([=, this, mail = m_mail, connection = m_connection] {
        // `this` is used in letters alone, which are dropped once the session is gone.
        mail->post([=, this] { startDeadline(id, deadline, subject); });
        // Where all threads were busy it may have waited for longer than its caller.
        const vmm::Result<void> isWanted = wanted.check(subject);
        vmm::Result<T> result
            = isWanted ? function(connection, wanted) : vmm::Result<T>(isWanted.error());
        // Of several that wait, keepalive wakes one alone, and tells nobody else.
        const bool isGone = !result && result.error().kind == vmm::ErrorKind::Disconnected
            && virConnectIsAlive(connection.get()) == 0;
        mail->post([=, this, result = std::move(result)] {
            if (m_pending.remove(id) == 0)
                noteReturn(id); // it came too late, but it came
            promise->finish(result);
            if (isGone)
                reportLoss(result.error());
        });
    });
    return future;
}

} // namespace hosts::libvirt

Q_DECLARE_METATYPE(hosts::libvirt::DomainReading)
