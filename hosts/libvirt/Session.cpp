// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Session.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/HostFacts.h"
#include "hosts/libvirt/LibraryLog.h"
#include "hosts/libvirt/Overlapped.h"

#include <QLoggingCategory>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Q_LOGGING_CATEGORY(logSession, "vm.libvirt")

constexpr int kActionThreads = 3; // with the reader below libvirtd's 5 calls at a time per client
constexpr Timing::Milliseconds kCheckPatience { 5'000 };
constexpr int kReadAtOnce = 200;
constexpr std::chrono::milliseconds kDescribePerVm { 30 }; // 10,000 machines: every 6 minutes
constexpr std::chrono::milliseconds kGatherEvents { 10 };
constexpr std::chrono::milliseconds kGatherResources { 100 };
constexpr std::chrono::milliseconds kFirstDetails { 150 }; // how long the first list may wait
constexpr std::chrono::milliseconds kDetailsBatch { 100 };
constexpr std::chrono::milliseconds kFarDetailsBatch { 300 }; // several round trips

} // namespace

Session::Session(Target target, Timing timing, QObject* parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_width(m_target.uri.isLocal() ? kNearWidth : kFarWidth)
    , m_timing(timing)
    , m_mail(Mailbox::create())
    , m_reader("libvirt-reader", 1)
    , m_actions("libvirt-actions", kActionThreads)
    , m_known(std::make_shared<DomainTable>())
{
    m_openDeadline.setSingleShot(true);
    m_openDeadline.setInterval(m_timing.connect);
    connect(&m_openDeadline, &QTimer::timeout, this, &Session::awaitOpening);
    m_touchTimer.setSingleShot(true);
    m_touchTimer.setInterval(kGatherEvents);
    connect(&m_touchTimer, &QTimer::timeout, this, &Session::readTouched);
    m_pollTimer.setSingleShot(true);
    m_pollTimer.setInterval(m_timing.poll);
    connect(&m_pollTimer, &QTimer::timeout, this, [this] { list(false); });
    m_describeTimer.setSingleShot(true);
    connect(&m_describeTimer, &QTimer::timeout, this, [this] { list(true); });
    m_resourceTimer.setSingleShot(true);
    m_resourceTimer.setInterval(m_timing.poll);
    connect(&m_resourceTimer, &QTimer::timeout, this, [this] {
        for (const ResourceKind kind : std::exchange(m_silent, {}))
            Q_EMIT resourceChanged(kind);
    });
    m_checkDeadline.setSingleShot(true);
    m_checkDeadline.setInterval(std::min(m_timing.query, kCheckPatience));
    connect(&m_checkDeadline, &QTimer::timeout, this, [this] {
        m_isSilent = true;
        noteSilence();
    });
    m_readDeadline.setSingleShot(true);
    m_readDeadline.setInterval(m_timing.query);
    connect(&m_readDeadline, &QTimer::timeout, this, [this] {
        reportLoss(Error { ErrorKind::TimedOut, m_target.uri.toString(),
            QStringLiteral("the host did not tell the states of its machines in time") });
    });
}

Session::~Session()
{
    abandon(Error { ErrorKind::Cancelled, m_target.uri.toString() });
}

void Session::abandon(const Error& error)
{
    m_mail->close();
    m_lifeline->cut();
    m_isLost = true;
    const auto pending = std::exchange(m_pending, {});
    for (const auto& fail : pending)
        fail(error);
    // Deregistering and closing may still wait for a lock of libvirt's.
    m_actions.close({});
    m_checker.reset();
    m_reader.close([link = std::move(m_link), connection = std::move(m_connection),
                       known = std::move(m_known)]() mutable {
        known.reset();
        link.reset();
        connection = {};
    });
}

void Session::open()
{
    m_openDeadline.start();
    m_reader.post([this, mail = m_mail, lifeline = m_lifeline, target = m_target, width = m_width,
                      visitors = m_visitors] {
        auto touched = [this, mail](VmId id) { mail->post([this, id] { touch({ id }); }); };
        auto lostNow = [this, mail](const QString& reason) {
            mail->post([this, reason] {
                reportLoss(Error { ErrorKind::Disconnected, m_target.uri.toString(), reason });
            });
        };
        auto opening = establish(target, *lifeline, width, touched, lostNow, visitors);
        mail->post([this, opening = std::move(opening)] { finishOpening(opening); });
    });
}

void Session::awaitOpening()
{
    if (m_connection || m_isLost)
        return;
    if (m_target.credentials->isAsking()) // a person may take all the time
        return m_openDeadline.start();
    m_isLost = true;
    Q_EMIT openFailed(Error { ErrorKind::TimedOut, m_target.uri.toString(),
        QStringLiteral("no connection within %1 seconds").arg(m_timing.connect.count() / 1000.0) });
}

/// The worker's part of opening: events first, then the list, so that no change falls between them.
/// What the host is like is asked meanwhile. So a connection costs as many round trips one after
/// the other with ten thousand machines as with one.
Result<Session::Opening> Session::establish(const Target& target, Lifeline& lifeline, int width,
    DomainEvents::Touched touched, DomainEvents::Lost lost,
    std::shared_ptr<ScreenVisitors> visitors)
{
    Opening opening { .link = std::make_shared<Link>() };
    const Connection connection = TRY(openConnection(target, &lifeline));
    opening.link->connection = connection;
    std::optional<Result<DomainListing>> listing;
    const std::function<void()> jobs[] = {
        [&] {
            opening.link->events = std::make_unique<DomainEvents>(
                connection, width, std::move(touched), std::move(lost), std::move(visitors));
            listing = listWithFacts(connection, width);
        },
        [&] { opening.info = readHostInfo(connection, width); },
    };
    overlapped(2, 2, [&](int i) { jobs[i](); });
    opening.listing = std::make_shared<DomainListing>(TRY(std::move(*listing)));
    // Near, the first rows come whole; far away all of them come sooner without.
    if (target.uri.isLocal())
        opening.described = TRY(readDetails(*opening.listing, 0, width, kFirstDetails));
    opening.records = opening.listing->records;
    return opening;
}

void Session::finishOpening(const Result<Opening>& opening)
{
    if (m_isLost)
        return; // it was given up already
    if (!opening.has_value()) {
        m_isLost = true;
        Q_EMIT openFailed(opening.error());
        return;
    }
    m_link = opening->link;
    m_connection = m_link->connection;
    m_openDeadline.stop();
    readRemainingDetails(opening->listing, opening->described);
    if (!m_link->events->areOffered())
        m_pollTimer.start();
    m_describeTimer.start(m_timing.describe + kDescribePerVm * opening->records.size());
    touch({}); // what happened while the list was made, and after it
    Q_EMIT opened(opening->info, opening->records);
}

void Session::readRemainingDetails(const std::shared_ptr<DomainListing>& listing, int first)
{
    if (first >= static_cast<int>(listing->records.size()))
        return;
    m_reader.post([this, mail = m_mail, width = m_width, known = m_known, listing, first] {
        if (first == 0 || known->isEmpty()) {
            for (qsizetype i = 0; i < listing->records.size(); ++i)
                known->insert(listing->records[i].id, listing->domains[static_cast<size_t>(i)]);
        }
        const auto next = readDetails(
            *listing, first, width, width > kNearWidth ? kFarDetailsBatch : kDetailsBatch);
        auto records = next.has_value() ? listing->records.mid(first, *next - first)
                                        : QVector<DomainRecord> {};
        mail->post([this, listing, next, records]() mutable {
            if (!next.has_value())
                return reportReadError(next.error());
            records.removeIf([this](const DomainRecord& of) { return m_newer.contains(of.id); });
            Q_EMIT described(records);
            readRemainingDetails(listing, *next);
        });
    });
}

void Session::touch(const QVector<VmId>& ids)
{
    for (const VmId& id : ids)
        m_touched.insert(id);
    if (!m_isReading && !m_touched.isEmpty() && !m_touchTimer.isActive())
        m_touchTimer.start();
}

void Session::readTouched()
{
    if (!m_connection || m_isLost)
        return; // finishOpening calls again
    QVector<VmId> ids;
    for (auto id = m_touched.begin(); id != m_touched.end() && ids.size() < kReadAtOnce;) {
        ids.append(*id);
        id = m_touched.erase(id);
    }
    m_isReading = true;
    m_readDeadline.start();
    m_reader.post(
        [this, mail = m_mail, connection = m_connection, width = m_width, known = m_known, ids] {
            const auto reading = readDomains(connection, ids, width, *known);
            mail->post([this, reading] { finishReading(reading); });
        });
}

void Session::finishReading(const Result<DomainReading>& reading)
{
    m_isReading = false;
    m_readDeadline.stop();
    if (reading.has_value()) {
        for (const DomainRecord& record : reading->records)
            m_newer.insert(record.id);
        Q_EMIT domainsRead(*reading);
    } else {
        reportReadError(reading.error());
    }
    touch({}); // what came meanwhile
}

void Session::list(bool describes)
{
    m_readDeadline.start();
    if (describes)
        m_newer.clear();
    m_reader.post([this, mail = m_mail, connection = m_connection, width = m_width, describes] {
        LibraryLog::keepSmall();
        const auto listing = std::make_shared<Result<DomainListing>>(
            describes ? listWithFacts(connection, width) : listDomains(connection, width));
        const auto records
            = listing->has_value() ? listing->value().records : QVector<DomainRecord> {};
        mail->post([=, this] { finishList(listing, records, describes); });
    });
}

void Session::finishList(const std::shared_ptr<Result<DomainListing>>& listing,
    const QVector<DomainRecord>& records, bool describes)
{
    if (!m_isReading)
        m_readDeadline.stop();
    if (describes)
        m_describeTimer.start(m_timing.describe + kDescribePerVm * records.size());
    else
        m_pollTimer.start();
    if (!listing->has_value())
        return reportReadError(listing->error());
    Q_EMIT listed(records);
    if (describes)
        readRemainingDetails(std::shared_ptr<DomainListing>(listing, &listing->value()), 0);
}

void Session::listenTo(ResourceKind kind)
{
    if (!m_connection || m_isLost)
        return;
    m_reader.post([this, mail = m_mail, link = m_link, kind] {
        auto& events = link->resources[kind];
        if (!events)
            events = std::make_unique<ResourceEvents>(
                link->connection, kind, [this, mail](ResourceKind changed) {
                    mail->post([this, changed] { noteResource(changed); });
                });
        if (!events->areOffered())
            mail->post([this, kind] {
                m_silent.insert(kind);
                if (!m_resourceTimer.isActive())
                    m_resourceTimer.start();
            });
    });
}

/// A refresh of a pool is an event, and whoever hears of it asks again: many at once are one.
void Session::noteResource(ResourceKind kind)
{
    if (m_heard.contains(kind))
        return;
    m_heard.insert(kind);
    QTimer::singleShot(kGatherResources, this, [this, kind] {
        m_heard.remove(kind);
        Q_EMIT resourceChanged(kind);
    });
}

void Session::reportReadError(const Error& error)
{
    if (error.kind == ErrorKind::Disconnected)
        reportLoss(error);
    else
        qCWarning(logSession).noquote() << "reading machines:" << error.toString();
}

void Session::reportLoss(const Error& error)
{
    if (!std::exchange(m_isLost, true))
        Q_EMIT lost(error);
}

void Session::startDeadline(quint64 id, Timing::Milliseconds deadline, const QString& subject)
{
    QTimer::singleShot(deadline, this, [this, id, deadline, subject] {
        const auto fail = m_pending.take(id);
        if (!fail)
            return;
        fail(Error { ErrorKind::TimedOut, subject,
            QStringLiteral("libvirt did not answer within %1 seconds; the outcome is unknown")
                .arg(deadline.count() / 1000.0) });
        m_late.insert(id);
        checkConnection();
    });
}

void Session::noteReturn(quint64 id)
{
    m_late.remove(id);
    m_hanging.remove(id);
    if (m_slow.remove(id))
        m_actions.shrink();
}

/// Asks for what libvirtd knows by heart: a driver, or a QEMU, that takes its time does not delay
/// that answer, but a host that is gone does.
void Session::checkConnection()
{
    if (m_isSilent)
        return noteSilence();
    if (std::exchange(m_isChecking, true) || m_isLost)
        return;
    if (!m_checker)
        m_checker = std::make_unique<Lane>("libvirt-check", 1);
    m_checkDeadline.start();
    m_checker->post([this, mail = m_mail, connection = m_connection] {
        unsigned long version = 0;
        const bool isAnswer = virConnectGetLibVersion(connection.get(), &version) == 0;
        mail->post([this, isAnswer] { takeAnswer(isAnswer); });
    });
}

void Session::takeAnswer(bool isAnswer)
{
    m_checkDeadline.stop();
    m_isChecking = false;
    m_isSilent = false;
    if (!isAnswer)
        return noteSilence();
    m_hanging.clear();
    for (const quint64 id : std::as_const(m_late)) {
        if (m_slow.contains(id))
            continue;
        m_slow.insert(id);
        m_actions.grow();
    }
}

void Session::noteSilence()
{
    m_hanging = m_late;
    if (m_hanging.size() >= kActionThreads)
        reportLoss(Error { ErrorKind::TimedOut, m_target.uri.toString(),
            QStringLiteral("%1 calls to this host do not return").arg(m_hanging.size()) });
}

} // namespace hosts::libvirt
