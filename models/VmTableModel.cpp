// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VmTableModel.h"

#include "models/NaturalSortKey.h"
#include "models/RowList.h"
#include "models/VmOrder.h"

#include <cmath>
#include <map>

namespace models {

using hosts::Host;
using hosts::VmMetric;

namespace {

bool isLoad(VmColumn column)
{
    return column == VmColumn::Cpu || column == VmColumn::Memory || column == VmColumn::Disk
        || column == VmColumn::Network;
}

/// What is under way or amiss first, then what runs, what is saved or off, and templates.
int rankOf(const hosts::VmInfo& vm)
{
    if (vm.isTemplate)
        return 7;
    switch (vm.state) {
    case vmm::VmState::Crashed:
        return 0;
    case vmm::VmState::Starting:
        return 1;
    case vmm::VmState::ShuttingDown:
        return 2;
    case vmm::VmState::Paused:
        return 3;
    case vmm::VmState::Running:
        return 4;
    case vmm::VmState::ShutOff:
        return vm.hasSavedMemory ? 5 : 6;
    case vmm::VmState::Unknown:
        return 8;
    }
    return 8;
}

/// One not offered doesn't hide the other.
double sumOf(double a, double b)
{
    if (std::isnan(a))
        return b;
    return std::isnan(b) ? a : a + b;
}

} // namespace

class VmTableModel::Rows final : public RowListOwner {
public:
    explicit Rows(VmTableModel& model)
        : list(
            model.m_rowOfSlot, *this,
            [&model](const VmRecord& a, const VmRecord& b) { return model.isBefore(a, b); },
            [&model](const VmRecord& vm) {
                return model.m_filter.accepts(vm, [&model](const VmRecord& asked, VmMetric metric) {
                    return model.m_data.load(asked, metric);
                });
            })
        , m_model(model)
    {
    }

    // RowListOwner
    void beginInsert(int first, int last) override { m_model.beginInsertRows({}, first, last); }
    void endInsert() override { m_model.endInsertRows(); }
    void beginRemove(int first, int last) override { m_model.beginRemoveRows({}, first, last); }
    void endRemove() override { m_model.endRemoveRows(); }
    void beginReorder() override
    {
        Q_EMIT m_model.layoutAboutToBeChanged();
        m_before = m_model.persistentIndexList();
        for (const QModelIndex& persistent : std::as_const(m_before))
            m_meant.push_back(list.at(persistent.row()));
    }
    void endReorder() override
    {
        QModelIndexList after;
        after.reserve(m_before.size());
        for (qsizetype i = 0; i < m_before.size(); ++i)
            after.append(m_model.createIndex(
                list.rowOf(*m_meant[static_cast<size_t>(i)]), m_before.at(i).column()));
        m_model.changePersistentIndexList(m_before, after);
        m_before.clear();
        m_meant.clear();
        Q_EMIT m_model.layoutChanged();
    }
    void rowsChanged(int first, int last) override { announce(first, last, {}); }

    void announce(int first, int last, const QVector<int>& roles)
    {
        Q_EMIT m_model.dataChanged(
            m_model.createIndex(first, 0), m_model.createIndex(last, kVmColumnCount - 1), roles);
    }

    RowList list;

private:
    VmTableModel& m_model;
    QModelIndexList m_before;
    std::vector<const VmRecord*> m_meant;
};

VmTableModel::VmTableModel(const Inventory& inventory, const MetricsStore& metrics, QObject* parent)
    : QAbstractTableModel(parent)
    , m_inventory(inventory)
    , m_data(inventory, metrics)
    , m_rows(std::make_unique<Rows>(*this))
{
    connect(&inventory, &Inventory::changed, this, &VmTableModel::apply);
    connect(&inventory, &Inventory::hostAdded, this, &VmTableModel::resortByHost);
    connect(&inventory, &Inventory::hostChanged, this, &VmTableModel::noteHost);
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, &VmTableModel::removeHost);
    connect(&metrics, &MetricsStore::refreshed, this, &VmTableModel::announceLoad);
    m_rows->list.assign(candidates());
}

VmTableModel::~VmTableModel() = default;

