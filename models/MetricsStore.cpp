// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/MetricsStore.h"

#include "models/Inventory.h"

namespace models {

using hosts::Host;
using hosts::VmId;

namespace {

constexpr int kRefreshMs = 250;

template <typename Metric> int columnOf(Metric metric)
{
    return static_cast<int>(metric);
}

} // namespace

struct MetricsStore::Entry {
    std::shared_ptr<SampleRing> host = std::make_shared<SampleRing>();
    QHash<VmId, std::shared_ptr<SampleRing>> vms {};
};

MetricsStore::MetricsStore(Inventory& inventory, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
{
    m_announce.setSingleShot(true);
    m_announce.setInterval(kRefreshMs);
    connect(&m_announce, &QTimer::timeout, this,
        [this] { Q_EMIT refreshed(std::exchange(m_unannounced, {})); });
    connect(&inventory, &Inventory::hostAdded, this, &MetricsStore::follow);
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, &MetricsStore::forget);
    connect(&inventory, &Inventory::changed, this, &MetricsStore::noteInventory);
    for (Host* host : inventory.hosts())
        follow(host);
}

MetricsStore::~MetricsStore() = default;

void MetricsStore::follow(Host* host)
{
    m_entries.insert_or_assign(host, std::make_unique<Entry>());
    connect(host, &Host::metricsSampled, this,
        [this, host](const hosts::MetricsBatch& batch) { append(host, batch); });
}

void MetricsStore::forget(Host* host)
{
    host->disconnect(this);
    m_unannounced.remove(host);
    m_entries.erase(host);
}

void MetricsStore::append(Host* host, const hosts::MetricsBatch& batch)
{
    const auto found = m_entries.find(host);
    if (found == m_entries.end())
        return;
    Entry& entry = *found->second;
    entry.host->append(batch.timeMs, batch.host.values);
    for (const hosts::VmSample& sample : batch.vms) {
        std::shared_ptr<SampleRing>& ring = entry.vms[sample.id];
        if (!ring) {
            // A sample that overtook its machine's removal must not bring it back.
            if (!m_inventory.find(host, sample.id)) {
                entry.vms.remove(sample.id);
                continue;
            }
            ring = std::make_shared<SampleRing>();
        }
        ring->append(batch.timeMs, sample.values.values);
    }
    m_unannounced.insert(host);
    if (!m_announce.isActive())
        m_announce.start();
    Q_EMIT sampled(host);
}

void MetricsStore::noteInventory(const InventoryDelta& delta)
{
    const auto found = m_entries.find(delta.host);
    if (found == m_entries.end())
        return;
    auto& vms = found->second->vms;
    for (const VmRecord* vm : delta.removed)
        vms.remove(vm->info.id);
    for (const VmChange& change : delta.changed) {
        // Off and on again is another run: its line must not join the old one, and while it is off
        // the last load is no longer true.
        if (vmm::isActive(change.previousState) == vmm::isActive(change.vm->info.state))
            continue;
        if (const auto ring = vms.find(change.vm->info.id); ring != vms.end())
            (*ring)->appendGap();
    }
}

const MetricsStore::Entry* MetricsStore::entry(const Host* host) const
{
    const auto found = m_entries.find(host);
    return found == m_entries.end() ? nullptr : found->second.get();
}

const SampleRing* MetricsStore::ring(const Host* host, VmId vm) const
{
    const Entry* of = entry(host);
    if (!of)
        return nullptr;
    const auto found = of->vms.constFind(vm);
    return found == of->vms.cend() ? nullptr : found->get();
}

MetricsSeries MetricsStore::series(const Host* host, VmId vm, hosts::VmMetric metric) const
{
    const Entry* of = entry(host);
    return of ? MetricsSeries(of->vms.value(vm), columnOf(metric)) : MetricsSeries();
}

MetricsSeries MetricsStore::series(const Host* host, hosts::HostMetric metric) const
{
    const Entry* of = entry(host);
    return of ? MetricsSeries(of->host, columnOf(metric)) : MetricsSeries();
}

double MetricsStore::latest(const Host* host, VmId vm, hosts::VmMetric metric) const
{
    const SampleRing* of = ring(host, vm);
    if (!of || of->size() == 0)
        return hosts::kNotOffered;
    return of->last().values[static_cast<size_t>(columnOf(metric))];
}

double MetricsStore::latest(const Host* host, hosts::HostMetric metric) const
{
    return series(host, metric).last().value;
}

size_t MetricsStore::bytes() const
{
    size_t sum = 0;
    for (const auto& [host, of] : m_entries) {
        sum += of->host->bytes();
        for (const auto& ring : of->vms)
            sum += ring->bytes();
    }
    return sum;
}

} // namespace models
