// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmRecord.h"

#include <functional>
#include <vector>

namespace models {

/// What RowList tells the item model that shows it; the model turns it into begin.../end... calls.
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
/// owner as few signals: single rows as they are, many scattered ones as one reorder and one range.
/// So 10,000 rows filter at once, and selections survive as with any well-behaved model.
class RowList {
public:
    using Less = std::function<bool(const VmRecord&, const VmRecord&)>;
    using Accepts = std::function<bool(const VmRecord&)>;

    /// `rowOfSlot` finds the row of a record; lists whose records differ may share one.
    RowList(std::vector<int>& rowOfSlot, RowListOwner& owner);

    int size() const { return static_cast<int>(m_rows.size()); }
    const VmRecord* at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowOf(const VmRecord& vm) const; ///< -1 if it isn't shown

    void setOrder(Less less);
    void setFilter(Accepts accepts);
    void add(const QVector<const VmRecord*>& vms);
    void remove(const QVector<const VmRecord*>& vms);
    /// Machines of this list that differ: they may come, go, move, or look different.
    void update(const QVector<const VmRecord*>& vms);
    /// Filter and order read values that changed for all: brings `candidates` to what they say now.
    void refresh(const QVector<const VmRecord*>& candidates);
    void resort();
    void clear();

private:
    using Rows = std::vector<const VmRecord*>;

    void insertSorted(Rows incoming);
    void removeRows(std::vector<int> rows);
    void announceChanged(std::vector<int> rows);
    void renumber(int first);
    bool isLess(const VmRecord* a, const VmRecord* b) const { return m_less(*a, *b); }

    std::vector<int>* m_rowOfSlot;
    RowListOwner* m_owner;
    Rows m_rows;
    Less m_less;
    Accepts m_accepts;
};

} // namespace models
