// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Reader.h"

#include <QLoggingCategory>

#include <algorithm>
#include <cmath>

namespace hosts::vsphere {

namespace async = vmm::async;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;

namespace {

Q_LOGGING_CATEGORY(logVsphere, "vm.vsphere")

constexpr int kInterval = 20; // seconds between two samples
constexpr int kFirstSamples = 15; // what was before we came: five minutes
constexpr int kSamples = 3; // one may have been missed
constexpr qsizetype kAtOnce = 50; // entities in one query
constexpr std::chrono::minutes kStaleAfter { 2 };

const QString kUuid = QStringLiteral("config.uuid");
const QString kParent = QStringLiteral("parent");
const QString kPower = QStringLiteral("runtime.powerState");
const QString kRunsOn = QStringLiteral("runtime.host");

QString sentence(const QString& beginning, const Error& error)
{
    QString detail = error.detail;
    while (detail.endsWith(QLatin1Char('.')))
        detail.chop(1);
    return QStringLiteral("%1: %2.").arg(beginning, detail);
}

Wanted machinesWanted()
{
    return { QStringLiteral("VirtualMachine"), { kUuid, kParent, kPower, kRunsOn } };
}

/// The server has no such thing, or not for us; trying again would not help.
bool isRefusal(const Error& error)
{
    return error.kind == ErrorKind::HostLacksFeature || error.kind == ErrorKind::Io
        || (error.kind == ErrorKind::PermissionDenied && error.cause == ErrorCause::None);
}

template <typename T> bool isOlder(const std::optional<T>& time, std::chrono::milliseconds age)
{
    return !time || T::clock::now() - *time >= age;
}

} // namespace

Reader::Reader(HostUri uri, LoginSource login, Timing timing, QObject* parent)
    : QObject(parent)
    , m_uri(std::move(uri))
    , m_login(std::move(login))
    , m_timing(timing)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reader::begin);
}

Reader::~Reader()
{
    forgetSession();
}

bool Reader::isFor(const HostUri& uri)
{
    return uri.driver() == QStringLiteral("esx") || uri.driver() == QStringLiteral("vpx");
}

QList<Feature> Reader::figures()
{
    return { Feature::VmCpuLoad, Feature::VmMemoryUse, Feature::VmDiskRates,
        Feature::VmNetworkRates, Feature::HostLoad };
}

void Reader::forgetSession()
{
    if (m_session != nullptr)
        std::exchange(m_session, nullptr)->logOutAndDelete();
    m_seenSession = 0;
    m_placesRead.reset();
}

void Reader::begin()
{
    if (m_session == nullptr) {
        auto address = Address::of(m_uri);
        if (!address)
            return finishRound(address.error());
        address->deadline = m_timing.deadline;
        m_session = new VimSession(*address, m_login);
    }
    async::onFinished(round(), this, [this](const Result<void>& result) { finishRound(result); });
}

Future<void> Reader::round()
{
    if (m_seenSession != m_session->number() || isOlder(m_placesRead, m_timing.places)) {
        m_placesRead.reset();
        m_machinesRead.reset();
        m_counters = {};
        m_quickReason.clear();
    }
    const auto placed = m_placesRead ? async::ready<void>({}) : readPlaces();
    const auto found = async::andThen(placed, this, [this] {
        m_seenSession = m_session->number();
        return isOlder(m_machinesRead, m_timing.machines) ? readMachines() : async::ready<void>({});
    });
    return async::andThen(found, this, [this] { return readFigures(); });
}

Future<void> Reader::readPlaces()
{
    return async::transformed<void>(m_session->collect({}, Places::wanted()), this,
        [this](const Result<QVector<ManagedObject>>& objects) -> Result<void> {
            return takePlaces(TRY(objects));
        });
}

Result<void> Reader::takePlaces(const QVector<ManagedObject>& objects)
{
    m_places = Places(objects);
    m_host = m_places.findHost(m_session->content().isVCenter ? m_uri.path() : QString());
    if (m_host.isNull())
        return Error { ErrorKind::NotFound, m_uri.path(),
            QStringLiteral("the server's inventory has no host of that path") };
    m_placesRead = Clock::now();
    return {};
}

Future<QVector<ManagedObject>> Reader::collectMachines()
{
    // Of this host alone; where views of hosts are refused, all there are.
    return async::eitherWay(m_session->collect(m_host, { machinesWanted() }), this,
        [this](const Result<QVector<ManagedObject>>& objects) {
            if (!objects && isRefusal(objects.error()))
                return m_session->collect({}, { machinesWanted() });
            return async::ready<QVector<ManagedObject>>(objects);
        });
}

