// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainReader.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/RunningDefinition.h"
#include "hosts/libvirt/StateMapping.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <iterator>

namespace hosts::libvirt {

using vmm::ErrorKind;
using vmm::Result;

namespace {

using ReaderClock = std::chrono::steady_clock;

constexpr int kManyForFacts = 8; ///< fewer are asked one by one

DomainRecord recordOf(virDomainPtr domain, int state, int reason)
{
    const MappedState mapped = mapState(state, reason);
    return { .id = idOf(domain),
        .name = QString::fromUtf8(virDomainGetName(domain)),
        .state = mapped.state,
        .reason = mapped.reason };
}

int parameter(const virDomainStatsRecord& record, const char* name)
{
    int value = -1;
    virTypedParamsGetInt(record.params, record.nparams, name, &value);
    return value;
}

/// Every libvirt call forgets the last error first, asking for the name too.
vmm::Error domainError(virDomainPtr domain)
{
    vmm::Error error = lastError({});
    error.subject = QString::fromUtf8(virDomainGetName(domain));
    return error;
}

/// From the list of all that are so, or else by asking for this one.
bool isAmong(const StoredFacts::Machines& machines, VmId vm, const std::function<int()>& ask)
{
    return machines ? machines->contains(vm) : ask() == 1;
}

/// What the XML does not tell; what a driver can't say stays as it is by default.
void addStoredFacts(const Domain& domain, const DomainRecord& record, const StoredFacts& facts,
    const QByteArray& xml, DomainDetails& details)
{
    virDomainPtr raw = domain.get();
    details.isAutostart = isAmong(facts.startedWithHost, record.id, [raw] {
        int isOn = 0;
        return virDomainGetAutostart(raw, &isOn) == 0 && isOn != 0;
    });
    details.hasSavedMemory = isAmong(
        facts.savedInMemory, record.id, [raw] { return virDomainHasManagedSaveImage(raw, 0); });
    if (!facts.snapshotted || facts.snapshotted->contains(record.id))
        details.snapshots = std::max(0, virDomainSnapshotNum(raw, 0));
    if (!vmm::isActive(record.state)
        || !isAmong(facts.persistent, record.id, [raw] { return virDomainIsPersistent(raw); }))
        return;
    const LibvirtString stored(virDomainGetXMLDesc(raw, VIR_DOMAIN_XML_INACTIVE));
    if (stored)
        details.hasPendingChanges = hasPendingChanges(xml, stored.toByteArray());
}

Result<DomainDetails> detailsOf(
    const Domain& domain, const DomainRecord& record, const StoredFacts& facts)
{
    const LibvirtString xml(virDomainGetXMLDesc(domain.get(), 0));
    if (!xml)
        return domainError(domain.get());
    DomainDetails details = TRY(parseDetails(xml.toByteArray()));
    addStoredFacts(domain, record, facts, xml.toByteArray(), details);
    return details;
}

/// A machine that can't be described (gone, or a driver's quirk) keeps its row without details;
/// only a lost connection is worth an error.
Result<void> addDetails(const Domain& domain, const StoredFacts& facts, DomainRecord& record)
{
    const auto details = detailsOf(domain, record, facts);
    if (details.has_value())
        record.details = *details;
    else if (details.error().kind == ErrorKind::Disconnected)
        return details.error();
    return {};
}

} // namespace

VmId idOf(virDomainPtr domain)
{
    unsigned char raw[VIR_UUID_BUFLEN] = {};
    virDomainGetUUID(domain, raw);
    return VmId::fromRfc4122(QByteArrayView(reinterpret_cast<const char*>(raw), VIR_UUID_BUFLEN));
}

Result<Domain> findDomain(const Connection& connection, VmId id)
{
    const QByteArray raw = id.toRfc4122();
    Domain domain(virDomainLookupByUUID(
        connection.get(), reinterpret_cast<const unsigned char*>(raw.constData())));
    if (!domain)
        return lastError(id.toString(QUuid::WithoutBraces));
    return domain;
}

Result<DomainRecord> readState(const Domain& domain)
{
    int state = 0;
    int reason = 0;
    if (virDomainGetState(domain.get(), &state, &reason, 0) < 0)
        return domainError(domain.get());
    return recordOf(domain.get(), state, reason);
}

namespace {

DomainListing listingOf(const StatsRecords& stats)
{
    DomainListing listing;
    listing.records.reserve(stats.count());
    listing.domains.reserve(static_cast<size_t>(stats.count()));
    for (const virDomainStatsRecordPtr record : stats) {
        listing.records.append(recordOf(
            record->dom, parameter(*record, "state.state"), parameter(*record, "state.reason")));
        listing.domains.push_back(shareDomain(record->dom));
    }
    return listing;
}

/// Those of `ids` that are there. Errors: those of the connection.
Result<DomainListing> lookUp(const Connection& connection, const QVector<VmId>& ids, int width)
{
    std::vector<std::optional<Result<Domain>>> found(static_cast<size_t>(ids.size()));
    overlapped(static_cast<int>(ids.size()), width,
        [&](int i) { found[static_cast<size_t>(i)] = findDomain(connection, ids[i]); });
    DomainListing listing;
    for (auto& domain : found) {
        if (domain->has_value())
            listing.domains.push_back(std::move(**domain));
        else if (domain->error().kind != ErrorKind::NotFound)
            return domain->error();
    }
    return listing;
}

/// Fills in the records of the domains. Machines that are gone drop out.
Result<DomainListing> readStates(const std::vector<Domain>& domains, int width)
{
    std::vector<virDomainPtr> pointers;
    for (const Domain& domain : domains)
        pointers.push_back(domain.get());
    pointers.push_back(nullptr);
    StatsRecords stats;
    if (domains.size() > 1) {
        const int count
            = virDomainListGetStats(pointers.data(), VIR_DOMAIN_STATS_STATE, stats.out(), 0);
        stats.setCount(count);
        if (count >= 0)
            return listingOf(stats);
        if (const vmm::Error error = lastError({}); error.kind == ErrorKind::Disconnected)
            return error;
    }
    std::vector<std::optional<Result<DomainRecord>>> read(domains.size());
    overlapped(static_cast<int>(domains.size()), width,
        [&](int i) { read[static_cast<size_t>(i)] = readState(domains[static_cast<size_t>(i)]); });
    DomainListing listing;
    for (size_t i = 0; i < domains.size(); ++i) {
        if (read[i]->has_value()) {
            listing.records.append(**read[i]);
            listing.domains.push_back(domains[i]);
        } else if (read[i]->error().kind != ErrorKind::NotFound) {
            return read[i]->error();
        }
    }
    return listing;
}

/// Xen's dom0 is the host itself and no machine to shut down: the only domain with the id 0.
bool isControlDomain(virDomainPtr domain)
{
    return virDomainGetID(domain) == 0;
}

/// For drivers without bulk statistics.
Result<DomainListing> listOneByOne(const Connection& connection, int width)
{
    DomainList domains;
    const int count = virConnectListAllDomains(connection.get(), domains.out(), 0);
    if (count < 0)
        return lastError({});
    domains.setCount(count);
    std::vector<Domain> all;
    all.reserve(static_cast<size_t>(count));
    for (virDomainPtr pointer : domains) {
        if (!isControlDomain(pointer))
            all.push_back(shareDomain(pointer));
    }
    return readStates(all, width);
}

} // namespace

Result<DomainListing> listDomains(const Connection& connection, int width)
{
    StatsRecords stats;
    const int count
        = virConnectGetAllDomainStats(connection.get(), VIR_DOMAIN_STATS_STATE, stats.out(), 0);
    if (count < 0) {
        const vmm::Error error = lastError({});
        return error.kind == ErrorKind::HostLacksFeature ? listOneByOne(connection, width)
                                                         : Result<DomainListing>(error);
    }
    stats.setCount(count);
    return listingOf(stats);
}

Result<DomainListing> listWithFacts(const Connection& connection, int width)
{
    std::optional<Result<DomainListing>> listing;
    StoredFacts facts;
    const std::function<void()> jobs[] = {
        [&] { listing = listDomains(connection, width); },
        [&] { facts = readFacts(connection); },
    };
    overlapped(2, 2, [&](int i) { jobs[i](); });
    if (listing->has_value())
        (*listing)->facts = facts;
    return std::move(*listing);
}

Result<DomainReading> readDomains(
    const Connection& connection, const QVector<VmId>& ids, int width, DomainTable& known)
{
    // A handle keeps the name that it was made with: one machine alone is looked up anew, many get
    // new handles from the bulk call.
    QVector<VmId> unknown;
    std::vector<Domain> domains;
    for (const VmId& id : ids) {
        if (ids.size() > 1 && known.contains(id))
            domains.push_back(known.value(id));
        else
            unknown.append(id);
    }
    DomainListing found = TRY(lookUp(connection, unknown, width));
    std::move(found.domains.begin(), found.domains.end(), std::back_inserter(domains));
    DomainListing listing = TRY(readStates(domains, width));
    if (listing.records.size() >= kManyForFacts)
        listing.facts = readFacts(connection);
    for (int first = 0; first < listing.records.size();)
        first = TRY(readDetails(listing, first, width, std::chrono::seconds(60)));
    DomainReading reading { .records = listing.records };
    QSet<VmId> gone(ids.begin(), ids.end());
    for (qsizetype i = 0; i < listing.records.size(); ++i) {
        known.insert(listing.records[i].id, listing.domains[static_cast<size_t>(i)]);
        gone.remove(listing.records[i].id);
    }
    for (const VmId& id : std::as_const(gone)) {
        known.remove(id);
        reading.gone.append(id);
    }
    return reading;
}

StoredFacts readFacts(const Connection& connection)
{
    StoredFacts facts;
    const std::pair<StoredFacts::Machines*, unsigned int> questions[] = {
        { &facts.persistent, VIR_CONNECT_LIST_DOMAINS_PERSISTENT },
        { &facts.startedWithHost, VIR_CONNECT_LIST_DOMAINS_AUTOSTART },
        { &facts.savedInMemory, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE },
        { &facts.snapshotted, VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT },
    };
    constexpr int kQuestions = std::size(questions);
    overlapped(kQuestions, kQuestions, [&](int i) {
        DomainList domains;
        const int count
            = virConnectListAllDomains(connection.get(), domains.out(), questions[i].second);
        if (count < 0)
            return;
        domains.setCount(count);
        QSet<VmId>& machines = questions[i].first->emplace();
        for (virDomainPtr domain : domains)
            machines.insert(idOf(domain));
    });
    return facts;
}

Result<int> readDetails(
    DomainListing& listing, int first, int width, std::chrono::milliseconds budget)
{
    const auto end = ReaderClock::now() + budget;
    const int count = static_cast<int>(listing.records.size()) - first;
    DomainRecord* records = listing.records.data() + first; // detached here, not by several threads
    std::vector<std::optional<Result<void>>> done(static_cast<size_t>(std::max(0, count)));
    overlapped(count, width, [&](int i) {
        if (i < width || ReaderClock::now() < end)
            done[static_cast<size_t>(i)] = addDetails(
                listing.domains[static_cast<size_t>(first + i)], listing.facts, records[i]);
    });
    int reached = 0;
    while (reached < count && done[static_cast<size_t>(reached)])
        TRY(*done[static_cast<size_t>(reached++)]);
    return first + reached;
}

} // namespace hosts::libvirt
