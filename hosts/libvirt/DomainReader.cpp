// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainReader.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/RunningDefinition.h"
#include "hosts/libvirt/StateMapping.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::ErrorKind;
using vmm::Result;

namespace {

using ReaderClock = std::chrono::steady_clock;

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

/// For drivers without bulk statistics.
Result<DomainListing> listOneByOne(const Connection& connection)
{
    DomainList domains;
    const int count = virConnectListAllDomains(connection.get(), domains.out(), 0);
    if (count < 0)
        return lastError({});
    domains.setCount(count);
    DomainListing listing;
    for (virDomainPtr pointer : domains) {
        const Domain domain = shareDomain(pointer);
        const auto record = readState(domain);
        if (record.has_value()) {
            listing.records.append(*record);
            listing.domains.push_back(domain);
        } else if (record.error().kind != ErrorKind::NotFound) {
            return record.error();
        }
    }
    return listing;
}

/// What the XML does not tell; what a driver can't say stays as it is by default.
void addStoredFacts(const Domain& domain, const QByteArray& xml, DomainDetails& details)
{
    int isOn = 0;
    details.isAutostart = virDomainGetAutostart(domain.get(), &isOn) == 0 && isOn != 0;
    details.hasSavedMemory = virDomainHasManagedSaveImage(domain.get(), 0) == 1;
    details.snapshots = std::max(0, virDomainSnapshotNum(domain.get(), 0));
    if (virDomainIsActive(domain.get()) != 1 || virDomainIsPersistent(domain.get()) != 1)
        return;
    const LibvirtString stored(virDomainGetXMLDesc(domain.get(), VIR_DOMAIN_XML_INACTIVE));
    if (stored)
        details.hasPendingChanges = hasPendingChanges(xml, stored.toByteArray());
}

Result<DomainDetails> detailsOf(const Domain& domain)
{
    const LibvirtString xml(virDomainGetXMLDesc(domain.get(), 0));
    if (!xml)
        return domainError(domain.get());
    DomainDetails details = TRY(parseDetails(xml.toByteArray()));
    addStoredFacts(domain, xml.toByteArray(), details);
    return details;
}

/// A machine that can't be described (gone, or a driver's quirk) keeps its row without details;
/// only a lost connection is worth an error.
Result<void> addDetails(const Domain& domain, DomainRecord& record)
{
    const auto details = detailsOf(domain);
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

Result<DomainListing> listDomains(const Connection& connection)
{
    StatsRecords stats;
    const int count
        = virConnectGetAllDomainStats(connection.get(), VIR_DOMAIN_STATS_STATE, stats.out(), 0);
    if (count < 0) {
        const vmm::Error error = lastError({});
        return error.kind == ErrorKind::HostLacksFeature ? listOneByOne(connection)
                                                         : Result<DomainListing>(error);
    }
    stats.setCount(count);
    DomainListing listing;
    listing.records.reserve(count);
    listing.domains.reserve(static_cast<size_t>(count));
    for (const virDomainStatsRecordPtr record : stats) {
        listing.records.append(recordOf(
            record->dom, parameter(*record, "state.state"), parameter(*record, "state.reason")));
        listing.domains.push_back(shareDomain(record->dom));
    }
    return listing;
}

Result<DomainReading> readDomains(const Connection& connection, const QVector<VmId>& ids)
{
    DomainReading reading;
    for (const VmId& id : ids) {
        const auto domain = findDomain(connection, id);
        auto record = domain.and_then([](const Domain& found) { return readState(found); });
        if (record.has_value()) {
            TRY(addDetails(*domain, *record));
            reading.records.append(*record);
        } else if (record.error().kind == ErrorKind::NotFound) {
            reading.gone.append(id);
        } else {
            return record.error();
        }
    }
    return reading;
}

Result<int> readDetails(DomainListing& listing, int first, std::chrono::milliseconds budget)
{
    const auto end = ReaderClock::now() + budget;
    const int count = static_cast<int>(listing.records.size());
    int index = first;
    for (; index < count && ReaderClock::now() < end; ++index)
        TRY(addDetails(listing.domains[static_cast<size_t>(index)], listing.records[index]));
    return index;
}

} // namespace hosts::libvirt