Future<void> Reader::readMachines()
{
    return async::transformed<void>(collectMachines(), this,
        [this](const Result<QVector<ManagedObject>>& objects) -> Result<void> {
            takeMachines(TRY(objects));
            return {};
        });
}

void Reader::takeMachines(const QVector<ManagedObject>& objects)
{
    m_machines.clear();
    QHash<VmId, int> seen;
    QHash<VmId, QString> locations;
    for (const ManagedObject& object : objects) {
        const VmId id = VmId::fromString(object.values.value(kUuid).text);
        if (id.isNull() || object.values.value(kRunsOn).toRef() != m_host)
            continue;
        ++seen[id];
        m_machines.insert(
            object.ref, { id, object.values.value(kPower).text == QStringLiteral("poweredOn") });
        const QString place = m_session->content().isVCenter
            ? m_places.locationOf(object.values.value(kParent).toRef(), m_host)
            : QString(); // an ESX host has one datacenter and one folder
        if (!place.isEmpty())
            locations.insert(id, place);
    }
    // A copied machine may have its original's UUID: then nobody can tell which is meant.
    for (auto machine = m_machines.begin(); machine != m_machines.end();)
        machine = seen.value(machine->id) > 1 ? m_machines.erase(machine) : std::next(machine);
    for (auto id = seen.cbegin(); id != seen.cend(); ++id) {
        if (id.value() > 1)
            locations.remove(id.key());
    }
    m_machinesRead = Clock::now();
    Q_EMIT placed(locations);
}

QVector<MoRef> Reader::measured() const
{
    QVector<MoRef> all { m_host };
    for (auto machine = m_machines.begin(); machine != m_machines.end(); ++machine) {
        if (machine->isRunning)
            all.append(machine.key());
    }
    return all;
}

Future<void> Reader::readFigures()
{
    if (!m_quickReason.isEmpty())
        return readQuickFigures();
    m_samples.clear();
    const auto ready = m_counters.isEmpty() ? readCounters() : async::ready<void>({});
    const auto asked = async::andThen(ready, this, [this] { return querySamples(0); });
    return async::eitherWay(asked, this, [this](const Result<void>& done) {
        if (!done && isRefusal(done.error())) {
            fallBack(done.error());
            return readQuickFigures();
        }
        if (done) {
            takeSamples();
            tell({});
        }
        return async::ready<void>(done);
    });
}

Future<void> Reader::readCounters()
{
    const MoRef manager = m_session->content().perfManager;
    if (manager.isNull())
        return async::failed<void>(Error { ErrorKind::HostLacksFeature, {},
            QStringLiteral("the server has no performance manager") });
    const auto asked = m_session->call([manager](const ServiceContent& content) {
        return retrieveObject(content.propertyCollector, manager,
            { QStringLiteral("PerformanceManager"), { QStringLiteral("perfCounter") } });
    });
    return async::transformed<void>(
        asked, this, [this](const Result<Reply>& reply) -> Result<void> {
            m_counters = Counters(TRY(reply.and_then(parseCounters)));
            if (!m_counters.isEmpty())
                return {};
            return Error { ErrorKind::HostLacksFeature, {},
                QStringLiteral("the server has none of the counters") };
        });
}

Future<void> Reader::querySamples(qsizetype first)
{
    const QVector<MoRef> entities = measured().mid(first, kAtOnce);
    if (entities.isEmpty())
        return async::ready<void>({});
    QVector<PerfQuery> queries;
    for (const MoRef& entity : entities)
        queries.append({ .entity = entity,
            .figures = entity == m_host ? m_counters.ofHosts() : m_counters.ofMachines(),
            .samples = m_told ? kSamples : kFirstSamples,
            .interval = kInterval });
    const auto asked = m_session->call([queries](const ServiceContent& content) {
        return queryPerf(content.perfManager, queries);
    });
    return async::andThen(asked, this, [this, first](const Reply& reply) -> Future<void> {
        const auto samples = parseSamples(reply);
        if (!samples)
            return async::failed<void>(samples.error());
        m_samples += *samples;
        return querySamples(first + kAtOnce);
    });
}

