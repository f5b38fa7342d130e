// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmRecord.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <unordered_map>
#include <vector>

namespace models {

class HostList;

/// A machine that differs from what was known of it.
struct VmChange {
    const VmRecord* vm = nullptr;
    vmm::VmState previousState = vmm::VmState::Unknown;
    bool isRenamed = false;
};

/// What one change of a host's inventory came down to. Only true differences are in it. The
/// `removed` records live until the signal that carries them has returned.
struct InventoryDelta {
    hosts::Host* host = nullptr;
    QVector<const VmRecord*> added {};
    QVector<VmChange> changed {};
    QVector<const VmRecord*> removed {};

    bool isEmpty() const { return added.isEmpty() && changed.isEmpty() && removed.isEmpty(); }
};

/// What all hosts have: the one store behind the tree, the tables and the counts. Follows the hosts
/// of a HostList, keeps one record per machine, finds it by hash, and tells differences in batches.
/// The last known machines of a host that is lost stay, with the time it was last seen.
class Inventory : public QObject {
    Q_OBJECT

public:
    explicit Inventory(HostList& hosts, QObject* parent = nullptr);
    ~Inventory() override;

    QVector<hosts::Host*> hosts() const { return m_order; }
    /// Null if it isn't known. Valid until its removal was told.
    const VmRecord* find(const hosts::Host* host, hosts::VmId vm) const;
    /// The same machine (by its UUID) where another host runs it: it has moved there. Null if none
    /// does. O(hosts).
    const VmRecord* findRunningElsewhere(const hosts::Host* host, hosts::VmId vm) const;
    QVector<const VmRecord*> vms(const hosts::Host* host) const; ///< in no order; O(machines)
    int vmCount() const { return m_vmCount; } ///< of all hosts
    VmCounts counts(const hosts::Host* host) const; ///< O(1)
    VmCounts counts() const; ///< of all hosts; O(hosts)

    /// The machines shown are what was known when the connection was lost.
    bool isStale(const hosts::Host* host) const;
    /// When a host that isn't connected was last in touch; invalid if it never was, or is.
    QDateTime lastSeen(const hosts::Host* host) const;

Q_SIGNALS:
    void hostAdded(hosts::Host* host);
    void hostAboutToBeRemoved(hosts::Host* host);
    void hostChanged(hosts::Host* host); ///< its info or its connection
    void changed(const models::InventoryDelta& delta);

private:
    struct Entry;

    void follow(hosts::Host* host);
    void forget(hosts::Host* host);
    void apply(hosts::Host* host, const hosts::InventoryChange& change);
    void noteConnection(hosts::Host* host, hosts::ConnectionState state);
    void note(Entry& entry, const hosts::VmInfo& info, InventoryDelta& delta);
    std::unique_ptr<VmRecord> create(
        hosts::Host* host, const Entry& entry, const hosts::VmInfo& info);
    const Entry* entry(const hosts::Host* host) const;

    std::unordered_map<const hosts::Host*, std::unique_ptr<Entry>> m_entries;
    QVector<hosts::Host*> m_order;
    std::vector<int> m_freeSlots;
    int m_nextSlot = 0;
    int m_vmCount = 0;
};

} // namespace models
