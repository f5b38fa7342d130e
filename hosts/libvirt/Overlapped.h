// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"

#include <QVector>

#include <algorithm>
#include <functional>

namespace hosts::libvirt {

/// How many calls to a host may be under way at once. On a far one they overlap their round trips
/// (libvirt pipelines the calls of several threads on one connection; libvirtd reads on when it has
/// answered, max_client_requests); near, more than a few only wait for each other.
inline constexpr int kNearWidth = 3;
inline constexpr int kFarWidth = 96;
inline int widthFor(const HostUri& uri)
{
    return uri.isLocal() ? kNearWidth : kFarWidth;
}

/// Runs job(0) to job(count - 1) on up to `width` threads, this one among them, and returns when
/// all are done. For worker threads.
void overlapped(int count, int width, const std::function<void(int)>& job);

/// What `read` tells of each item of a libvirt list, in the order of their names. One without a
/// name has gone meanwhile, and is left out.
template <typename List, typename Read>
auto readByName(const List& items, int width, const Read& read)
{
    using Row = decltype(read(*items.begin()));
    QVector<Row> rows(items.count());
    Row* all = rows.data();
    overlapped(items.count(), width, [&](int i) { all[i] = read(items.begin()[i]); });
    rows.removeIf([](const Row& row) { return row.name.isEmpty(); });
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.name < b.name; });
    return rows;
}

} // namespace hosts::libvirt
