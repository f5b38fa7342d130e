// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "models/MetricsSeries.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace models {

class Inventory;
struct InventoryDelta;

/// The live load of all machines and hosts: rings in memory, bounded. Follows the hosts of an
/// Inventory by itself; machines and hosts that vanish are forgotten.
class MetricsStore : public QObject {
    Q_OBJECT

public:
    explicit MetricsStore(Inventory& inventory, QObject* parent = nullptr);
    ~MetricsStore() override;

    /// What a host measured; O(batch). Called for every followed host's metricsSampled.
    void append(hosts::Host* host, const hosts::MetricsBatch& batch);

    /// Empty if nothing was sampled yet.
    MetricsSeries series(const hosts::Host* host, hosts::VmId vm, hosts::VmMetric metric) const;
    MetricsSeries series(const hosts::Host* host, hosts::HostMetric metric) const;

    /// The newest value; NaN if not offered, not sampled yet, or the machine is off.
    double latest(const hosts::Host* host, hosts::VmId vm, hosts::VmMetric metric) const;
    double latest(const hosts::Host* host, hosts::HostMetric metric) const;

    size_t bytes() const; ///< what the rings occupy; walks all of them

Q_SIGNALS:
    void sampled(hosts::Host* host); ///< once per batch
    /// The hosts that were sampled since the last time; at most four times a second, however many
    /// hosts there are. What repaints listens to this.
    void refreshed(const QSet<hosts::Host*>& hosts);

private:
    struct Entry;

    void follow(hosts::Host* host);
    void forget(hosts::Host* host);
    void noteInventory(const InventoryDelta& delta);
    const Entry* entry(const hosts::Host* host) const;
    const SampleRing* ring(const hosts::Host* host, hosts::VmId vm) const;

    const Inventory& m_inventory;
    std::unordered_map<const hosts::Host*, std::unique_ptr<Entry>> m_entries;
    QSet<hosts::Host*> m_unannounced;
    QTimer m_announce;
};

} // namespace models
