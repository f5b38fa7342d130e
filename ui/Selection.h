// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"

#include <QObject>

namespace ui {

/// What the user has selected: nothing, one host, or one or more machines. The tree and the tables
/// set it; pages and actions follow it. Drops what vanishes by itself.
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
    const models::VmRecord* singleVm() const;

    void clear();
    void setHost(hosts::Host* host);
    void setVms(const QVector<models::VmRef>& vms);

Q_SIGNALS:
    void changed();

private:
    void set(hosts::Host* host, const QVector<models::VmRef>& vms);
    void drop(const models::InventoryDelta& delta);

    models::Inventory& m_inventory;
    hosts::Host* m_host = nullptr;
    QVector<models::VmRef> m_vms;
};

} // namespace ui
