// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmData.h"
#include "models/VmFilter.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>
#include <vector>

namespace models {

enum class VmColumn {
    Name,
    Host,
    State,
    Cpu, ///< share of its vCPUs, 0..1
    Memory, ///< bytes in use
    Disk, ///< bytes per second, read and written
    Network, ///< bytes per second, both ways
    Vcpus,
    UpSince, ///< QDateTime
};
inline constexpr int kVmColumnCount = 9;

/// The machines of one host, or of all, as a flat table that sorts and filters by itself (give it
/// to the view without a proxy; QTableView::setSortingEnabled works). Roles: see Roles.h.
class VmTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// The words of a cell (from its ValueRole) and of a column's title are the user interface's.
    using CellText = std::function<QString(VmColumn, const QVariant& value)>;
    using HeaderText = std::function<QString(VmColumn)>;

    VmTableModel(
        const Inventory& inventory, const MetricsStore& metrics, QObject* parent = nullptr);
    ~VmTableModel() override;

    /// Null: all hosts. Resets the model.
    void setHost(hosts::Host* host);
    hosts::Host* host() const { return m_host; }
    void setFilter(const VmFilter& filter);
    const VmFilter& filter() const { return m_filter; }
    void setWording(CellText cell, HeaderText header, RowWording row = {});

    /// Invalid if it isn't here or is filtered out. O(1).
    QModelIndex indexOf(hosts::VmId vm, const hosts::Host* host) const;

    // QAbstractItemModel
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    QHash<int, QByteArray> roleNames() const override;

private:
    class Rows;
    friend class Rows; // relays its changes through the protected begin... and end...

    void apply(const InventoryDelta& delta);
    void noteHost(hosts::Host* host);
    void removeHost(hosts::Host* host);
    void announceLoad(const QSet<hosts::Host*>& hosts);
    QVector<const VmRecord*> candidates() const;
    bool isShown(const hosts::Host* host) const { return !m_host || m_host == host; }
    QVariant value(const VmRecord& vm, VmColumn column) const;
    QVariant text(const VmRecord& vm, VmColumn column) const;
    void resortByHost();
    void rankHosts();
    double sortValue(const VmRecord& vm) const;
    void noteSortValues(const QVector<const VmRecord*>& vms);
    bool isBefore(const VmRecord& a, const VmRecord& b) const;

    const Inventory& m_inventory;
    VmData m_data;
    hosts::Host* m_host = nullptr;
    VmFilter m_filter;
    VmColumn m_sortColumn = VmColumn::Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    CellText m_cellText;
    HeaderText m_headerText;
    std::vector<int> m_rowOfSlot;
    QHash<const hosts::Host*, int> m_rankOfHost; // while sorted by host
    std::vector<double> m_sortValueOfSlot; // of any sort column but the name, as of the last sort
    std::unique_ptr<Rows> m_rows;
};

} // namespace models
