// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/InventoryModel.h"

#include "models/RowList.h"
#include "models/VmOrder.h"

#include <algorithm>

namespace models {

using hosts::Host;

/// One host of the tree, with its rows.
class InventoryModel::Node final : public RowListOwner {
public:
    Node(InventoryModel& model, Host* of)
        : host(of)
        , rows(model.m_rowOfSlot, *this, isBeforeByName,
              [&model](const VmRecord& vm) {
                  return model.m_filter.accepts(
                      vm, [&model](const VmRecord& asked, hosts::VmMetric metric) {
                          return model.m_data.load(asked, metric);
                      });
              })
        , m_model(model)
    {
    }

    QModelIndex index() const { return m_model.createIndex(row, 0); }
    QModelIndex indexAt(int vmRow) const { return m_model.createIndex(vmRow, 0, this); }

    // RowListOwner
    void beginInsert(int first, int last) override
    {
        m_model.show(*this);
        m_model.beginInsertRows(index(), first, last);
    }
    void endInsert() override { m_model.endInsertRows(); }
    void beginRemove(int first, int last) override
    {
        m_model.beginRemoveRows(index(), first, last);
    }
    void endRemove() override { m_model.endRemoveRows(); }
    void beginReorder() override
    {
        Q_EMIT m_model.layoutAboutToBeChanged({ index() });
        const QModelIndexList all = m_model.persistentIndexList();
        for (const QModelIndex& persistent : all) {
            if (persistent.internalPointer() != this)
                continue;
            m_before.append(persistent);
            m_meant.push_back(rows.at(persistent.row()));
        }
    }
    void endReorder() override
    {
        QModelIndexList after;
        after.reserve(m_before.size());
        for (const VmRecord* vm : m_meant)
            after.append(indexAt(rows.rowOf(*vm)));
        m_model.changePersistentIndexList(m_before, after);
        m_before.clear();
        m_meant.clear();
        Q_EMIT m_model.layoutChanged({ index() });
    }
    void rowsChanged(int first, int last) override
    {
        Q_EMIT m_model.dataChanged(indexAt(first), indexAt(last));
    }

    Host* host;
    int row = -1; ///< among the hosts that are shown; -1: hidden
    RowList rows;

private:
    InventoryModel& m_model;
    QModelIndexList m_before;
    std::vector<const VmRecord*> m_meant;
};

InventoryModel::InventoryModel(
    const Inventory& inventory, const MetricsStore& metrics, QObject* parent)
    : QAbstractItemModel(parent)
    , m_inventory(inventory)
    , m_data(inventory, metrics)
{
    connect(&inventory, &Inventory::hostAdded, this, &InventoryModel::addHost);
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, &InventoryModel::removeHost);
    connect(&inventory, &Inventory::hostChanged, this, &InventoryModel::noteHost);
    connect(&inventory, &Inventory::changed, this, &InventoryModel::apply);
    connect(&metrics, &MetricsStore::refreshed, this, &InventoryModel::announceLoad);
    for (Host* host : inventory.hosts())
        addHost(host);
}

InventoryModel::~InventoryModel() = default;

void InventoryModel::addHost(Host* host)
{
    m_nodes.push_back(std::make_unique<Node>(*this, host));
    Node& node = *m_nodes.back();
    m_nodeOf.insert(host, &node);
    if (m_filter.isEmpty())
        show(node);
    node.rows.add(m_inventory.vms(host));
}

void InventoryModel::removeHost(Host* host)
{
    Node* node = m_nodeOf.take(host);
    if (!node)
        return;
    const int row = node->row;
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
        for (size_t i = static_cast<size_t>(row); i < m_shown.size(); ++i)
            m_shown[i]->row = static_cast<int>(i);
    }
    node->rows.assign({}); // slots are used again: none may still say a row
    std::erase_if(m_nodes, [node](const auto& owned) { return owned.get() == node; });
    if (row >= 0)
        endRemoveRows();
}

void InventoryModel::show(Node& node)
{
    if (node.row >= 0)
        return;
    int row = 0; // in front of it stand those that come earlier in the order of the hosts
    for (const auto& other : m_nodes) {
        if (other.get() == &node)
            break;
        if (other->row >= 0)
            ++row;
    }
    beginInsertRows({}, row, row);
    m_shown.insert(m_shown.begin() + row, &node);
    for (size_t i = static_cast<size_t>(row); i < m_shown.size(); ++i)
        m_shown[i]->row = static_cast<int>(i);
    endInsertRows();
}

