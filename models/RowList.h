// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmRecord.h"

#include <functional>
#include <vector>

namespace models {

/// What RowList tells the item model that shows it; the model turns it into begin... and end...
/// calls.
class RowListOwner {
public:
    virtual ~RowListOwner() = default;

    virtual void beginInsert(int first, int last) = 0;
    virtual void endInsert() = 0;
    virtual void beginRemove(int first, int last) = 0;
    virtual void endRemove() = 0;
    /// Rows change places, none comes or goes.
    virtual void beginReorder() = 0;
    virtual void endReorder() = 0;
    virtual void rowsChanged(int first, int last) = 0;
};

/// The sorted, filtered rows of one list of machines, kept by difference. Every change reaches the
/// owner as few signals: a few ranges as they are, many scattered ones as one reorder and one
/// range. So 10,000 rows filter at once, and selections survive.
class RowList {
public:
    using Vms = QVector<const VmRecord*>;
    /// A strict order in which no two machines are equal.
    using Less = std::function<bool(const VmRecord&, const VmRecord&)>;
    using Accepts = std::function<bool(const VmRecord&)>;

    /// `rowOfSlot` finds the row of a machine; lists that share no machine may share one.
    RowList(std::vector<int>& rowOfSlot, RowListOwner& owner, Less less, Accepts accepts);

    int size() const { return static_cast<int>(m_rows.size()); }
    const VmRecord* at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowOf(const VmRecord& vm) const; ///< -1 if it isn't shown

    void add(const Vms& vms);
    void remove(const Vms& vms);
    /// Machines that differ: they may come, go, move, or look different.
    void update(const Vms& vms);
    /// The filter says something else now: shows those of `all` that it accepts.
    void refilter(const Vms& all);
    /// The order says something else now.
    void resort();
    /// Replaces everything and tells nobody: the owner resets.
    void assign(const Vms& vms);

private:
    using Rows = std::vector<const VmRecord*>;

    void insert(Rows incoming);
    void removeRows(std::vector<int> rows);
    void moveToPlace(const std::vector<int>& rows);
    bool isInPlace(int row) const;
    void announce(std::vector<int> rows);
    void renumber(int first, int end);
    void setRow(const VmRecord& vm, int row);
    auto byOrder() const
    {
        return [this](const VmRecord* a, const VmRecord* b) { return m_less(*a, *b); };
    }

    std::vector<int>* m_rowOfSlot;
    RowListOwner* m_owner;
    Rows m_rows;
    Less m_less;
    Accepts m_accepts;
};

} // namespace models
