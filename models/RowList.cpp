// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/RowList.h"

#include <algorithm>

namespace models {

namespace {

/// Up to so many ranges are told one by one; more cost views less as one reorder and one range.
constexpr size_t kFewRanges = 8;

struct Range {
    int first = 0;
    int last = 0;
};

/// The contiguous runs of ascending rows.
std::vector<Range> rangesOf(const std::vector<int>& rows)
{
    std::vector<Range> ranges;
    for (const int row : rows) {
        if (!ranges.empty() && ranges.back().last + 1 == row)
            ranges.back().last = row;
        else
            ranges.push_back({ row, row });
    }
    return ranges;
}

} // namespace

RowList::RowList(std::vector<int>& rowOfSlot, RowListOwner& owner, Less less, Accepts accepts)
    : m_rowOfSlot(&rowOfSlot)
    , m_owner(&owner)
    , m_less(std::move(less))
    , m_accepts(std::move(accepts))
{
}

int RowList::rowOf(const VmRecord& vm) const
{
    const auto slot = static_cast<size_t>(vm.slot);
    return slot < m_rowOfSlot->size() ? (*m_rowOfSlot)[slot] : -1;
}

void RowList::setRow(const VmRecord& vm, int row)
{
    const auto slot = static_cast<size_t>(vm.slot);
    if (slot >= m_rowOfSlot->size())
        m_rowOfSlot->resize(std::max(slot + 1, m_rowOfSlot->size() * 2), -1);
    (*m_rowOfSlot)[slot] = row;
}

void RowList::renumber(int first, int end)
{
    for (int row = first; row < end; ++row)
        setRow(*at(row), row);
}

void RowList::assign(const Vms& vms)
{
    for (const VmRecord* vm : m_rows)
        setRow(*vm, -1);
    m_rows.clear();
    std::copy_if(vms.begin(), vms.end(), std::back_inserter(m_rows),
        [this](const VmRecord* vm) { return m_accepts(*vm); });
    std::sort(m_rows.begin(), m_rows.end(), byOrder());
    renumber(0, size());
}

void RowList::add(const Vms& vms)
{
    Rows incoming;
    std::copy_if(vms.begin(), vms.end(), std::back_inserter(incoming),
        [this](const VmRecord* vm) { return m_accepts(*vm); });
    insert(std::move(incoming));
}

void RowList::remove(const Vms& vms)
{
    std::vector<int> rows;
    for (const VmRecord* vm : vms) {
        if (const int row = rowOf(*vm); row >= 0)
            rows.push_back(row);
    }
    removeRows(std::move(rows));
}

void RowList::update(const Vms& vms)
{
    Rows joining;
    Rows staying;
    std::vector<int> leaving;
    for (const VmRecord* vm : vms) {
        const int row = rowOf(*vm);
        const bool isWanted = m_accepts(*vm);
        if (isWanted && row < 0)
            joining.push_back(vm);
        else if (isWanted)
            staying.push_back(vm);
        else if (row >= 0)
            leaving.push_back(row);
    }
    removeRows(std::move(leaving));

    const auto rowsOf = [this](const Rows& records) {
        std::vector<int> rows;
        for (const VmRecord* vm : records)
            rows.push_back(rowOf(*vm));
        return rows;
    };
    const std::vector<int> rows = rowsOf(staying);
    if (!std::all_of(rows.begin(), rows.end(), [this](int row) { return isInPlace(row); }))
        moveToPlace(rows);
    insert(std::move(joining));
    announce(rowsOf(staying));
}

void RowList::refilter(const Vms& all)
{
    Rows joining;
    std::vector<int> leaving;
    for (const VmRecord* vm : all) {
        const int row = rowOf(*vm);
        const bool isWanted = m_accepts(*vm);
        if (isWanted && row < 0)
            joining.push_back(vm);
        else if (!isWanted && row >= 0)
            leaving.push_back(row);
    }
    removeRows(std::move(leaving));
    insert(std::move(joining));
}

void RowList::resort()
{
    if (std::is_sorted(m_rows.begin(), m_rows.end(), byOrder()))
        return;
    m_owner->beginReorder();
    std::sort(m_rows.begin(), m_rows.end(), byOrder());
    renumber(0, size());
    m_owner->endReorder();
}

bool RowList::isInPlace(int row) const
{
    return (row == 0 || m_less(*at(row - 1), *at(row)))
        && (row == size() - 1 || m_less(*at(row), *at(row + 1)));
}

/// Takes the machines of `rows` out of the order, which the others still keep, and merges them in.
void RowList::moveToPlace(const std::vector<int>& rows)
{
    m_owner->beginReorder();
    Rows moving;
    for (const int row : rows) {
        moving.push_back(at(row));
        m_rows[static_cast<size_t>(row)] = nullptr;
    }
    std::erase(m_rows, nullptr);
    std::sort(moving.begin(), moving.end(), byOrder());
    Rows merged(m_rows.size() + moving.size());
    std::merge(
        m_rows.begin(), m_rows.end(), moving.begin(), moving.end(), merged.begin(), byOrder());
    m_rows = std::move(merged);
    renumber(0, size());
    m_owner->endReorder();
}

void RowList::insert(Rows incoming)
{
    if (incoming.empty())
        return;
    std::sort(incoming.begin(), incoming.end(), byOrder());

    struct Run {
        Rows::iterator begin;
        int row = 0; ///< in front of this row of today
    };
    std::vector<Run> runs;
    auto place = m_rows.begin();
    for (auto it = incoming.begin(); it != incoming.end() && runs.size() <= kFewRanges; ++it) {
        place = std::upper_bound(place, m_rows.end(), *it, byOrder());
        const int row = static_cast<int>(place - m_rows.begin());
        if (runs.empty() || runs.back().row != row)
            runs.push_back({ it, row });
    }

    if (runs.size() <= kFewRanges) {
        auto end = incoming.end();
        for (auto run = runs.rbegin(); run != runs.rend(); ++run) { // from behind: rows stay true
            m_owner->beginInsert(run->row, run->row + static_cast<int>(end - run->begin) - 1);
            m_rows.insert(m_rows.begin() + run->row, run->begin, end);
            renumber(run->row, size());
            m_owner->endInsert();
            end = run->begin;
        }
        return;
    }

    const int old = size();
    m_owner->beginInsert(old, old + static_cast<int>(incoming.size()) - 1);
    m_rows.insert(m_rows.end(), incoming.begin(), incoming.end());
    renumber(old, size());
    m_owner->endInsert();
    m_owner->beginReorder();
    std::inplace_merge(m_rows.begin(), m_rows.begin() + old, m_rows.end(), byOrder());
    renumber(0, size());
    m_owner->endReorder();
}

void RowList::removeRows(std::vector<int> rows)
{
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    std::vector<Range> ranges = rangesOf(rows);
    if (ranges.size() > kFewRanges) {
        std::vector<bool> isLeaving(m_rows.size());
        for (const int row : rows)
            isLeaving[static_cast<size_t>(row)] = true;
        m_owner->beginReorder();
        std::stable_partition(m_rows.begin(), m_rows.end(),
            [&](const VmRecord* vm) { return !isLeaving[static_cast<size_t>(rowOf(*vm))]; });
        renumber(0, size());
        m_owner->endReorder();
        ranges = { { size() - static_cast<int>(rows.size()), size() - 1 } };
    }
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
        m_owner->beginRemove(range->first, range->last);
        for (int row = range->first; row <= range->last; ++row)
            setRow(*at(row), -1);
        m_rows.erase(m_rows.begin() + range->first, m_rows.begin() + range->last + 1);
        renumber(range->first, size());
        m_owner->endRemove();
    }
}

void RowList::announce(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    for (const Range& range : rangesOf(rows))
        m_owner->rowsChanged(range.first, range.last);
}

} // namespace models
