// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Inventory.h"
#include "models/MetricsStore.h"
#include "models/Roles.h"

#include <QVariant>

#include <functional>

namespace models {

/// The words of rows, which are the user interface's.
struct RowWording {
    std::function<QString(const hosts::Host& host)> title {}; ///< what a host is called
    std::function<QString(const hosts::VmInfo& vm)> state {};
    /// A whole row for who can't see it: Qt::AccessibleTextRole.
    std::function<QString(const VmRecord& vm, bool isStale)> spokenVm {};
    std::function<QString(const hosts::Host& host, const QDateTime& lastSeen)> spokenHost {};
};

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

    void setWording(RowWording wording) { m_wording = std::move(wording); }
    const RowWording& wording() const { return m_wording; }

    static QHash<int, QByteArray> roleNames();
    /// The roles that a sample changes.
    static const QVector<int>& loadRoles();

private:
    QVariant sharedRole(const hosts::Host* host, int role) const;

    const Inventory& m_inventory;
    const MetricsStore& m_metrics;
    RowWording m_wording;
};

} // namespace models
