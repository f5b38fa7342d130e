// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmData.h"
#include "models/VmFilter.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace models {

/// The tree: hosts in their order, below each its machines in natural order (vm2 before vm10).
/// Filters by itself: scattered matches cost a general proxy several times as much, and a signal
/// for every run of rows. Changes arrive by difference, so selection and expansion survive. Roles:
/// see Roles.h.
class InventoryModel : public QAbstractItemModel {
    Q_OBJECT

public:
    InventoryModel(
        const Inventory& inventory, const MetricsStore& metrics, QObject* parent = nullptr);
    ~InventoryModel() override;

    /// With a filter, hosts without a matching machine are hidden.
    void setFilter(const VmFilter& filter);
    const VmFilter& filter() const { return m_filter; }
    int shownVmCount() const;
    void setWording(RowWording wording) { m_data.setWording(std::move(wording)); }

    /// Invalid if it isn't here or is filtered out. O(1).
    QModelIndex indexOf(const hosts::Host* host) const;
    QModelIndex indexOf(hosts::VmId vm, const hosts::Host* host) const;

    // QAbstractItemModel
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    class Node;
    friend class Node; // relays its rows' changes through the protected begin... and end...

    void addHost(hosts::Host* host);
    void removeHost(hosts::Host* host);
    void noteHost(hosts::Host* host);
    void apply(const InventoryDelta& delta);
    void announceLoad(const QSet<hosts::Host*>& hosts);
    void show(Node& node);
    void hideIfEmpty(Node& node);
    void announceHost(const Node& node, const QVector<int>& roles = {});
    Node* nodeOf(const hosts::Host* host) const { return m_nodeOf.value(host); }

    const Inventory& m_inventory;
    VmData m_data;
    VmFilter m_filter;
    std::vector<int> m_rowOfSlot;
    std::vector<std::unique_ptr<Node>> m_nodes; // all, in the order of the hosts
    std::vector<Node*> m_shown;
    QHash<const hosts::Host*, Node*> m_nodeOf;
};

} // namespace models