QVector<const VmRecord*> VmTableModel::candidates() const
{
    if (m_host)
        return m_inventory.vms(m_host);
    QVector<const VmRecord*> all;
    all.reserve(m_inventory.vmCount());
    for (const Host* host : m_inventory.hosts())
        all += m_inventory.vms(host);
    return all;
}

void VmTableModel::setHost(Host* host)
{
    if (m_host == host)
        return;
    beginResetModel();
    m_host = host;
    noteSortValues(candidates());
    m_rows->list.assign(candidates());
    endResetModel();
}

void VmTableModel::setFilter(const VmFilter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    m_rows->list.refilter(candidates());
}

void VmTableModel::setWording(CellText cell, HeaderText header, RowWording row)
{
    m_data.setWording(std::move(row));
    m_cellText = std::move(cell);
    m_headerText = std::move(header);
    resortByHost();
    if (rowCount() > 0)
        m_rows->announce(0, rowCount() - 1, { Qt::DisplayRole });
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kVmColumnCount - 1);
}

void VmTableModel::apply(const InventoryDelta& delta)
{
    if (!isShown(delta.host))
        return;
    QVector<const VmRecord*> changed;
    changed.reserve(delta.changed.size());
    for (const VmChange& change : delta.changed)
        changed.append(change.vm);
    m_rows->list.remove(delta.removed);
    noteSortValues(changed);
    m_rows->list.update(changed);
    noteSortValues(delta.added);
    m_rows->list.add(delta.added);
}

void VmTableModel::noteHost(Host* host)
{
    if (!isShown(host))
        return;
    if (!m_filter.isEmpty()) // it may ask for the host's name
        m_rows->list.refilter(m_inventory.vms(host));
    resortByHost();
    if (rowCount() > 0)
        m_rows->announce(0, rowCount() - 1,
            { ConnectionRole, StaleRole, LastSeenRole, ValueRole, Qt::DisplayRole });
}

void VmTableModel::removeHost(Host* host)
{
    if (m_host == host)
        setHost(nullptr);
    m_rows->list.remove(m_inventory.vms(host));
    resortByHost();
}

void VmTableModel::announceLoad(const QSet<Host*>& hosts)
{
    if (m_host && !hosts.contains(m_host))
        return;
    if (isLoad(m_sortColumn)) {
        for (const Host* host : hosts) {
            if (isShown(host))
                noteSortValues(m_inventory.vms(host));
        }
        m_rows->list.resort();
    }
    if (m_filter.readsLoad())
        m_rows->list.refilter(candidates());
    if (rowCount() > 0)
        m_rows->announce(0, rowCount() - 1, VmData::loadRoles());
}

void VmTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kVmColumnCount)
        return;
    m_sortColumn = static_cast<VmColumn>(column);
    m_sortOrder = order;
    if (m_sortColumn == VmColumn::Host)
        rankHosts();
    noteSortValues(candidates());
    m_rows->list.resort();
}

/// What a host is called may have changed; it depends on the others, too.
void VmTableModel::resortByHost()
{
    if (m_sortColumn != VmColumn::Host)
        return;
    rankHosts();
    noteSortValues(candidates());
    m_rows->list.resort();
}

/// By what is shown of them, node2 before node10.
void VmTableModel::rankHosts()
{
    std::map<QString, QVector<const Host*>> hostsByTitle;
    const QVector<Host*> hosts = m_inventory.hosts();
    for (const Host* host : hosts)
        hostsByTitle[naturalSortKey(m_data.role(host, Qt::DisplayRole).toString())].append(host);
    m_rankOfHost.clear();
    int rank = 0;
    for (const auto& [key, sameTitle] : hostsByTitle) {
        for (const Host* host : sameTitle)
            m_rankOfHost.insert(host, rank);
        ++rank;
    }
}

double VmTableModel::sortValue(const VmRecord& vm) const
{
    switch (m_sortColumn) {
    case VmColumn::Name:
        return 0;
    case VmColumn::Host:
        return m_rankOfHost.value(vm.host);
    case VmColumn::State:
        return rankOf(vm.info);
    case VmColumn::Cpu:
    case VmColumn::Memory:
    case VmColumn::Disk:
    case VmColumn::Network:
        return value(vm, m_sortColumn).toDouble();
    case VmColumn::Vcpus:
        return vm.info.vcpus;
    case VmColumn::UpSince:
        // As the time that it has been up, which is what is shown.
        return vm.info.since.isValid() ? -static_cast<double>(vm.info.since.toMSecsSinceEpoch())
                                       : hosts::kNotOffered;
    }
    return 0;
}

