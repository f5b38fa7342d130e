// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Inventory.h"
#include "models/MetricsStore.h"
#include "models/Roles.h"

#include <QVariant>

namespace models {

/// What a machine's row answers to the roles of Roles.h, the same in the tree and in the tables.
class VmData {
public:
    VmData(const Inventory& inventory, const MetricsStore& metrics)
        : m_inventory(inventory)
        , m_metrics(metrics)
    {
    }

    QVariant role(const VmRecord& vm, int role) const;
    QVariant role(const hosts::Host* host, int role) const;
    /// The newest value; NaN while the machine is off.
    double load(const VmRecord& vm, hosts::VmMetric metric) const;

    static QHash<int, QByteArray> roleNames();
    /// The roles that a sample changes.
    static const QVector<int>& loadRoles();

private:
    QVariant sharedRole(const hosts::Host* host, int role) const;

    const Inventory& m_inventory;
    const MetricsStore& m_metrics;
};

} // namespace models
