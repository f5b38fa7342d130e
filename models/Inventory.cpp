// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Inventory.h"

#include "models/HostList.h"
#include "models/NaturalSortKey.h"

#include <utility>

namespace models {

using hosts::ConnectionState;
using hosts::Host;
using hosts::VmId;
using hosts::VmInfo;

struct Inventory::Entry {
    struct Known {
        std::unique_ptr<VmRecord> vm {};
        quint64 mentionedIn = 0; ///< the change that named it last
    };
    struct HashId {
        size_t operator()(const VmId& id) const { return qHash(id); }
    };

    ConnectionState connection = ConnectionState::Disconnected;
    QDateTime lastSeen {};
    QString searchText {};
    std::unordered_map<VmId, Known, HashId> vms {};
    VmCounts counts {};
    quint64 changes = 0;
};

namespace {

void setInfo(VmRecord& vm, const VmInfo& info)
{
    vm.info = info;
    vm.sortKey = naturalSortKey(info.name);
    vm.searchText = info.name.toCaseFolded();
    if (!info.title.isEmpty())
        vm.searchText += QLatin1Char('\n') + info.title.toCaseFolded();
    vm.tagText.clear();
    for (const QString& tag : info.tags)
        vm.tagText += QLatin1Char('\n') + tag.toCaseFolded();
}

QString searchTextOf(const Host& host)
{
    return (host.info().name + QLatin1Char('\n') + host.uri().hostName()).toCaseFolded();
}

} // namespace

Inventory::Inventory(HostList& hosts, QObject* parent)
    : QObject(parent)
{
    connect(&hosts, &HostList::hostAdded, this, &Inventory::follow);
    connect(&hosts, &HostList::hostAboutToBeRemoved, this, &Inventory::forget);
    for (Host* host : hosts.hosts())
        follow(host);
}

Inventory::~Inventory() = default;

void Inventory::follow(Host* host)
{
    auto added = std::make_unique<Entry>();
    added->connection = host->connectionState();
    added->searchText = searchTextOf(*host);
    m_entries.insert_or_assign(host, std::move(added));
    m_order.append(host);
    Q_EMIT hostAdded(host);
    apply(host, { .isComplete = true, .changed = host->vms() });

    connect(host, &Host::inventoryChanged, this,
        [this, host](const hosts::InventoryChange& change) { apply(host, change); });
    connect(host, &Host::connectionChanged, this,
        [this, host](ConnectionState state) { noteConnection(host, state); });
    connect(host, &Host::infoChanged, this, [this, host] {
        m_entries.at(host)->searchText = searchTextOf(*host);
        Q_EMIT hostChanged(host);
    });
}

void Inventory::forget(Host* host)
{
    const auto found = m_entries.find(host);
    if (found == m_entries.end())
        return;
    host->disconnect(this);
    Q_EMIT hostAboutToBeRemoved(host);
    for (const auto& [id, known] : found->second->vms)
        m_freeSlots.push_back(known.vm->slot);
    m_vmCount -= found->second->counts.total;
    m_entries.erase(found);
    m_order.removeOne(host);
}

std::unique_ptr<VmRecord> Inventory::create(Host* host, const Entry& entry, const VmInfo& info)
{
    auto vm = std::make_unique<VmRecord>();
    vm->host = host;
    vm->hostText = &entry.searchText;
    if (m_freeSlots.empty()) {
        vm->slot = m_nextSlot++;
    } else {
        vm->slot = m_freeSlots.back();
        m_freeSlots.pop_back();
    }
    setInfo(*vm, info);
    return vm;
}

void Inventory::note(Entry& entry, const VmInfo& info, InventoryDelta& delta)
{
    Entry::Known& known = entry.vms[info.id];
    if (std::exchange(known.mentionedIn, entry.changes) == entry.changes)
        return; // named twice, or removed by the same change
    if (!known.vm) {
        known.vm = create(delta.host, entry, info);
        entry.counts.add(info.state, 1);
        ++m_vmCount;
        delta.added.append(known.vm.get());
        return;
    }
    VmRecord& vm = *known.vm;
    if (vm.info == info)
        return;
    delta.changed.append(
        { .vm = &vm, .previousState = vm.info.state, .isRenamed = vm.info.name != info.name });
    entry.counts.add(vm.info.state, -1);
    entry.counts.add(info.state, 1);
    setInfo(vm, info);
}

void Inventory::apply(Host* host, const hosts::InventoryChange& change)
{
    Entry& entry = *m_entries.at(host);
    InventoryDelta delta { .host = host };
    ++entry.changes;
    std::vector<std::unique_ptr<VmRecord>> gone; // kept until everybody was told
    const auto take = [&](auto position) {
        if (std::unique_ptr<VmRecord>& vm = position->second.vm) {
            entry.counts.add(vm->info.state, -1);
            --m_vmCount;
            delta.removed.append(vm.get());
            gone.push_back(std::move(vm));
        }
        return entry.vms.erase(position);
    };

    for (const VmId& id : change.removed)
        entry.vms[id].mentionedIn = entry.changes; // what it says of them otherwise is older
    for (auto info = change.changed.crbegin(); info != change.changed.crend(); ++info)
        note(entry, *info, delta); // from behind: of two words on one machine the later counts
    for (const VmId& id : change.removed) {
        if (const auto known = entry.vms.find(id); known != entry.vms.end())
            take(known);
    }
    if (change.isComplete) {
        for (auto it = entry.vms.begin(); it != entry.vms.end();)
            it = it->second.mentionedIn == entry.changes ? std::next(it) : take(it);
    }

    if (!delta.isEmpty())
        Q_EMIT changed(delta);
    for (const auto& vm : gone)
        m_freeSlots.push_back(vm->slot);
}

void Inventory::noteConnection(Host* host, ConnectionState state)
{
    Entry& entry = *m_entries.at(host);
    if (entry.connection == ConnectionState::Connected && state != ConnectionState::Connected)
        entry.lastSeen = QDateTime::currentDateTimeUtc();
    entry.connection = state;
    if (state == ConnectionState::Connected)
        entry.lastSeen = {};
    Q_EMIT hostChanged(host);
}

const Inventory::Entry* Inventory::entry(const Host* host) const
{
    const auto found = m_entries.find(host);
    return found == m_entries.end() ? nullptr : found->second.get();
}

const VmRecord* Inventory::find(const Host* host, VmId vm) const
{
    const Entry* of = entry(host);
    if (!of)
        return nullptr;
    const auto found = of->vms.find(vm);
    return found == of->vms.end() ? nullptr : found->second.vm.get();
}

const VmRecord* Inventory::findRunningElsewhere(const hosts::Host* host, hosts::VmId vm) const
{
    for (const hosts::Host* other : m_order) {
        const VmRecord* record = other == host ? nullptr : find(other, vm);
        if (record && vmm::isActive(record->info.state) && !isStale(other))
            return record;
    }
    return nullptr;
}

QVector<const VmRecord*> Inventory::vms(const Host* host) const
{
    QVector<const VmRecord*> all;
    if (const Entry* of = entry(host)) {
        all.reserve(static_cast<qsizetype>(of->vms.size()));
        for (const auto& [id, known] : of->vms)
            all.append(known.vm.get());
    }
    return all;
}

VmCounts Inventory::counts(const Host* host) const
{
    const Entry* of = entry(host);
    return of ? of->counts : VmCounts {};
}

VmCounts Inventory::counts() const
{
    VmCounts sum;
    for (const auto& [host, of] : m_entries) {
        for (const vmm::VmState state : vmm::kAllVmStates)
            sum.add(state, of->counts[state]);
    }
    return sum;
}

bool Inventory::isStale(const Host* host) const
{
    const Entry* of = entry(host);
    return of && of->connection != ConnectionState::Connected && of->counts.total > 0;
}

QDateTime Inventory::lastSeen(const Host* host) const
{
    const Entry* of = entry(host);
    if (!of || of->connection == ConnectionState::Connected)
        return {};
    return of->lastSeen.isValid() ? of->lastSeen
                                  : host->lastSeen(); // it may know from a run before
}

} // namespace models
