// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/Inventory.h"

#include <QObject>

namespace ui {

/// What the user has selected: nothing, one host, or one or more machines; pages follow it. Within
/// the page of a host, machines can be marked besides: actions take these, the page stays. Drops
/// what vanishes by itself.
class Selection : public QObject {
    Q_OBJECT

public:
    explicit Selection(models::Inventory& inventory, QObject* parent = nullptr);

    const QVector<models::VmRef>& vms() const { return m_vms; }
    /// The selected host, or the one that all selected machines are on; null if none.
    hosts::Host* host() const { return m_host; }
    bool isHost() const { return m_host && m_vms.isEmpty(); }
    bool isEmpty() const { return !m_host && m_vms.isEmpty(); }
    /// The one selected machine, or null. Valid until the inventory changes.
    const models::VmRecord* singleVm() const { return single(m_vms); }
    /// What actions work on: the marked machines, or else the selected ones.
    const QVector<models::VmRef>& targets() const { return m_marked.isEmpty() ? m_vms : m_marked; }
    const models::VmRecord* singleTarget() const { return single(targets()); }

    /// To see later whether the same is selected still.
    struct Snapshot {
        const hosts::Host* host = nullptr; ///< to compare, it may be gone
        QVector<models::VmRef> targets {};

        bool operator==(const Snapshot&) const = default;
    };
    Snapshot snapshot() const { return { m_host, targets() }; }

    void clear();
    void setHost(hosts::Host* host);
    void setVms(const QVector<models::VmRef>& vms);
    void mark(const QVector<models::VmRef>& vms); ///< every new selection clears the marks
    bool hasMarks() const { return !m_marked.isEmpty(); }

Q_SIGNALS:
    void changed();
    void targetsChanged(); ///< after changed(), too

private:
    const models::VmRecord* single(const QVector<models::VmRef>& vms) const;
    void set(hosts::Host* host, const QVector<models::VmRef>& vms);
    void dropHost(hosts::Host* host);
    void drop(const models::InventoryDelta& delta);

    models::Inventory& m_inventory;
    hosts::Host* m_host = nullptr;
    QVector<models::VmRef> m_vms;
    QVector<models::VmRef> m_marked;
};

} // namespace ui