/// Loads change between sorts; an order that reads them live would be none. So they are noted.
void VmTableModel::noteSortValues(const QVector<const VmRecord*>& vms)
{
    for (const VmRecord* vm : vms) {
        const auto slot = static_cast<size_t>(vm->slot);
        if (slot >= m_sortValueOfSlot.size())
            m_sortValueOfSlot.resize(std::max(slot + 1, m_sortValueOfSlot.size() * 2));
        m_sortValueOfSlot[slot] = sortValue(*vm);
    }
}

bool VmTableModel::isBefore(const VmRecord& a, const VmRecord& b) const
{
    const bool isAscending = m_sortOrder == Qt::AscendingOrder;
    if (m_sortColumn == VmColumn::Name)
        return isAscending ? isBeforeByName(a, b) : isBeforeByName(b, a);
    const double valueA = m_sortValueOfSlot[static_cast<size_t>(a.slot)];
    const double valueB = m_sortValueOfSlot[static_cast<size_t>(b.slot)];
    if (std::isnan(valueA) != std::isnan(valueB))
        return std::isnan(valueB); // what has no value stands last, whichever way one sorts
    if (valueA < valueB || valueB < valueA)
        return (valueA < valueB) == isAscending;
    return isBeforeByName(a, b);
}

QVariant VmTableModel::value(const VmRecord& vm, VmColumn column) const
{
    switch (column) {
    case VmColumn::Name:
        return vm.info.name;
    case VmColumn::Host:
        return m_data.role(vm.host, NameRole);
    case VmColumn::State:
        return QVariant::fromValue(vm.info.state);
    case VmColumn::Cpu:
        return m_data.load(vm, VmMetric::CpuLoad);
    case VmColumn::Memory:
        return m_data.load(vm, VmMetric::MemoryUsed);
    case VmColumn::Disk:
        return sumOf(m_data.load(vm, VmMetric::DiskRead), m_data.load(vm, VmMetric::DiskWrite));
    case VmColumn::Network:
        return sumOf(
            m_data.load(vm, VmMetric::NetworkReceive), m_data.load(vm, VmMetric::NetworkSend));
    case VmColumn::Vcpus:
        return vm.info.vcpus;
    case VmColumn::UpSince:
        return vm.info.since;
    }
    return {};
}

QModelIndex VmTableModel::indexOf(hosts::VmId vm, const Host* host) const
{
    const VmRecord* record = isShown(host) ? m_inventory.find(host, vm) : nullptr;
    const int row = record ? m_rows->list.rowOf(*record) : -1;
    return row >= 0 ? createIndex(row, 0) : QModelIndex();
}

int VmTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows->list.size();
}

int VmTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kVmColumnCount;
}

QVariant VmTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VmRecord& vm = *m_rows->list.at(index.row());
    const auto column = static_cast<VmColumn>(index.column());
    if (role == ValueRole)
        return value(vm, column);
    if (role == Qt::AccessibleTextRole && column != VmColumn::Name)
        return {}; // what is shown; the row as a whole is told by its first cell
    return role == Qt::DisplayRole ? text(vm, column) : m_data.role(vm, role);
}

QVariant VmTableModel::text(const VmRecord& vm, VmColumn column) const
{
    if (column == VmColumn::Host)
        return m_data.role(vm.host, Qt::DisplayRole);
    if (column == VmColumn::State && m_data.wording().state)
        return m_data.wording().state(vm.info);
    return m_cellText ? m_cellText(column, value(vm, column)) : value(vm, column);
}

QVariant VmTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || !m_headerText || section < 0
        || section >= kVmColumnCount)
        return {};
    return m_headerText(static_cast<VmColumn>(section));
}

QHash<int, QByteArray> VmTableModel::roleNames() const
{
    return VmData::roleNames();
}

} // namespace models