/// All samples that are newer than what was told, in the order in which they were taken: a batch
/// for each time, which the server's clock tells for all of a host alike.
void Reader::takeSamples()
{
    QDateTime newest;
    for (const EntitySamples& samples : std::as_const(m_samples)) {
        for (const QDateTime& time : samples.times) {
            if (time.isValid() && (!newest.isValid() || time > newest))
                newest = time;
        }
    }
    if (!newest.isValid())
        return isOlder(m_lastBatch, kStaleAfter) ? tellGap() : void();
    std::map<qint64, MetricsBatch> batches; // by intervals before the newest, the oldest first
    for (const EntitySamples& samples : std::as_const(m_samples)) {
        const auto machine = m_machines.constFind(samples.entity);
        for (qsizetype i = 0; i < samples.times.size(); ++i) {
            const qint64 behind = std::llround(
                static_cast<double>(samples.times[i].msecsTo(newest)) / (1000.0 * kInterval));
            const QDateTime time = newest.addSecs(-behind * kInterval);
            if (!samples.times[i].isValid() || behind >= kFirstSamples
                || (m_told && m_told->secsTo(time) < kInterval / 2))
                continue;
            MetricsBatch& batch = batches[-behind];
            batch.timeMs = m_session->toOurClock(time).toMSecsSinceEpoch();
            if (samples.entity == m_host)
                batch.host = m_counters.hostValues(samples, i);
            else if (machine != m_machines.constEnd())
                batch.vms.append({ machine->id, m_counters.machineValues(samples, i) });
        }
    }
    if (batches.empty() && isOlder(m_lastBatch, kStaleAfter))
        tellGap();
    if (batches.empty())
        return;
    m_told = newest;
    m_lastBatch = Clock::now();
    for (const auto& [when, batch] : batches)
        Q_EMIT sampled(batch);
}

/// What was told last is true no longer, and nothing newer is known.
void Reader::tellGap()
{
    if (!std::exchange(m_lastBatch, std::nullopt))
        return;
    MetricsBatch batch { .timeMs = QDateTime::currentMSecsSinceEpoch() };
    for (const Machine& machine : std::as_const(m_machines))
        batch.vms.append({ machine.id, {} });
    Q_EMIT sampled(batch);
}

Future<void> Reader::readQuickFigures()
{
    QVector<Wanted> wanted { { QStringLiteral("VirtualMachine"), quickPathsOfMachines() } };
    const auto collected = m_session->collect(m_host, wanted);
    const auto hostAsked = async::andThen(
        collected, this, [this](const QVector<ManagedObject>& machines) -> Future<void> {
            const auto asked = m_session->call([this](const ServiceContent& content) {
                return retrieveObject(content.propertyCollector, m_host,
                    { QStringLiteral("HostSystem"), quickPathsOfHosts() });
            });
            return async::transformed<void>(
                asked, this, [this, machines](const Result<Reply>& reply) -> Result<void> {
                    const Page page = TRY(reply.and_then(parsePage));
                    MetricsBatch batch { .timeMs = QDateTime::currentMSecsSinceEpoch() };
                    if (!page.objects.isEmpty())
                        batch.host = quickHostValues(page.objects.first());
                    for (const ManagedObject& machine : machines) {
                        const auto known = m_machines.constFind(machine.ref);
                        if (known != m_machines.constEnd() && known->isRunning)
                            batch.vms.append({ known->id, quickMachineValues(machine) });
                    }
                    m_lastBatch = Clock::now();
                    Q_EMIT sampled(batch);
                    return {};
                });
        });
    return async::transformed<void>(
        hostAsked, this, [this](const Result<void>& done) -> Result<void> {
            TRY(done);
            tell({ { Feature::VmDiskRates, m_quickReason },
                { Feature::VmNetworkRates, m_quickReason } });
            return {};
        });
}

void Reader::fallBack(const Error& error)
{
    m_quickReason = sentence(
        QStringLiteral("This server does not answer when it is asked for its samples"), error);
}

void Reader::finishRound(const Result<void>& result)
{
    if (result) {
        m_retry = {};
        return m_timer.start(m_timing.figures);
    }
    const Error& error = result.error();
    qCInfo(logVsphere).noquote() << m_uri.toString() << error.toString();
    const QString reason
        = sentence(QStringLiteral("VMware's own interface, which has them, fails"), error);
    QHash<Feature, QString> missing;
    for (const Feature feature : figures())
        missing.insert(feature, reason);
    tell(missing);
    tellGap();
    forgetSession();
    // A password that is refused again and again locks the account.
    if (error.cause == ErrorCause::AuthenticationFailed || error.kind == ErrorKind::InvalidConfig)
        return;
    m_retry
        = m_retry.count() == 0 ? m_timing.firstRetry : std::min(2 * m_retry, m_timing.longestRetry);
    m_timer.start(m_retry);
}

void Reader::tell(const QHash<Feature, QString>& missing)
{
    if (m_missing == missing)
        return;
    m_missing = missing;
    Q_EMIT offered(missing);
}

} // namespace hosts::vsphere