void InventoryModel::hideIfEmpty(Node& node)
{
    if (m_filter.isEmpty() || node.row < 0 || node.rows.size() > 0)
        return;
    const int row = node.row;
    beginRemoveRows({}, row, row);
    m_shown.erase(m_shown.begin() + row);
    node.row = -1;
    for (size_t i = static_cast<size_t>(row); i < m_shown.size(); ++i)
        m_shown[i]->row = static_cast<int>(i);
    endRemoveRows();
}

void InventoryModel::setFilter(const VmFilter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    for (const auto& node : m_nodes) {
        if (m_filter.isEmpty())
            show(*node);
        node->rows.refilter(m_inventory.vms(node->host));
        hideIfEmpty(*node);
    }
}

void InventoryModel::apply(const InventoryDelta& delta)
{
    Node* node = nodeOf(delta.host);
    if (!node)
        return;
    RowList::Vms changed;
    changed.reserve(delta.changed.size());
    for (const VmChange& change : delta.changed)
        changed.append(change.vm);
    node->rows.remove(delta.removed);
    node->rows.update(changed);
    node->rows.add(delta.added);
    hideIfEmpty(*node);
    announceHost(*node, { VmCountsRole, StaleRole });
}

void InventoryModel::noteHost(Host* host)
{
    Node* node = nodeOf(host);
    if (!node)
        return;
    if (!m_filter.isEmpty()) { // it may ask for the host's name
        node->rows.refilter(m_inventory.vms(host));
        hideIfEmpty(*node);
    }
    announceHost(*node);
    if (node->rows.size() > 0)
        Q_EMIT dataChanged(node->indexAt(0), node->indexAt(node->rows.size() - 1),
            { ConnectionRole, StaleRole, LastSeenRole });
}

void InventoryModel::announceHost(const Node& node, const QVector<int>& roles)
{
    if (node.row >= 0)
        Q_EMIT dataChanged(node.index(), node.index(), roles);
}

void InventoryModel::announceLoad(const QSet<Host*>& hosts)
{
    for (const Host* host : hosts) {
        Node* node = nodeOf(host);
        if (!node)
            continue;
        if (m_filter.readsLoad()) {
            node->rows.refilter(m_inventory.vms(host));
            hideIfEmpty(*node);
        }
        announceHost(*node, VmData::loadRoles());
        if (node->rows.size() > 0)
            Q_EMIT dataChanged(
                node->indexAt(0), node->indexAt(node->rows.size() - 1), VmData::loadRoles());
    }
}

int InventoryModel::shownVmCount() const
{
    int count = 0;
    for (const Node* node : m_shown)
        count += node->rows.size();
    return count;
}

QModelIndex InventoryModel::indexOf(const Host* host) const
{
    const Node* node = nodeOf(host);
    return node && node->row >= 0 ? node->index() : QModelIndex();
}

QModelIndex InventoryModel::indexOf(hosts::VmId vm, const Host* host) const
{
    const Node* node = nodeOf(host);
    const VmRecord* record = m_inventory.find(host, vm);
    const int row = node && record ? node->rows.rowOf(*record) : -1;
    return row >= 0 ? node->indexAt(row) : QModelIndex();
}

QModelIndex InventoryModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return parent.isValid() ? m_shown[static_cast<size_t>(parent.row())]->indexAt(row)
                            : createIndex(row, column);
}

QModelIndex InventoryModel::parent(const QModelIndex& index) const
{
    const auto* node = static_cast<const Node*>(index.constInternalPointer());
    return node ? node->index() : QModelIndex();
}

int InventoryModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_shown.size());
    if (parent.constInternalPointer() || parent.column() != 0)
        return 0;
    return m_shown[static_cast<size_t>(parent.row())]->rows.size();
}

int InventoryModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant InventoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const auto* node = static_cast<const Node*>(index.constInternalPointer()))
        return m_data.role(*node->rows.at(index.row()), role);
    return m_data.role(m_shown[static_cast<size_t>(index.row())]->host, role);
}

Qt::ItemFlags InventoryModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    return index.constInternalPointer() ? flags | Qt::ItemNeverHasChildren : flags;
}

QHash<int, QByteArray> InventoryModel::roleNames() const
{
    return VmData::roleNames();
}

} // namespace models
